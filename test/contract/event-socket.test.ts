import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { WebSocketClient } from '../../integ/websocket-client';
import { TraceEntry } from '../../local/kernel/contracts';
import { loadAssembly } from '../../local/kernel/template';
import { Runtime, startRuntime } from '../../local/main';
import { EventSocket } from '../../src';

/** What the library emits, run by the runtime, with a part of the template taken away. */
describe('a template that lacks a permission', () => {
  let directory: string;
  let runtime: Runtime | undefined;
  let entries: TraceEntry[];
  let client: WebSocketClient | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'contract-'));
    entries = [];
  });
  afterEach(async () => {
    await runtime?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function startWithout(action: string, rolePrefix: string) {
    const app = new App({ outdir: directory });
    const stack = new Stack(app, 'Stack');
    const socket = new EventSocket(stack, 'Socket');
    new CfnOutput(stack, 'Url', { value: socket.url });
    new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
    app.synth();

    const file = join(directory, 'Stack.template.json');
    const template = JSON.parse(readFileSync(file, 'utf8'));
    let removed = 0;
    for (const [id, { Type: type, Properties: properties }] of Object.entries<any>(template.Resources)) {
      const statements = type === 'AWS::IAM::Policy' && id.startsWith(rolePrefix) ? properties.PolicyDocument.Statement : [];
      for (const statement of statements.filter((each: any) => each.Action === action)) {
        // IAM takes no policy without a statement: another action stands in.
        statement.Action = 'tag:GetResources';
        removed++;
      }
    }
    expect(removed).toBe(1);
    writeFileSync(file, JSON.stringify(template));

    runtime = await startRuntime({ stacks: loadAssembly(directory), port: 0, watch: trace => trace.subscribe(each => entries.push(each)) });
    return runtime.stacks[0].outputs;
  }

  async function putEvent(bus: string) {
    const eventBridge = new EventBridgeClient({ endpoint: runtime!.endpoint, region: 'eu-north-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    await eventBridge.send(new PutEventsCommand({ Entries: [{ EventBusName: bus, Source: 'shop', DetailType: 'Sold', Detail: '{}' }] }));
    eventBridge.destroy();
  }

  /** The first entry that meets a condition, now or later. */
  async function entry(condition: (each: TraceEntry) => boolean): Promise<TraceEntry> {
    for (;;) {
      const found = entries.find(condition);
      if (found) {
        return found;
      }
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  test('to manage connections: the push fails, the log names it, and the subscriber stays', async () => {
    const { Url: url, BusName: bus } = await startWithout('execute-api:ManageConnections', 'SocketDeliveryWorkflow');
    client = await WebSocketClient.connect(url);
    expect(await client.request({ action: 'subscribe', pattern: { source: ['shop'] } })).toMatchObject({ type: 'subscribed' });
    await putEvent(bus);

    const denied = await entry(each => each.kind === 'call' && each.outcome !== 'ok');
    expect(denied).toMatchObject({
      service: 'execute-api',
      operation: 'PostToConnection',
      message: expect.stringMatching(/is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:us-east-1:\S+\/live\/POST\/@connections\/\{connectionId\}/),
    });
    const execution = await entry(each => each.kind === 'execution' && each.status === 'FAILED');
    expect(execution).toMatchObject({ stateMachine: expect.stringContaining('DeliveryWorkflow'), error: 'DeliveryFailed', cause: expect.stringContaining('ApiGateway.403') });
    expect(client.unread).toEqual([]);
    expect((await client.request({ action: 'subscriptions' })).subscriptions).toHaveLength(1);
  });

  test('to put the connection: nobody can connect', async () => {
    const { Url: url } = await startWithout('dynamodb:PutItem', 'SocketApi');
    await expect(WebSocketClient.connect(url)).rejects.toThrow('Unexpected server response: 500');
    expect(await entry(each => each.kind === 'call' && each.outcome === 'AccessDeniedException')).toMatchObject({ operation: 'PutItem' });
  });

  test('to start the subscription workflow: the client is told to try later, and stays connected', async () => {
    const { Url: url } = await startWithout('states:StartSyncExecution', 'SocketApi');
    client = await WebSocketClient.connect(url);
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await client.request({ action: 'subscribe', pattern: { source: ['shop'] } })).toMatchObject({ error: { code: 'Unavailable' } });
    }
  });

  test('to start the delivery workflow: the event is lost, and the log says so', async () => {
    const { BusName: bus } = await startWithout('states:StartExecution', 'SocketDeliveryWorkflowEventsRole');
    await putEvent(bus);
    expect(await entry(each => each.kind === 'failure')).toMatchObject({ source: 'events', message: expect.stringMatching(/could not hand event .* AccessDeniedException/) });
  });
});
