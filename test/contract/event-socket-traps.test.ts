import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { WebSocketClient } from '../../integ/websocket-client';
import { TraceEntry } from '../../local/kernel/contracts';
import { loadAssembly } from '../../local/kernel/template';
import { Runtime, startRuntime } from '../../local/main';
import { EventSocket, EventSocketProps } from '../../src';

const EVERYTHING = { version: ['0'] };

let directory: string;
let runtime: Runtime;
let entries: TraceEntry[];

async function start(props?: EventSocketProps): Promise<void> {
  directory = mkdtempSync(join(tmpdir(), 'contract-'));
  entries = [];
  const app = new App({ outdir: directory });
  const stack = new Stack(app, 'Stack');
  const socket = new EventSocket(stack, 'Socket', props);
  new CfnOutput(stack, 'Url', { value: socket.url });
  new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
  app.synth();
  runtime = await startRuntime({ stacks: loadAssembly(directory), port: 0, watch: trace => trace.subscribe(entry => entries.push(entry)) });
}
afterEach(async () => {
  await runtime.stop();
  rmSync(directory, { recursive: true, force: true });
});

const connect = () => WebSocketClient.connect(runtime.stacks[0].outputs.Url);

async function put(...sources: string[]): Promise<void> {
  const client = new EventBridgeClient({ endpoint: runtime.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const { BusName: bus } = runtime.stacks[0].outputs;
  await client.send(new PutEventsCommand({ Entries: sources.map(source => ({ EventBusName: bus, Source: source, DetailType: 'Sold', Detail: '{}' })) }));
  client.destroy();
}

/** The calls of an operation, with what came of each. */
const outcomes = (operation: string) => entries.flatMap(entry => entry.kind === 'call' && entry.operation === operation ? [entry.outcome] : []);

/** Waits until as many deliveries have ended. */
async function deliveries(count: number): Promise<TraceEntry[]> {
  for (;;) {
    const ended = entries.filter(entry => entry.kind === 'execution' && entry.stateMachine.includes('DeliveryWorkflow'));
    if (ended.length >= count) {
      return ended;
    }
    await new Promise(resolve => setImmediate(resolve));
  }
}

test('a filter is no permission: whoever asks for everything gets it, unless the socket itself lets less out', async () => {
  await start({ eventPattern: { source: ['shop'] } });
  const curious = await connect();
  expect(await curious.request({ action: 'subscribe', pattern: EVERYTHING })).toMatchObject({ type: 'subscribed' });
  expect(await curious.request({ action: 'subscribe', pattern: { source: ['payroll'] } })).toMatchObject({ type: 'subscribed' });
  await put('payroll', 'shop');
  expect(await curious.next()).toMatchObject({ source: 'shop' });
  expect(await deliveries(1)).toHaveLength(1);
  expect(curious.unread).toEqual([]);
});

test('a subscriber that has gone is found out with 410, and its subscription forgotten', async () => {
  await start();
  const [gone, stays] = [await connect(), await connect()];
  for (const client of [gone, stays]) {
    await client.request({ action: 'subscribe', pattern: EVERYTHING });
  }
  await gone.close();
  await put('shop');
  await stays.next();
  expect(await deliveries(1)).toMatchObject([{ status: 'SUCCEEDED' }]);
  expect(outcomes('PostToConnection').sort()).toEqual(['GoneException', 'ok']);

  await put('shop');
  await stays.next();
  expect(await deliveries(2)).toMatchObject([{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }]);
  expect(outcomes('PostToConnection').sort()).toEqual(['GoneException', 'ok', 'ok']);
});

test('a pattern that EventBridge refuses is never stored', async () => {
  await start();
  const client = await connect();
  for (const pattern of [{ source: [] }, { source: ['x'.repeat(2048)] }, 'text']) {
    expect(await client.request({ action: 'subscribe', pattern })).toMatchObject({ error: { code: expect.stringMatching(/Pattern/) } });
  }
  expect(outcomes('TransactWriteItems')).toEqual([]);
  await client.request({ action: 'subscribe', pattern: EVERYTHING });
  expect(outcomes('TransactWriteItems')).toEqual(['ok']);
});
