/** A message's own attribute: a text or bytes in base64, and of which type. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message that was published to a topic. */
export interface Message {
  readonly id: string;
  readonly publishedAt: number;
  readonly subject?: string;
  /** For each protocol, and `default` for the others. */
  readonly texts: ReadonlyMap<string, string>;
  readonly attributes: MessageAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** Of a FIFO topic. */
  readonly sequenceNumber?: string;
}

/** What a message says to subscribers of a protocol. */
export function textFor({ texts }: Pick<Message, 'texts'>, protocol: string): string {
  return texts.get(protocol) ?? texts.get('default')!;
}

/** What a publisher says in a message. */
export type MessageContent = Pick<Message, 'subject' | 'texts' | 'attributes' | 'groupId' | 'deduplicationId'>;
