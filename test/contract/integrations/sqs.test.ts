import { CfnOutput, Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Response, SendMessage, Value } from '../../../src';
import { ACKNOWLEDGED, BAD_REQUEST_BODY, IntegrationApp, REJECTED, tellsFailures } from '../../support/integration-app';

const app = new IntegrationApp(stack => {
  const queue = new Queue(stack, 'Queue');
  const fifo = new Queue(stack, 'Fifo', { fifo: true });
  const imported = Queue.fromQueueArn(stack, 'Imported', queue.queueArn);
  new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
  new CfnOutput(stack, 'FifoUrl', { value: fifo.queueUrl });
  return {
    $default: () => new SendMessage('Send', { queue }),
    put: () => new SendMessage('Put', {
      queue: imported,
      messageBody: Value.object({ by: Value.connectionId(), order: Value.body('$.order') }),
      messageAttributes: { kind: Value.body('$.kind').asString(), weight: Value.body('$.weight').asNumber().withDefault(1), sentAt: Value.requestTime(), note: Value.literal('ü&=') },
      response: Response.json(Value.object({ id: Value.answer('$.SendMessageResponse.SendMessageResult.MessageId') })),
    }),
    text: () => new SendMessage('Text', { queue, messageBody: Value.body('$.text').asString(), delay: Duration.seconds(0) }),
    ordered: () => new SendMessage('Ordered', {
      queue: fifo, messageBody: Value.body('$.text').asString(), messageGroupId: Value.body('$.group').withDefault('all'), messageDeduplicationId: Value.requestId(),
    }),
  };
});

beforeAll(() => app.start(), 60_000);
afterAll(() => app.stop());

test.each(['no JSON: &MessageBody=forged&x=%41+ \'"\\$#set($a=1)', '{"action":"none","text":"é😀\u2028"}'])('the client\'s message %j becomes the body, as it is', async text => {
  expect(await app.ask(text)).toBe(ACKNOWLEDGED);
  expect((await app.receive(app.outputs.QueueUrl)).Body).toBe(text);
});

test('what the author puts together becomes the body, in JSON, with attributes of their types', async () => {
  const answer = JSON.parse(await app.ask({ action: 'put', order: { id: '&"\'' }, kind: '"rush"&' }));
  const message = await app.receive(app.outputs.QueueUrl);
  expect(JSON.parse(message.Body)).toEqual({ by: expect.stringMatching(/=$/), order: { id: '&"\'' } });
  expect(message.MessageId).toBe(answer.id);
  expect(message.MessageAttributes).toMatchObject({
    kind: { DataType: 'String', StringValue: '"rush"&' },
    weight: { DataType: 'Number', StringValue: '1' },
    sentAt: { DataType: 'Number', StringValue: String(app.clock.now()) },
    note: { DataType: 'String', StringValue: 'ü&=' },
  });
});

test('a field that is a string is the body itself', async () => {
  expect(await app.ask({ action: 'text', text: 'just "text"' })).toBe(ACKNOWLEDGED);
  expect((await app.receive(app.outputs.QueueUrl)).Body).toBe('just "text"');
});

test('a FIFO queue gets the group and the identifier', async () => {
  expect(await app.ask({ action: 'ordered', text: 'x', group: 'a b&' })).toBe(REJECTED);
  expect(await app.ask({ action: 'ordered', text: 'x', group: 'a&b' })).toBe(ACKNOWLEDGED);
  expect((await app.receive(app.outputs.FifoUrl)).Attributes).toMatchObject({ MessageGroupId: 'a&b', MessageDeduplicationId: expect.stringMatching(/=$/) });
  expect(await app.ask({ action: 'ordered', text: 'x', group: 5 })).toBe(BAD_REQUEST_BODY);
});

test('tells what SQS rejects', async () => {
  expect(await app.ask({ action: 'text', text: '' })).toBe(REJECTED);
});

tellsFailures(() => app, 'sqs:SendMessage', { action: 'text', text: 'x' });
