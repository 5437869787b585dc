import { EventEmitter, once } from 'node:events';
import { Server } from 'node:http';
import { promisify } from 'node:util';
import { Crowd } from './crowd';
import { Listener } from '../../../local/wire/listener';
import { clientFrame, RawClient } from '../services/apigatewayv2/clients';
import { ENVIRONMENT, TestGateway } from '../services/apigatewayv2/test-gateway';

const MEGABYTE = 1024 * 1024;

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await TestGateway.start();
  gateway.api();
  gateway.mock('whoami', '$context.connectionId');
  gateway.mock('long', 'x'.repeat(100_000));
});
afterEach(() => gateway.stop());

/** A client that writes its own bytes, once its handshake is done. */
async function open(): Promise<RawClient> {
  const client = await RawClient.connect(gateway.port);
  client.upgrade(`/${gateway.apiId}/live`);
  await client.opened();
  return client;
}

/** Writes, waiting whenever the server takes no more; gives up when it does not go on reading. */
async function flood(client: RawClient, bytes: Buffer, times: number): Promise<void> {
  for (let count = 0; count < times && !client.socket.destroyed; count++) {
    if (!client.socket.write(bytes)) {
      await new Promise<void>(resolve => {
        client.socket.once('drain', resolve);
        client.socket.once('close', () => resolve());
      });
    }
  }
}

/** What waits in the runtime for clients that do not read. */
function buffered(): number {
  const { upgrades } = gateway.listener as unknown as { upgrades: { clients: Set<{ bufferedBytes: number }> } };
  return [...upgrades.clients].reduce((sum, client) => sum + client.bufferedBytes, 0);
}

async function expectOthersServed(): Promise<void> {
  const client = await gateway.connect();
  expect(await client.ask({ action: 'whoami' })).toMatch(/=$/);
  await client.close();
}

describe('requests that are never finished', () => {
  const beginnings = ['', 'GET', 'GET /x/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1'];

  test('keep nobody from being served, and cost little, be they ten thousand', async () => {
    // Nobody is given up while the others still come.
    const listener = new Listener({ kernel: gateway.kernel, account: ENVIRONMENT.account, patience: { headers: 600_000, request: 600_000, between: 1_000 } });
    const { server } = listener as unknown as { server: Server };
    const { port } = gateway;
    gateway.port = await listener.listen(0);
    const before = process.memoryUsage().rss;
    const crowd = await Crowd.gather(gateway.port, beginnings);
    await expectOthersServed();
    expect(await promisify(server.getConnections).call(server)).toBeGreaterThanOrEqual(crowd.size);
    expect((process.memoryUsage().rss - before) / crowd.size).toBeLessThan(64 * 1024);
    await crowd.leave();
    await listener.close();
    gateway.port = port;
  }, 60_000);

  test.each(beginnings)('are given up: %j', async beginning => {
    const listener = new Listener({ kernel: gateway.kernel, account: ENVIRONMENT.account, patience: { headers: 20, request: 40, between: 10 } });
    const client = await RawClient.connect(await listener.listen(0));
    client.socket.write(beginning);
    expect((await client.received).toString()).toMatch(/^HTTP\/1\.1 408 /);
    await listener.close();
  });

  test('an open WebSocket is not one of them, however long it is silent', async () => {
    const listener = new Listener({ kernel: gateway.kernel, account: ENVIRONMENT.account, patience: { headers: 20, request: 40, between: 10 } });
    const { port } = gateway;
    gateway.port = await listener.listen(0);
    const silent = await gateway.connect();
    const unfinished = await RawClient.connect(gateway.port);
    await unfinished.received;
    expect(await silent.ask({ action: 'whoami' })).toMatch(/=$/);
    await listener.close();
    gateway.port = port;
  });
});

test('a client that resets its connection while handshakes are held is forgotten', async () => {
  gateway.listener.hold();
  const { server } = gateway.listener as unknown as { server: EventEmitter };
  const upgrade = once(server, 'upgrade');
  const client = await RawClient.connect(gateway.port);
  client.upgrade(`/${gateway.apiId}/live`);
  const [, socket] = await upgrade;
  const closed = new Promise(resolve => socket.on('close', resolve));
  client.socket.resetAndDestroy();
  socket.resume();
  await closed;
  gateway.listener.release();
  await expectOthersServed();
});

describe('a client that does not read', () => {
  test('and pings without end is not kept an answer to each', async () => {
    const client = await open();
    client.socket.pause();
    await flood(client, Buffer.concat(Array.from({ length: 500 }, () => clientFrame(9, 'x'.repeat(125)))), 500);
    expect(buffered()).toBeLessThan(MEGABYTE);
    await expectOthersServed();
    client.socket.destroy();
  });

  test('and asks for long answers without end is not kept all of them', async () => {
    const client = await open();
    client.socket.pause();
    await flood(client, Buffer.concat(Array.from({ length: 20 }, () => clientFrame(1, '{"action":"long"}'))), 50);
    await expectOthersServed();
    expect(buffered()).toBeLessThan(2 * MEGABYTE);
    expect(gateway.traced('message')).toContainEqual(expect.objectContaining({ outcome: expect.stringContaining('does not read') }));
    client.socket.destroy();
  });
});

describe('a flood on one connection', () => {
  test('of pings is answered', async () => {
    const client = await open();
    client.socket.write(Buffer.concat(Array.from({ length: 1_000 }, () => clientFrame(9, ''))));
    await client.until(data => data.length - data.indexOf('\r\n\r\n') - 4 === 2_000);
    client.socket.destroy();
  });

  test('of messages leaves others served', async () => {
    const client = await open();
    client.socket.write(Buffer.concat(Array.from({ length: 5_000 }, () => clientFrame(1, '{"action":"whoami"}'))));
    await expectOthersServed();
    await client.until(() => gateway.traced('message').length === 5_001);
    client.socket.destroy();
  });

  test.each([
    ['empty', ''],
    ['of one byte', 'x'],
  ])('of fragments without end, each %s, is cut off', async (_name, payload) => {
    const client = await open();
    client.frame(1, payload, false);
    const fragments = Buffer.concat(Array.from({ length: 1_000 }, () => clientFrame(0, payload, false)));
    await flood(client, fragments, 200);
    await client.received;
    await expectOthersServed();
  });

  test('of bytes that are no frames is cut off', async () => {
    const client = await open();
    await flood(client, Buffer.alloc(64 * 1024, 'GET / HTTP/1.1\r\n\r\n'), 20);
    expect(await client.closeCode()).toBe(1002);
    await expectOthersServed();
  });

  test('of handshakes in one packet gets one WebSocket', async () => {
    const client = await RawClient.connect(gateway.port);
    client.upgrade(`/${gateway.apiId}/live`);
    client.upgrade(`/${gateway.apiId}/live`);
    const received = (await client.received).toString('latin1');
    expect(received.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    await expectOthersServed();
  });
});

test('a compressed frame is refused, since nobody agreed on one', async () => {
  const client = await RawClient.connect(gateway.port);
  client.upgrade(`/${gateway.apiId}/live`, { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' });
  const head = await client.until(data => data.includes('\r\n\r\n'));
  expect(head.toString()).not.toMatch(/Sec-WebSocket-Extensions/i);
  client.socket.write(Buffer.concat([Buffer.from([0xc1, 0x83, 0, 0, 0, 0]), Buffer.from([0x4a, 0x4c, 0x04])]));
  client.frame(8, Buffer.from([0x03, 0xe8]));
  client.socket.end();
  expect(await client.closeCode()).toBe(1002);
});
