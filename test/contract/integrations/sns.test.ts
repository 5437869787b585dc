import { CfnOutput } from 'aws-cdk-lib';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Publish, Response, Value } from '../../../src';
import { ACKNOWLEDGED, IntegrationApp, REJECTED, tellsFailures } from '../../support/integration-app';

const app = new IntegrationApp(stack => {
  const topic = new Topic(stack, 'Topic');
  const queue = new Queue(stack, 'Queue');
  const loud = new Queue(stack, 'Loud');
  topic.addSubscription(new SqsSubscription(queue));
  topic.addSubscription(new SqsSubscription(loud, { rawMessageDelivery: true, filterPolicy: { severity: SubscriptionFilter.stringFilter({ allowlist: ['high'] }) } }));
  const ordered = new Topic(stack, 'Ordered', { fifo: true });
  const fifo = new Queue(stack, 'Fifo', { fifo: true });
  ordered.addSubscription(new SqsSubscription(fifo, { rawMessageDelivery: true }));
  new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
  new CfnOutput(stack, 'LoudUrl', { value: loud.queueUrl });
  new CfnOutput(stack, 'FifoUrl', { value: fifo.queueUrl });
  const imported = Topic.fromTopicArn(stack, 'Imported', topic.topicArn);
  return {
    $default: () => new Publish('Publish', { topic }),
    alert: () => new Publish('Alert', {
      topic: imported,
      message: Value.body('$.text').asString(),
      subject: Value.body('$.subject').asString().optional(),
      messageAttributes: { severity: Value.body('$.severity').asString() },
      response: Response.json(Value.object({ id: Value.answer('$.PublishResponse.PublishResult.MessageId') })),
    }),
    ordered: () => new Publish('PublishOrdered', {
      topic: ordered, message: Value.body('$.text').asString(), messageGroupId: Value.connectionId(), messageDeduplicationId: Value.requestId(),
    }),
  };
});

beforeAll(() => app.start(), 60_000);
afterAll(() => app.stop());

const notification = async () => JSON.parse((await app.receive(app.outputs.QueueUrl)).Body);

test('the client\'s message is published as it is', async () => {
  const text = '&Message=forged %41+ \'"\\$#set($a=1) 😀';
  expect(await app.ask(text)).toBe(ACKNOWLEDGED);
  expect(await notification()).toMatchObject({ Type: 'Notification', Message: text });
});

test('with a subject, and attributes that subscriptions filter by', async () => {
  const answer = JSON.parse(await app.ask({ action: 'alert', text: 'a "text"', subject: 'A & B', severity: 'high' }));
  expect(await notification()).toMatchObject({ Message: 'a "text"', Subject: 'A & B', MessageId: answer.id });
  expect(await app.receive(app.outputs.LoudUrl)).toMatchObject({ Body: 'a "text"' });
  await app.ask({ action: 'alert', text: 'quiet', severity: 'low' });
  expect(await notification()).not.toHaveProperty('Subject');
});

test('a FIFO topic gets the group and the identifier', async () => {
  expect(await app.ask({ action: 'ordered', text: 'x' })).toBe(ACKNOWLEDGED);
  expect(await app.receive(app.outputs.FifoUrl)).toMatchObject({ Body: 'x', Attributes: { MessageGroupId: expect.stringMatching(/=$/) } });
});

test('tells what SNS rejects', async () => {
  expect(await app.ask({ action: 'alert', text: '', severity: 'low' })).toBe(REJECTED);
  expect(await app.ask({ action: 'alert', text: 'x', subject: 'two\nlines', severity: 'low' })).toBe(REJECTED);
});

tellsFailures(() => app, 'sns:Publish', { action: 'ordered', text: 'x' });
