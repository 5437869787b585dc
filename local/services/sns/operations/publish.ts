import { onTopic } from './topics';
import { AwsError } from '../../../kernel/aws-error';
import { Operation, ServiceContext } from '../../../kernel/contracts';
import { invalidParameter } from '../errors';
import { MAXIMUM_BYTES, PublishInput, readMessage } from '../messages/read-message';
import { Delivery } from '../topics/delivery';
import { Published, Topic } from '../topics/topic';
import { Topics } from '../topics/topics';

type Input = PublishInput & { readonly TopicArn?: string; readonly TargetArn?: string; readonly PhoneNumber?: string };
type Entry = PublishInput & { readonly Id: string };

interface BatchInput {
  readonly TopicArn?: string;
  readonly PublishBatchRequestEntries?: unknown;
}

const MAXIMUM_ENTRIES = 10;

/** Publish and PublishBatch. */
export function publishOperations(context: ServiceContext, topics: Topics, delivery: Delivery): Record<string, Operation> {
  const publish = (topic: Topic, input: PublishInput): Published => {
    const content = readMessage(topic, input);
    const now = context.clock.now();
    const known = topic.published(content, now);
    if (known) {
      return known;
    }
    const published = { id: context.randomness.uuid(), sequenceNumber: topic.nextSequenceNumber() };
    topic.remember(content, published, now);
    delivery.deliver(topic, { ...content, ...published, publishedAt: now });
    return published;
  };
  const single = onTopic<Input>(topics, 'Publish', (topic, input) => {
    const { id, sequenceNumber } = publish(topic, input);
    return { MessageId: id, SequenceNumber: sequenceNumber };
  });

  return {
    Publish: {
      permissions: input => single.permissions(readTarget(topics, input)),
      handle: (input, call) => single.handle(readTarget(topics, input), call),
    },
    PublishBatch: onTopic(topics, 'Publish', (topic, input: BatchInput) => {
      const entries = checkEntries(input.PublishBatchRequestEntries);
      entries.forEach(entry => checkFifoEntry(topic, entry));
      const successful: object[] = [];
      const failed: object[] = [];
      for (const entry of entries) {
        try {
          const { id, sequenceNumber } = publish(topic, entry);
          successful.push({ Id: entry.Id, MessageId: id, SequenceNumber: sequenceNumber });
        } catch (error) {
          if (!(error instanceof AwsError)) {
            throw error;
          }
          failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
        }
      }
      return { Successful: successful, Failed: failed };
    }),
  };
}

/** A message goes to a topic, however it is named; phones are not emulated. */
function readTarget(topics: Topics, input: Input): Input {
  const { TopicArn: topic, TargetArn: target, PhoneNumber: phone } = input;
  if (phone !== undefined) {
    throw new AwsError('NotImplemented', 'The local runtime does not emulate text messages to phones.', 501);
  }
  if (topic === undefined && target === undefined) {
    throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
  }
  if (topic === undefined && String(target).split(':').length >= 6 && !topics.find(target!)) {
    throw invalidParameter('TargetArn Reason: No endpoint found for the target arn specified');
  }
  return { ...input, TopicArn: topic ?? target };
}

function checkEntries(given: unknown): Entry[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw new AwsError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  }
  if (given.length > MAXIMUM_ENTRIES) {
    throw new AwsError('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  }
  const ids = given.map(entry => String(entry?.Id ?? ''));
  ids.forEach(checkId);
  if (new Set(ids).size < ids.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  const size = given.reduce((sum, entry) => sum + (typeof entry.Message === 'string' ? Buffer.byteLength(entry.Message) : 0), 0);
  if (size > MAXIMUM_BYTES) {
    throw new AwsError('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.');
  }
  return given;
}

function checkId(id: string): void {
  if (id.length > 80) {
    throw new AwsError('InvalidBatchEntryId', `The Id of a batch entry in the batch request is too long: ${id}`);
  }
  if (!/^[\w-]+$/.test(id)) {
    throw new AwsError('InvalidBatchEntryId', `The Id of a batch entry in the batch request contains an impermissible character: ${id}`);
  }
}

/** What is missing for a FIFO topic refuses the whole batch. */
function checkFifoEntry(topic: Topic, { MessageGroupId: groupId, MessageDeduplicationId: deduplicationId }: Entry): void {
  if (topic.isFifo && !groupId) {
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  }
  if (topic.isFifo && !deduplicationId && !topic.contentBasedDeduplication) {
    throw invalidParameter('The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  }
}
