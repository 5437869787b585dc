import { PipeEvent } from '../pipe';
import { Source } from './source';
import { queueUrlOf } from '../../../kernel/queue-url';

const POLL_MILLISECONDS = 250;

interface Message {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes?: Record<string, string>;
  readonly MessageAttributes?: Record<string, unknown>;
  readonly MD5OfBody: string;
}

/** A queue: what is not handed on becomes visible again, and the queue's own redrive policy ends it. */
export const sqsQueue: Source = {
  arn: /^arn:[^:]+:sqs:[^:]*:[^:]*:.+$/,
  parameters: 'SqsQueueParameters',
  pollMilliseconds: POLL_MILLISECONDS,
  keepsOrder: false,

  async open(context, pipe, principal) {
    const call = (operation: string, input: object): Promise<any> => context.invoke({ principal, service: 'sqs', operation, input });
    const url = queueUrlOf(pipe.source);
    let received: readonly Message[] = [];
    return {
      async read() {
        const answer = await call('ReceiveMessage', {
          QueueUrl: url, MaxNumberOfMessages: Math.min(pipe.batch.batchSize, 10), AttributeNames: ['All'], MessageAttributeNames: ['All'],
        });
        received = answer.Messages ?? [];
        return received.map(message => eventOf(message, pipe.source, pipe.environment.region));
      },
      async commit() {
        for (const { ReceiptHandle: receiptHandle } of received) {
          await call('DeleteMessage', { QueueUrl: url, ReceiptHandle: receiptHandle });
        }
      },
      ageSeconds: () => 0,
      // The queue's own redrive policy ends what is not handed on.
      describeBatch: () => ({}),
    };
  },
};

function eventOf(message: Message, eventSourceARN: string, awsRegion: string): PipeEvent {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: parsedBody(message.Body),
    attributes: message.Attributes ?? {},
    messageAttributes: message.MessageAttributes ?? {},
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  };
}

/** Filters and templates see into a body that is JSON. */
function parsedBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
