import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { WebSocketClient } from '../../../integ/websocket-client';
import { loadAssembly } from '../../../local/kernel/template';
import { Runtime, startRuntime } from '../../../local/main';
import { DynamoDbPutItem, EventSocket, MockIntegration, Value, WebSocketEndpoint } from '../../../src';
import { FakeClock } from '../../support/fake-clock';
import { eventually } from '../../support/test-kernel';

let runtime: Runtime | undefined;
const directories: string[] = [];
afterEach(async () => {
  await runtime?.stop();
  directories.splice(0).forEach(directory => rmSync(directory, { recursive: true, force: true }));
});

async function start(declare: (stack: Stack) => void, cost = true): Promise<FakeClock> {
  const directory = mkdtempSync(join(tmpdir(), 'cost-'));
  directories.push(directory);
  const app = new App({ outdir: directory });
  declare(new Stack(app, 'Stack'));
  app.synth();
  const clock = new FakeClock();
  runtime = await startRuntime({ stacks: loadAssembly(directory), port: 0, clock, cost });
  return clock;
}
const usage = () => runtime!.meterReading!.usage;
const output = (name: string) => runtime!.stacks[0].outputs[name];

test('a conversation with a direct integration costs what a person works out', async () => {
  const clock = await start(stack => {
    const table = new Table(stack, 'Notes', { partitionKey: { name: 'pk', type: AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY });
    const endpoint = new WebSocketEndpoint(stack, 'Endpoint');
    endpoint.addRoute('save', new DynamoDbPutItem('Save', { table, item: { pk: Value.connectionId(), text: Value.body('$.text').asString() } }));
    endpoint.addRoute('ping', new MockIntegration('Ping'));
    new CfnOutput(stack, 'Url', { value: endpoint.url });
    new CfnOutput(stack, 'TableName', { value: table.tableName });
  });
  const client = await WebSocketClient.connect(output('Url'));
  // Rows of more than 1 KB and of more than 29, in messages of less than 32 KB: in and out.
  await client.request({ action: 'save', text: 'x'.repeat(1500) });
  await client.request({ action: 'save', text: 'y'.repeat(30_000) });
  await client.request({ action: 'ping' });
  await clock.advance(150_000);
  expect(usage()).toEqual({ messages: 2 + 2 + 2, writes: 2 + 30, connectionMinutes: 3 });
  await client.close();
  await eventually(() => runtime!.meterReading!.requests === 5);
  await clock.advance(600_000);
  expect(usage()).toMatchObject({ connectionMinutes: 3 });

  // One row is left, of 30 KB: 8 units of 4 KB consistently, half of it otherwise. What is not there costs half a unit.
  const [item] = (await runtime!.call('dynamodb', 'Scan', { TableName: output('TableName'), ConsistentRead: true }) as any).Items;
  expect(usage().reads).toBe(8);
  expect(await runtime!.call('dynamodb', 'GetItem', { TableName: output('TableName'), Key: { pk: { S: 'nobody' } } })).toEqual({});
  expect(usage().reads).toBe(8.5);
  expect(await runtime!.call('dynamodb', 'GetItem', { TableName: output('TableName'), Key: { pk: item.pk }, ReturnConsumedCapacity: 'TOTAL' })).toMatchObject({ ConsumedCapacity: { CapacityUnits: 4 } });
  expect(usage().reads).toBe(12.5);
});

test('an event that reaches a subscriber: the bus, the workflows, the units, and the message', async () => {
  await start(stack => {
    const socket = new EventSocket(stack, 'Socket');
    new CfnOutput(stack, 'Url', { value: socket.url });
    new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
  });
  const client = await WebSocketClient.connect(output('Url'));
  expect(usage()).toEqual({ connectionMinutes: 1, writes: 1 });
  await client.request({ action: 'subscribe', pattern: { source: ['shop'] } });
  // The connection's count, the subscription and one key: three rows of a transaction, two units each.
  expect(usage()).toMatchObject({ messages: 2, executions: 1, executionGigabyteSeconds: 0.00625, writes: 1 + 6 });

  const entry = { EventBusName: output('BusName'), Source: 'shop', DetailType: 'Sold' };
  await runtime!.call('events', 'PutEvents', { Entries: [{ ...entry, Detail: JSON.stringify({ text: 'x'.repeat(70_000) }) }, { ...entry, Detail: 'no JSON' }] });
  await client.next();
  await eventually(() => usage().executions === 2);
  // 70 KB are two pieces of 64 KB on the bus, and three of 32 KB to the client.
  expect(usage()).toMatchObject({ events: 2, messages: 2 + 3, executions: 2 });
  expect(runtime!.meterReading).toMatchObject({ requests: 2, reactions: 1 });
  await client.close();
});

test('a write whose condition does not hold costs a unit all the same, and nothing is counted when nobody asked', async () => {
  const declare = (stack: Stack) => {
    const table = new Table(stack, 'Notes', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
    new CfnOutput(stack, 'TableName', { value: table.tableName });
  };
  await start(declare);
  const put = { TableName: output('TableName'), Item: { pk: { S: 'a' } }, ConditionExpression: 'attribute_exists(pk)' };
  await expect(runtime!.call('dynamodb', 'PutItem', put)).rejects.toMatchObject({ code: 'ConditionalCheckFailedException' });
  expect(usage()).toEqual({ writes: 1 });
  await runtime!.call('sqs', 'ListQueues', {});
  expect(usage()).toEqual({ queueRequests: 1, writes: 1 });
  await runtime!.stop();
  await start(declare, false);
  expect(runtime!.meterReading).toBeUndefined();
  expect((await fetch(`${runtime!.endpoint}/_lambdaless/api/cost`)).status).toBe(404);
});

test('the counters are for this machine alone', async () => {
  await start(() => {});
  const url = `${runtime!.endpoint}/_lambdaless/api/cost`;
  expect(await (await fetch(url)).json()).toEqual({ since: expect.any(Number), now: expect.any(Number), usage: {}, requests: 0, reactions: 0 });
  expect((await fetch(url, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
});
