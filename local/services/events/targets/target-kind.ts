import { Principal, ServiceContext } from '../../../kernel/contracts';
import { EventEnvelope } from '../rules/event-envelope';
import { TargetDefinition } from '../rules/target-definition';

/** What is handed to a target. */
export interface Handover {
  readonly context: ServiceContext;
  readonly ruleArn: string;
  readonly target: TargetDefinition;
  /** What the rule made of the event for this target. */
  readonly body: string;
  readonly event: EventEnvelope;
}

/** A kind of rule target: which ARNs it takes, and how it hands over what the rule made of the event. */
export interface TargetKind {
  readonly arn: RegExp;
  readonly needsRole?: boolean;
  /** Members of a target that only this kind has. */
  readonly parameters?: readonly string[];
  /** Refuses a target that AWS would refuse. */
  check?(target: TargetDefinition): void;
  send(handover: Handover): Promise<unknown>;
}

const SERVICE = 'events.amazonaws.com';

/** As whom EventBridge calls: the target's role, or itself on behalf of the rule, which the target's own policy then has to let in. */
export function callerOf({ context, target, ruleArn }: Handover): Principal {
  return target.RoleArn ? context.assumeRole(target.RoleArn, SERVICE, ruleArn) : { kind: 'service', arn: SERVICE, sourceArn: ruleArn };
}
