import { Principal, ServiceFactory } from '../../../../local/kernel/contracts';
import { sns } from '../../../../local/services/sns';
import { sqs } from '../../../../local/services/sqs';
import { TestKernel } from '../../../support/test-kernel';

export const arnOf = (service: string, name: string) => `arn:aws:${service}:us-east-1:000000000000:${name}`;

/** SNS with one topic, and queues beside it. */
export class TestTopic {
  static async start(attributes: Record<string, string> = {}, ...services: ServiceFactory[]): Promise<TestTopic> {
    const test = new TestKernel(sns, sqs, ...services);
    const { TopicArn: arn } = await test.call('sns', 'CreateTopic', { Name: attributes.FifoTopic === 'true' ? 'news.fifo' : 'news', Attributes: attributes });
    return new TestTopic(test, arn);
  }

  private constructor(readonly test: TestKernel, readonly arn: string) {}

  call(operation: string, input: object = {}, principal?: Principal): Promise<any> {
    return this.test.call('sns', operation, { TopicArn: this.arn, ...input }, principal);
  }

  publish(message: string, more: object = {}): Promise<any> {
    return this.call('Publish', { Message: message, ...more });
  }

  /** Makes a queue that SNS may send to, and gives its ARN. */
  async queue(name: string, { allowed = true } = {}): Promise<string> {
    const Statement = [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*', Condition: { ArnEquals: { 'aws:SourceArn': this.arn } } }];
    const Attributes = { ...(allowed ? { Policy: JSON.stringify({ Statement }) } : {}), ...(name.endsWith('.fifo') ? { FifoQueue: 'true' } : {}) };
    await this.test.call('sqs', 'CreateQueue', { QueueName: name, Attributes });
    return arnOf('sqs', name);
  }

  /** Subscribes a new queue. */
  async subscribe(name: string, attributes: Record<string, string> = {}): Promise<string> {
    return (await this.call('Subscribe', { Protocol: 'sqs', Endpoint: await this.queue(name), Attributes: attributes })).SubscriptionArn;
  }

  /** What a queue gets until nothing more comes. */
  async messages(name: string): Promise<any[]> {
    const input = { QueueUrl: `/000000000000/${name}`, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'], AttributeNames: ['All'] };
    for (let turn = 0; turn < 20; turn++) {
      await new Promise(resolve => setImmediate(resolve));
    }
    return (await this.test.call('sqs', 'ReceiveMessage', input)).Messages ?? [];
  }

  async bodies(name: string): Promise<string[]> {
    return (await this.messages(name)).map(message => message.Body);
  }
}
