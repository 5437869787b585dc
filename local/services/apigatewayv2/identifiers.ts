import { Randomness } from '../../kernel/contracts';

const BYTES = 11;
const POOL_BYTES = BYTES * 256;

/** The shape of API Gateway's identifiers, such as `R0oXAdfD0kwCH6w=`. */
export const IDENTIFIER = /^[A-Za-z0-9_-]{15}=$/;

/** Makes the identifiers of connections, requests and messages; takes chance in batches, since every message needs two. */
export class Identifiers {
  private pool: Buffer = Buffer.alloc(0);
  private offset = 0;

  constructor(private readonly randomness: Randomness) {}

  next(): string {
    if (this.offset + BYTES > this.pool.length) {
      this.pool = this.randomness.bytes(POOL_BYTES);
      this.offset = 0;
    }
    const start = this.offset;
    this.offset += BYTES;
    return `${this.pool.toString('base64url', start, this.offset)}=`;
  }
}
