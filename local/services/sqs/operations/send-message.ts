import { checkEntries, handleEntries } from './batch';
import { readMessage, SendInput, sizeOfMessage } from './message-content';
import { wholeNumber } from './numbers';
import { onQueue } from './operation';
import { AwsError } from '../../../kernel/aws-error';
import { Operation, TraceBus } from '../../../kernel/contracts';
import { invalidParameter, invalidValue } from '../errors';
import { md5OfAttributes, md5OfBody } from '../messages/digests';
import { MessageContent } from '../messages/message';
import { Queue } from '../queues/queue';
import { Queues } from '../queues/queues';

type SendMessageInput = SendInput & { readonly QueueUrl?: string };

interface SendMessageBatchInput {
  readonly QueueUrl?: string;
  readonly Entries?: unknown;
}

type SendEntry = SendInput & { readonly Id: string };

const MAXIMUM_BATCH_BYTES = 1024 * 1024;

/** Puts a message into a queue. */
export function sendMessage(queues: Queues, trace: TraceBus): Operation<SendMessageInput> {
  return onQueue(queues, 'SendMessage', (queue, input, { principal }) => {
    const content = readMessage(queue, input, principal);
    checkSize(queue, content, 'One or more parameters are invalid.');
    return send(queue, content, input, trace);
  });
}

/** Puts up to ten messages into a queue. */
export function sendMessageBatch(queues: Queues, trace: TraceBus): Operation<SendMessageBatchInput> {
  return onQueue(queues, 'SendMessage', (queue, input, { principal }) => {
    const entries = checkEntries<SendEntry>(input.Entries, 'SendMessageBatchRequestEntry');
    checkBatchSize(entries);
    entries.forEach(entry => checkFifoEntry(queue, entry));
    return handleEntries(entries, entry => {
      const content = readMessage(queue, entry, principal);
      checkSize(queue, content, 'One or more parameters cannot be validated.');
      return send(queue, content, entry, trace);
    });
  });
}

function send(queue: Queue, content: MessageContent, input: SendInput, trace: TraceBus) {
  const { id, sequenceNumber } = queue.send(content, readDelay(queue, input));
  trace.mark(() => `${queue.arn} ${id}`);
  const { attributes, traceHeader } = content;
  return {
    MD5OfMessageBody: md5OfBody(content.body),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MD5OfMessageSystemAttributes: traceHeader === undefined ? undefined : md5OfAttributes({ AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } }),
    MessageId: id,
    SequenceNumber: sequenceNumber,
  };
}

function readDelay(queue: Queue, { DelaySeconds: given }: SendInput): number | undefined {
  const delay = wholeNumber(given, 'DelaySeconds', 0, 900, 'DelaySeconds must be >= 0 and <= 900.');
  if (delay !== undefined && queue.isFifo) {
    throw invalidValue(delay, 'DelaySeconds', 'The request include parameter that is not valid for this queue type.');
  }
  return delay;
}

function checkSize(queue: Queue, content: MessageContent, what: string): void {
  const maximum = queue.attributes.number('MaximumMessageSize');
  if (sizeOfMessage(content) > maximum) {
    throw invalidParameter(`${what} Reason: Message must be shorter than ${maximum} bytes.`);
  }
}

function checkBatchSize(entries: readonly SendEntry[]): void {
  const size = entries.reduce((sum, { MessageBody: body, MessageAttributes: attributes }) => (
    sum + (typeof body === 'string' ? Buffer.byteLength(body) : 0) + sizeOfGiven(attributes)
  ), 0);
  if (size > MAXIMUM_BATCH_BYTES) {
    throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAXIMUM_BATCH_BYTES} bytes. You have sent ${size} bytes.`);
  }
}

/** Attributes are checked entry by entry; until then they may be anything. */
function sizeOfGiven(attributes: unknown): number {
  return typeof attributes !== 'object' || attributes === null ? 0 : Object.entries(attributes).reduce((sum, [name, value]) => (
    sum + [name, value?.DataType, value?.StringValue, value?.BinaryValue].reduce((size, text) => size + (typeof text === 'string' ? Buffer.byteLength(text) : 0), 0)
  ), 0);
}

/** What is missing of a FIFO queue's entries refuses the whole batch, in words of its own. */
function checkFifoEntry(queue: Queue, { MessageGroupId: groupId, MessageDeduplicationId: deduplicationId }: SendEntry): void {
  if (queue.isFifo && (groupId === undefined || groupId === null)) {
    throw invalidParameter('The request must contain the parameter MessageGroupId.');
  }
  if (queue.isFifo && (deduplicationId === undefined || deduplicationId === null) && !queue.attributes.contentBasedDeduplication) {
    throw invalidParameter('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  }
}
