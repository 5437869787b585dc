import { CallContext, Operation } from '../../../kernel/contracts';
import { Queue } from '../queues/queue';
import { Queues } from '../queues/queues';

/** An operation on one queue, which IAM and the queue's own policy have to allow. SQS writes its actions in lower case when it refuses. */
export function onQueue<Input extends { QueueUrl?: unknown }>(
  queues: Queues, action: string, handle: (queue: Queue, input: Input, call: CallContext) => unknown,
): Operation<Input> {
  return {
    permissions: ({ QueueUrl: url }) => {
      const queue = queues.get(url);
      return [{ action: `sqs:${action.toLowerCase()}`, resource: queue.arn, resourcePolicy: queue.attributes.policy }];
    },
    handle: (input, call) => handle(queues.get(input.QueueUrl), input, call),
  };
}
