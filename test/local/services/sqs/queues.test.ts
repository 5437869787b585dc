import { BASE, TestQueue } from './helpers';
import { sqs } from '../../../../local/services/sqs';
import { TestKernel } from '../../../support/test-kernel';

const QUEUE = 'AWS::SQS::Queue';
const ARN = 'arn:aws:sqs:us-east-1:000000000000:';
const allow = (service: string, condition?: object) => ({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sqs:SendMessage', Resource: `${ARN}jobs`, ...(condition ? { Condition: condition } : {}) }],
});

describe('queues', () => {
  test('are made, found, listed and deleted', async () => {
    const { test, url } = await TestQueue.start();
    expect(url).toBe(`${BASE}/jobs`);
    await test.call('sqs', 'CreateQueue', { QueueName: 'other' });
    expect(await test.call('sqs', 'GetQueueUrl', { QueueName: 'jobs' })).toEqual({ QueueUrl: url });
    expect(await test.call('sqs', 'ListQueues', {})).toEqual({ QueueUrls: [url, `${BASE}/other`] });
    const page = await test.call('sqs', 'ListQueues', { MaxResults: 1 });
    expect(await test.call('sqs', 'ListQueues', { MaxResults: 1, NextToken: page.NextToken })).toEqual({ QueueUrls: [`${BASE}/other`] });
    await test.call('sqs', 'DeleteQueue', { QueueUrl: url });
    expect(await test.call('sqs', 'ListQueues', { QueueNamePrefix: 'jobs' })).toEqual({});
    await expect(test.call('sqs', 'GetQueueUrl', { QueueName: 'jobs' })).rejects.toMatchObject({ code: 'QueueDoesNotExist', message: 'The specified queue does not exist.' });
    await expect(test.call('sqs', 'CreateQueue', { QueueName: 'jobs' })).rejects.toMatchObject({ code: 'QueueDeletedRecently' });
    await test.clock.advance(60_000);
    await test.call('sqs', 'CreateQueue', { QueueName: 'jobs' });
  });

  test('tell what they are set to', async () => {
    const queue = await TestQueue.start();
    const time = String(queue.test.clock.now() / 1000);
    expect((await queue.call('GetQueueAttributes', { AttributeNames: ['All'] })).Attributes).toEqual({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      CreatedTimestamp: time,
      DelaySeconds: '0',
      LastModifiedTimestamp: time,
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      QueueArn: `${ARN}jobs`,
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'true',
      VisibilityTimeout: '30',
    });
    expect(await queue.call('GetQueueAttributes', { AttributeNames: ['Policy'] })).toEqual({});
    expect(await queue.call('GetQueueAttributes')).toEqual({});
    await expect(queue.call('GetQueueAttributes', { AttributeNames: ['Nope'] })).rejects.toMatchObject({ code: 'InvalidAttributeName', message: 'Unknown Attribute Nope.' });
  });

  test('are the same when they are made again, unless they differ', async () => {
    const { test, url } = await TestQueue.start({ DelaySeconds: '1' });
    expect(await test.call('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { DelaySeconds: '1' } })).toEqual({ QueueUrl: url });
    await expect(test.call('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { DelaySeconds: '2' } })).rejects.toMatchObject({
      code: 'QueueNameExists', message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
    });
  });

  test.each([
    ['a delay of a day', { DelaySeconds: '86400' }, 'InvalidAttributeValue', 'Invalid value for the parameter DelaySeconds.'],
    ['a number that is none', { VisibilityTimeout: '1e1' }, 'InvalidAttributeValue', 'Invalid value for the parameter VisibilityTimeout.'],
    ['what only FIFO queues have', { ContentBasedDeduplication: 'true' }, 'InvalidAttributeName', 'Unknown Attribute ContentBasedDeduplication.'],
    ['what nobody knows', { constructor: 'x' }, 'InvalidAttributeName', 'Unknown Attribute constructor.'],
    ['a policy that is no JSON', { Policy: '{' }, 'InvalidAttributeValue', 'Invalid value for the parameter Policy.'],
    ['a policy without principals', { Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }) }, 'InvalidAttributeValue', 'Invalid value for the parameter Policy.'],
    ['a dead-letter queue that is not there', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${ARN}none`, maxReceiveCount: 1 }) }, 'InvalidParameterValueException', expect.stringMatching(/Dead letter target does not exist\.$/)],
    ['a count of none', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${ARN}jobs`, maxReceiveCount: 0 }) }, 'InvalidParameterValueException', expect.stringMatching(/valid values are from 1 to 1000 both inclusive/)],
    ['a redrive policy that is no map', { RedrivePolicy: '[]' }, 'InvalidParameterValueException', expect.stringMatching(/^Value \[\] for parameter RedrivePolicy is invalid/)],
  ])('refuse %s, and stay as they were', async (_, attributes, code, message) => {
    const queue = await TestQueue.start();
    await expect(queue.call('SetQueueAttributes', { Attributes: { MaximumMessageSize: '2048', ...attributes } })).rejects.toMatchObject({ code, message });
    expect(await queue.attribute('MaximumMessageSize')).toBe('1048576');
  });

  test.each([['no.dots', undefined], ['x'.repeat(81), undefined], ['plain', 'true'], ['', undefined]])('cannot be called "%s" (FIFO: %s)', async (QueueName, FifoQueue) => {
    const { test } = await TestQueue.start();
    await expect(test.call('sqs', 'CreateQueue', { QueueName, Attributes: FifoQueue ? { FifoQueue } : {} })).rejects.toMatchObject({ code: expect.stringMatching(/Parameter/) });
  });

  test('have tags', async () => {
    const queue = await TestQueue.start();
    await queue.call('TagQueue', { Tags: { a: '1', b: '2' } });
    await queue.call('UntagQueue', { TagKeys: ['a'] });
    expect(await queue.call('ListQueueTags')).toEqual({ Tags: { b: '2' } });
  });
});

