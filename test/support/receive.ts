import { Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** A client of the runtime's queues. */
export function sqsClient(endpoint: string): SQSClient {
  return new SQSClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
}

/** The next message of a queue, now or later. */
export async function receive(client: SQSClient, queueUrl: string): Promise<Message> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const { Messages: [message] = [] } = await client.send(new ReceiveMessageCommand({
      QueueUrl: queueUrl, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'],
    }));
    if (message) {
      return message;
    }
  }
  throw new Error('Nothing came.');
}
