import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { SHOP } from './shop';
import { storyText } from '../../../local/inspector/story-text';
import { TraceRecord } from '../../../local/kernel/contracts';
import { Runtime, startRuntime } from '../../../local/main';
import { FakeClock } from '../../support/fake-clock';
import { Client } from '../services/apigatewayv2/clients';

const clock = new FakeClock();
const pages = mkdtempSync(join(tmpdir(), 'inspector-'));
let runtime: Runtime;
let port: number;

beforeAll(async () => {
  writeFileSync(join(pages, 'index.html.gz'), gzipSync('<title>page</title>'));
  runtime = await startRuntime({ stacks: [SHOP], port: 0, clock, inspect: { pageDirectory: pages } });
  port = Number(new URL(runtime.endpoint).port);
});
afterAll(async () => {
  await runtime.stop();
  rmSync(pages, { recursive: true });
});

async function connect(): Promise<Client> {
  const [{ apiId, stage }] = runtime.apis;
  const socket = new WebSocket(`${runtime.endpoint.replace('http', 'ws')}/${apiId}/${stage}`);
  const client = new Client(socket);
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return client;
}

/** Sends with headers that fetch does not let one choose. */
function send(path: string, headers: Record<string, string> = {}, method = 'GET', body?: string): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers }, response => {
      const parts: Buffer[] = [];
      response.on('data', part => parts.push(part)).on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts).toString() }));
    });
    sent.on('error', reject).end(body);
  });
}

async function ask(path: string, input?: object) {
  const json = { 'content-type': 'application/json' };
  const { status, body } = await send(`/_lambdaless/api/${path}`, input ? json : {}, input ? 'POST' : 'GET', input && JSON.stringify(input));
  return { status, body: JSON.parse(body) };
}

/** Lets the pipe look, which it does four times a second. */
async function pushed(client: Client): Promise<string> {
  const frame = client.next();
  let answer: string | undefined;
  void frame.then(text => { answer = text; });
  while (answer === undefined) {
    await clock.advance(250);
    await new Promise(resolve => setImmediate(resolve));
  }
  return answer;
}

async function until<Found>(look: () => Promise<Found | false>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found) {
      return found;
    }
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

test('one message is followed through every hop, to the push that comes of it', async () => {
  const client = await connect();
  const { requestId } = JSON.parse(await client.ask({ action: 'save', text: 'hello' }));
  expect(await pushed(client)).toBe('"hello"');
  const story = await until(async () => {
    const { body } = await ask(`trace?id=${encodeURIComponent(requestId)}`);
    return (body as TraceRecord[]).some(({ entry }) => entry.kind === 'execution' && entry.status === 'SUCCEEDED') && body as TraceRecord[];
  });

  const bySequence = new Map(story.map(record => [record.sequence, record]));
  const push = story.find(({ entry }) => entry.kind === 'push')!;
  const way: string[] = [];
  for (let record: TraceRecord | undefined = push; record; record = record.cause === undefined ? undefined : bySequence.get(record.cause)) {
    const { entry } = record;
    way.unshift(entry.kind === 'call' ? `${entry.service}:${entry.operation}` : entry.kind);
  }
  expect(way).toEqual([
    'message', 'dynamodb:PutItem', 'batch', 'events:PutEvents', 'event', 'delivery', 'states:StartExecution', 'execution', 'execute-api:PostToConnection', 'push',
  ]);
  expect(story.filter(({ entry }) => entry.kind === 'evaluation').map(({ entry }) => entry)).toContainEqual(
    expect.objectContaining({ state: 'Push', location: 'Arguments/RequestBody', expression: '$states.input.detail.dynamodb.NewImage.text.S', value: 'hello' }),
  );
  expect(story.filter(({ entry }) => entry.kind === 'history').map(({ entry }) => (entry as any).event.type)).toEqual(
    expect.arrayContaining(['TaskStateEntered', 'TaskScheduled', 'TaskSucceeded', 'TaskStateExited']),
  );
  // Nobody wants to read that a pipe has looked and found nothing.
  expect(JSON.stringify(story)).not.toContain('GetRecords');

  const text = storyText(story);
  expect(text).toMatch(/^\S+ message save of \S+: ok\n {2}Frame: \{"action":"save","text":"hello"\}\n {2}Route selection: \$request.body.action {2}save {2}save\n/);
  expect(text).toContain('IAM allows dynamodb:PutItem by Policy: {"Effect":"Allow","Action":"dynamodb:PutItem"');
  expect(text).toContain('push to');
  await client.close();
});

