import { once } from 'node:events';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { RequestBodies } from '../../../local/wire/request-bodies';

const LIMITS = { body: 1_000, together: 2_500 };

let bodies: RequestBodies;
let server: Server;
let arrived: Array<{ body: Promise<string> }>;
const sockets: Socket[] = [];

beforeEach(async () => {
  bodies = new RequestBodies(LIMITS);
  arrived = [];
  server = createServer((message: IncomingMessage) => {
    const body = bodies.read(message).then(String);
    body.catch(() => undefined);
    arrived.push({ body });
    server.emit('arrival');
  }).listen(0);
  await once(server, 'listening');
});
afterEach(() => {
  sockets.forEach(socket => socket.destroy());
  server.close();
});

/** Begins a request, and sends some bytes of its body. */
async function begin(sent: number, length = 900): Promise<{ socket: Socket; body: Promise<string> }> {
  const socket = connect((server.address() as AddressInfo).port);
  sockets.push(socket);
  const arrival = once(server, 'arrival');
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`);
  await arrival;
  const { body } = arrived[arrived.length - 1];
  socket.write('x'.repeat(sent));
  return { socket, body };
}

/** Waits until so much of unfinished bodies is kept. */
async function keeps(bytes: number): Promise<void> {
  while ((bodies as unknown as { unfinished: number }).unfinished !== bytes) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

test('a body is read to its end', async () => {
  const { socket, body } = await begin(400);
  socket.write('y'.repeat(500));
  expect(await body).toBe('x'.repeat(400) + 'y'.repeat(500));
  await keeps(0);
});

test('a body that is too long is refused, and not kept', async () => {
  const { body } = await begin(1_001, 5_000);
  await expect(body).rejects.toMatchObject({ status: 413 });
  await keeps(0);
});

test('bodies that nobody finishes are kept up to a size together, and the others are refused', async () => {
  const first = await begin(899);
  const second = await begin(899);
  await keeps(2 * 899);
  const third = await begin(899);
  await expect(third.body).rejects.toMatchObject({ status: 503 });
  await keeps(2 * 899);
  third.socket.write('x'.repeat(1));
  first.socket.write('x');
  expect(await first.body).toHaveLength(900);
  await keeps(899);
  const fourth = await begin(900);
  expect(await fourth.body).toHaveLength(900);
  second.socket.destroy();
  await expect(second.body).rejects.toThrow();
  await keeps(0);
});
