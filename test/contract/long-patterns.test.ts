import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { WebSocketClient } from '../../integ/websocket-client';
import { loadAssembly } from '../../local/kernel/template';
import { Runtime, startRuntime } from '../../local/main';
import { EventSocket } from '../../src';

/** As many characters as a pattern may have, each of four bytes. */
const LONGEST = { detail: { x: ['😀'.repeat(2048 - '{"detail":{"x":[""]}}'.length)] } };
const MANY = 60;

describe('many subscriptions with the longest patterns', () => {
  let directory: string;
  let runtime: Runtime;
  let greedy: WebSocketClient;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'contract-'));
    const app = new App({ outdir: directory });
    const stack = new Stack(app, 'Stack');
    const socket = new EventSocket(stack, 'Socket');
    new CfnOutput(stack, 'Url', { value: socket.url });
    new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
    app.synth();
    runtime = await startRuntime({ stacks: loadAssembly(directory), port: 0 });
    greedy = await WebSocketClient.connect(runtime.stacks[0].outputs.Url);
    for (let count = 0; count < MANY; count++) {
      expect(await greedy.request({ action: 'subscribe', pattern: LONGEST })).toMatchObject({ type: 'subscribed' });
    }
  });
  afterAll(async () => {
    await runtime.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const put = async (detail: object) => {
    const client = new EventBridgeClient({ endpoint: runtime.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    const { BusName: bus } = runtime.stacks[0].outputs;
    const { Entries: [entry] = [] } = await client.send(new PutEventsCommand({ Entries: [{ EventBusName: bus, Source: 'shop', DetailType: 'Sold', Detail: JSON.stringify(detail) }] }));
    client.destroy();
    return entry.EventId;
  };

  test('keep no event from another client', async () => {
    const other = await WebSocketClient.connect(runtime.stacks[0].outputs.Url);
    await other.request({ action: 'subscribe', pattern: { detail: { n: [1] } } });
    const id = await put({ n: 1 });
    expect((await other.next()).id).toBe(id);
  });

  test('can be listed, page by page', async () => {
    const listed = new Set<string>();
    let startAfter: string | undefined;
    do {
      const page = await greedy.request({ action: 'subscriptions', startAfter });
      expect(page.type).toBe('subscriptions');
      page.subscriptions.forEach(({ subscriptionId }: { subscriptionId: string }) => listed.add(subscriptionId));
      startAfter = page.next;
    } while (startAfter !== undefined);
    expect(listed.size).toBe(MANY);
  });
});
