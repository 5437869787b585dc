import { DeleteMessageCommand, ListQueuesCommand, Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** What a letter says: whose event it is, and for how many clients it speaks. */
export interface DeadLetter {
  readonly serial: number;
  readonly clients: number;
}

/** All queues of a runtime, which hold nothing but what could not be delivered. */
export class DeadLetters {
  events = 0;
  withoutReason = 0;
  /** How often each reason was given. */
  readonly reasons = new Map<string, number>();
  private readonly client: SQSClient;

  constructor(endpoint: string) {
    this.client = new SQSClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 10 });
  }

  /** Takes out what is there. */
  async drain(): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    const { QueueUrls: urls = [] } = await this.client.send(new ListQueuesCommand({}));
    for (const url of urls) {
      for (let messages = await this.receive(url); messages.length > 0; messages = await this.receive(url)) {
        for (const message of messages) {
          letters.push(...this.read(message));
          await this.client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }));
        }
      }
    }
    return letters;
  }

  private async receive(url: string): Promise<Message[]> {
    const { Messages: messages = [] } = await this.client.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }));
    return messages;
  }

  private read({ Body: body = '', MessageAttributes: attributes = {} }: Message): DeadLetter[] {
    this.events++;
    if (!attributes.ERROR_CODE?.StringValue || !attributes.ERROR_MESSAGE?.StringValue) {
      this.withoutReason++;
      return [];
    }
    const reason = attributes.ERROR_CODE.StringValue;
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
    const serial = /"serial":(\d+)/.exec(body)?.[1];
    // Whoever was missed is named, unless it may be anybody.
    const { connectionIds } = JSON.parse(body) as { connectionIds?: readonly string[] | null };
    return serial === undefined ? [] : [{ serial: Number(serial), clients: connectionIds?.length ?? Infinity }];
  }
}
