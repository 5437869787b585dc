import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { WebSocketClient } from '../../../integ/websocket-client';
import { loadAssembly } from '../../../local/kernel/template';
import { Runtime, startRuntime } from '../../../local/main';
import { DirectMessage, EventMessage, EventSocket, MessageValue, Presence, WebSocketEndpoint } from '../../../src';
import { FakeClock } from '../../support/fake-clock';

/** An EventSocket whose own clients are the events: its connections are a ConnectionTable like any other. */
const directory = mkdtempSync(join(tmpdir(), 'contract-'));
const clock = new FakeClock();
let runtime: Runtime;

beforeAll(async () => {
  const app = new App({ outdir: directory });
  const stack = new Stack(app, 'Stack');
  const socket = new EventSocket(stack, 'Socket');
  const { connections, eventBus } = socket;
  const presence = new Presence(stack, 'Presence', { connections, eventBus });
  const endpoint = WebSocketEndpoint.fromWebSocketStage(stack, 'Endpoint', socket.stage);
  presence.welcome('Welcome', new DirectMessage(stack, 'DirectMessage', { endpoint, connections }), EventMessage.of({ type: 'welcome', you: MessageValue.field('detail.connectionId') }));
  new CfnOutput(stack, 'Url', { value: socket.url });
  app.synth();
  runtime = await startRuntime({ stacks: loadAssembly(directory), port: 0, clock });
}, 60_000);

afterAll(async () => {
  await runtime?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** The next message, as time goes on. */
async function next(client: WebSocketClient): Promise<any> {
  for (let attempt = 0; attempt < 2000 && client.unread.length === 0; attempt++) {
    await clock.advance(250);
  }
  return client.next();
}

test('clients are greeted, and who subscribed to it is told who comes and goes; subscriptions are no clients', async () => {
  const ana = await WebSocketClient.connect(runtime.stacks[0].outputs.Url);
  expect(await next(ana)).toEqual({ type: 'welcome', you: expect.any(String) });
  ana.send({ action: 'subscribe', pattern: { source: ['websocket.presence'] } });
  expect(await next(ana)).toMatchObject({ type: 'subscribed' });

  const ben = await WebSocketClient.connect(runtime.stacks[0].outputs.Url);
  const { you } = await next(ben);
  expect(await next(ana)).toMatchObject({ 'detail-type': 'ClientJoined', 'detail': { connectionId: you, connectedAt: expect.any(Number), attributes: {} } });
  ben.send({ action: 'subscribe', pattern: { source: ['anything'] } });
  expect(await next(ben)).toMatchObject({ type: 'subscribed' });
  await ben.close();
  expect(await next(ana)).toMatchObject({ 'detail-type': 'ClientLeft', 'detail': { connectionId: you, reason: 'disconnected' } });
  await clock.advance(5000);
  expect(ana.unread).toEqual([]);
  await ana.close();
});
