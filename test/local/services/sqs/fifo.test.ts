import { createHash } from 'node:crypto';
import { TestQueue } from './helpers';

const start = (more: Record<string, string> = {}) => TestQueue.start({ FifoQueue: 'true', ContentBasedDeduplication: 'true', ...more });
const group = (MessageGroupId: string, more: object = {}) => ({ MessageGroupId, ...more });

describe('a FIFO queue', () => {
  test('numbers its messages and tells their ids', async () => {
    const queue = await start();
    const first = await queue.send('a', group('g'));
    const second = await queue.send('b', group('g', { MessageDeduplicationId: 'mine' }));
    expect(BigInt(second.SequenceNumber)).toBeGreaterThan(BigInt(first.SequenceNumber));
    expect(first.SequenceNumber).toMatch(/^\d{20}$/);
    const messages = await queue.receive({ AttributeNames: ['MessageGroupId', 'MessageDeduplicationId', 'SequenceNumber'] });
    expect(messages.map(message => message.Attributes)).toEqual([
      { MessageGroupId: 'g', MessageDeduplicationId: createHash('sha256').update('a').digest('hex'), SequenceNumber: first.SequenceNumber },
      { MessageGroupId: 'g', MessageDeduplicationId: 'mine', SequenceNumber: second.SequenceNumber },
    ]);
  });

  test('hands out no message of a group past one that is hidden', async () => {
    const queue = await start();
    for (const body of ['a1', 'a2']) {
      await queue.send(body, group('a'));
    }
    await queue.send('b1', group('b'));
    const [a1] = await queue.receive({ MaxNumberOfMessages: 1 });
    expect(a1.Body).toBe('a1');
    expect(await queue.bodies()).toEqual(['b1']);
    await queue.call('DeleteMessage', { ReceiptHandle: a1.ReceiptHandle });
    expect(await queue.bodies()).toEqual(['a2']);
  });

  // As AWS answered when one of three messages in flight was made visible.
  test.each([[0, ['foo']], [1, []], [2, []]])('message %i of three made visible', async (index, expected) => {
    const queue = await start();
    for (const body of ['foo', 'bar', 'baz']) {
      await queue.send(body, group('g'));
    }
    const messages = await queue.receive();
    await queue.call('ChangeMessageVisibility', { ReceiptHandle: messages[index].ReceiptHandle, VisibilityTimeout: 0 });
    expect(await queue.bodies()).toEqual(expected);
  });

  test('a message comes back in its place', async () => {
    const queue = await start();
    for (const body of ['1', '2', '3']) {
      await queue.send(body, group('g'));
    }
    await queue.receive({ MaxNumberOfMessages: 2 });
    await queue.test.clock.advance(30_000);
    expect(await queue.bodies()).toEqual(['1', '2', '3']);
  });

  test('takes the same message once in five minutes', async () => {
    const queue = await start();
    const first = await queue.send('a', group('g'));
    expect(await queue.send('a', group('other'))).toEqual(first);
    const [{ ReceiptHandle }] = await queue.receive();
    await queue.call('DeleteMessage', { ReceiptHandle });
    await queue.test.clock.advance(5 * 60_000 - 1);
    await queue.send('a', group('g'));
    expect(await queue.receive()).toEqual([]);
    await queue.test.clock.advance(1);
    await queue.send('a', group('g'));
    expect(await queue.bodies()).toEqual(['a']);
  });

  test('may tell the same messages of different groups apart', async () => {
    const queue = await start({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
    await queue.send('a', group('g'));
    await queue.send('a', group('h'));
    await queue.send('a', group('h'));
    expect(await queue.bodies()).toEqual(['a', 'a']);
  });

  test('a receipt ends with its time', async () => {
    const queue = await start();
    await queue.send('a', group('g'));
    const [{ ReceiptHandle }] = await queue.receive({ VisibilityTimeout: 1 });
    await queue.test.clock.advance(1000);
    await expect(queue.call('DeleteMessage', { ReceiptHandle })).rejects.toMatchObject({
      code: 'InvalidParameterValueException', message: `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    });
  });

  test.each([
    ['no group', {}, 'MissingRequiredParameterException', 'The request must contain the parameter MessageGroupId.'],
    ['a group with a blank', { MessageGroupId: 'group 123' }, 'InvalidParameterValueException',
      'Value group 123 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.'],
    ['a deduplication id that is too long', { MessageGroupId: 'g', MessageDeduplicationId: 'a'.repeat(129) }, 'InvalidParameterValueException', expect.stringMatching(/MessageDeduplicationId can only/)],
    ['a delay of its own', { MessageGroupId: 'g', DelaySeconds: 2 }, 'InvalidParameterValueException',
      'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.'],
  ])('refuses a message with %s', async (_, more, code, message) => {
    const queue = await start();
    await expect(queue.send('a', more)).rejects.toMatchObject({ code, message });
  });

  test('knows a dead letter by its id, so that none is taken for another', async () => {
    const queue = await start();
    const { QueueUrl: dead } = await queue.test.call('sqs', 'CreateQueue', { QueueName: 'dead.fifo', Attributes: { FifoQueue: 'true' } });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: await queue.attribute('QueueArn', dead), maxReceiveCount: 1 });
    await queue.call('SetQueueAttributes', { Attributes: { RedrivePolicy } });
    const { MessageId } = await queue.send('poison', group('g', { MessageDeduplicationId: 'mine' }));
    await queue.receive({ VisibilityTimeout: 0 });
    expect(await queue.receive()).toEqual([]);
    const [message] = await queue.receive({ QueueUrl: dead, AttributeNames: ['All'] });
    expect(message).toMatchObject({ MessageId, Attributes: { MessageGroupId: 'g', MessageDeduplicationId: MessageId } });
  });

  test('needs to be told what is the same', async () => {
    const queue = await start({ ContentBasedDeduplication: 'false' });
    const message = 'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
    await expect(queue.send('a', group('g'))).rejects.toMatchObject({ code: 'InvalidParameterValueException', message });
    await expect(queue.call('SendMessageBatch', { Entries: [{ Id: '1', MessageBody: 'a', MessageGroupId: 'g', MessageDeduplicationId: 'x' }, { Id: '2', MessageBody: 'a', MessageGroupId: 'g' }] }))
      .rejects.toMatchObject({ code: 'InvalidParameterValueException', message });
    expect(await queue.receive()).toEqual([]);
  });
});
