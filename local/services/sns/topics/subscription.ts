import { FilterPolicy, FilterPolicyScope, InvalidFilterPolicyError } from './filter-policy';
import { AwsError } from '../../../kernel/aws-error';
import { Environment } from '../../../kernel/contracts';
import { invalidParameter } from '../errors';
import { Message } from '../messages/message';

export type Protocol = 'sqs' | 'lambda';

const ATTRIBUTES = ['RawMessageDelivery', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy', 'DeliveryPolicy'];
const QUEUE_ARN = /^arn:[^:]+:sqs:[^:]+:\d{12}:[A-Za-z0-9_-]+(\.fifo)?$/;

/** The topic, as far as it matters to those who subscribe to it. */
export interface SubscribedTopic {
  readonly name: string;
  readonly arn: string;
  readonly environment: Environment;
  readonly isFifo: boolean;
}

/** Who gets the messages of a topic, and which of them. */
export class Subscription {
  isRaw = false;
  deadLetterArn?: string;
  private filterPolicy?: FilterPolicy;
  private attributes: ReadonlyMap<string, string> = new Map();

  constructor(readonly arn: string, readonly topic: SubscribedTopic, readonly protocol: Protocol, readonly endpoint: string) {}

  wants(message: Message): boolean {
    return this.filterPolicy?.matches(message, this.protocol) ?? true;
  }

  /** Sets attributes, all or none; an empty text takes one away. */
  set(given: Readonly<Record<string, string>>): void {
    const attributes = new Map(this.attributes);
    for (const [name, value] of Object.entries(given)) {
      if (!ATTRIBUTES.includes(name)) {
        throw invalidParameter('AttributeName');
      }
      if (value === '' && name !== 'RawMessageDelivery') {
        attributes.delete(name);
      } else {
        attributes.set(name, value);
      }
    }
    const isRaw = readRaw(attributes.get('RawMessageDelivery'));
    const filterPolicy = readFilterPolicy(attributes.get('FilterPolicy'), attributes.get('FilterPolicyScope'));
    this.deadLetterArn = readRedrivePolicy(attributes.get('RedrivePolicy'), this.topic.isFifo);
    this.isRaw = isRaw;
    this.filterPolicy = filterPolicy;
    this.attributes = attributes;
  }

  /** Whether it has these attributes already. */
  has(given: Readonly<Record<string, string>>): boolean {
    return Object.entries(given).every(([name, value]) => (this.attributes.get(name) ?? (name === 'RawMessageDelivery' ? 'false' : '')) === value);
  }

  describe(): Record<string, string> {
    const { account, partition } = this.topic.environment;
    return {
      SubscriptionArn: this.arn,
      TopicArn: this.topic.arn,
      Protocol: this.protocol,
      Endpoint: this.endpoint,
      Owner: account,
      SubscriptionPrincipal: `arn:${partition}:iam::${account}:root`,
      ConfirmationWasAuthenticated: 'true',
      PendingConfirmation: 'false',
      RawMessageDelivery: 'false',
      ...(this.attributes.has('FilterPolicy') ? { FilterPolicyScope: 'MessageAttributes' } : {}),
      ...Object.fromEntries(this.attributes),
    };
  }
}

function readRaw(value: string | undefined): boolean {
  if (value !== undefined && value !== 'true' && value !== 'false') {
    throw invalidParameter(`RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
  }
  return value === 'true';
}

function readFilterPolicy(text: string | undefined, scope: string = 'MessageAttributes'): FilterPolicy | undefined {
  if (scope !== 'MessageAttributes' && scope !== 'MessageBody') {
    throw invalidParameter(`FilterPolicyScope: Invalid value [${scope}]. Please use either MessageBody or MessageAttributes`);
  }
  try {
    return text === undefined || text === '{}' ? undefined : new FilterPolicy(text, scope satisfies FilterPolicyScope);
  } catch (error) {
    throw error instanceof InvalidFilterPolicyError ? invalidParameter(error.message) : error;
  }
}

function readRedrivePolicy(text: string | undefined, isFifo: boolean): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  let arn: unknown;
  try {
    arn = Object(JSON.parse(text)).deadLetterTargetArn;
  } catch (error) {
    throw invalidParameter(`RedrivePolicy: failed to parse JSON. ${error instanceof Error ? error.message : error}`);
  }
  if (typeof arn !== 'string' || !QUEUE_ARN.test(arn)) {
    throw invalidParameter('RedrivePolicy: deadLetterTargetArn is an invalid arn');
  }
  if (isFifo && !arn.endsWith('.fifo')) {
    throw invalidParameter('RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.');
  }
  return arn;
}

const KNOWN_PROTOCOLS = ['http', 'https', 'email', 'email-json', 'sms', 'application', 'firehose'];

/** Checks who is to get messages. */
export function readEndpoint(topic: SubscribedTopic, protocol: unknown, endpoint: unknown): { protocol: Protocol; endpoint: string } {
  if (KNOWN_PROTOCOLS.includes(String(protocol))) {
    throw new AwsError('NotImplemented', `the local runtime does not emulate subscriptions of the protocol ${protocol}`, 501);
  }
  if (protocol !== 'sqs' && protocol !== 'lambda') {
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  }
  const text = typeof endpoint === 'string' ? endpoint : '';
  if (protocol === 'sqs' && !QUEUE_ARN.test(text)) {
    throw invalidParameter('SQS endpoint ARN');
  }
  if (protocol === 'lambda' && !/^arn:[^:]+:lambda:[^:]+:\d{12}:function:./.test(text)) {
    throw invalidParameter('Lambda endpoint ARN');
  }
  if (!topic.isFifo && text.endsWith('.fifo')) {
    throw invalidParameter('Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics');
  }
  if (topic.isFifo && protocol === 'lambda') {
    throw invalidParameter('Invalid parameter: Endpoint Reason: Please use FIFO SQS queue');
  }
  return { protocol, endpoint: text };
}
