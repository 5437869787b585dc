import { createHash } from 'node:crypto';
import { senderId } from './sender-id';
import { AwsError } from '../../../kernel/aws-error';
import { Principal } from '../../../kernel/contracts';
import { invalidParameter, invalidValue, missingParameter } from '../errors';
import { readMessageAttributes, sizeOfAttributes } from '../messages/attribute-values';
import { MessageAttributes, MessageContent } from '../messages/message';
import { Queue } from '../queues/queue';

/** What a sender gives of a message. */
export interface SendInput {
  readonly MessageBody?: unknown;
  readonly DelaySeconds?: unknown;
  readonly MessageAttributes?: unknown;
  readonly MessageSystemAttributes?: unknown;
  readonly MessageDeduplicationId?: unknown;
  readonly MessageGroupId?: unknown;
}

/** What XML 1.0 can hold, and no half of a surrogate pair. */
const INVALID_CHARACTERS = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const FIFO_ID = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;

/** The bytes that a message counts for. */
export function sizeOfMessage({ body, attributes }: { readonly body: string; readonly attributes: MessageAttributes }): number {
  return Buffer.byteLength(body) + sizeOfAttributes(attributes);
}

/** Checks what a sender gave, and makes a message of it. */
export function readMessage(queue: Queue, input: SendInput, sender: Principal): MessageContent {
  const { MessageBody: body } = input;
  if (body === undefined || body === null || body === '') {
    throw missingParameter('MessageBody');
  }
  if (typeof body !== 'string') {
    throw new AwsError('SerializationException', 'STRING_VALUE cannot be converted to the type of MessageBody.');
  }
  if (INVALID_CHARACTERS.test(body)) {
    throw new AwsError('InvalidMessageContents', 'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF');
  }
  return {
    body,
    attributes: readMessageAttributes(input.MessageAttributes),
    traceHeader: readTraceHeader(input.MessageSystemAttributes),
    senderId: senderId(sender),
    ...(queue.isFifo ? fifoIds(queue, input, body) : groupOfStandardQueue(input)),
  };
}

function fifoIds(queue: Queue, { MessageGroupId: groupId, MessageDeduplicationId: deduplicationId }: SendInput, body: string) {
  if (groupId === undefined || groupId === null) {
    throw missingParameter('MessageGroupId');
  }
  const given = deduplicationId === undefined || deduplicationId === null ? undefined : fifoId('MessageDeduplicationId', deduplicationId);
  if (given === undefined && !queue.attributes.contentBasedDeduplication) {
    throw invalidParameter('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  }
  return { groupId: fifoId('MessageGroupId', groupId), deduplicationId: given ?? createHash('sha256').update(body).digest('hex') };
}

/** Of a standard queue the group tells tenants apart; nothing is ordered by it. */
function groupOfStandardQueue({ MessageGroupId: groupId, MessageDeduplicationId: deduplicationId }: SendInput) {
  if (deduplicationId !== undefined && deduplicationId !== null) {
    throw invalidValue(deduplicationId, 'MessageDeduplicationId', 'The request includes a parameter that is not valid for this queue type.');
  }
  return groupId === undefined || groupId === null ? {} : { groupId: fifoId('MessageGroupId', groupId) };
}

function fifoId(parameter: string, value: unknown): string {
  if (typeof value !== 'string' || !FIFO_ID.test(value)) {
    throw invalidValue(value, parameter, `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`);
  }
  return value;
}

function readTraceHeader(given: unknown): string | undefined {
  const attributes = readMessageAttributes(given);
  const name = Object.keys(attributes).find(each => each !== 'AWSTraceHeader');
  if (name !== undefined) {
    throw invalidParameter(`Message system attribute name '${name}' is invalid.`);
  }
  return attributes.AWSTraceHeader?.StringValue;
}