describe('a dead-letter queue', () => {
  async function withDeadLetters(maxReceiveCount = 2) {
    const queue = await TestQueue.start();
    const { QueueUrl: dead } = await queue.test.call('sqs', 'CreateQueue', { QueueName: 'dead' });
    await queue.call('SetQueueAttributes', { Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${ARN}dead`, maxReceiveCount }) } });
    const fail = async () => {
      await queue.receive();
      await queue.test.clock.advance(30_000);
    };
    return { queue, dead, fail };
  }

  test('gets what was received too often', async () => {
    const { queue, dead, fail } = await withDeadLetters();
    const { MessageId } = await queue.send('poison');
    await fail();
    await fail();
    expect(await queue.receive()).toEqual([]);
    const [message] = await queue.receive({ QueueUrl: dead, AttributeNames: ['All'] });
    expect(message).toMatchObject({ MessageId, Body: 'poison', Attributes: { ApproximateReceiveCount: '3', DeadLetterQueueSourceArn: `${ARN}jobs` } });
    expect(await queue.call('ListDeadLetterSourceQueues', { QueueUrl: dead })).toEqual({ queueUrls: [queue.url] });
  });

  test('drops what is too old, whatever stands before it', async () => {
    const { queue, dead, fail } = await withDeadLetters(1);
    await queue.call('SetQueueAttributes', { QueueUrl: dead, Attributes: { MessageRetentionPeriod: '100' } });
    await queue.send('old');
    await fail();
    await queue.send('young', { QueueUrl: dead });
    expect(await queue.receive()).toEqual([]);
    expect(await queue.attribute('ApproximateNumberOfMessages', dead)).toBe('2');
    const [, { ReceiptHandle }] = await queue.receive({ QueueUrl: dead, VisibilityTimeout: 10 });
    await queue.test.clock.advance(70_000);
    expect(await queue.attribute('ApproximateNumberOfMessages', dead)).toBe('1');
    await expect(queue.call('ChangeMessageVisibility', { QueueUrl: dead, ReceiptHandle, VisibilityTimeout: 1 })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
    expect(await queue.bodies({ QueueUrl: dead })).toEqual(['young']);
  });

  test('that is its own source keeps its messages', async () => {
    const queue = await TestQueue.start();
    await queue.call('SetQueueAttributes', { Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${ARN}jobs`, maxReceiveCount: 1 }) } });
    await queue.send('poison');
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await queue.bodies()).toEqual(['poison']);
      await queue.test.clock.advance(30_000);
    }
  });

  test('does not stand in the way of the messages behind', async () => {
    const { queue, fail } = await withDeadLetters(1);
    await queue.send('poison');
    await fail();
    await queue.send('good');
    expect(await queue.bodies({ MaxNumberOfMessages: 1 })).toEqual(['good']);
  });

  test('may choose whose messages it takes', async () => {
    const { queue, dead } = await withDeadLetters();
    const use = () => queue.call('SetQueueAttributes', { Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${ARN}dead`, maxReceiveCount: 1 }) } });
    const permit = (policy: object) => queue.call('SetQueueAttributes', { QueueUrl: dead, Attributes: { RedriveAllowPolicy: JSON.stringify(policy) } });
    await permit({ redrivePermission: 'denyAll' });
    await expect(use()).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
    await permit({ redrivePermission: 'byQueue', sourceQueueArns: [`${ARN}jobs`] });
    await use();
    await expect(permit({ redrivePermission: 'byQueue' })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });

  test('gives its messages back', async () => {
    const { queue, fail } = await withDeadLetters(1);
    const { MessageId } = await queue.send('a');
    await queue.send('b');
    await fail();
    await queue.receive();
    const { TaskHandle } = await queue.call('StartMessageMoveTask', { SourceArn: `${ARN}dead` });
    expect(TaskHandle).toEqual(expect.any(String));
    await queue.test.clock.advance(0);
    expect(await queue.call('ListMessageMoveTasks', { SourceArn: `${ARN}dead` })).toEqual({
      Results: [expect.objectContaining({
        Status: 'COMPLETED', SourceArn: `${ARN}dead`, ApproximateNumberOfMessagesMoved: 2, ApproximateNumberOfMessagesToMove: 2,
      })],
    });
    const messages = await queue.receive();
    expect(messages.map(({ Body }) => Body).sort()).toEqual(['a', 'b']);
    // As new messages.
    expect(messages.map(message => message.MessageId)).not.toContain(MessageId);
  });

  test('gives them back no faster than it is told, until it is told to stop', async () => {
    const { queue, dead } = await withDeadLetters();
    for (let index = 0; index < 5; index++) {
      await queue.send(String(index), { QueueUrl: dead });
    }
    const { TaskHandle } = await queue.call('StartMessageMoveTask', { SourceArn: `${ARN}dead`, DestinationArn: `${ARN}jobs`, MaxNumberOfMessagesPerSecond: 2 });
    await queue.test.clock.advance(0);
    await expect(queue.call('StartMessageMoveTask', { SourceArn: `${ARN}dead` })).rejects.toMatchObject({ message: expect.stringMatching(/^There is already a task running/) });
    expect(await queue.call('CancelMessageMoveTask', { TaskHandle })).toEqual({ ApproximateNumberOfMessagesMoved: 2 });
    await queue.test.clock.advance(10_000);
    expect(await queue.bodies()).toEqual(['0', '1']);
    await expect(queue.call('CancelMessageMoveTask', { TaskHandle })).rejects.toMatchObject({ code: 'ResourceNotFoundException', message: 'Task does not exist.', status: 404 });
    await expect(queue.call('CancelMessageMoveTask', { TaskHandle: 'foobared' })).rejects.toMatchObject({ message: 'Value for parameter TaskHandle is invalid.' });
  });

  test('is what a source of a task has to be', async () => {
    const queue = await TestQueue.start();
    await expect(queue.call('StartMessageMoveTask', { SourceArn: `${ARN}jobs` })).rejects.toMatchObject({ message: 'Source queue must be configured as a Dead Letter Queue.' });
    await expect(queue.call('StartMessageMoveTask', { SourceArn: `${ARN}none` })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});

describe('permissions', () => {
  const service = { kind: 'service' as const, arn: 'events.amazonaws.com', sourceArn: 'arn:aws:events:us-east-1:000000000000:rule/r' };

  test('a service needs the policy of the queue, and its conditions hold', async () => {
    const queue = await TestQueue.start();
    const send = () => queue.call('SendMessage', { MessageBody: 'x' }, service);
    await expect(send()).rejects.toMatchObject({ code: 'AccessDeniedException', message: expect.stringContaining('sqs:sendmessage') });
    await queue.call('SetQueueAttributes', { Attributes: { Policy: JSON.stringify(allow('events.amazonaws.com', { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/other' } })) } });
    await expect(send()).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await queue.call('SetQueueAttributes', { Attributes: { Policy: JSON.stringify(allow('events.amazonaws.com', { ArnEquals: { 'aws:SourceArn': service.sourceArn } })) } });
    await send();
    await queue.call('SetQueueAttributes', { Attributes: { Policy: '' } });
    await expect(send()).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });

  test('a role may send with what it is allowed, and its id is the sender', async () => {
    const queue = await TestQueue.start();
    const roleArn = queue.test.role('Sender', 'states.amazonaws.com', 'sqs:SendMessage');
    const role = queue.test.kernel.assumeRole(roleArn, 'states.amazonaws.com', 'arn:aws:states:us-east-1:000000000000:stateMachine:m');
    await queue.call('SendMessageBatch', { Entries: [{ Id: '1', MessageBody: 'x' }] }, role);
    await expect(queue.call('ReceiveMessage', {}, role)).rejects.toMatchObject({ code: 'AccessDeniedException' });
    expect((await queue.receive({ AttributeNames: ['SenderId'] }))[0].Attributes.SenderId).toMatch(/^AROA[0-9A-F]{17}:states$/);
  });
});

describe('a template', () => {
  test('makes queues and tells how to reach them', async () => {
    const test = new TestKernel(sqs);
    const dead = await test.create(QUEUE, { QueueName: 'dead' }, 'Dead');
    const made = await test.create(QUEUE, { VisibilityTimeout: 5, RedrivePolicy: { deadLetterTargetArn: dead.attributes!.Arn, maxReceiveCount: 3 }, Tags: [] }, 'Jobs');
    expect(made).toEqual({
      ref: `${BASE}/Stack-Jobs-ABCDEFGHIJKL`,
      attributes: {
        Arn: `${ARN}Stack-Jobs-ABCDEFGHIJKL`, QueueName: 'Stack-Jobs-ABCDEFGHIJKL', QueueUrl: `${BASE}/Stack-Jobs-ABCDEFGHIJKL`,
      },
    });
    const { Attributes } = await test.call('sqs', 'GetQueueAttributes', { QueueUrl: made.ref, AttributeNames: ['All'] });
    expect(Attributes).toMatchObject({ VisibilityTimeout: '5', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${ARN}dead`, maxReceiveCount: 3 }) });
  });

  test('makes FIFO queues, whose names say so', async () => {
    const made = await new TestKernel(sqs).create(QUEUE, { FifoQueue: true, ContentBasedDeduplication: true }, 'Jobs');
    expect(made.attributes!.QueueName).toBe('Stack-Jobs-ABCDEFGHIJKL.fifo');
  });

  test.each([
    ['AWS::SQS::QueuePolicy', (url: string, document: object) => ({ Queues: [url], PolicyDocument: document })],
    ['AWS::SQS::QueueInlinePolicy', (url: string, document: object) => ({ Queue: url, PolicyDocument: document })],
  ])('%s lets a service in', async (type, properties) => {
    const test = new TestKernel(sqs);
    const { ref } = await test.create(QUEUE, { QueueName: 'jobs' }, 'Jobs');
    await test.create(type, properties(ref, allow('sns.amazonaws.com')), 'Policy');
    await test.call('sqs', 'SendMessage', { QueueUrl: ref, MessageBody: 'x' }, { kind: 'service', arn: 'sns.amazonaws.com' });
    await expect(test.create(type, properties(ref, { Statement: 'x' }), 'Bad')).rejects.toThrow('Invalid value for the parameter Policy.');
    await expect(test.create(type, properties(`${BASE}/none`, allow('sns.amazonaws.com')), 'Lost')).rejects.toThrow(/there is no queue/);
  });
});
