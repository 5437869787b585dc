import { createHash } from 'node:crypto';
import { MessageAttributes, MessageContent } from './message';
import { readMessageAttributes, sizeOfAttributes } from './message-attributes';
import { invalidParameter } from '../errors';
import { Topic } from '../topics/topic';

/** What a publisher gives of a message. */
export interface PublishInput {
  readonly Message?: unknown;
  readonly MessageStructure?: string;
  readonly Subject?: unknown;
  readonly MessageAttributes?: unknown;
  readonly MessageGroupId?: unknown;
  readonly MessageDeduplicationId?: unknown;
}

/** What a message and its attributes may take together. */
export const MAXIMUM_BYTES = 256 * 1024;
// eslint-disable-next-line no-control-regex
const SUBJECT = /^(?!\s)[\u0020-\u007e]{1,100}$/;
const FIFO_ID = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;

/** Checks what a publisher gave. */
export function readMessage(topic: Topic, input: PublishInput): MessageContent {
  const { Message: text, Subject: subject } = input;
  if (typeof text !== 'string' || text === '') {
    throw invalidParameter('Empty message');
  }
  if (subject !== undefined && subject !== null && (typeof subject !== 'string' || !SUBJECT.test(subject))) {
    throw invalidParameter('Subject');
  }
  const attributes = readMessageAttributes(input.MessageAttributes);
  if (sizeOfMessage(text, attributes) > MAXIMUM_BYTES) {
    throw invalidParameter('Message too long');
  }
  return { ...(subject ? { subject: subject as string } : {}), texts: readTexts(text, input.MessageStructure), attributes, ...readIds(topic, input, text) };
}

export function sizeOfMessage(text: string, attributes: MessageAttributes): number {
  return Buffer.byteLength(text) + sizeOfAttributes(attributes);
}

/** A message of structure `json` says something else to each protocol. */
function readTexts(text: string, structure: string | undefined): ReadonlyMap<string, string> {
  if (structure === undefined || structure === '') {
    return new Map([['default', text]]);
  }
  if (structure !== 'json') {
    throw invalidParameter('MessageStructure');
  }
  let texts: unknown;
  try {
    texts = JSON.parse(text);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const entries = typeof texts === 'object' && texts !== null ? Object.entries(texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : [];
  if (!entries.some(([protocol]) => protocol === 'default')) {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return new Map(entries);
}

function readIds(topic: Topic, { MessageGroupId: groupId, MessageDeduplicationId: deduplicationId }: PublishInput, text: string) {
  if (!topic.isFifo) {
    if (deduplicationId !== undefined && deduplicationId !== null) {
      throw invalidParameter('MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type');
    }
    return groupId === undefined || groupId === null ? {} : { groupId: readId('MessageGroupId', groupId) };
  }
  if (groupId === undefined || groupId === null || groupId === '') {
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  }
  if (deduplicationId !== undefined && deduplicationId !== null) {
    return { groupId: readId('MessageGroupId', groupId), deduplicationId: readId('MessageDeduplicationId', deduplicationId) };
  }
  if (!topic.contentBasedDeduplication) {
    throw invalidParameter('The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  }
  return { groupId: readId('MessageGroupId', groupId), deduplicationId: createHash('sha256').update(text).digest('hex') };
}

function readId(parameter: string, value: unknown): string {
  if (typeof value !== 'string' || !FIFO_ID.test(value)) {
    throw invalidParameter(`${parameter} Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`);
  }
  return value;
}
