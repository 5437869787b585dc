import { arnOf, TestTopic } from './test-topic';
import { AwsError } from '../../../../local/kernel/aws-error';
import { ServiceFactory } from '../../../../local/kernel/contracts';
import { sns } from '../../../../local/services/sns';
import { TestKernel } from '../../../support/test-kernel';

const ATTRIBUTES = { a: { DataType: 'String', StringValue: 'x' }, b: { DataType: 'Binary', BinaryValue: 'AgME' } };

/** Stands for Lambda: keeps what it was called with, and fails as it is told. */
function fakeLambda(failures: unknown[] = []) {
  const calls: any[] = [];
  const service: ServiceFactory = () => ({
    name: 'lambda',
    resourceTypes: {},
    operations: {
      Invoke: {
        permissions: () => [],
        handle: (input, { principal }) => {
          const failure = failures.shift();
          if (failure) {
            throw failure;
          }
          calls.push({ ...input, principal });
          return {};
        },
      },
    },
  });
  return { calls, service };
}

describe('a queue', () => {
  test('gets a notification', async () => {
    const topic = await TestTopic.start();
    const subscription = await topic.subscribe('q');
    const { MessageId } = await topic.publish('hello', { Subject: 'greeting', MessageAttributes: ATTRIBUTES });
    const [message] = await topic.messages('q');
    expect(message.Attributes.SenderId).toBe('sns.amazonaws.com');
    expect(message.MessageAttributes).toBeUndefined();
    expect(Object.entries(JSON.parse(message.Body))).toEqual(Object.entries({
      Type: 'Notification',
      MessageId,
      TopicArn: topic.arn,
      Subject: 'greeting',
      Message: 'hello',
      Timestamp: '2026-01-02T03:04:05.000Z',
      SignatureVersion: '1',
      Signature: expect.stringMatching(/^[A-Za-z0-9+/=]{344}$/),
      SigningCertURL: expect.stringMatching(/^https:\/\/sns\.us-east-1\.amazonaws\.com\/SimpleNotificationService-[0-9a-f]{32}\.pem$/),
      UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
      MessageAttributes: { a: { Type: 'String', Value: 'x' }, b: { Type: 'Binary', Value: 'AgME' } },
    }));
  });

  test('gets the message alone when it asks for it raw', async () => {
    const topic = await TestTopic.start();
    await topic.subscribe('q', { RawMessageDelivery: 'true' });
    await topic.publish('hello', { MessageAttributes: ATTRIBUTES });
    expect(await topic.messages('q')).toMatchObject([{ Body: 'hello', MessageAttributes: ATTRIBUTES }]);
  });

  test('gets what is said to queues', async () => {
    const topic = await TestTopic.start();
    await topic.subscribe('q', { RawMessageDelivery: 'true' });
    await topic.publish(JSON.stringify({ default: 'all', sqs: 'queues' }), { MessageStructure: 'json' });
    await topic.publish(JSON.stringify({ default: 'all', lambda: 'functions' }), { MessageStructure: 'json' });
    expect(await topic.bodies('q')).toEqual(['queues', 'all']);
  });

  test('gets nothing when its policy does not let SNS in: then the dead-letter queue does', async () => {
    const topic = await TestTopic.start();
    const Endpoint = await topic.queue('closed', { allowed: false });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: await topic.queue('dead') });
    await topic.call('Subscribe', { Protocol: 'sqs', Endpoint, Attributes: { RedrivePolicy, RawMessageDelivery: 'true' } });
    await topic.publish('hello', { MessageAttributes: ATTRIBUTES });
    expect(await topic.messages('dead')).toMatchObject([{ Body: 'hello', MessageAttributes: ATTRIBUTES }]);
    expect(await topic.bodies('closed')).toEqual([]);
    expect(topic.test.entries).toContainEqual(expect.objectContaining({ kind: 'failure', message: expect.stringMatching(/AccessDeniedException: User: sns\.amazonaws\.com.*sqs:sendmessage/) }));
  });

  test('gets nothing once it is unsubscribed', async () => {
    const topic = await TestTopic.start();
    const SubscriptionArn = await topic.subscribe('q');
    await topic.call('Unsubscribe', { SubscriptionArn });
    await topic.call('Unsubscribe', { SubscriptionArn });
    await topic.publish('hello');
    expect(await topic.messages('q')).toEqual([]);
  });
});

