import { randomBytes } from 'node:crypto';
import { connect, Socket } from 'node:net';
import { WebSocket } from 'ws';

/** A client of a WebSocket API whose frames wait until a test asks for them. */
export class Client {
  readonly closed: Promise<{ code: number; reason: string }>;
  private readonly frames: string[] = [];
  private readonly waiting: Array<(frame: string) => void> = [];

  constructor(readonly socket: WebSocket) {
    socket.on('message', data => {
      const frame = (data as Buffer).toString();
      const waiter = this.waiting.shift();
      if (waiter) {
        waiter(frame);
      } else {
        this.frames.push(frame);
      }
    });
    socket.on('error', () => undefined);
    this.closed = new Promise(resolve => socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })));
  }

  next(): Promise<string> {
    const frame = this.frames.shift();
    return frame === undefined ? new Promise(resolve => this.waiting.push(resolve)) : Promise.resolve(frame);
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Sends, and gives the next frame that comes. */
  ask(message: unknown): Promise<string> {
    this.send(message);
    return this.next();
  }

  async close(code?: number, reason?: string): Promise<void> {
    this.socket.close(code, reason);
    await this.closed;
  }
}

/** A client that writes its own bytes. */
export class RawClient {
  static connect(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(new RawClient(socket)));
      socket.once('error', reject);
    });
  }

  /** Everything that the server sent until it closed the connection. */
  readonly received: Promise<Buffer>;
  private data = Buffer.alloc(0);
  private onData?: () => void;

  private constructor(readonly socket: Socket) {
    socket.on('data', chunk => {
      this.data = Buffer.concat([this.data, chunk]);
      this.onData?.();
    });
    socket.on('error', () => undefined);
    this.received = new Promise(resolve => socket.on('close', () => resolve(this.data)));
  }

  /** Waits until what has come so far is as a test wants it. */
  until(condition: (data: Buffer) => boolean): Promise<Buffer> {
    return new Promise(resolve => {
      this.onData = () => {
        if (condition(this.data)) {
          resolve(this.data);
        }
      };
      this.onData();
    });
  }

  upgrade(path: string, headers: Record<string, string> = {}): void {
    const lines = Object.entries({
      'Host': '127.0.0.1',
      'Upgrade': 'websocket',
      'Connection': 'Upgrade',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      'Sec-WebSocket-Version': '13',
      ...headers,
    });
    this.socket.write(`GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  }

  /** Resolves when the handshake is done. */
  async opened(): Promise<void> {
    await this.until(data => data.includes('\r\n\r\n'));
  }

  /** Writes one frame, masked with zeros. */
  frame(opcode: number, payload: Buffer | string, final = true): void {
    this.socket.write(clientFrame(opcode, payload, final));
  }

  /** The status of the close frame that ends what came. */
  async closeCode(): Promise<number> {
    const data = await this.received;
    const frame = data.subarray(data.indexOf('\r\n\r\n') + 4);
    const start = frame.lastIndexOf(0x88);
    return start < 0 ? 1006 : frame.readUInt16BE(start + 2);
  }
}

/** The bytes of a client's frame. */
export function clientFrame(opcode: number, payload: Buffer | string, final = true): Buffer {
  const body = Buffer.from(payload);
  const first = (final ? 0x80 : 0) + opcode;
  let head: Buffer;
  if (body.length < 126) {
    head = Buffer.from([first, 0x80 + body.length]);
  } else if (body.length < 65_536) {
    head = Buffer.from([first, 0x80 + 126, 0, 0]);
    head.writeUInt16BE(body.length, 2);
  } else {
    head = Buffer.from([first, 0x80 + 127, 0, 0, 0, 0, 0, 0, 0, 0]);
    head.writeBigUInt64BE(BigInt(body.length), 2);
  }
  return Buffer.concat([head, Buffer.alloc(4), body]);
}
