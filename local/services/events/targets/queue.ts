import { callerOf, TargetKind } from './target-kind';
import { queueUrlOf } from '../../../kernel/queue-url';
import { invalid } from '../errors';

/** An SQS queue. A FIFO queue needs a message group. */
export const queue: TargetKind = {
  arn: /^arn:[^:]+:sqs:/,
  parameters: ['SqsParameters'],
  check: ({ Id: id, Arn: arn, SqsParameters: parameters }) => {
    if (arn.endsWith('.fifo') && !parameters?.MessageGroupId) {
      throw invalid(`Parameter(s) SqsParameters must be specified for target: ${id}.`);
    }
  },
  send: async handover => handover.context.invoke({
    principal: callerOf(handover),
    service: 'sqs',
    operation: 'SendMessage',
    input: { QueueUrl: queueUrlOf(handover.target.Arn), MessageBody: handover.body, MessageGroupId: handover.target.SqsParameters?.MessageGroupId },
  }),
};