test('what is denied tells the statement that is missing, and where', async () => {
  const client = await connect();
  const { requestId } = JSON.parse(await client.ask({ action: 'denied' }));
  const { body } = await ask(`trace?id=${encodeURIComponent(requestId)}`);
  const call = (body as TraceRecord[]).find(({ entry }) => entry.kind === 'call')!.entry;
  expect(call).toMatchObject({
    outcome: 'AccessDeniedException',
    missing: { statement: { Effect: 'Allow', Action: 'dynamodb:DeleteItem', Resource: expect.stringMatching(/:table\//) }, where: { constructPath: 'Shop/Api/Role/Resource', logicalId: 'GatewayRole' } },
  });
  await client.close();
});

test('the picture shows what leads where', async () => {
  const { body } = await ask('state');
  const { nodes, edges } = body.topology;
  const label = new Map(nodes.map((node: any) => [node.id, `${node.kind} ${node.label}`]));
  expect(edges.map(({ from, to }: any) => `${label.get(from)} -> ${label.get(to)}`).sort()).toEqual([
    'api Api -> route denied',
    'api Api -> route save',
    'bus Bus -> rule Rule',
    'pipe Pipe -> bus Bus',
    'route denied -> table Orders',
    'route save -> table Orders',
    'rule Rule -> workflow Notify',
    'table Orders -> pipe Pipe',
    'workflow Notify -> api Api',
  ]);
});

test('each rule of a bus says why it takes an event or not', async () => {
  const { body: { rules } } = await ask('why', { bus: 'shop', event: { 'source': 'bank', 'detail-type': 'Saved' } });
  expect(rules).toMatchObject([{ state: 'ENABLED', explanation: { matched: false, fields: [{ path: 'source', matched: false, why: 'source is "bank"; the pattern asks for "orders"' }, { path: 'detail-type', matched: true }] } }]);
  expect(await ask('match', { pattern: '{"source":"x"}', event: {} })).toMatchObject({ status: 400, body: { code: 'InvalidEventPatternException' } });
});

test('services are called as by the account\'s owner, and their errors are answers', async () => {
  const { body: { topology } } = await ask('state');
  const TableName = topology.nodes.find(({ kind }: any) => kind === 'table').details.tableName;
  expect(await ask('call', { service: 'dynamodb', operation: 'PutItem', input: { TableName, Item: { pk: { S: '__proto__' } } } })).toMatchObject({ status: 200 });
  expect(await ask('call', { service: 'dynamodb', operation: 'GetItem', input: { TableName, Key: { pk: { S: '__proto__' } } } })).toMatchObject({ body: { Item: { pk: { S: '__proto__' } } } });
  expect(await ask('call', { service: 'dynamodb', operation: 'GetItem', input: { TableName: 'none', Key: { pk: { S: 'x' } } } })).toMatchObject({ status: 400, body: { code: 'ResourceNotFoundException' } });
  expect(await ask('call', { service: 'constructor', operation: 'x', input: {} })).toMatchObject({ status: 501, body: { code: 'NotImplemented' } });
});

test('a message is sent again from its connection, and not from one that has ended', async () => {
  const client = await connect();
  const { requestId } = JSON.parse(await client.ask({ action: 'save', text: 'again' }));
  const { body } = await ask(`trace?id=${encodeURIComponent(requestId)}`);
  const message = (body as TraceRecord[]).find(({ entry }) => entry.kind === 'message')!.entry as any;
  const replayed = { api: message.api, stage: message.stage, connectionId: message.connectionId, text: '{"action":"save","text":"again"}' };
  expect(await ask('replay', replayed)).toMatchObject({ status: 200 });
  expect(JSON.parse(await client.next())).toMatchObject({ type: 'answer' });
  await client.close();
  await until(async () => (await ask('replay', replayed)).status === 410);
});

test('time moves forward, and takes a silent connection with it', async () => {
  const client = await connect();
  expect(await ask('clock', { advance: 10 * 60 * 1000 + 1000 })).toMatchObject({ status: 200, body: { ahead: expect.any(Number) } });
  expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  for (const advance of [0, -1, '60', null, 1e12]) {
    expect(await ask('clock', { advance })).toMatchObject({ status: 400, body: { code: 'ValidationException' } });
  }
});

test('faults are let in, switched off, and refused where they are none', async () => {
  expect(await ask('faults', { text: 'rules: [{ name: full, service: dynamodb, operation: PutItem, error: throttled }]' })).toMatchObject({ status: 200, body: [{ name: 'full', enabled: true }] });
  const client = await connect();
  await client.ask({ action: 'save', text: 'x' });
  expect((await ask('faults')).body).toMatchObject([{ injected: 1 }]);
  expect(await ask('fault', { name: 'full', enabled: false })).toMatchObject({ body: [{ enabled: false }] });
  expect(await ask('fault', { name: 'other', enabled: false })).toMatchObject({ status: 404 });
  expect(await ask('faults', { text: 'rules: [{ service: nothing }]' })).toMatchObject({ status: 400 });
  await ask('faults', { text: 'rules: []' });
  await client.close();
});

test('what it would cost is told, and what it would through Lambda', async () => {
  const { body } = await ask('bill');
  expect(body).toMatchObject({ perMessage: { messages: expect.any(Number) }, prices: { region: 'us-east-1' }, bill: { cost: expect.any(Number) }, lambda: { cost: expect.any(Number) } });
  expect(body.bill.cost).toBeGreaterThan(0);
  expect((await ask('bill?region=eu-west-1')).body.prices.region).toBe('eu-west-1');
  expect(await ask('bill?region=nowhere')).toMatchObject({ status: 400, body: { code: 'ValidationException', message: expect.stringMatching(/ has no prices of nowhere, only of us-east-1, /) } });
  expect(runtime.meterReading).toBeUndefined();
});

test('what happens is followed as it happens, after what has happened', async () => {
  const records: TraceRecord[] = [];
  let isLive = false;
  const stop = new AbortController();
  const response = await fetch(`${runtime.endpoint}/_lambdaless/api/events`, { signal: stop.signal });
  const reading = (async () => {
    let text = '';
    for await (const bytes of response.body!) {
      text += Buffer.from(bytes as Uint8Array).toString();
      const events = text.split('\n\n');
      text = events.pop()!;
      for (const event of events) {
        isLive ||= event.startsWith('event: live');
        records.push(...event.startsWith('data: ') ? JSON.parse(event.slice(6)) : []);
      }
    }
  })().catch(() => {});
  await until(async () => isLive);
  expect(records.length).toBeGreaterThan(10);
  const before = records.length;
  const client = await connect();
  await client.ask({ action: 'save', text: 'live' });
  await until(async () => records.slice(before).some(({ entry }) => entry.kind === 'message'));
  stop.abort();
  await reading;
  await client.close();
});

describe('nobody else gets in', () => {
  const own = () => ({ host: `127.0.0.1:${port}` });

  test.each([
    ['a name that somebody lets point here', { host: 'evil.example:4510' }],
    ['the right name with another port', { host: '127.0.0.1:1' }],
    ['a page of another origin', { ...{ host: 'HOST' }, origin: 'https://evil.example' }],
    ['a page of another port of this machine', { ...{ host: 'HOST' }, origin: 'http://127.0.0.1:3000' }],
    ['a page without an origin to tell', { ...{ host: 'HOST' }, origin: 'null' }],
    ['a picture or script of another site', { ...{ host: 'HOST' }, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }],
    ['a frame of another site', { ...{ host: 'HOST' }, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
  ])('%s', async (_, headers) => {
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value === 'HOST' ? own().host : value])) as Record<string, string>;
    for (const path of ['/_lambdaless/', '/_lambdaless/api/state', '/_lambdaless/api/events']) {
      const answer = await send(path, sent);
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    }
    expect((await send('/_lambdaless/api/clear', { ...sent, 'content-type': 'application/json' }, 'POST', '{}')).status).toBe(403);
  });

  test('a form of any page', async () => {
    expect((await send('/_lambdaless/api/clear', { ...own(), 'content-type': 'text/plain' }, 'POST', '{}')).status).toBe(415);
  });

  test('the page itself does, and who follows a link to it', async () => {
    const page = await send('/_lambdaless/', { ...own(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' });
    expect([page.status, page.body]).toEqual([200, '<title>page</title>']);
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/);
    expect((await send('/_lambdaless/api/state', { 'host': `localhost:${port}`, 'origin': `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await send('/_lambdaless')).headers.location).toBe('/_lambdaless/');
  });
});

test.each(['//', '//?', '/\\\\', '/%'])('a request for %j, which is no URL, ends nothing', async path => {
  expect((await send(path)).status).toBe(404);
  expect((await send('/_lambdaless/')).status).toBe(200);
});

test('what there is not, is not there', async () => {
  expect((await send('/_lambdaless/../../etc/passwd')).status).toBe(404);
  expect((await send('/_lambdaless/__proto__')).status).toBe(404);
  expect(await ask('__proto__')).toMatchObject({ status: 404 });
  expect(await ask('trace?id=none')).toMatchObject({ status: 404, body: { message: expect.stringContaining('Nothing with the identifier none') } });
  expect((await send('/_lambdaless/api/call', { 'content-type': 'application/json' }, 'POST', '{')).status).toBe(400);
  expect((await send('/_lambdaless/api/call', { 'content-type': 'application/json' }, 'POST', JSON.stringify({ service: 'x'.repeat(3 * 1024 * 1024) }))).status).toBe(400);
});

test('without being asked for, nothing is served there', async () => {
  const plain = await startRuntime({ stacks: [SHOP], port: 0 });
  expect((await fetch(`${plain.endpoint}/_lambdaless/`)).status).toBe(404);
  expect(plain.inspectorUrl).toBeUndefined();
  await plain.stop();
});
