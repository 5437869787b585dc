import { CfnOutput } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { WebSocketClient } from '../../integ/websocket-client';
import { DynamoDbPutItem, Response, Value, WebSocketApiKey, WebSocketEndpoint } from '../../src';
import { RunningApp } from '../support/running-app';

/** An endpoint with everything that routes may have, run by the runtime. */
const app = new RunningApp(stack => {
  const table = new Table(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
  const endpoint = new WebSocketEndpoint(stack, 'Endpoint', { routeSelectionExpression: '${request.body.service}/${request.body.action}' });
  const put = (id: string, pk: Value, tag: string) => new DynamoDbPutItem(id, { table, item: { pk }, response: Response.json(Value.literal(tag)) });
  endpoint.addRoute('orders/save', put('Save', Value.body('$.id').asString(), 'saved'));
  endpoint.addRoute('orders/check', put('Check', Value.requestId(), 'checked'), { schema: { type: 'object', properties: { id: { type: 'string', maxLength: 3 } } } });
  endpoint.addRoute('orders/slow', put('Slow', Value.requestId(), 'slow'), { throttle: { rateLimit: 0.001, burstLimit: 1 } });
  endpoint.addRoute('$default', put('Other', Value.requestId(), 'default'));
  new CfnOutput(stack, 'Url', { value: endpoint.url });

  const guarded = new WebSocketEndpoint(stack, 'Guarded');
  guarded.addRoute('$connect', put('Connect', Value.connectionId(), ''), { apiKeyRequired: true });
  new WebSocketApiKey(stack, 'Key', { stage: guarded.stage });
  new CfnOutput(stack, 'GuardedUrl', { value: guarded.url });
});
let client: WebSocketClient;

beforeAll(async () => {
  await app.start();
  client = await app.open();
}, 60_000);
afterAll(() => app.stop());

test('two fields of a message choose its route', async () => {
  expect(await client.request({ service: 'orders', action: 'save', id: '1' })).toBe('saved');
});

test.each([['no route fits', { service: 'orders', action: 'burn' }], ['it is no JSON', 'hello']])('where %s, $default answers', async (_case, message) => {
  expect(await client.request(message)).toBe('default');
});

test.each([
  ['lacks a field that the integration needs', { service: 'orders', action: 'save' }],
  ['has null there', { service: 'orders', action: 'save', id: null }],
  ['has a field of another type', { service: 'orders', action: 'save', id: 7 }],
  ['is not what the author\'s schema says', { service: 'orders', action: 'check', id: 'long' }],
])('a message that %s is refused by its model', async (_case, message) => {
  const frame = await client.request(message);
  expect(Object.keys(frame)).toEqual(['message', 'connectionId', 'messageId']);
  expect(frame.message).toBe('Bad request body');
});

test('a route with a throttle of its own refuses what is too much, and the others go on', async () => {
  expect(await client.request({ service: 'orders', action: 'slow' })).toBe('slow');
  expect((await client.request({ service: 'orders', action: 'slow' })).message).toBe('Too Many Requests');
  expect(await client.request({ service: 'orders', action: 'save', id: '2' })).toBe('saved');
});

test('without the API key nobody connects', async () => {
  await expect(app.open(app.outputs.GuardedUrl)).rejects.toThrow('403');
});
