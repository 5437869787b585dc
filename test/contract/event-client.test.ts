import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import WebSocket from 'ws';
import { RunningSocket } from './running-socket';
import { BusEvent, ClientProblem, EventClient } from '../../client';
import { loadAssembly } from '../../local/kernel/template';
import { startRuntime } from '../../local/main';
import { Admission, EventMessage, EventSocket } from '../../src';

/** The client against the socket that the library emits, in the runtime. */
let client: EventClient | undefined;
let running: RunningSocket | undefined;
afterEach(async () => {
  client?.close();
  await running?.stop();
  client = running = undefined;
});

/** What comes, one by one. */
class Inbox<Value> {
  private readonly values: Value[] = [];
  private readonly waiting: Array<(value: Value) => void> = [];

  readonly put = (value: Value): void => {
    const next = this.waiting.shift();
    if (next) {
      next(value);
    } else {
      this.values.push(value);
    }
  };

  async next(): Promise<Value> {
    return this.values.shift() ?? new Promise(resolve => this.waiting.push(resolve));
  }
}

test('subscriptions receive the events that match, refusals have the socket\'s own words, and requests their answers', async () => {
  running = await RunningSocket.start({ props: () => ({ message: EventMessage.envelope() }) });
  client = new EventClient({ url: running.outputs.Url, WebSocket, onProblem: () => {} });
  const [orders, refunds] = [new Inbox<BusEvent<{ total: number }>>(), new Inbox<BusEvent>()];
  const first = client.subscribe<{ total: number }>({ 'detail-type': ['Sold'], 'detail': { total: [{ numeric: ['>', 10] }] } }, orders.put);
  const second = client.subscribe({ 'detail-type': ['Returned'] }, refunds.put);
  await Promise.all([first.ready, second.ready]);
  await running.put({ total: 5 }, 'shop', 'Sold');
  await running.put({ total: 50 }, 'shop', 'Sold');
  await running.put({}, 'shop', 'Returned');
  expect((await orders.next()).detail.total).toBe(50);
  expect((await refunds.next())['detail-type']).toBe('Returned');
  expect(await client.request({ action: 'subscriptions' })).toMatchObject({ type: 'subscriptions', subscriptions: [{ subscriptionId: first.id }, { subscriptionId: second.id }] });

  await expect(client.subscribe({ source: [{ prefx: 'a' }] }, () => {}).ready).rejects.toMatchObject({ code: 'InvalidEventPattern', message: expect.stringContaining('prefx'), retryable: false });
  expect(await client.request({ action: 'nonsense' })).toMatchObject({ type: 'error', error: { code: 'UnknownAction' } });
  second.end();
  expect(await client.request({ action: 'subscriptions' })).toMatchObject({ subscriptions: [{ subscriptionId: first.id }] });
});

test('after it was cut off it comes back with a fresh ticket, and with its subscriptions', async () => {
  const socket = running = await RunningSocket.start({ props: () => ({ admission: Admission.ticket() }) });
  const tickets: string[] = [];
  const sockets: WebSocket[] = [];
  const [events, active] = [new Inbox<BusEvent>(), new Inbox<boolean>()];
  client = new EventClient({
    url: async () => {
      const ticket = await socket.ticket();
      tickets.push(ticket);
      return `${socket.outputs.Url}?ticket=${ticket}`;
    },
    WebSocket: class extends WebSocket {
      constructor(address: string) {
        super(address);
        sockets.push(this);
      }
    },
    shortestDelay: 10,
    onProblem: () => {},
  });
  client.subscribe({ source: ['shop'] }, events.put, { onActive: active.put });
  expect(await active.next()).toBe(false);
  sockets[0].terminate();
  expect(await active.next()).toBe(true);
  const id = await running.put();
  expect((await events.next()).id).toBe(id);
  expect(tickets).toHaveLength(2);
});

test('whoever is not admitted is told that the connection fails, again and again', async () => {
  running = await RunningSocket.start({ props: () => ({ admission: Admission.ticket() }) });
  const problems = new Inbox<ClientProblem>();
  client = new EventClient({ url: `${running.outputs.Url}?ticket=forged`, WebSocket, shortestDelay: 10, longestDelay: 20, onProblem: problems.put });
  for (let attempt = 0; attempt < 3; attempt++) {
    expect(await problems.next()).toMatchObject({ code: 'ConnectFailed', message: expect.stringMatching(/^Unexpected server response/), retryable: true });
  }
});

test('a runtime that ends and starts again finds its clients again', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'event-client-'));
  const app = new App({ outdir: directory });
  const stack = new Stack(app, 'Stack');
  new CfnOutput(stack, 'Url', { value: new EventSocket(stack, 'Socket').url });
  app.synth();
  const stacks = loadAssembly(directory);
  let runtime = await startRuntime({ stacks, port: 0 });
  const [active, statuses] = [new Inbox<boolean>(), new Inbox<string>()];
  client = new EventClient({ url: runtime.stacks[0].outputs.Url, WebSocket, shortestDelay: 10, longestDelay: 50, onStatus: statuses.put, onProblem: () => {} });
  client.subscribe({ source: ['shop'] }, () => {}, { onActive: active.put });
  expect([await statuses.next(), await active.next()]).toEqual(['open', false]);
  await runtime.stop();
  expect(await statuses.next()).toBe('connecting');
  runtime = await startRuntime({ stacks, port: Number(new URL(runtime.endpoint).port) });
  expect([await statuses.next(), await active.next()]).toEqual(['open', true]);
  client.close();
  await runtime.stop();
  rmSync(directory, { recursive: true, force: true });
});
