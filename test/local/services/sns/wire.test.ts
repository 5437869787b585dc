import {
  CreateTopicCommand, DeleteTopicCommand, GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, ListTopicsCommand, NotFoundException, PublishBatchCommand,
  PublishCommand, SetSubscriptionAttributesCommand, SNSClient, SubscribeCommand, UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { arnOf, TestTopic } from './test-topic';
import { Listener } from '../../../../local/wire/listener';
import { ACCOUNT } from '../../../support/test-kernel';

let topic: TestTopic;
let listener: Listener;
let client: SNSClient;

beforeEach(async () => {
  topic = await TestTopic.start();
  listener = new Listener({ kernel: topic.test.kernel, account: '000000000000' });
  const endpoint = `http://127.0.0.1:${await listener.listen(0)}`;
  client = new SNSClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await listener.close();
  expect(topic.test.entries.filter(entry => entry.kind === 'failure')).toEqual([]);
});

test('the SDK makes topics, subscribes and publishes', async () => {
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'orders', Attributes: { DisplayName: 'Orders <&>' }, Tags: [{ Key: 'k', Value: 'v' }] }));
  expect(TopicArn).toBe(arnOf('sns', 'orders'));
  expect((await client.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes).toMatchObject({ DisplayName: 'Orders <&>', TopicArn, SubscriptionsConfirmed: '0' });
  const Endpoint = await topic.queue('q');
  const { SubscriptionArn } = await client.send(new SubscribeCommand({ TopicArn: topic.arn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }));
  await client.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{"n":[1]}' }));
  expect((await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic.arn }))).Subscriptions).toEqual([
    { SubscriptionArn, Owner: '000000000000', Protocol: 'sqs', Endpoint, TopicArn: topic.arn },
  ]);
  const MessageAttributes = { n: { DataType: 'Number', StringValue: '1' }, b: { DataType: 'Binary', BinaryValue: new Uint8Array([2, 3, 4]) } };
  await client.send(new PublishCommand({ TopicArn: topic.arn, Message: 'Zoë & 😀', MessageAttributes }));
  expect(await topic.messages('q')).toMatchObject([{ Body: 'Zoë & 😀', MessageAttributes: { b: { BinaryValue: 'AgME' } } }]);
  const batch = await client.send(new PublishBatchCommand({
    TopicArn: topic.arn, PublishBatchRequestEntries: [{ Id: '1', Message: 'a', MessageAttributes }, { Id: '2', Message: 'b', Subject: '\n' }],
  }));
  expect(batch).toMatchObject({ Successful: [{ Id: '1' }], Failed: [{ Id: '2', Code: 'InvalidParameter', Message: 'Invalid parameter: Subject', SenderFault: true }] });
  expect(await topic.bodies('q')).toEqual(['a']);
  await client.send(new UnsubscribeCommand({ SubscriptionArn }));
  await client.send(new DeleteTopicCommand({ TopicArn }));
  await client.send(new DeleteTopicCommand({ TopicArn }));
  expect((await client.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: topic.arn }]);
});

