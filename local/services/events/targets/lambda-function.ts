import { callerOf, TargetKind } from './target-kind';

/** A Lambda function, which is called asynchronously. */
export const lambdaFunction: TargetKind = {
  arn: /^arn:[^:]+:lambda:[^:]*:[^:]*:function:/,
  send: async handover => handover.context.invoke({
    principal: callerOf(handover),
    service: 'lambda',
    operation: 'Invoke',
    input: { FunctionName: handover.target.Arn, InvocationType: 'Event', Payload: handover.body },
  }),
};
