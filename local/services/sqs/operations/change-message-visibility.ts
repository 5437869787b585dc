import { checkEntries, handleEntries } from './batch';
import { readReceiptHandle } from './delete-message';
import { wholeNumber } from './numbers';
import { onQueue } from './operation';
import { Operation } from '../../../kernel/contracts';
import { invalidValue, missingParameter } from '../errors';
import { Queue } from '../queues/queue';
import { Queues } from '../queues/queues';

interface VisibilityInput {
  readonly QueueUrl?: string;
  readonly ReceiptHandle?: unknown;
  readonly VisibilityTimeout?: number;
}

interface VisibilityBatchInput {
  readonly QueueUrl?: string;
  readonly Entries?: unknown;
}

/** Hides a message that was received for longer or shorter. */
export function changeMessageVisibility(queues: Queues): Operation<VisibilityInput> {
  return onQueue(queues, 'ChangeMessageVisibility', (queue, input) => change(queue, input));
}

/** Changes the visibility of up to ten messages. */
export function changeMessageVisibilityBatch(queues: Queues): Operation<VisibilityBatchInput> {
  return onQueue(queues, 'ChangeMessageVisibility', (queue, input) => {
    const entries = checkEntries<VisibilityInput & { Id: string }>(input.Entries, 'ChangeMessageVisibilityBatchRequestEntry');
    return handleEntries(entries, entry => {
      change(queue, entry);
      return {};
    });
  });
}

function change(queue: Queue, { ReceiptHandle: handle, VisibilityTimeout: given }: VisibilityInput): void {
  const { messageId, receipt } = readReceiptHandle(queue, handle);
  const seconds = wholeNumber(given, 'VisibilityTimeout', 0, 43_200, 'Must be between 0 and 43200.');
  if (seconds === undefined) {
    throw missingParameter('VisibilityTimeout');
  }
  const message = queue.find(messageId);
  if (message?.receipt !== receipt || (queue.isFifo && !queue.isHidden(message))) {
    throw invalidValue(handle, 'ReceiptHandle', 'Message does not exist or is not available for visibility timeout change.');
  }
  queue.changeVisibility(message, seconds);
}
