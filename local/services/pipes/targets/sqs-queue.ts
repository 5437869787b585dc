import { Target, textOf } from './target';
import { pipeParameter } from '../../../engines/input-transformer';
import { queueUrlOf } from '../../../kernel/queue-url';

interface Parameters {
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

/** A queue: each event of the batch becomes a message. */
export const sqsQueue: Target = {
  arn: /^arn:[^:]+:sqs:[^:]*:[^:]*:.+$/,
  parameters: ['SqsQueueParameters'],

  async send(context, pipe, principal, messages) {
    const { MessageGroupId: group, MessageDeduplicationId: deduplication }: Parameters = pipe.targetParameters.SqsQueueParameters ?? {};
    for (const { event, input } of messages) {
      const message = {
        QueueUrl: queueUrlOf(pipe.target),
        MessageBody: textOf(input),
        ...(group === undefined ? {} : { MessageGroupId: pipeParameter(group, event) }),
        ...(deduplication === undefined ? {} : { MessageDeduplicationId: pipeParameter(deduplication, event) }),
      };
      await context.invoke({ principal, service: 'sqs', operation: 'SendMessage', input: message });
    }
  },
};
