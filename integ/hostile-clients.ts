import { ClientOptions } from 'ws';
import { WebSocketClient } from './websocket-client';

const KILOBYTE = 1024;

/** How a system is talked to by those who mean no harm. */
export interface Surroundings {
  /** Connects a client that is let in. */
  readonly connect: (options?: ClientOptions) => Promise<WebSocketClient>;
  /** A message, and what tells its answer from frames that nobody asked for. */
  readonly message: object;
  readonly isAnswer: (frame: any) => boolean;
  /** A message to a route whose throttle 1,000 of them exceed by far: the message above, unless it is another. */
  readonly flood?: object;
  /** Begins a conversation of others, and gives what brings it to its good end. */
  readonly conversation: () => Promise<() => Promise<unknown>>;
  /** What must hold for all that the sender of a flood has received. */
  readonly afterFlood?: (frames: any[], client: WebSocketClient) => Promise<void>;
}

/** Sends messages in one go with the request for the connection, long before anybody can have answered it. */
export function inHaste(...frames: Buffer[]): ClientOptions {
  return {
    finishRequest: request => {
      request.once('socket', socket => {
        socket.cork();
        process.nextTick(() => {
          frames.forEach(frame => socket.write(frame));
          socket.uncork();
        });
      });
      request.end();
    },
  };
}

/** The frame of a text, masked with a key of zeros. */
export function textFrame(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.alloc(bytes.length < 126 ? 6 : bytes.length < 65_536 ? 8 : 14);
  head[0] = 0x81;
  if (bytes.length < 126) {
    head[1] = 0x80 + bytes.length;
  } else if (bytes.length < 65_536) {
    head[1] = 0xfe;
    head.writeUInt16BE(bytes.length, 2);
  } else {
    head[1] = 0xff;
    head.writeBigUInt64BE(BigInt(bytes.length), 2);
  }
  return Buffer.concat([head, bytes]);
}

/** Tests what every system has to withstand. */
export function withstandsHostileClients({ connect, message, isAnswer, flood = message, conversation, afterFlood }: Surroundings): void {
  const answer = async (client: WebSocketClient): Promise<any> => {
    for (;;) {
      const frame = await client.next();
      if (isAnswer(frame)) {
        return frame;
      }
    }
  };
  const isUndisturbed = async () => (await conversation())();

  describe('hostile clients:', () => {
    test('messages while connecting are answered once there is a connection', async () => {
      const client = await connect(inHaste(...Array<Buffer>(5).fill(textFrame(JSON.stringify(message)))));
      for (let count = 0; count < 5; count++) {
        await answer(client);
      }
      client.send(message);
      await answer(client);
      await client.close();
    });

    test('half a message while connecting keeps nobody waiting', async () => {
      const frame = textFrame(JSON.stringify(message));
      const client = await connect(inHaste(frame.subarray(0, frame.length / 2)));
      await isUndisturbed();
      client.vanish();
    });

    test('128 KB while connecting are too much', async () => {
      const client = await connect(inHaste(textFrame('x'.repeat(128 * KILOBYTE))));
      expect(await client.closed()).toBe(1009);
      await isUndisturbed();
    });

    test.each([['frame of 40 KB', 1, 40], ['frame of 128 KB', 1, 128], ['frame of 1 MB', 1, 1024], ['message of five frames of 30 KB', 5, 30]])('a %s ends the connection of its sender alone', async (_, frames, kilobytes) => {
      const goOn = await conversation();
      const client = await connect();
      const closed = client.closed();
      for (let count = 1; count <= frames; count++) {
        client.sendFrame('x'.repeat(kilobytes * KILOBYTE), count === frames);
      }
      expect(await closed).toBe(1009);
      await goOn();
    });

    test('a frame of bytes ends the connection of its sender alone', async () => {
      const goOn = await conversation();
      const client = await connect();
      const closed = client.closed();
      client.sendFrame(Buffer.from(JSON.stringify(message)));
      expect(await closed).toBe(1003);
      await goOn();
    });

    test('of a flood each message is answered or refused, and others go on', async () => {
      const count = 1000;
      const goOn = await conversation();
      const client = await connect();
      for (let number = 0; number < count; number++) {
        client.send(flood);
      }
      const frames: any[] = [];
      const answers = (async () => {
        let answered = 0;
        let refused = 0;
        while (answered + refused < count) {
          const frame = await client.next();
          frames.push(frame);
          answered += isAnswer(frame) ? 1 : 0;
          refused += frame.message === 'Too Many Requests' ? 1 : 0;
        }
        return { answered, refused };
      })();
      await goOn();
      const { answered, refused } = await answers;
      expect(answered).toBeGreaterThan(0);
      expect(refused).toBeGreaterThan(0);
      await afterFlood?.(frames, client);
      await client.close();
    }, 60_000);
  });
}
