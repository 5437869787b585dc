import { wholeNumber } from './numbers';
import { onQueue } from './operation';
import { AwsError } from '../../../kernel/aws-error';
import { Operation } from '../../../kernel/contracts';
import { invalidParameter } from '../errors';
import { md5OfAttributes, md5OfBody } from '../messages/digests';
import { Message, MessageAttributes } from '../messages/message';
import { formatReceiptHandle } from '../messages/receipt-handle';
import { Queue } from '../queues/queue';
import { Queues } from '../queues/queues';

interface ReceiveMessageInput {
  readonly QueueUrl?: string;
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
  readonly WaitTimeSeconds?: number;
  readonly AttributeNames?: string[];
  readonly MessageSystemAttributeNames?: string[];
  readonly MessageAttributeNames?: string[];
  readonly ReceiveRequestAttemptId?: string;
}

const SYSTEM_ATTRIBUTES: Record<string, (message: Message) => string | number | undefined> = {
  SenderId: message => message.senderId,
  SentTimestamp: message => message.sentAt,
  ApproximateReceiveCount: message => message.receiveCount,
  ApproximateFirstReceiveTimestamp: message => message.firstReceivedAt,
  SequenceNumber: message => message.sequenceNumber,
  MessageDeduplicationId: message => message.deduplicationId,
  MessageGroupId: message => message.groupId,
  AWSTraceHeader: message => message.traceHeader,
  DeadLetterQueueSourceArn: message => message.deadLetterSourceArn,
};

/** Hands out up to ten messages, and waits for them when asked to. */
export function receiveMessage(queues: Queues): Operation<ReceiveMessageInput> {
  return onQueue(queues, 'ReceiveMessage', async (queue, input) => {
    if (input.ReceiveRequestAttemptId !== undefined) {
      throw new AwsError('NotImplemented', 'The local runtime does not emulate the parameter ReceiveRequestAttemptId of sqs:ReceiveMessage.', 501);
    }
    const count = wholeNumber(input.MaxNumberOfMessages, 'MaxNumberOfMessages', 1, 10, 'Must be between 1 and 10, if provided.') ?? 1;
    const visibility = wholeNumber(input.VisibilityTimeout, 'VisibilityTimeout', 0, 43_200, 'Must be >= 0 and <= 43200, if provided.')
      ?? queue.attributes.number('VisibilityTimeout');
    const wait = wholeNumber(input.WaitTimeSeconds, 'WaitTimeSeconds', 0, 20, 'Must be >= 0 and <= 20, if provided.')
      ?? queue.attributes.number('ReceiveMessageWaitTimeSeconds');
    const systemNames = [...names(input.AttributeNames, 'AttributeNames'), ...names(input.MessageSystemAttributeNames, 'MessageSystemAttributeNames')];
    const attributeNames = names(input.MessageAttributeNames, 'MessageAttributeNames');
    const unknown = systemNames.find(name => name !== 'All' && !Object.hasOwn(SYSTEM_ATTRIBUTES, name));
    if (unknown !== undefined) {
      throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    }
    const messages = await queue.receive(count, visibility, wait);
    return messages.length === 0 ? {} : { Messages: messages.map(message => describe(queue, message, systemNames, attributeNames)) };
  });
}

function names(given: unknown, parameter: string): string[] {
  const list = given ?? [];
  if (!Array.isArray(list) || list.some(name => typeof name !== 'string')) {
    throw invalidParameter(`${parameter} is not a list of names.`);
  }
  return list;
}

function describe(queue: Queue, message: Message, systemNames: readonly string[], attributeNames: readonly string[]) {
  const attributes = selected(message.attributes, attributeNames);
  const system = Object.entries(SYSTEM_ATTRIBUTES)
    .filter(([name]) => systemNames.includes(name) || systemNames.includes('All'))
    .map(([name, read]) => [name, read(message)] as const)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)]);
  return {
    MessageId: message.id,
    ReceiptHandle: formatReceiptHandle(queue.arn, message.id, message.receipt!),
    MD5OfBody: md5OfBody(message.body),
    Body: message.body,
    Attributes: system.length > 0 ? Object.fromEntries(system) : undefined,
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MessageAttributes: Object.keys(attributes).length > 0 ? attributes : undefined,
  };
}

/** The attributes of these names; `All` and `.*` stand for every one, `bar.*` for those that begin so. */
function selected(attributes: MessageAttributes, attributeNames: readonly string[]): MessageAttributes {
  const isSelected = (name: string) => attributeNames.some(each => (
    each === name || each === 'All' || each === '.*' || (each.endsWith('.*') && name.startsWith(each.slice(0, -1)))
  ));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isSelected(name)));
}
