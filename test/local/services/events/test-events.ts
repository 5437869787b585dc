import { Principal, ServiceFactory } from '../../../../local/kernel/contracts';
import { events } from '../../../../local/services/events';
import { sqs } from '../../../../local/services/sqs';
import { eventually, TestKernel } from '../../../support/test-kernel';

export const ACCOUNT_ARN = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;

/** EventBridge with queues beside it. */
export class TestEvents {
  readonly test: TestKernel;

  constructor(...services: ServiceFactory[]) {
    this.test = new TestKernel(events, sqs, ...services);
  }

  call(operation: string, input: object = {}, principal?: Principal): Promise<any> {
    return this.test.call('events', operation, input, principal);
  }

  put(more: object = {}): Promise<any> {
    return this.call('PutEvents', { Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: '{"n":1}', ...more }] });
  }

  /** Makes a rule for everything of the shop, with targets. */
  async rule(targets: object[], more: object = {}): Promise<void> {
    await this.call('PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}', ...more });
    await this.call('PutTargets', { Rule: 'r', Targets: targets.map((target, index) => ({ Id: String(index), ...target })) });
  }

  /** Makes a queue that EventBridge may send to, and gives its ARN. */
  async queue(name: string, { allowed = true, attributes = {} as Record<string, string> } = {}): Promise<string> {
    const arn = ACCOUNT_ARN('sqs', name);
    const Policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: arn }] });
    await this.test.call('sqs', 'CreateQueue', { QueueName: name, Attributes: { ...attributes, ...(allowed ? { Policy } : {}) } });
    return arn;
  }

  /** The messages of a queue, once there are some. */
  async messages(name: string): Promise<any[]> {
    const input = { QueueUrl: `/000000000000/${name}`, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'], AttributeNames: ['All'] };
    for (let attempt = 0; attempt < 500; attempt++) {
      const { Messages: messages } = await this.test.call('sqs', 'ReceiveMessage', input);
      if (messages) {
        return messages;
      }
      await new Promise(resolve => setImmediate(resolve));
    }
    throw new Error(`Nothing arrived in the queue ${name}.`);
  }

  /** The failure that was told last. */
  async failure(): Promise<string> {
    return eventually(() => this.test.entries.filter(entry => entry.kind === 'failure').at(-1)?.message);
  }
}