describe('a function', () => {
  const subscribe = async (failures?: unknown[], attributes: Record<string, string> = {}) => {
    const lambda = fakeLambda(failures);
    const topic = await TestTopic.start({}, lambda.service);
    await topic.queue('dead');
    const { SubscriptionArn } = await topic.call('Subscribe', { Protocol: 'lambda', Endpoint: arnOf('lambda', 'function:f'), Attributes: attributes });
    return { lambda, topic, SubscriptionArn };
  };

  test('is called with a record', async () => {
    const { lambda, topic, SubscriptionArn } = await subscribe();
    const { MessageId } = await topic.publish('hello', { MessageAttributes: ATTRIBUTES });
    await topic.messages('dead');
    expect(lambda.calls).toMatchObject([{ FunctionName: arnOf('lambda', 'function:f'), InvocationType: 'Event', principal: { kind: 'service', arn: 'sns.amazonaws.com', sourceArn: topic.arn } }]);
    expect(JSON.parse(lambda.calls[0].Payload).Records).toMatchObject([{
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: SubscriptionArn,
      Sns: { Type: 'Notification', MessageId, TopicArn: topic.arn, Subject: null, Message: 'hello', MessageAttributes: { a: { Type: 'String', Value: 'x' } } },
    }]);
  });

  test('is called again when it may pass: three times at once, then a second apart', async () => {
    const busy = Array.from({ length: 5 }, () => new AwsError('TooManyRequestsException', 'Rate exceeded', 429));
    const { lambda, topic } = await subscribe(busy);
    await topic.publish('hello');
    await topic.test.clock.advance(0);
    expect(busy).toHaveLength(1);
    await topic.test.clock.advance(999);
    expect(lambda.calls).toEqual([]);
    await topic.test.clock.advance(1001);
    expect(lambda.calls).toHaveLength(1);
  });

  test('that is not there is given up at once', async () => {
    const { topic } = await subscribe([new AwsError('ResourceNotFoundException', 'Function not found', 404)], { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('sqs', 'dead') }) });
    await topic.publish('hello');
    expect(JSON.parse((await topic.bodies('dead'))[0])).toMatchObject({ Type: 'Notification', Message: 'hello' });
    expect(topic.test.clock.pending).toBe(0);
  });
});

describe('a FIFO topic', () => {
  test('keeps its order and takes the same message once', async () => {
    const topic = await TestTopic.start({ FifoTopic: 'true', ContentBasedDeduplication: 'true' });
    await topic.subscribe('q.fifo');
    const first = await topic.publish('1', { MessageGroupId: 'g' });
    expect(await topic.publish('1', { MessageGroupId: 'g' })).toEqual(first);
    for (const text of ['2', '3', '4']) {
      await topic.publish(text, { MessageGroupId: 'g' });
    }
    const messages = await topic.messages('q.fifo');
    const bodies = messages.map(message => JSON.parse(message.Body));
    expect(bodies.map(body => body.Message)).toEqual(['1', '2', '3', '4']);
    expect(Object.keys(bodies[0])).toEqual(['Type', 'MessageId', 'SequenceNumber', 'TopicArn', 'Message', 'Timestamp', 'UnsubscribeURL']);
    expect(bodies[0].SequenceNumber).toBe(first.SequenceNumber);
    expect(messages[0].Attributes).toMatchObject({ MessageGroupId: 'g' });
  });

  test.each([
    ['no group', {}, 'Invalid parameter: The MessageGroupId parameter is required for FIFO topics'],
    ['nothing to tell it apart by', { MessageGroupId: 'g' }, 'Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly'],
  ])('refuses a message with %s', async (_, more, message) => {
    const topic = await TestTopic.start({ FifoTopic: 'true' });
    await expect(topic.publish('x', more)).rejects.toMatchObject({ code: 'InvalidParameter', message });
    await expect(topic.call('PublishBatch', { PublishBatchRequestEntries: [{ Id: 'a', Message: 'x', ...more }] })).rejects.toMatchObject({ message });
  });
});

