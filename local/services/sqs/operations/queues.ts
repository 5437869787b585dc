import { onQueue } from './operation';
import { Page, pageOf } from './pages';
import { AwsError } from '../../../kernel/aws-error';
import { Environment, Operation, ServiceContext } from '../../../kernel/contracts';
import { missingParameter, queueDoesNotExist } from '../errors';
import { Queues } from '../queues/queues';

interface CreateQueueInput {
  readonly QueueName?: string;
  readonly Attributes?: Record<string, string>;
  readonly tags?: Record<string, string>;
}

interface GetQueueUrlInput {
  readonly QueueName?: string;
  readonly QueueOwnerAWSAccountId?: string;
}

const PURGE_INTERVAL_MILLISECONDS = 60_000;

/** Operations on queues as such. */
export function queueOperations(context: ServiceContext, queues: Queues): Record<string, Operation> {
  const { environment } = context;
  return {
    CreateQueue: {
      permissions: ({ QueueName: name }: CreateQueueInput) => [{ action: 'sqs:createqueue', resource: arnOf(name, environment) }],
      handle: ({ QueueName: name, Attributes: attributes = {}, tags = {} }: CreateQueueInput) => {
        queues.requireFree(String(name), environment.account);
        const queue = queues.create(name!, attributes, environment);
        Object.entries(tags).forEach(([key, value]) => queue.tags.set(key, value));
        return { QueueUrl: queue.url };
      },
    },
    DeleteQueue: onQueue(queues, 'DeleteQueue', queue => queues.deleteForAMinute(queue)),
    GetQueueUrl: {
      permissions: (input: GetQueueUrlInput) => {
        const queue = findNamed(queues, input, environment);
        return [{ action: 'sqs:getqueueurl', resource: queue.arn, resourcePolicy: queue.attributes.policy }];
      },
      handle: (input: GetQueueUrlInput) => ({ QueueUrl: findNamed(queues, input, environment).url }),
    },
    ListQueues: {
      permissions: () => [{ action: 'sqs:listqueues', resource: arnOf('*', environment) }],
      handle: (input: { QueueNamePrefix?: string } & Page) => {
        const urls = queues.all().filter(queue => queue.name.startsWith(input.QueueNamePrefix ?? '')).map(queue => queue.url).sort();
        const { items, nextToken } = pageOf(urls, input);
        return items.length === 0 ? {} : { QueueUrls: items, NextToken: nextToken };
      },
    },
    ListDeadLetterSourceQueues: onQueue(queues, 'ListDeadLetterSourceQueues', (queue, input: { QueueUrl?: string } & Page) => {
      const sources = queues.all().filter(each => each.attributes.redrivePolicy?.deadLetterTargetArn === queue.arn).map(each => each.url).sort();
      const { items, nextToken } = pageOf(sources, input);
      return { queueUrls: items, NextToken: nextToken };
    }),
    PurgeQueue: onQueue(queues, 'PurgeQueue', queue => {
      const now = context.clock.now();
      if (queue.purgedAt !== undefined && now - queue.purgedAt < PURGE_INTERVAL_MILLISECONDS) {
        throw new AwsError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`, 403);
      }
      queue.purgedAt = now;
      queue.purge();
    }),
  };
}

function arnOf(name: string | undefined, { partition, region, account }: Environment): string {
  return `arn:${partition}:sqs:${region}:${account}:${name}`;
}

function findNamed(queues: Queues, { QueueName: name, QueueOwnerAWSAccountId: account }: GetQueueUrlInput, environment: Environment) {
  if (typeof name !== 'string' || name === '') {
    throw missingParameter('QueueName');
  }
  const queue = queues.findByName(name, account ?? environment.account);
  if (!queue) {
    throw queueDoesNotExist();
  }
  return queue;
}
