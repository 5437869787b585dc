import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { EventSocket } from '../../src';
import { deadLetterQueue } from '../../src/workflows/dead-letter-queue';

test('a FIFO queue, which EventBridge refuses, is refused before it is deployed', () => {
  const stack = new Stack(new App(), 'Stack');
  expect(() => new EventSocket(stack, 'Socket', { deadLetterQueue: new Queue(stack, 'Letters', { fifo: true }) }))
    .toThrow('The dead-letter queue Stack/Letters is a FIFO queue, which EventBridge refuses: give Stack/Socket a standard one. [cdk-lambdaless-websockets:deadLetterQueueFifo]');
});

test('a standard queue of the author takes the letters', () => {
  const stack = new Stack(new App(), 'Stack');
  const queue = new Queue(stack, 'Letters');
  expect(deadLetterQueue(stack, queue)).toBe(queue);
});
