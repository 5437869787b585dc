import { IncomingMessage } from 'node:http';

export interface BodyLimits {
  /** The bytes of one body. */
  readonly body: number;
  /** The bytes of all bodies that are still coming in. */
  readonly together: number;
}

/** A body that is refused, and the status that says so. */
export class BodyRefusedError extends Error {
  constructor(readonly status: 413 | 503, message: string) {
    super(message);
  }
}

/** Reads the bodies of requests, and keeps no more of the unfinished ones than there is room for: clients may begin many, and end none. */
export class RequestBodies {
  private unfinished = 0;

  constructor(private readonly limits: BodyLimits) {}

  /** Reads a whole body; rejects when it is too long, when there is no room for it, or when the client leaves before its end. */
  read(message: IncomingMessage): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let kept = 0;
      let refused = false;
      const release = () => {
        this.unfinished -= kept;
        kept = 0;
      };
      const refuse = (error: Error) => {
        // The rest is read and dropped: a client that still sends would not see the answer.
        refused = true;
        chunks.length = 0;
        release();
        reject(error);
      };
      message.on('data', (chunk: Buffer) => {
        if (refused) {
          return;
        }
        kept += chunk.length;
        this.unfinished += chunk.length;
        if (kept > this.limits.body) {
          refuse(new BodyRefusedError(413, `The request's body is larger than ${this.limits.body} bytes.`));
        } else if (this.unfinished > this.limits.together) {
          refuse(new BodyRefusedError(503, `The bodies of unfinished requests are larger than ${this.limits.together} bytes together. Try again.`));
        } else {
          chunks.push(chunk);
        }
      });
      message.on('end', () => {
        release();
        resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      });
      message.on('error', refuse);
      message.on('close', () => refuse(new Error('The client left before the end of its request.')));
    });
  }
}
