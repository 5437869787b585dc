import { onQueue } from './operation';
import { Operation } from '../../../kernel/contracts';
import { missingParameter } from '../errors';
import { Queues } from '../queues/queues';

/** Tags of a queue: remembered, and without effect. */
export function tagOperations(queues: Queues): Record<string, Operation> {
  return {
    TagQueue: onQueue(queues, 'TagQueue', (queue, { Tags: tags }: { QueueUrl?: string; Tags?: Record<string, string> }) => {
      if (typeof tags !== 'object' || tags === null) {
        throw missingParameter('Tags');
      }
      Object.entries(tags).forEach(([key, value]) => queue.tags.set(key, String(value)));
    }),
    UntagQueue: onQueue(queues, 'UntagQueue', (queue, { TagKeys: keys }: { QueueUrl?: string; TagKeys?: string[] }) => {
      if (!Array.isArray(keys)) {
        throw missingParameter('TagKeys');
      }
      keys.forEach(key => queue.tags.delete(key));
    }),
    ListQueueTags: onQueue(queues, 'ListQueueTags', queue => queue.tags.size === 0 ? {} : { Tags: Object.fromEntries(queue.tags) }),
  };
}
