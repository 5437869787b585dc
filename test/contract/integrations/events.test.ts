import { CfnOutput } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { PutEvents, Response, Value } from '../../../src';
import { ACKNOWLEDGED, BAD_REQUEST_BODY, failed, IntegrationApp, REJECTED, tellsFailures, TOO_MANY_REQUESTS, UNAVAILABLE } from '../../support/integration-app';

const app = new IntegrationApp(stack => {
  const eventBus = new EventBus(stack, 'Bus');
  const queue = new Queue(stack, 'Queue');
  new Rule(stack, 'Rule', { eventBus, eventPattern: { source: ['shop'] }, targets: [new SqsQueue(queue)] });
  new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
  const imported = EventBus.fromEventBusArn(stack, 'Imported', eventBus.eventBusArn);
  return {
    put: () => new PutEvents('Put', { eventBus, source: 'shop', detailType: Value.literal('Said') }),
    order: () => new PutEvents('Order', {
      eventBus: imported,
      source: 'shop',
      detailType: Value.format('Order{}', Value.body('$.kind').asString()),
      detail: Value.object({ by: Value.connectionId(), order: Value.body('$.order') }),
      resources: ['arn:aws:shop:::orders'],
      time: Value.literal(1_700_000_000),
      response: Response.json(Value.object({ id: Value.answer('$.Entries[0].EventId') })),
    }),
    typed: () => new PutEvents('Typed', { eventBus, source: 'shop', detailType: Value.body('$.type'), detail: Value.body('$.detail') }),
    malformed: () => new PutEvents('Malformed', {
      eventBus,
      source: 'shop',
      detailType: Value.literal('Said'),
      detail: Value.literal([1]),
      response: Response.ack().withError('MalformedDetail', { code: 'NoObject', message: 'Details are objects.' }),
    }),
  };
});

beforeAll(() => app.start(), 60_000);
afterAll(() => app.stop());

const received = async () => JSON.parse((await app.receive(app.outputs.QueueUrl)).Body);

test('the message becomes an event', async () => {
  const message = { action: 'put', text: 'it\'s "fine" \\ $x #if', list: [1, null, { a: '\u2028' }] };
  expect(await app.ask(message)).toBe(ACKNOWLEDGED);
  expect(await received()).toMatchObject({ 'source': 'shop', 'detail-type': 'Said', 'resources': [], 'detail': message });
});

test('what the author puts together becomes one, and its identifier the answer', async () => {
  const answer = JSON.parse(await app.ask({ action: 'order', kind: '"Rush"', order: { id: 7 } }));
  expect(await received()).toMatchObject({
    'id': answer.id, 'detail-type': 'Order"Rush"', 'resources': ['arn:aws:shop:::orders'], 'time': '2023-11-14T22:13:20Z', 'detail': { order: { id: 7 } },
  });
});

test('a detail that is no object and a detail type that is no string are refused before the bus is called', async () => {
  expect(await app.ask({ action: 'typed', type: 'T', detail: [1] })).toBe(BAD_REQUEST_BODY);
  expect(await app.ask({ action: 'typed', type: 5, detail: {} })).toBe(BAD_REQUEST_BODY);
  expect(await app.ask({ action: 'typed', type: 'T', detail: {} })).toBe(ACKNOWLEDGED);
  expect(await received()).toMatchObject({ 'detail-type': 'T', 'detail': {} });
});

test('an event that the bus refuses is a failure, in the author\'s words if there are any', async () => {
  expect(await app.ask({ action: 'malformed' })).toBe(failed('NoObject', 'Details are objects.'));
  expect(await app.ask({ action: 'typed', type: '', detail: {} })).toBe(REJECTED);
});

test.each([['ThrottlingException', TOO_MANY_REQUESTS], ['InternalFailure', UNAVAILABLE]])('an event that fails with %s is told as that', async (code, frame) => {
  app.faults.next('events:PutEvents', { FailedEntryCount: 1, Entries: [{ ErrorCode: code, ErrorMessage: 'secret' }] });
  expect(await app.ask({ action: 'put' })).toBe(frame);
});

tellsFailures(() => app, 'events:PutEvents', { action: 'put' });
