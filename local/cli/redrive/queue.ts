import { AwsClient } from './aws-client';
import { Letter, readLetter, SqsMessage } from './letter';
import { UsageError } from '../report';

/** For so long nobody else sees a letter that is looked at here. Whoever is stopped loses none: it comes back. */
const VISIBILITY_SECONDS = 300;

/** Long polling asks all servers of SQS; without it some of the letters are not seen. This machine is one server. */
const WAIT_SECONDS = 1;

const BATCH = 10;

/** A queue of letters, as one who puts them back uses it. */
export class DeadLetterQueue {
  /** Finds out what the queue is called, and its time; refuses what is none. */
  static async open(client: AwsClient, url: string): Promise<DeadLetterQueue> {
    const { Attributes: attributes = {} } = await client.json('sqs', 'GetQueueAttributes', { QueueUrl: url, AttributeNames: ['QueueArn'] });
    if (attributes.QueueArn === undefined) {
      throw new UsageError(`${url} does not answer as a queue: it has no QueueArn.`);
    }
    return new DeadLetterQueue(client, url, attributes.QueueArn, client.serverTime ?? Date.now());
  }

  private readonly held = new Map<string, string>();

  private constructor(private readonly client: AwsClient, readonly url: string, readonly arn: string, private readonly openedAt: number) {}

  /** Whether a URL is this queue's, by whichever host it is reached. */
  isCalled(url: string): boolean {
    const [, , , , account, name] = this.arn.split(':');
    return URL.canParse(url) && new URL(url).pathname === `/${account}/${name}`;
  }

  /** The letters that were there when it was opened, each once. They stay hidden from others until they are deleted or released. */
  async *letters(): AsyncGenerator<Letter> {
    for (;;) {
      const letters = await this.receive();
      const unseen = letters.filter(({ messageId }) => !this.held.has(messageId));
      letters.forEach(({ messageId, receiptHandle }) => this.held.set(messageId, receiptHandle));
      if (unseen.length === 0) {
        return;
      }
      // What comes meanwhile may be what was just put back.
      yield* unseen.filter(({ sentAt }) => sentAt <= this.openedAt + 999);
    }
  }

  /** Deletes a letter for good. */
  async delete({ messageId }: Letter): Promise<void> {
    await this.client.json('sqs', 'DeleteMessage', { QueueUrl: this.url, ReceiptHandle: this.held.get(messageId) });
    this.held.delete(messageId);
  }

  /** Shows the letters that are left to others again. */
  async release(): Promise<void> {
    const entries = [...this.held.values()].map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
    this.held.clear();
    for (let from = 0; from < entries.length; from += BATCH) {
      await this.client.json('sqs', 'ChangeMessageVisibilityBatch', { QueueUrl: this.url, Entries: entries.slice(from, from + BATCH) });
    }
  }

  private async receive(): Promise<Letter[]> {
    const { Messages: messages = [] } = await this.client.json('sqs', 'ReceiveMessage', {
      QueueUrl: this.url,
      MaxNumberOfMessages: BATCH,
      VisibilityTimeout: VISIBILITY_SECONDS,
      WaitTimeSeconds: this.client.isLocal ? 0 : WAIT_SECONDS,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['SentTimestamp'],
    });
    return (messages as SqsMessage[]).map(readLetter);
  }
}
