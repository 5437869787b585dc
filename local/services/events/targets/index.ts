import { apiDestination } from './api-destination';
import { eventBus } from './event-bus';
import { lambdaFunction } from './lambda-function';
import { logGroup } from './log-group';
import { queue } from './queue';
import { stateMachine } from './state-machine';
import { TargetKind } from './target-kind';
import { topic } from './topic';
import { AwsError } from '../../../kernel/aws-error';

const KINDS: readonly TargetKind[] = [stateMachine, queue, topic, lambdaFunction, eventBus, logGroup, apiDestination];

/** The kind of a target; throws for one that the runtime does not emulate. */
export function targetKind(arn: string): TargetKind {
  const kind = KINDS.find(each => each.arn.test(arn));
  if (!kind) {
    throw new AwsError('NotImplemented', `the local runtime does not emulate rule targets such as ${arn}`, 501);
  }
  return kind;
}
