import { FifoShelf } from './fifo-shelf';
import { QueueAttributes } from './queue-attributes';
import { Shelf } from './shelf';
import { StandardShelf } from './standard-shelf';
import { Waiters } from './waiters';
import { Deduplication } from '../../../engines/deduplication';
import { Environment, ServiceContext } from '../../../kernel/contracts';
import { Message, MessageContent } from '../messages/message';

/** What a sender learns of its message. */
export interface SentMessage {
  readonly id: string;
  readonly sequenceNumber?: string;
}

/** Sequence numbers on AWS have twenty digits. */
const FIRST_SEQUENCE_NUMBER = 18_849_496_460_467_696_128n;
const SEQUENCE_STEP = 256n;

/** A queue and its messages. */
export class Queue {
  readonly arn: string;
  readonly attributes: QueueAttributes;
  readonly tags = new Map<string, string>();
  readonly createdAt: number;
  modifiedAt: number;
  purgedAt?: number;
  private readonly messages = new Map<string, Message>();
  private readonly shelf: Shelf;
  private readonly deduplication = new Deduplication<SentMessage>();
  private readonly waiters: Waiters;
  private sequence = FIRST_SEQUENCE_NUMBER;
  private deleted = false;

  constructor(
    readonly name: string,
    readonly environment: Environment,
    private readonly context: ServiceContext,
    private readonly findByArn: (arn: string) => Queue | undefined,
  ) {
    const { partition, region, account } = environment;
    this.arn = `arn:${partition}:sqs:${region}:${account}:${name}`;
    this.attributes = new QueueAttributes(name.endsWith('.fifo'));
    this.shelf = this.isFifo ? new FifoShelf() : new StandardShelf();
    this.createdAt = context.clock.now();
    this.modifiedAt = this.createdAt;
    this.waiters = new Waiters(context.clock);
  }

  get isFifo(): boolean {
    return this.attributes.isFifo;
  }

  /** Reachable at the runtime's own address; clients and templates know the queue by it. */
  get url(): string {
    return `${this.context.endpoint()}/${this.environment.account}/${this.name}`;
  }

  send(content: MessageContent, delaySeconds: number = this.attributes.number('DelaySeconds')): SentMessage {
    const now = this.context.clock.now();
    this.dropExpired(now);
    const key = content.deduplicationId === undefined ? undefined : this.deduplicationKey(content);
    const known = key === undefined ? undefined : this.deduplication.find(key, now);
    if (known) {
      return known;
    }
    const sent: SentMessage = { id: this.context.randomness.uuid(), ...(this.isFifo ? { sequenceNumber: this.nextSequenceNumber() } : {}) };
    this.add({ ...content, ...sent, sentAt: now, receiveCount: 0, visibleAt: now + delaySeconds * 1000 });
    if (key !== undefined) {
      this.deduplication.add(key, sent, now);
    }
    return sent;
  }

  /** Hands out messages and hides them; waits for some as long as the receiver does. */
  async receive(count: number, visibilitySeconds: number, waitSeconds: number): Promise<Message[]> {
    const deadline = this.context.clock.now() + waitSeconds * 1000;
    for (;;) {
      const messages = this.take(count, visibilitySeconds);
      const now = this.context.clock.now();
      if (messages.length > 0 || now >= deadline || this.deleted) {
        return messages;
      }
      await this.waiters.wait(Math.min(deadline, this.shelf.nextVisibleAt(now) ?? deadline) - now);
    }
  }

  /** The message that a receipt is about, unless it is gone. */
  find(messageId: string): Message | undefined {
    const now = this.context.clock.now();
    this.dropExpired(now);
    const message = this.messages.get(messageId);
    return message && !this.isExpired(message, now) ? message : undefined;
  }

  isHidden(message: Message): boolean {
    return message.visibleAt > this.context.clock.now();
  }

  changeVisibility(message: Message, seconds: number): void {
    message.visibleAt = this.context.clock.now() + seconds * 1000;
    this.shelf.place(message);
    this.waiters.wake();
  }

  remove(message: Message): void {
    this.messages.delete(message.id);
    this.shelf.remove(message);
    // Of a FIFO queue, the next of its group may be free now.
    this.waiters.wake();
  }

