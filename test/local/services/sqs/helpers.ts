import { Principal, ServiceFactory } from '../../../../local/kernel/contracts';
import { sqs } from '../../../../local/services/sqs';
import { TestKernel } from '../../../support/test-kernel';

export const BASE = 'http://127.0.0.1:9/000000000000';

/** SQS with one queue, and short names for what tests ask of it. */
export class TestQueue {
  static async start(attributes: Record<string, string> = {}, ...services: ServiceFactory[]): Promise<TestQueue> {
    const test = new TestKernel(sqs, ...services);
    const name = attributes.FifoQueue === 'true' ? 'jobs.fifo' : 'jobs';
    const { QueueUrl: url } = await test.call('sqs', 'CreateQueue', { QueueName: name, Attributes: attributes });
    return new TestQueue(test, url);
  }

  private constructor(readonly test: TestKernel, readonly url: string) {}

  call(operation: string, input: object = {}, principal?: Principal): Promise<any> {
    return this.test.call('sqs', operation, { QueueUrl: this.url, ...input }, principal);
  }

  async send(body: string, more: object = {}): Promise<any> {
    return this.call('SendMessage', { MessageBody: body, ...more });
  }

  /** The messages that a receiver gets, or none. */
  async receive(more: object = {}): Promise<any[]> {
    return (await this.call('ReceiveMessage', { MaxNumberOfMessages: 10, ...more })).Messages ?? [];
  }

  async bodies(more: object = {}): Promise<string[]> {
    return (await this.receive(more)).map(message => message.Body);
  }

  async attribute(name: string, url: string = this.url): Promise<string> {
    return (await this.call('GetQueueAttributes', { QueueUrl: url, AttributeNames: [name] })).Attributes?.[name];
  }
}
