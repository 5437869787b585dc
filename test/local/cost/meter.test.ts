import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { DynamoDbPutItem, EventSocket, MockIntegration, Value, WebSocketEndpoint } from '../../../src';
import { StillApp } from '../../support/still-app';
import { eventually } from '../../support/test-kernel';

let app: StillApp | undefined;
afterEach(() => app?.stop());

async function start(declare: (stack: Stack) => void, cost = true): Promise<StillApp> {
  return app = await new StillApp(declare, { cost }).start();
}
const usage = () => app!.runtime.meterReading!.usage;
const output = (name: string) => app!.outputs[name];

test('a conversation with a direct integration costs what a person works out', async () => {
  const { clock } = await start(stack => {
    const table = new Table(stack, 'Notes', { partitionKey: { name: 'pk', type: AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY });
    const endpoint = new WebSocketEndpoint(stack, 'Endpoint');
    endpoint.addRoute('save', new DynamoDbPutItem('Save', { table, item: { pk: Value.connectionId(), text: Value.body('$.text').asString() } }));
    endpoint.addRoute('ping', new MockIntegration('Ping'));
    new CfnOutput(stack, 'Url', { value: endpoint.url });
    new CfnOutput(stack, 'TableName', { value: table.tableName });
  });
  const client = await app!.open();
  // Rows of more than 1 KB and of more than 29, in messages of less than 32 KB: in and out.
  await client.request({ action: 'save', text: 'x'.repeat(1500) });
  await client.request({ action: 'save', text: 'y'.repeat(30_000) });
  await client.request({ action: 'ping' });
  await clock.advance(150_000);
  expect(usage()).toEqual({ messages: 2 + 2 + 2, writes: 2 + 30, connectionMinutes: 3 });
  await client.close();
  await eventually(() => app!.runtime.meterReading!.requests === 5);
  await clock.advance(600_000);
  expect(usage()).toMatchObject({ connectionMinutes: 3 });

  // One row is left, of 30 KB: 8 units of 4 KB consistently, half of it otherwise. What is not there costs half a unit.
  const [item] = (await app!.call('dynamodb', 'Scan', { TableName: output('TableName'), ConsistentRead: true }) as any).Items;
  expect(usage().reads).toBe(8);
  expect(await app!.call('dynamodb', 'GetItem', { TableName: output('TableName'), Key: { pk: { S: 'nobody' } } })).toEqual({});
  expect(usage().reads).toBe(8.5);
  expect(await app!.call('dynamodb', 'GetItem', { TableName: output('TableName'), Key: { pk: item.pk }, ReturnConsumedCapacity: 'TOTAL' })).toMatchObject({ ConsumedCapacity: { CapacityUnits: 4 } });
  expect(usage().reads).toBe(12.5);
});

test('an event that reaches a subscriber: the bus, the workflows, the units, and the message', async () => {
  await start(stack => {
    const socket = new EventSocket(stack, 'Socket');
    new CfnOutput(stack, 'Url', { value: socket.url });
    new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
  });
  const client = await app!.open();
  expect(usage()).toEqual({ connectionMinutes: 1, writes: 1 });
  await client.request({ action: 'subscribe', pattern: { source: ['shop'] } });
  // The connection's count, the subscription and one key: three rows of a transaction, two units each.
  expect(usage()).toMatchObject({ messages: 2, executions: 1, executionGigabyteSeconds: 0.00625, writes: 1 + 6 });

  const entry = { EventBusName: output('BusName'), Source: 'shop', DetailType: 'Sold' };
  await app!.call('events', 'PutEvents', { Entries: [{ ...entry, Detail: JSON.stringify({ text: 'x'.repeat(70_000) }) }, { ...entry, Detail: 'no JSON' }] });
  await client.next();
  await eventually(() => usage().executions === 2);
  // 70 KB are two pieces of 64 KB on the bus, and three of 32 KB to the client.
  expect(usage()).toMatchObject({ events: 2, messages: 2 + 3, executions: 2 });
  expect(app!.runtime.meterReading).toMatchObject({ requests: 2, reactions: 1 });
  await client.close();
});

test('a write whose condition does not hold costs a unit all the same, and nothing is counted when nobody asked', async () => {
  const declare = (stack: Stack) => {
    const table = new Table(stack, 'Notes', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
    new CfnOutput(stack, 'TableName', { value: table.tableName });
  };
  await start(declare);
  const put = { TableName: output('TableName'), Item: { pk: { S: 'a' } }, ConditionExpression: 'attribute_exists(pk)' };
  await expect(app!.call('dynamodb', 'PutItem', put)).rejects.toMatchObject({ code: 'ConditionalCheckFailedException' });
  expect(usage()).toEqual({ writes: 1 });
  await app!.call('sqs', 'ListQueues', {});
  expect(usage()).toEqual({ queueRequests: 1, writes: 1 });
  await app!.stop();
  await start(declare, false);
  expect(app!.runtime.meterReading).toBeUndefined();
  expect((await fetch(`${app!.runtime.endpoint}/_lambdaless/api/cost`)).status).toBe(404);
});

test('the counters are for this machine alone', async () => {
  await start(() => {});
  const url = `${app!.runtime.endpoint}/_lambdaless/api/cost`;
  expect(await (await fetch(url)).json()).toEqual({ since: expect.any(Number), now: expect.any(Number), usage: {}, requests: 0, reactions: 0 });
  expect((await fetch(url, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
});
