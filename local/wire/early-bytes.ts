import { Duplex } from 'node:stream';

/** More than a client can have to say before it knows that it may speak. */
const MAXIMUM_BYTES = 64 * 1024;

/** Keeps what a client sends before its handshake is answered, and notices when it leaves. */
export class EarlyBytes {
  /** Whether the client has gone, or will say no more. */
  ended: boolean;
  private readonly chunks: Buffer[];
  private size: number;

  constructor(private readonly socket: Duplex, head: Buffer) {
    this.ended = socket.destroyed;
    this.chunks = [head];
    this.size = head.length;
    socket.on('data', this.keep);
    socket.on('end', this.end);
    socket.on('close', this.end);
  }

  /** Stops reading, so that the bytes that follow wait for whoever reads next. */
  stop(): void {
    this.socket.removeListener('data', this.keep);
    this.socket.removeListener('end', this.end);
    this.socket.removeListener('close', this.end);
    this.socket.pause();
  }

  /** Everything that came. */
  bytes(): Buffer {
    return this.size === 0 ? this.chunks[0] : Buffer.concat(this.chunks);
  }

  private readonly keep = (chunk: Buffer): void => {
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.size > MAXIMUM_BYTES) {
      this.socket.pause();
    }
  };

  private readonly end = (): void => {
    this.ended = true;
  };
}
