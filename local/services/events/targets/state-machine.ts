import { callerOf, TargetKind } from './target-kind';

/** A Step Functions state machine. */
export const stateMachine: TargetKind = {
  arn: /^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:/,
  needsRole: true,
  send: async handover => handover.context.invoke({
    principal: callerOf(handover),
    service: 'states',
    operation: 'StartExecution',
    input: { stateMachineArn: handover.target.Arn, input: handover.body },
  }),
};