describe('the SDK is refused', () => {
  const publish = (more: object) => client.send(new PublishCommand({ TopicArn: topic.arn, Message: 'x', ...more }));
  const batch = (...entries: object[]) => client.send(new PublishBatchCommand({ TopicArn: topic.arn, PublishBatchRequestEntries: entries as never }));

  test('a topic that is not there', async () => {
    const missing = publish({ TopicArn: arnOf('sns', 'none') });
    await expect(missing).rejects.toBeInstanceOf(NotFoundException);
    await expect(missing).rejects.toMatchObject({ message: 'Topic does not exist', $metadata: { httpStatusCode: 404 } });
  });

  test('a target that is no text, as a form may name one', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = { method: 'POST', path: '/', query: '', headers, body: 'Action=Publish&TargetArn.x=1&Message=x' };
    expect(await topic.test.kernel.send(ACCOUNT, 'sns', request)).toMatchObject({ status: 400, body: expect.stringContaining('<Code>InvalidParameter</Code>') });
  });

  // Codes and texts as AWS answered them.
  test.each<[string, () => Promise<unknown>, string, unknown]>([
    ['what is no ARN', () => publish({ TopicArn: 'news' }), 'InvalidParameter', 'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    ['no message', () => publish({ Message: '' }), 'InvalidParameter', 'Invalid parameter: Empty message'],
    ['a message that is too long', () => publish({ Message: 'x'.repeat(256 * 1024 + 1) }), 'InvalidParameter', 'Invalid parameter: Message too long'],
    ['a message that is no JSON', () => publish({ MessageStructure: 'json' }), 'InvalidParameter', 'Invalid parameter: Message Structure - JSON message body failed to parse'],
    ['a message without default', () => publish({ Message: '{"sqs":"x","default":1}', MessageStructure: 'json' }), 'InvalidParameter', 'Invalid parameter: Message Structure - No default entry in JSON message body'],
    ['a deduplication id', () => publish({ MessageDeduplicationId: 'x' }), 'InvalidParameter',
      'Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type'],
    ['an attribute of another kind', () => publish({ MessageAttributes: { a: { DataType: 'Date', StringValue: 'x' } } }), 'ParameterValueInvalid',
      "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."],
    ['an attribute with a sign in its name', () => publish({ MessageAttributes: { 'a^b': { DataType: 'String', StringValue: 'x' } } }), 'ParameterValueInvalid',
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots."],
    ['an attribute without a value', () => publish({ MessageAttributes: { a: { DataType: 'String' } } }), 'ParameterValueInvalid',
      "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'."],
    ['eleven messages', () => batch(...Array.from({ length: 11 }, (_, index) => ({ Id: String(index), Message: 'x' }))), 'TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.'],
    ['an id twice', () => batch({ Id: 'a', Message: 'x' }, { Id: 'a', Message: 'x' }), 'BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.'],
    ['an id with a dot', () => batch({ Id: 'a.b', Message: 'x' }), 'InvalidBatchEntryId', 'The Id of a batch entry in the batch request contains an impermissible character: a.b'],
    ['a batch that is too long together', () => batch(...['a', 'b'].map(Id => ({ Id, Message: 'x'.repeat(131_073) }))), 'BatchRequestTooLong', 'The length of all the messages put together is more than the limit.'],
    ['a protocol that nobody knows', () => client.send(new SubscribeCommand({ TopicArn: topic.arn, Protocol: 'pigeon', Endpoint: 'x' })), 'InvalidParameter', 'Invalid parameter: Amazon SNS does not support this protocol string: pigeon'],
    ['raw or not', () => client.send(new SubscribeCommand({ TopicArn: topic.arn, Protocol: 'sqs', Endpoint: arnOf('sqs', 'q'), Attributes: { RawMessageDelivery: 'wrongvalue' } })), 'InvalidParameter',
      'Invalid parameter: Attributes Reason: RawMessageDelivery: Invalid value [wrongvalue]. Must be true or false.'],
    ['a FIFO queue', () => client.send(new SubscribeCommand({ TopicArn: topic.arn, Protocol: 'sqs', Endpoint: arnOf('sqs', 'q.fifo') })), 'InvalidParameter',
      'Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics'],
    ['what is no subscription', () => client.send(new UnsubscribeCommand({ SubscriptionArn: topic.arn })), 'InvalidParameter', 'Invalid parameter: SubscriptionId'],
    ['a topic of no name', () => client.send(new CreateTopicCommand({ Name: '' })), 'InvalidParameter', 'Invalid parameter: Topic Name'],
    ['a phone', () => publish({ TopicArn: undefined, PhoneNumber: '+15551234567' }), 'NotImplemented', expect.stringContaining('phones')],
  ])('%s', async (_name, call, code, message) => {
    await expect(call()).rejects.toMatchObject({ Code: code, message });
  });
});
