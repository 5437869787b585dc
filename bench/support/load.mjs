/** A WebSocket client that costs little: it masks its frame once, and looks only at what it needs of an answer. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const OPENINGS_AT_ONCE = 64;
const ID_LENGTH = 12;
const PATIENCE_SECONDS = 30;

/** Opens connections; gives them and how long it took. A connection that is refused fails the run. */
export async function openAll(url, count) {
  const connections = [];
  const started = process.hrtime.bigint();
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(OPENINGS_AT_ONCE, count) }, async () => {
    while (next < count) {
      next++;
      connections.push(await Connection.open(new URL(url)));
    }
  }));
  return { connections, seconds: secondsSince(started) };
}

export function closeAll(connections) {
  connections.forEach(connection => connection.socket.destroy());
}

/**
 * Every connection sends a message and, once it is answered, the next; an answer has to hold what is expected of it, where `{id}` is the message's own.
 * Gives the messages a second and the server's CPU for each.
 */
export async function converse(server, connections, { message, expected, warmup, seconds }) {
  const conversation = { answers: 0, goesOn: true };
  connections.forEach(connection => connection.converse(new Message(message, expected), conversation));
  await sleep(warmup * 1000);
  const before = await server.usage();
  const answersBefore = conversation.answers;
  const started = process.hrtime.bigint();
  // Some servers take longer than that for the first.
  do {
    await sleep(seconds * 1000);
  } while (conversation.answers === answersBefore && secondsSince(started) < PATIENCE_SECONDS);
  const after = await server.usage();
  const answers = conversation.answers - answersBefore;
  const elapsed = secondsSince(started);
  conversation.goesOn = false;
  if (answers === 0) {
    throw new Error('Not one message was answered.');
  }
  return { perSecond: answers / elapsed, cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / answers };
}

/** A text message whose `{id}` changes from one sending to the next. */
class Message {
  constructor(template, expected) {
    const payload = Buffer.from(template.replace('{id}', '0'.repeat(ID_LENGTH)));
    this.frame = frameOf(payload);
    this.idAt = this.frame.length - payload.length + template.indexOf('{id}');
    this.template = expected;
    this.count = 0;
  }

  next() {
    const id = String(this.count++).padStart(ID_LENGTH, '0');
    this.expected = this.template.replace('{id}', id);
    const frame = Buffer.from(this.frame);
    frame.latin1Write(id, this.idAt, ID_LENGTH);
    return frame;
  }
}

export class Connection {
  static async open(url) {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    await once(socket, 'connect');
    socket.write(`GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    if (!answer.latin1Slice(0, 12).endsWith('101')) {
      socket.destroy();
      throw new Error(`The handshake was refused: ${answer}`);
    }
    return new Connection(socket);
  }

  constructor(socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
  }

  converse(message, conversation) {
    let received = Buffer.alloc(0);
    this.socket.on('data', chunk => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const end = frameEnd(received);
      if (end === undefined) {
        return;
      }
      if (received[0] !== 0x81 || end !== received.length || !received.includes(message.expected)) {
        throw new Error(`Not an answer that holds ${message.expected}: ${received}`);
      }
      received = received.subarray(end);
      conversation.answers++;
      if (conversation.goesOn) {
        this.socket.write(message.next());
      }
    });
    this.socket.write(message.next());
  }

  /** Sends a message, of less than 64 KB. */
  send(text) {
    this.socket.write(frameOf(Buffer.from(text)));
  }

  /** Sends a message, and waits for the one frame that answers it, which has to hold what is expected. */
  async ask(text, expected) {
    this.send(text);
    const answer = await this.answer();
    if (!answer.includes(expected)) {
      throw new Error(`Not an answer that holds ${expected}: ${answer}`);
    }
  }

  /** The next frame, as it comes; undefined when none does in this time. */
  async answer(milliseconds = 60_000) {
    const signal = AbortSignal.timeout(milliseconds);
    let received = Buffer.alloc(0);
    while (frameEnd(received) !== received.length) {
      try {
        const [chunk] = await once(this.socket, 'data', { signal });
        received = Buffer.concat([received, chunk]);
      } catch (error) {
        if (signal.aborted) {
          return undefined;
        }
        throw error;
      }
    }
    return received;
  }

  /** Calls back for every frame that comes whole, whatever it holds. */
  onFrame(callback) {
    let received = Buffer.alloc(0);
    this.socket.on('data', chunk => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      for (let end = frameEnd(received); end !== undefined; end = frameEnd(received)) {
        callback();
        received = received.subarray(end);
      }
    });
  }
}

/** A client's frame. */
function frameOf(payload) {
  const length = payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 255];
  // The mask is zero: allowed, and it leaves the text readable.
  return Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), payload]);
}

/** Where a server's first frame ends; undefined when not all of it is there. */
function frameEnd(bytes) {
  if (bytes.length < 2) {
    return undefined;
  }
  const long = bytes[1] === 126;
  if (bytes[1] === 127 || (long && bytes.length < 4)) {
    return undefined;
  }
  const end = long ? 4 + bytes.readUInt16BE(2) : 2 + bytes[1];
  return bytes.length < end ? undefined : end;
}

function secondsSince(started) {
  return Number(process.hrtime.bigint() - started) / 1e9;
}
