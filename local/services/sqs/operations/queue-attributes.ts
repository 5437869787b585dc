import { onQueue } from './operation';
import { Operation } from '../../../kernel/contracts';
import { invalidParameter, missingParameter, unknownAttribute } from '../errors';
import { Queue } from '../queues/queue';
import { Queues } from '../queues/queues';

/** Known to every queue, beside what it is set to. */
function liveAttributes(queue: Queue): Record<string, string> {
  const { visible, hidden, delayed } = queue.counts();
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
  };
}

const SETTABLE = [
  'Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit', 'FifoQueue',
];

/** Reads and changes what a queue is set to. */
export function attributeOperations(queues: Queues): Record<string, Operation> {
  return {
    GetQueueAttributes: onQueue(queues, 'GetQueueAttributes', (queue, { AttributeNames: names = [] }: { QueueUrl?: string; AttributeNames?: string[] }) => {
      if (!Array.isArray(names)) {
        throw invalidParameter('AttributeNames is not a list of names.');
      }
      const attributes = { ...queue.attributes.all(), ...liveAttributes(queue) };
      const unknown = names.find(name => name !== 'All' && !Object.hasOwn(attributes, name) && !SETTABLE.includes(name));
      if (unknown !== undefined) {
        throw unknownAttribute(unknown);
      }
      const selected = Object.entries(attributes).filter(([name]) => names.includes(name) || names.includes('All'));
      return selected.length === 0 ? {} : { Attributes: Object.fromEntries(selected) };
    }),
    SetQueueAttributes: onQueue(queues, 'SetQueueAttributes', (queue, { Attributes: attributes }: { QueueUrl?: string; Attributes?: Record<string, string> }) => {
      if (typeof attributes !== 'object' || attributes === null) {
        throw missingParameter('Attribute.Name');
      }
      queues.setAttributes(queue, attributes);
    }),
  };
}