describe('a template', () => {
  test('makes topics with subscriptions and policies', async () => {
    const topic = await TestTopic.start();
    const made = await topic.test.create('AWS::SNS::Topic', { DisplayName: 'd', Subscription: [{ Protocol: 'sqs', Endpoint: await topic.queue('q', { allowed: false }) }] }, 'Made');
    expect(made).toEqual({ ref: arnOf('sns', 'Stack-Made-ABCDEFGHIJKL'), attributes: { TopicArn: made.ref, TopicName: 'Stack-Made-ABCDEFGHIJKL' } });
    const subscription = await topic.test.create('AWS::SNS::Subscription', {
      TopicArn: made.ref, Protocol: 'sqs', Endpoint: await topic.queue('p'), RawMessageDelivery: true, FilterPolicy: { a: ['x'] },
    }, 'Sub');
    expect((await topic.call('GetSubscriptionAttributes', { SubscriptionArn: subscription.ref })).Attributes).toMatchObject({ RawMessageDelivery: 'true', FilterPolicy: '{"a":["x"]}', FilterPolicyScope: 'MessageAttributes' });
    expect((await topic.call('ListSubscriptionsByTopic', { TopicArn: made.ref })).Subscriptions).toHaveLength(2);
  });

  test('changes a topic where it stands, with all who subscribe to it', async () => {
    const topic = await TestTopic.start();
    const made = await topic.test.create('AWS::SNS::Topic', { DisplayName: 'before' }, 'Made');
    await topic.call('Subscribe', { TopicArn: made.ref, Protocol: 'sqs', Endpoint: await topic.queue('q') });
    const displayName = async () => (await topic.call('GetTopicAttributes', { TopicArn: made.ref })).Attributes.DisplayName;
    const type = topic.test.kernel.service('sns').resourceTypes['AWS::SNS::Topic'];
    expect(await type.update!({ properties: { DisplayName: 'after' } } as never, { properties: { DisplayName: 'before' } } as never, made)).toEqual(made);
    expect(await displayName()).toBe('after');
    await type.update!({ properties: {} } as never, { properties: { DisplayName: 'after' } } as never, made);
    expect(await displayName()).toBe('');
    expect((await topic.call('ListSubscriptionsByTopic', { TopicArn: made.ref })).Subscriptions).toHaveLength(1);
    expect(type.replacedBy).not.toContain('DisplayName');
  });

  test.each([
    ['AWS::SNS::TopicPolicy', (arn: string, document: object) => ({ Topics: [arn], PolicyDocument: document })],
    ['AWS::SNS::TopicInlinePolicy', (arn: string, document: object) => ({ TopicArn: arn, PolicyDocument: document })],
  ])('%s lets a service in', async (type, properties) => {
    const topic = await TestTopic.start();
    const publish = () => topic.call('Publish', { Message: 'x' }, { kind: 'service', arn: 'events.amazonaws.com' });
    await expect(publish()).rejects.toMatchObject({ code: 'AccessDeniedException', message: expect.stringContaining('SNS:Publish') });
    await topic.test.create(type, properties(topic.arn, { Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: topic.arn }] }));
    await publish();
    await expect(topic.test.create(type, properties(topic.arn, { Statement: [{}] }))).rejects.toThrow('Invalid parameter: Policy Error: null');
  });

  test.each([
    ['a protocol that is not emulated', { Protocol: 'email', Endpoint: 'a@example.com' }, /does not emulate subscriptions of the protocol email/],
    ['a queue by its URL', { Protocol: 'sqs', Endpoint: 'https://sqs.us-east-1.amazonaws.com/000000000000/q' }, /^Invalid parameter: SQS endpoint ARN$/],
    ['a property that is not emulated', { Protocol: 'sqs', Endpoint: arnOf('sqs', 'q'), ReplayPolicy: {} }, /ReplayPolicy/],
  ])('refuses a subscription with %s', async (_, more, message) => {
    const topic = await TestTopic.start();
    await expect(topic.test.create('AWS::SNS::Subscription', { TopicArn: topic.arn, ...more })).rejects.toThrow(message);
  });

  test('makes FIFO topics, whose names say so', async () => {
    expect((await new TestKernel(sns).create('AWS::SNS::Topic', { FifoTopic: true }, 'T')).attributes!.TopicName).toBe('Stack-T-ABCDEFGHIJKL.fifo');
  });
});
