import { Rule, Target } from './event-bus';
import { ServiceContext } from '../../kernel/contracts';

/** A kind of rule target: which ARNs it takes, and how it hands over what the rule made of the event. */
export interface TargetKind {
  readonly arn: RegExp;
  send(context: ServiceContext, rule: Rule, target: Target, body: string): Promise<unknown>;
}

/** The role of the target, or that it has none and EventBridge may not call. */
function principal(context: ServiceContext, rule: Rule, target: Target) {
  if (!target.roleArn) {
    throw new Error(`RoleArn is required for target ${target.arn}.`);
  }
  return context.assumeRole(target.roleArn, 'events.amazonaws.com', rule.arn);
}

const stateMachine: TargetKind = {
  arn: /^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:/,
  send: async (context, rule, target, body) => context.invoke({
    principal: principal(context, rule, target),
    service: 'states',
    operation: 'StartExecution',
    input: { stateMachineArn: target.arn, input: body },
  }),
};

const KINDS = [stateMachine];

/** The kind of a target; throws for one that the runtime does not emulate. */
export function targetKind(arn: string): TargetKind {
  const kind = KINDS.find(each => each.arn.test(arn));
  if (!kind) {
    throw new Error(`the local runtime does not emulate rule targets such as ${arn}`);
  }
  return kind;
}
