import { readEndpoint, Subscription } from './subscription';
import { Topic } from './topic';
import { AwsError } from '../../../kernel/aws-error';
import { Environment, Randomness } from '../../../kernel/contracts';
import { checkArn, invalidParameter, notFound } from '../errors';

const NAME = /^[A-Za-z0-9_-]{1,256}$/;
const FIFO_NAME = /^(?=.{1,256}$)[A-Za-z0-9_-]+\.fifo$/;

/** The topics of the run and their subscriptions, by ARN. */
export class Topics {
  private readonly byArn = new Map<string, Topic>();

  constructor(private readonly randomness: Randomness) {}

  /** Makes a topic; gives the one that is there when it is the same. */
  create(name: unknown, { FifoTopic: fifo, ...attributes }: Readonly<Record<string, string>>, environment: Environment): Topic {
    if (typeof name !== 'string' || !(fifo === 'true' ? FIFO_NAME : NAME).test(name)) {
      throw invalidParameter(fifo === 'true' || String(name).endsWith('.fifo')
        ? 'Topic Name Reason: Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.'
        : 'Topic Name');
    }
    const topic = new Topic(name, environment);
    Object.entries(attributes).forEach(([key, value]) => topic.set(key, value));
    const standing = this.byArn.get(topic.arn);
    if (standing) {
      const described = standing.describe();
      if (Object.entries(attributes).some(([key, value]) => described[key] !== value)) {
        throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
      }
      return standing;
    }
    this.byArn.set(topic.arn, topic);
    return topic;
  }

  find(arn: string): Topic | undefined {
    return this.byArn.get(arn);
  }

  get(arn: unknown, parameter: string = 'TopicArn'): Topic {
    checkArn(arn, parameter);
    const topic = this.byArn.get(arn);
    if (!topic) {
      throw notFound('Topic');
    }
    return topic;
  }

  delete(arn: string): void {
    this.byArn.delete(arn);
  }

  all(): Topic[] {
    return [...this.byArn.values()];
  }

  subscribe(topic: Topic, given: { protocol: unknown; endpoint: unknown }, attributes: Readonly<Record<string, string>>): Subscription {
    const { protocol, endpoint } = readEndpoint(topic, given.protocol, given.endpoint);
    const standing = [...topic.subscriptions.values()].find(each => each.protocol === protocol && each.endpoint === endpoint);
    if (standing) {
      if (!standing.has(attributes)) {
        throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
      }
      return standing;
    }
    const subscription = new Subscription(`${topic.arn}:${this.randomness.uuid()}`, topic, protocol, endpoint);
    try {
      subscription.set(attributes);
    } catch (error) {
      throw error instanceof AwsError ? invalidParameter(error.message.replace(/^Invalid parameter: /, 'Attributes Reason: ')) : error;
    }
    topic.subscriptions.set(subscription.arn, subscription);
    return subscription;
  }

  findSubscription(arn: string): Subscription | undefined {
    return this.byArn.get(arn.slice(0, arn.lastIndexOf(':')))?.subscriptions.get(arn);
  }

  /** Ends a subscription, if there is one. */
  unsubscribe(arn: string): void {
    this.byArn.get(arn.slice(0, arn.lastIndexOf(':')))?.subscriptions.delete(arn);
  }

  getSubscription(arn: unknown): Subscription {
    checkArn(arn, 'SubscriptionArn');
    const subscription = this.findSubscription(arn);
    if (!subscription) {
      throw notFound('Subscription');
    }
    return subscription;
  }

  subscriptions(): Subscription[] {
    return this.all().flatMap(topic => [...topic.subscriptions.values()]);
  }
}
