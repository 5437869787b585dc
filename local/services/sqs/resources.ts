import { Queue } from './queues/queue';
import { Queues } from './queues/queues';
import { ProvisionedResource, ResourceRequest, ResourceType } from '../../kernel/contracts';

interface QueueProperties {
  readonly QueueName?: string;
  readonly FifoQueue?: boolean | string;
  readonly [name: string]: unknown;
}

interface PolicyProperties {
  readonly Queues?: unknown;
  readonly Queue?: unknown;
  readonly PolicyDocument?: unknown;
}

const ATTRIBUTES = [
  'ContentBasedDeduplication', 'DeduplicationScope', 'DelaySeconds', 'FifoThroughputLimit', 'MaximumMessageSize', 'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds', 'RedriveAllowPolicy', 'RedrivePolicy', 'VisibilityTimeout',
];

/** How queues and their policies come into being. */
export function resourceTypes(queues: Queues): Record<string, ResourceType> {
  return {
    'AWS::SQS::Queue': {
      properties: {
        used: ['QueueName', 'FifoQueue', ...ATTRIBUTES],
        withoutEffect: ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled', 'Tags'],
      },
      create: request => createQueue(queues, request),
      update: (request, previous, resource) => {
        const queue = queues.get(resource.ref);
        const removed = Object.keys(attributesOf(previous)).map(name => [name, queue.attributes.usual(name)]);
        queues.setAttributes(queue, { ...Object.fromEntries(removed), ...attributesOf(request) });
        return describe(queue);
      },
      replacedBy: ['QueueName', 'FifoQueue'],
      delete: (_, { ref }) => deleteQueue(queues, ref),
    },
    'AWS::SQS::QueuePolicy': policyType(queues, ['Queues', 'PolicyDocument'], ({ Queues: urls }) => Array.isArray(urls) ? urls : []),
    'AWS::SQS::QueueInlinePolicy': policyType(queues, ['Queue', 'PolicyDocument'], ({ Queue: url }) => [url]),
  };
}

function createQueue(queues: Queues, request: ResourceRequest<QueueProperties>): ProvisionedResource {
  const { properties, environment } = request;
  const isFifo = String(properties.FifoQueue) === 'true';
  const name = properties.QueueName ?? (isFifo ? `${request.generateName(75)}.fifo` : request.generateName(80));
  if (queues.findByName(name, environment.account)) {
    throw new Error(`Resource of type 'AWS::SQS::Queue' with identifier '${name}' already exists.`);
  }
  return describe(queues.create(name, { ...attributesOf(request), ...(isFifo ? { FifoQueue: 'true' } : {}) }, environment));
}

function describe(queue: Queue): ProvisionedResource {
  return { ref: queue.url, attributes: { Arn: queue.arn, QueueName: queue.name, QueueUrl: queue.url } };
}

/** A template has numbers, truth values and objects where the API has texts. */
function attributesOf({ properties }: ResourceRequest<QueueProperties>): Record<string, string> {
  return Object.fromEntries(ATTRIBUTES.filter(name => properties[name] !== undefined).map(name => {
    const value = properties[name];
    return [name, typeof value === 'object' ? JSON.stringify(value) : String(value)];
  }));
}

function deleteQueue(queues: Queues, url: string): void {
  const queue = queues.findByUrl(url);
  if (queue) {
    queues.delete(queue);
  }
}

/** A policy is an attribute of each queue that it names. */
function policyType(
  queues: Queues, used: readonly string[], urlsOf: (properties: PolicyProperties) => readonly unknown[],
): ResourceType {
  const set = ({ properties }: ResourceRequest<PolicyProperties>, text: string) => {
    for (const url of urlsOf(properties)) {
      const queue = queues.findByUrl(String(url));
      if (queue) {
        queues.setAttributes(queue, { Policy: text });
      } else if (text !== '') {
        throw new Error(`there is no queue ${url}`);
      }
    }
  };
  return {
    properties: { used },
    create: request => {
      const { PolicyDocument: document } = request.properties;
      set(request, typeof document === 'string' ? document : JSON.stringify(document));
      return { ref: request.generateName(80), attributes: { Id: request.generateId(12) } };
    },
    delete: request => set(request, ''),
  };
}
