import { createHash } from 'node:crypto';
import { TestQueue } from './helpers';
import { eventually } from '../../../support/test-kernel';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

describe('a standard queue', () => {
  test('hands a message out, hides it, and hands it out again', async () => {
    const queue = await TestQueue.start();
    const sent = await queue.send('hello');
    expect(sent).toEqual({ MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/), MD5OfMessageBody: md5('hello') });
    const [message] = await queue.receive();
    expect(message).toEqual({ MessageId: sent.MessageId, Body: 'hello', MD5OfBody: md5('hello'), ReceiptHandle: expect.any(String) });
    expect(await queue.receive()).toEqual([]);
    await queue.test.clock.advance(29_999);
    expect(await queue.receive()).toEqual([]);
    await queue.test.clock.advance(1);
    const [again] = await queue.receive();
    expect(again.MessageId).toBe(sent.MessageId);
    expect(again.ReceiptHandle).not.toBe(message.ReceiptHandle);
  });

  test('a message that is deleted does not come back', async () => {
    const queue = await TestQueue.start();
    await queue.send('hello');
    const [{ ReceiptHandle }] = await queue.receive();
    await queue.call('DeleteMessage', { ReceiptHandle });
    await queue.call('DeleteMessage', { ReceiptHandle });
    await queue.test.clock.advance(60_000);
    expect(await queue.receive()).toEqual([]);
  });

  test('only the last receiver can delete, even after its time', async () => {
    const queue = await TestQueue.start();
    await queue.send('hello');
    const [first] = await queue.receive({ VisibilityTimeout: 1 });
    await queue.test.clock.advance(1000);
    const [second] = await queue.receive({ VisibilityTimeout: 1 });
    await queue.call('DeleteMessage', { ReceiptHandle: first.ReceiptHandle });
    await queue.test.clock.advance(1000);
    expect(await queue.attribute('ApproximateNumberOfMessages')).toBe('1');
    await queue.call('DeleteMessage', { ReceiptHandle: second.ReceiptHandle });
    expect(await queue.attribute('ApproximateNumberOfMessages')).toBe('0');
  });

  test('tells when and how often a message was received', async () => {
    const queue = await TestQueue.start();
    await queue.send('hello', { MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1' } } });
    const sentAt = queue.test.clock.now();
    await queue.test.clock.advance(500);
    await queue.receive({ VisibilityTimeout: 0 });
    const [message] = await queue.receive({ AttributeNames: ['All'] });
    expect(message.Attributes).toEqual({
      SenderId: '000000000000', SentTimestamp: String(sentAt), ApproximateReceiveCount: '2', ApproximateFirstReceiveTimestamp: String(sentAt + 500), AWSTraceHeader: 'Root=1',
    });
    await queue.test.clock.advance(30_000);
    const [some] = await queue.receive({ MessageSystemAttributeNames: ['SentTimestamp'] });
    expect(some.Attributes).toEqual({ SentTimestamp: String(sentAt) });
  });

  // Digests as AWS answered them.
  test('gives the attributes that are asked for, with their digest', async () => {
    const queue = await TestQueue.start();
    const text = (value: string) => ({ DataType: 'String', StringValue: value });
    const sent = await queue.send('msg', { MessageAttributes: { 'Help.Me': text('Me'), 'Hello': text('There'), 'General': text('Kenobi') } });
    expect(sent.MD5OfMessageAttributes).toBe('4c360f3fdafd970e05fae2f149d997f5');
    expect((await queue.receive({ VisibilityTimeout: 0 }))[0].MessageAttributes).toBeUndefined();
    expect((await queue.receive({ VisibilityTimeout: 0, MessageAttributeNames: ['All'] }))[0]).toMatchObject({
      MD5OfMessageAttributes: '4c360f3fdafd970e05fae2f149d997f5', MessageAttributes: { Hello: text('There') },
    });
    expect(Object.keys((await queue.receive({ VisibilityTimeout: 0, MessageAttributeNames: ['Help.*', 'General'] }))[0].MessageAttributes).sort()).toEqual(['General', 'Help.Me']);
  });

  test('keeps a message back as long as it is told', async () => {
    const queue = await TestQueue.start({ DelaySeconds: '10' });
    await queue.send('usual');
    await queue.send('at once', { DelaySeconds: 0 });
    await queue.send('late', { DelaySeconds: 900 });
    expect(await queue.bodies()).toEqual(['at once']);
    expect(await queue.attribute('ApproximateNumberOfMessagesDelayed')).toBe('2');
    await queue.test.clock.advance(10_000);
    expect(await queue.bodies()).toEqual(['usual']);
  });

  test('forgets a message after its retention period', async () => {
    const queue = await TestQueue.start({ MessageRetentionPeriod: '60' });
    await queue.send('hello');
    await queue.test.clock.advance(59_999);
    expect(await queue.attribute('ApproximateNumberOfMessages')).toBe('1');
    await queue.test.clock.advance(1);
    expect(await queue.attribute('ApproximateNumberOfMessages')).toBe('0');
    expect(await queue.receive()).toEqual([]);
  });

  test('changes how long a message is hidden', async () => {
    const queue = await TestQueue.start();
    await queue.send('hello');
    const [{ ReceiptHandle }] = await queue.receive();
    await queue.call('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 100 });
    await queue.test.clock.advance(99_999);
    expect(await queue.receive()).toEqual([]);
    await queue.call('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 0 });
    expect(await queue.bodies()).toEqual(['hello']);
    await expect(queue.call('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 1 })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });

  test('is emptied, once a minute', async () => {
    const queue = await TestQueue.start();
    await queue.send('seen');
    await queue.receive();
    await queue.send('unseen');
    await queue.call('PurgeQueue');
    await queue.test.clock.advance(59_999);
    expect(await queue.receive()).toEqual([]);
    await expect(queue.call('PurgeQueue')).rejects.toMatchObject({ code: 'PurgeQueueInProgress', message: 'Only one PurgeQueue operation on jobs is allowed every 60 seconds.', status: 403 });
    await queue.test.clock.advance(1);
    await queue.call('PurgeQueue');
  });
});

describe('a receiver that waits', () => {
  test('gets a message as soon as there is one', async () => {
    const queue = await TestQueue.start({ ReceiveMessageWaitTimeSeconds: '20' });
    const waiting = queue.bodies();
    await eventually(() => queue.test.clock.pending > 0);
    await queue.send('hello');
    expect(await waiting).toEqual(['hello']);
    expect(queue.test.clock.pending).toBe(0);
  });

  test('gets a message that becomes visible meanwhile', async () => {
    const queue = await TestQueue.start();
    await queue.send('late', { DelaySeconds: 5 });
    const waiting = queue.bodies({ WaitTimeSeconds: 20 });
    await eventually(() => queue.test.clock.pending > 0);
    await queue.test.clock.advance(5000);
    expect(await waiting).toEqual(['late']);
  });

  test('gives up when its time is over', async () => {
    const queue = await TestQueue.start();
    let answer: unknown;
    const waiting = queue.call('ReceiveMessage', { WaitTimeSeconds: 20 }).then(result => answer = result);
    await eventually(() => queue.test.clock.pending > 0);
    await queue.test.clock.advance(19_999);
    expect(answer).toBeUndefined();
    await queue.test.clock.advance(1);
    await waiting;
    expect(answer).toEqual({});
  });

  test('does not take what another got', async () => {
    const queue = await TestQueue.start();
    const waiting = [queue.bodies({ WaitTimeSeconds: 1 }), queue.bodies({ WaitTimeSeconds: 1 })];
    await eventually(() => queue.test.clock.pending === 2);
    await queue.send('once');
    await eventually(() => queue.test.clock.pending === 1);
    await queue.test.clock.advance(1000);
    expect((await Promise.all(waiting)).flat()).toEqual(['once']);
  });

  test('waits no longer for a queue that is deleted', async () => {
    const queue = await TestQueue.start();
    const waiting = queue.receive({ WaitTimeSeconds: 20 });
    await eventually(() => queue.test.clock.pending > 0);
    await queue.call('DeleteQueue');
    expect(await waiting).toEqual([]);
    await expect(queue.send('hello')).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
  });
});

describe('batches', () => {
  test('one entry that is refused does not hold back the others', async () => {
    const queue = await TestQueue.start({ MaximumMessageSize: '1024' });
    const answer = await queue.call('SendMessageBatch', {
      Entries: [
        { Id: 'a', MessageBody: 'fits' }, { Id: 'b', MessageBody: 'x'.repeat(1025) }, { Id: 'c', MessageBody: 'nul\u0000' },
      ],
    });
    expect(answer).toEqual({
      Successful: [{ Id: 'a', MessageId: expect.any(String), MD5OfMessageBody: md5('fits') }],
      Failed: [
        { Id: 'b', SenderFault: true, Code: 'InvalidParameterValue', Message: 'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.' },
        { Id: 'c', SenderFault: true, Code: 'InvalidMessageContents', Message: expect.stringMatching(/^Invalid characters found/) },
      ],
    });
    expect(await queue.bodies()).toEqual(['fits']);
  });

  test('delete and hide as well', async () => {
    const queue = await TestQueue.start();
    await queue.send('a');
    await queue.send('b');
    const [a, b] = await queue.receive();
    expect(await queue.call('ChangeMessageVisibilityBatch', { Entries: [{ Id: '1', ReceiptHandle: a.ReceiptHandle, VisibilityTimeout: 0 }, { Id: '2', ReceiptHandle: 'garbage', VisibilityTimeout: 0 }] }))
      .toEqual({ Successful: [{ Id: '1' }], Failed: [{ Id: '2', SenderFault: true, Code: 'ReceiptHandleIsInvalid', Message: 'The input receipt handle "garbage" is not a valid receipt handle.' }] });
    expect(await queue.call('DeleteMessageBatch', { Entries: [{ Id: '1', ReceiptHandle: b.ReceiptHandle }] })).toEqual({ Successful: [{ Id: '1' }] });
    await queue.test.clock.advance(30_000);
    expect(await queue.bodies()).toEqual(['a']);
  });
});