  purge(): void {
    [...this.messages.values()].forEach(message => this.remove(message));
  }

  /** Lets nobody wait any longer. */
  close(): void {
    this.deleted = true;
    this.waiters.wake();
  }

  counts(): { visible: number; hidden: number; delayed: number } {
    const now = this.context.clock.now();
    this.dropExpired(now);
    const counts = { visible: 0, hidden: 0, delayed: 0 };
    for (const message of this.messages.values()) {
      if (this.isExpired(message, now)) {
        continue;
      }
      counts[message.visibleAt <= now ? 'visible' : message.receipt === undefined ? 'delayed' : 'hidden']++;
    }
    return counts;
  }

  /** Takes a message in from another queue. A standard queue goes on counting its age, a FIFO queue begins anew, and knows a dead letter by its id. */
  accept({ receipt: _receipt, ...message }: Message, deadLetterSourceArn: string | undefined): void {
    const now = this.context.clock.now();
    const deduplicationId = deadLetterSourceArn === undefined ? message.deduplicationId : message.id;
    this.add({
      ...message, deadLetterSourceArn, visibleAt: now, ...(this.isFifo ? { sentAt: now, sequenceNumber: this.nextSequenceNumber(), deduplicationId } : {}),
    });
  }

  /** The next message that could be received, which stays where it is. */
  peek(): Message[] {
    const now = this.context.clock.now();
    this.dropExpired(now);
    return this.next(now, 1);
  }

  /** The next messages that are not expired. */
  private next(now: number, count: number): Message[] {
    for (;;) {
      const next = this.shelf.next(now, count);
      const expired = next.filter(message => this.isExpired(message, now));
      if (expired.length === 0) {
        return next;
      }
      expired.forEach(message => this.remove(message));
    }
  }

  private take(count: number, visibilitySeconds: number): Message[] {
    const { clock, randomness } = this.context;
    const now = clock.now();
    this.dropExpired(now);
    const taken: Message[] = [];
    for (let next = this.next(now, count); next.length > 0 && taken.length < count; next = this.next(now, count - taken.length)) {
      const kept = next.filter(message => !this.isDeadLetter(message));
      next.filter(message => !kept.includes(message)).forEach(message => this.sendToDeadLetterQueue(message));
      for (const message of kept) {
        message.receiveCount++;
        message.firstReceivedAt ??= now;
        message.receipt = randomness.bytes(16).toString('hex');
        message.visibleAt = now + visibilitySeconds * 1000;
        this.shelf.place(message);
      }
      taken.push(...kept);
      if (visibilitySeconds === 0) {
        break;
      }
    }
    return taken;
  }

  /** A message stays where its queue names no other queue that there is. */
  private isDeadLetter(message: Message): boolean {
    const { redrivePolicy } = this.attributes;
    if (redrivePolicy === undefined || message.receiveCount < redrivePolicy.maxReceiveCount) {
      return false;
    }
    const target = this.findByArn(redrivePolicy.deadLetterTargetArn);
    return target !== undefined && target !== this;
  }

  private sendToDeadLetterQueue(message: Message): void {
    this.remove(message);
    this.findByArn(this.attributes.redrivePolicy!.deadLetterTargetArn)!.accept(message, this.arn);
  }

  private add(message: Message): void {
    this.messages.set(message.id, message);
    this.shelf.place(message);
    this.waiters.wake();
  }

  private nextSequenceNumber(): string {
    this.sequence += SEQUENCE_STEP;
    return String(this.sequence);
  }

  private deduplicationKey({ groupId, deduplicationId }: MessageContent): string {
    return this.attributes.deduplicatesWithinGroups ? JSON.stringify([groupId, deduplicationId]) : deduplicationId!;
  }

  private isExpired({ sentAt }: Message, now: number): boolean {
    return sentAt + this.attributes.number('MessageRetentionPeriod') * 1000 <= now;
  }

  /** Drops the oldest; what came from another queue with its age may stand behind younger ones, and is dropped when its turn comes. */
  private dropExpired(now: number): void {
    for (const message of this.messages.values()) {
      if (!this.isExpired(message, now)) {
        return;
      }
      this.remove(message);
    }
  }
}
