import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { WebSocketServer } from 'ws';
import { startLocal, LocalApp } from '../../../../local/testing';
import { EventSocket } from '../../../../src';

/** The commands that talk to an app that runs: connect and send. */
const ROOT = join(__dirname, '../../../..');
const home = mkdtempSync(join(tmpdir(), 'connect-'));
let local: LocalApp;

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
  const stack = new Stack(new App(), 'Shop');
  const socket = new EventSocket(stack, 'Socket');
  new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
  local = await startLocal(stack, { patience: 20_000 });
}, 60_000);
afterAll(async () => {
  await local?.stop();
  rmSync(home, { recursive: true, force: true });
});

function run(args: string[], input?: string, printed?: (out: string) => void, staysOpen = false): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'bin/lambdaless.js'), ...args], { env: { ...process.env, HOME: home } });
  let [out, err] = ['', ''];
  child.stdout.on('data', data => {
    out += data;
    printed?.(out);
  });
  child.stderr.on('data', data => { err += data; });
  child.stdin.write(input ?? '');
  if (!staysOpen) {
    child.stdin.end();
  }
  return new Promise(resolve => child.once('close', code => resolve({ code, out, err })));
}
const at = () => ['--endpoint', local.endpoint];

describe('connect', () => {
  test('sends what is piped in, prints the answers, and ends when they are there', async () => {
    const { code, out, err } = await run(['connect', ...at()], '/ping\n\n{"action":"nonsense"}\nhello\n');
    expect(code).toBe(0);
    expect(out.split('\n').sort()).toEqual(['', expect.stringMatching(/^UnknownAction: /), 'pong']);
    expect(err).toMatch(/^Connected to ws:.+\nThis is no JSON, and was not sent: .+\nClosed with code 1000\.\n$/);
  });

  test('says how many answers it has not waited for', async () => {
    local.setFaults({ rules: [{ service: 'states', operation: 'StartSyncExecution', delay: 3000 }] });
    const { code, out, err } = await run(['connect', ...at(), '--wait', '1'], '/sub source=shop\n');
    local.setFaults({ rules: [] });
    expect([code, out]).toEqual([0, '']);
    expect(err).toMatch(/\nNo answer within 1 s to 1 of the messages: the app's log tells why, and --wait waits longer\.\nClosed with code 1000\.\n$/);
  });

  test('as JSON prints one object a line', async () => {
    const { out, err } = await run(['connect', local.webSocketUrls['Shop/Socket/Api'], '--json'], '/sub source=shop orders\nhello\n');
    expect(out.trim().split('\n').map(line => JSON.parse(line))).toEqual([
      { type: 'open', url: local.webSocketUrls['Shop/Socket/Api'] },
      { type: 'mistake', message: expect.stringMatching(/^This is no JSON/) },
      { type: 'message', message: { type: 'subscribed', subscriptionId: 'orders', requestId: expect.any(String) } },
      { type: 'closed', code: 1000, reason: '' },
    ]);
    expect(err).toBe('');
  });

  test('listens after its input has ended, and prints events as they come, until the other side ends', async () => {
    let running: ReturnType<typeof run>;
    const seen = new Promise<void>(subscribed => {
      running = run(['connect', ...at(), '--listen'], '/sub source=listened\n', out => out.includes('subscribed') && subscribed());
    });
    await seen;
    const { code: sent } = await run(['send', '{"a":1}', '--source', 'listened', ...at()]);
    expect(sent).toBe(0);
    await local.traced(entry => entry.kind === 'push');
    await local.advance(11 * 60_000);
    const { code, out, err } = await running!;
    expect(out).toMatch(/^subscribed .+\nSent from listened {2}\{"a":1\} {2}/);
    expect([code, err]).toEqual([1, expect.stringMatching(/Closed with code 1001: Going away\.\n$/)]);
  });

  test('ends with 1 when the other side ends, and waits no longer for an answer', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', socket => socket.on('message', () => socket.close(1011, 'Broken')));
    await once(server, 'listening');
    const { code, out } = await run(['connect', `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, '--json'], '/ping\n', undefined, true);
    server.close();
    expect([code, out.trim().split('\n').map(line => JSON.parse(line).type)]).toEqual([1, ['open', 'closed']]);
  });

  test('prints what comes right behind the handshake', async () => {
    const frames = Buffer.concat([Buffer.from([0x81, 5]), Buffer.from('hello'), Buffer.from([0x88, 2, 0x03, 0xe8])]);
    const server = createHttpServer().listen(0, '127.0.0.1');
    server.on('upgrade', ({ headers }, socket) => {
      const accept = createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`), frames]));
    });
    await once(server, 'listening');
    const { out } = await run(['connect', `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, '--json'], '', undefined, true);
    server.close();
    expect(out).toContain('{"type":"message","message":"hello"}\n');
  });

  test.each([
    [['send', '--endpoint', 'nonsense'], /^lambdaless: --endpoint nonsense is no URL of HTTP, such as http:\/\/127\.0\.0\.1:4510\.\n$/],
    [['connect', '--endpoint', 'ws://127.0.0.1:1'], /^lambdaless: --endpoint ws:\/\/127\.0\.0\.1:1 is no URL of HTTP/],
  ])('%j is told what an endpoint is', async (args, why) => {
    expect(await run(args)).toEqual({ code: 1, out: '', err: expect.stringMatching(why) });
  });

  test.each([[['connect']], [['send']], [['cost']], [['trace', '1']], [['tail']]])('%j says that something else listens there', async args => {
    const server = createHttpServer((request, response) => {
      request.resume();
      response.end('<html>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, out, err } = await run([...args, '--endpoint', endpoint]);
    server.close();
    expect([code, out, err]).toEqual([1, '', `lambdaless: What listens at ${endpoint} is no lambdaless runtime.\n`]);
  });

  test.each([
    [['connect', 'ws://127.0.0.1:1/'], /^lambdaless: ws:\/\/127\.0\.0\.1:1\/ cannot be connected to: connect ECONNREFUSED/],
    [['connect', 'nonsense'], /^lambdaless: nonsense is no address of a WebSocket: /],
    [['connect', 'ws://x', '--header', 'nope'], /A header is given as "Name: value"\./],
    [['connect', 'ws://x', '--wait', 'long'], /Seconds are a number/],
  ])('%j is refused in one line', async (args, why) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(why);
  });

  test('where nothing listens it says how to start something', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    await once(server, 'close');
    const { code, err } = await run(['connect', '--endpoint', endpoint]);
    expect([code, err]).toEqual([1, `lambdaless: Nothing listens at ${endpoint}. Start the app with "lambdaless local", or say where it runs: --endpoint <url>.\n`]);
  });

  test('an address that the app has not is refused with its status', async () => {
    const { code, err } = await run(['connect', `${local.endpoint.replace('http', 'ws')}/nope/live`]);
    expect(code).toBe(1);
    expect(err).toMatch(/refused the handshake with status 40\d/);
  });
});

describe('send', () => {
  test('puts an event on the one bus that the app has', async () => {
    const client = await local.connect();
    await client.request({ action: 'subscribe', pattern: { source: ['sent'] } });
    const { code, out } = await run(['send', '-', '--source', 'sent', '--detail-type', 'OrderPlaced', '--json', ...at()], '{"orderId":7}');
    const { eventId, ...rest } = JSON.parse(out);
    expect([code, rest]).toEqual([0, { bus: local.output('BusName'), source: 'sent', detailType: 'OrderPlaced' }]);
    expect(await client.next()).toMatchObject({ 'id': eventId, 'detail-type': 'OrderPlaced', 'detail': { orderId: 7 } });
    await client.close();
  });

  test('tells who takes it and who does not, and why, of the clients that are connected', async () => {
    const [client, gone] = [await local.connect(), await local.connect()];
    await client.request({ action: 'subscribe', pattern: { source: ['asked'], detail: { orderId: [8] } }, subscriptionId: 'eights' });
    await client.request({ action: 'subscribe', pattern: { source: ['asked'] }, subscriptionId: 'all' });
    await gone.request({ action: 'subscribe', pattern: { source: ['asked'] }, subscriptionId: 'gone' });
    await gone.close();
    await local.traced(entry => entry.kind === 'disconnect');
    const { code, out } = await run(['send', '{"orderId":7}', '--source', 'asked', '--why', ...at()]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Sent "Sent" from "asked" to \S+ as event \S+\.\n\nRule \S+ matches\n/);
    expect(out.split('\n').slice(3)).toEqual([
      expect.stringMatching(/^Subscription eights of \S+ does not match:$/), '  yes source is "asked"; that matches "asked"', '  no  detail.orderId is 7; the pattern asks for 8',
      expect.stringMatching(/^Subscription all of \S+ matches$/), '1 of 2 subscriptions matches.', '',
    ]);
    expect(await client.next()).toMatchObject({ source: 'asked' });
    const { out: json } = await run(['send', '--source', 'asked', '--why', '--json', ...at()]);
    expect(JSON.parse(json).why.subscriptions).toEqual(expect.arrayContaining([expect.objectContaining({ subscriptionId: 'all', explanation: expect.objectContaining({ matched: true }) })]));
    await client.close();
  });

  test('sends a message to one connection', async () => {
    const client = await local.connect();
    const { connectionId } = [...local.trace].reverse().find(entry => entry.kind === 'connect') as { connectionId: string };
    expect(await run(['send', 'hello', '--connection', connectionId, ...at()])).toEqual({ code: 0, out: `Sent 5 bytes to ${connectionId}.\n`, err: '' });
    expect(await client.next()).toBe('hello');
    await client.close();
  });

  test.each([
    [['send', '{orderId:7}'], /^lambdaless: The detail is no JSON: .+ Quote it for the shell: lambdaless send '\{"orderId":7\}'\.\n$/],
    [['send', '[1]'], /^lambdaless: The detail of an event is a JSON object, such as \{"orderId":7\}; received \[1\]\.\n$/],
    [['send', '{}', '--bus', 'nope nope'], /^lambdaless: There is no bus nope nope; there are .+, default\.\n$|^lambdaless: There is no bus nope nope; there are default, .+\.\n$/],
    [['send', 'x', '--connection', 'AAAAAAAAAAAAAAA='], /^lambdaless: No API has the connection AAAAAAAAAAAAAAA=: it has ended, or never was\.\n$/],
  ])('%j is refused in one line', async (args, why) => {
    const { code, out, err } = await run([...args, ...at()]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(why);
  });
});
