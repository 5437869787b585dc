import { checkEntries, handleEntries } from './batch';
import { onQueue } from './operation';
import { AwsError } from '../../../kernel/aws-error';
import { Operation } from '../../../kernel/contracts';
import { invalidReceiptHandle, invalidValue, missingParameter } from '../errors';
import { parseReceiptHandle } from '../messages/receipt-handle';
import { Queue } from '../queues/queue';
import { Queues } from '../queues/queues';

interface DeleteMessageInput {
  readonly QueueUrl?: string;
  readonly ReceiptHandle?: unknown;
}

interface DeleteMessageBatchInput {
  readonly QueueUrl?: string;
  readonly Entries?: unknown;
}

/** Takes a message that was received out of its queue. */
export function deleteMessage(queues: Queues): Operation<DeleteMessageInput> {
  return onQueue(queues, 'DeleteMessage', (queue, { ReceiptHandle: handle }) => deleteByReceipt(queue, handle));
}

/** Takes up to ten messages out of their queue. */
export function deleteMessageBatch(queues: Queues): Operation<DeleteMessageBatchInput> {
  return onQueue(queues, 'DeleteMessage', (queue, input) => {
    const entries = checkEntries<{ Id: string; ReceiptHandle?: unknown }>(input.Entries, 'DeleteMessageBatchRequestEntry');
    return handleEntries(entries, ({ ReceiptHandle: handle }) => {
      deleteByReceipt(queue, handle);
      return {};
    });
  });
}

function deleteByReceipt(queue: Queue, handle: unknown): void {
  const { messageId, receipt } = readReceiptHandle(queue, handle);
  const message = queue.find(messageId);
  if (queue.isFifo && message && (message.receipt !== receipt || !queue.isHidden(message))) {
    throw invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.');
  }
  // Somebody else may have received it since: then it is theirs to delete.
  if (message?.receipt === receipt) {
    queue.remove(message);
  }
}

/** Reads a receipt handle that this queue gave. */
export function readReceiptHandle(queue: Queue, handle: unknown): { messageId: string; receipt: string } {
  if (handle === undefined || handle === null || handle === '') {
    throw missingParameter('ReceiptHandle');
  }
  if (typeof handle !== 'string') {
    throw new AwsError('SerializationException', 'STRING_VALUE cannot be converted to the type of ReceiptHandle.');
  }
  const parsed = parseReceiptHandle(queue.arn, handle);
  if (!parsed) {
    throw invalidReceiptHandle(handle);
  }
  return parsed;
}
