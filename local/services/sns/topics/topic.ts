import { Subscription } from './subscription';
import { Deduplication } from '../../../engines/deduplication';
import { CompiledPolicy, compilePolicy } from '../../../engines/iam-policy';
import { Environment } from '../../../kernel/contracts';
import { invalidParameter } from '../errors';
import { MessageContent } from '../messages/message';

/** What a publisher learns of its message. */
export interface Published {
  readonly id: string;
  readonly sequenceNumber?: string;
}

/** The attributes that can be set, and what they may be. */
const ATTRIBUTES: Record<string, (value: string) => boolean> = {
  DisplayName: value => value.length <= 100,
  Policy: () => true,
  DeliveryPolicy: () => true,
  ContentBasedDeduplication: value => /^(true|false)$/.test(value),
  FifoThroughputScope: value => /^(Topic|MessageGroup)$/.test(value),
  SignatureVersion: value => value === '1' || value === '2',
  TracingConfig: value => value === 'PassThrough' || value === 'Active',
  KmsMasterKeyId: () => true,
};
const FIFO_ONLY = ['ContentBasedDeduplication', 'FifoThroughputScope'];
const SEQUENCE_DIGITS = 20;
const FIRST_SEQUENCE_NUMBER = 10_000_000_000_000_000_000n;

/** A topic and who subscribes to it. */
export class Topic {
  readonly arn: string;
  readonly tags = new Map<string, string>();
  readonly subscriptions = new Map<string, Subscription>();
  policy!: CompiledPolicy;
  private readonly attributes = new Map<string, string>();
  private readonly deduplication = new Deduplication<Published>();
  private sequence = FIRST_SEQUENCE_NUMBER;

  constructor(readonly name: string, readonly environment: Environment) {
    const { partition, region, account } = environment;
    this.arn = `arn:${partition}:sns:${region}:${account}:${name}`;
    this.setPolicy(undefined);
  }

  get isFifo(): boolean {
    return this.name.endsWith('.fifo');
  }

  get contentBasedDeduplication(): boolean {
    return this.attributes.get('ContentBasedDeduplication') === 'true';
  }

  get policyText(): string {
    return this.attributes.get('Policy') ?? JSON.stringify(this.defaultPolicy());
  }

  set(name: string, value: string): void {
    if (!Object.hasOwn(ATTRIBUTES, name) || (FIFO_ONLY.includes(name) && !this.isFifo)) {
      throw invalidParameter('AttributeName');
    }
    if (typeof value !== 'string' || !ATTRIBUTES[name](value)) {
      throw invalidParameter(name);
    }
    if (name === 'Policy') {
      this.setPolicy(value);
    } else {
      this.attributes.set(name, value);
    }
  }

  /** Gives the topic a policy; without one it has the one that every topic has. */
  setPolicy(text: string | undefined): void {
    try {
      this.policy = compilePolicy(text === undefined ? this.defaultPolicy() : JSON.parse(text), { kind: 'resource' });
    } catch {
      throw invalidParameter('Policy Error: null');
    }
    if (text === undefined) {
      this.attributes.delete('Policy');
    } else {
      this.attributes.set('Policy', text);
    }
  }

  describe(): Record<string, string> {
    const { account } = this.environment;
    return {
      DisplayName: '',
      Owner: account,
      TopicArn: this.arn,
      SubscriptionsConfirmed: String(this.subscriptions.size),
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
      EffectiveDeliveryPolicy: EFFECTIVE_DELIVERY_POLICY,
      ...(this.isFifo ? { FifoTopic: 'true', ContentBasedDeduplication: 'false' } : {}),
      ...Object.fromEntries(this.attributes),
      Policy: this.policyText,
    };
  }

  /** What a message was answered that has been published already, or undefined. */
  published(content: MessageContent, now: number): Published | undefined {
    return this.isFifo ? this.deduplication.find(this.deduplicationKey(content), now) : undefined;
  }

  remember(content: MessageContent, published: Published, now: number): void {
    if (this.isFifo) {
      this.deduplication.add(this.deduplicationKey(content), published, now);
    }
  }

  nextSequenceNumber(): string | undefined {
    return this.isFifo ? String(this.sequence++).padStart(SEQUENCE_DIGITS, '0') : undefined;
  }

  private deduplicationKey({ groupId, deduplicationId }: MessageContent): string {
    return this.attributes.get('FifoThroughputScope') === 'MessageGroup' ? JSON.stringify([groupId, deduplicationId]) : deduplicationId!;
  }

  private defaultPolicy() {
    const actions = ['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic', 'Subscribe', 'ListSubscriptionsByTopic', 'Publish'];
    return {
      Version: '2008-10-17',
      Id: '__default_policy_ID',
      Statement: [{
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map(action => `SNS:${action}`),
        Resource: this.arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': this.environment.account } },
      }],
    };
  }
}

const EFFECTIVE_DELIVERY_POLICY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20, maxDelayTarget: 20, numRetries: 3, numMaxDelayRetries: 0, numNoDelayRetries: 0, numMinDelayRetries: 0, backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});
