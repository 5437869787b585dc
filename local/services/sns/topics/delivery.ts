import { Subscription } from './subscription';
import { Topic } from './topic';
import { AwsError } from '../../../kernel/aws-error';
import { Principal, ServiceContext } from '../../../kernel/contracts';
import { insist } from '../../../kernel/insist';
import { queueUrlOf } from '../../../kernel/queue-url';
import { isTransient } from '../../../kernel/transient-error';
import { Message, textFor } from '../messages/message';
import { lambdaEventOf, notificationOf } from '../messages/notification';

const IMMEDIATE_RETRIES = 3;
const SECOND_RETRIES = 2;
const GROWING_RETRIES = 10;
const LONGEST_RETRY_SECONDS = 20;
/** As AWS documents it for queues and functions: 23 days. */
const MAXIMUM_RETRIES = 100_015;

/** Hands a topic's messages to its subscribers, each on its own and later than the call that published. */
export class Delivery {
  private readonly stopped = new AbortController();
  /** Of FIFO topics: what is handed over to a subscriber waits for what was before. */
  private readonly chains = new WeakMap<Subscription, Promise<void>>();

  constructor(private readonly context: ServiceContext) {}

  deliver(topic: Topic, message: Message): void {
    for (const subscription of topic.subscriptions.values()) {
      if (subscription.wants(message)) {
        this.schedule(subscription, message);
      }
    }
  }

  /** Gives up what would be tried again. */
  stop(): void {
    this.stopped.abort();
  }

  private schedule(subscription: Subscription, message: Message): void {
    const later = new Promise<void>(resolve => setImmediate(resolve));
    if (subscription.topic.isFifo) {
      const before = this.chains.get(subscription) ?? later;
      this.chains.set(subscription, before.then(() => this.deliverTo(subscription, message)));
    } else {
      void later.then(() => this.deliverTo(subscription, message));
    }
  }

  private async deliverTo(subscription: Subscription, message: Message): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.attempt(subscription, message);
        return;
      } catch (error) {
        if (!isTransient(error) || attempt >= MAXIMUM_RETRIES) {
          await this.giveUp(subscription, message, error);
          return;
        }
        try {
          await this.context.clock.sleep(pauseSeconds(attempt) * 1000, this.stopped.signal);
        } catch {
          return;
        }
      }
    }
  }

  private async attempt(subscription: Subscription, message: Message): Promise<void> {
    if (subscription.protocol === 'sqs') {
      await this.send(subscription, subscription.endpoint, message);
      return;
    }
    await this.context.invoke({
      principal: callerFor(subscription),
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName: subscription.endpoint, InvocationType: 'Event', Payload: lambdaEventOf(message, subscription, this.context.randomness) },
    });
  }

  private async send(subscription: Subscription, queueArn: string, message: Message): Promise<void> {
    const isFifo = queueArn.endsWith('.fifo');
    await this.context.invoke({
      principal: callerFor(subscription),
      service: 'sqs',
      operation: 'SendMessage',
      input: {
        QueueUrl: queueUrlOf(queueArn),
        ...(subscription.isRaw
          ? { MessageBody: textFor(message, subscription.protocol), MessageAttributes: message.attributes }
          : { MessageBody: notificationOf(message, subscription, this.context.randomness) }),
        MessageGroupId: message.groupId,
        MessageDeduplicationId: isFifo ? message.deduplicationId : undefined,
      },
    });
  }

  private async giveUp(subscription: Subscription, message: Message, error: unknown): Promise<void> {
    this.report(`Topic ${subscription.topic.name} could not hand message ${message.id} to ${subscription.endpoint}`, error);
    if (subscription.deadLetterArn === undefined) {
      return;
    }
    try {
      await insist(this.context.clock, this.stopped.signal, () => this.send(subscription, subscription.deadLetterArn!, message));
    } catch (failure) {
      this.report(`Topic ${subscription.topic.name} could not put message ${message.id} into the dead-letter queue ${subscription.deadLetterArn}`, failure);
    }
  }

  private report(what: string, error: unknown): void {
    const reason = error instanceof AwsError ? `${error.code}: ${error.message}` : error instanceof Error ? error.stack : String(error);
    this.context.trace.emit({ kind: 'failure', time: this.context.clock.now(), source: 'sns', message: `${what}: ${reason}` });
  }
}

function callerFor({ topic }: Subscription): Principal {
  return { kind: 'service', arn: 'sns.amazonaws.com', sourceArn: topic.arn };
}

/** Three at once, two a second apart, ten at growing intervals, then every twenty seconds. */
function pauseSeconds(attempt: number): number {
  const second = attempt - IMMEDIATE_RETRIES;
  const growing = second - SECOND_RETRIES;
  if (second < 0) {
    return 0;
  }
  return growing < 0 ? 1 : growing < GROWING_RETRIES ? Math.min(2 ** growing, LONGEST_RETRY_SECONDS) : LONGEST_RETRY_SECONDS;
}
