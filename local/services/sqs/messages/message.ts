/** A message's own attribute: a text or bytes in base64, and of which type. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What a message is made of, once it is accepted. */
export interface MessageContent {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader?: string;
  readonly senderId: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

/** A message in a queue, and where it stands. */
export interface Message extends MessageContent {
  readonly id: string;
  readonly sentAt: number;
  /** Of a FIFO queue. */
  readonly sequenceNumber?: string;
  /** The queue that it failed in, of a message in a dead-letter queue. */
  readonly deadLetterSourceArn?: string;
  receiveCount: number;
  firstReceivedAt?: number;
  /** Nobody receives it before. */
  visibleAt: number;
  /** What its last receiver deletes it with; none while it has not been received, or is only delayed. */
  receipt?: string;
}
