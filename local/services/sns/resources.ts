import { Topics } from './topics/topics';
import { ProvisionedResource, ResourceRequest, ResourceType } from '../../kernel/contracts';

interface TopicProperties {
  readonly TopicName?: string;
  readonly FifoTopic?: boolean | string;
  readonly Subscription?: ReadonlyArray<{ readonly Protocol: string; readonly Endpoint: string }>;
  readonly [name: string]: unknown;
}

interface SubscriptionProperties {
  readonly TopicArn?: string;
  readonly Protocol?: string;
  readonly Endpoint?: string;
  readonly [name: string]: unknown;
}

interface PolicyProperties {
  readonly Topics?: readonly string[];
  readonly TopicArn?: string;
  readonly PolicyDocument?: unknown;
}

/** And what they are when nobody sets them. */
const USUAL_ATTRIBUTES: Readonly<Record<string, string>> = { DisplayName: '', ContentBasedDeduplication: 'false', FifoThroughputScope: 'Topic' };
const TOPIC_ATTRIBUTES = Object.keys(USUAL_ATTRIBUTES);
const SUBSCRIPTION_ATTRIBUTES = ['RawMessageDelivery', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'];

/** How topics, their subscriptions and their policies come into being. */
export function resourceTypes(topics: Topics): Record<string, ResourceType> {
  return {
    'AWS::SNS::Topic': {
      properties: {
        used: ['TopicName', 'FifoTopic', 'Subscription', ...TOPIC_ATTRIBUTES],
        withoutEffect: ['KmsMasterKeyId', 'SignatureVersion', 'TracingConfig', 'DeliveryStatusLogging', 'Tags'],
      },
      create: request => createTopic(topics, request),
      // In its place, since others subscribe to it as well.
      update: ({ properties }, previous, resource) => {
        const topic = topics.get(resource.ref);
        const unset = Object.keys(attributesOf(previous.properties, TOPIC_ATTRIBUTES));
        unset.forEach(name => topic.set(name, USUAL_ATTRIBUTES[name]));
        Object.entries(attributesOf(properties, TOPIC_ATTRIBUTES)).forEach(([name, value]) => topic.set(name, value));
        return resource;
      },
      replacedBy: ['TopicName', 'FifoTopic', 'Subscription'],
      delete: (_, { ref }) => topics.delete(ref),
    },
    'AWS::SNS::Subscription': {
      properties: { used: ['TopicArn', 'Protocol', 'Endpoint', ...SUBSCRIPTION_ATTRIBUTES], withoutEffect: ['DeliveryPolicy', 'Region'] },
      create: ({ properties }: ResourceRequest<SubscriptionProperties>) => {
        const { Protocol: protocol, Endpoint: endpoint } = properties;
        const subscription = topics.subscribe(topics.get(properties.TopicArn), { protocol, endpoint }, attributesOf(properties, SUBSCRIPTION_ATTRIBUTES));
        return { ref: subscription.arn, attributes: { Arn: subscription.arn } };
      },
      update: ({ properties }, _, resource) => {
        const unset = Object.fromEntries(SUBSCRIPTION_ATTRIBUTES.map(name => [name, name === 'RawMessageDelivery' ? 'false' : '']));
        topics.getSubscription(resource.ref).set({ ...unset, ...attributesOf(properties, SUBSCRIPTION_ATTRIBUTES) });
        return resource;
      },
      replacedBy: ['TopicArn', 'Protocol', 'Endpoint'],
      delete: (_, { ref }) => {
        topics.unsubscribe(ref);
      },
    },
    'AWS::SNS::TopicPolicy': policyType(topics, ['Topics', 'PolicyDocument'], ({ Topics: arns }) => arns ?? []),
    'AWS::SNS::TopicInlinePolicy': policyType(topics, ['TopicArn', 'PolicyDocument'], ({ TopicArn: arn }) => arn === undefined ? [] : [arn]),
  };
}

function createTopic(topics: Topics, request: ResourceRequest<TopicProperties>): ProvisionedResource {
  const { properties, environment } = request;
  const isFifo = String(properties.FifoTopic) === 'true';
  const name = properties.TopicName ?? (isFifo ? `${request.generateName(251)}.fifo` : request.generateName(256));
  const { partition, region, account } = environment;
  if (topics.find(`arn:${partition}:sns:${region}:${account}:${name}`)) {
    throw new Error(`Resource of type 'AWS::SNS::Topic' with identifier '${name}' already exists.`);
  }
  const topic = topics.create(name, { ...attributesOf(properties, TOPIC_ATTRIBUTES), ...(isFifo ? { FifoTopic: 'true' } : {}) }, environment);
  try {
    properties.Subscription?.forEach(({ Protocol: protocol, Endpoint: endpoint }) => topics.subscribe(topic, { protocol, endpoint }, {}));
  } catch (error) {
    topics.delete(topic.arn);
    throw error;
  }
  return { ref: topic.arn, attributes: { TopicArn: topic.arn, TopicName: topic.name } };
}

/** A template has truth values and objects where the API has texts. */
function attributesOf(properties: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.filter(name => properties[name] !== undefined).map(name => {
    const value = properties[name];
    return [name, typeof value === 'object' ? JSON.stringify(value) : String(value)];
  }));
}

/** A policy is the policy of each topic that it names. */
function policyType(topics: Topics, used: readonly string[], arnsOf: (properties: PolicyProperties) => readonly string[]): ResourceType {
  return {
    properties: { used },
    create: ({ properties, ...request }: ResourceRequest<PolicyProperties>) => {
      const { PolicyDocument: document } = properties;
      const text = typeof document === 'string' ? document : JSON.stringify(document);
      arnsOf(properties).forEach(arn => topics.get(arn).setPolicy(text));
      return { ref: request.generateName(80), attributes: { Id: request.generateId(12) } };
    },
    delete: ({ properties }: ResourceRequest<PolicyProperties>) => arnsOf(properties).forEach(arn => topics.find(arn)?.setPolicy(undefined)),
  };
}
