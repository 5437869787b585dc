import { callerOf, TargetKind } from './target-kind';

/** An SNS topic. */
export const topic: TargetKind = {
  arn: /^arn:[^:]+:sns:/,
  send: async handover => handover.context.invoke({
    principal: callerOf(handover),
    service: 'sns',
    operation: 'Publish',
    input: { TopicArn: handover.target.Arn, Message: handover.body },
  }),
};
