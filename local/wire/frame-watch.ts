import { Utf8Check } from './utf8-check';

const MASK_BYTES = 4;
const TEXT = 1;
const BINARY = 2;
const CONTROL_OPCODES = 0x8;

/** The codes that close a connection over what was found. */
export const INVALID_TEXT = 1007;
export const TOO_BIG = 1009;

/**
 * Watches the bytes of a client for what the WebSocket library lets pass or finds late: it bounds whole messages, but not their frames, and it looks at text
 * only once all of a message is there.
 */
export class FrameWatch {
  private remaining = 0;
  /** Bytes of the current head that have been read. */
  private position = 0;
  private isFinal = false;
  private opcode = 0;
  private lengthBytes = 0;
  private length = 0;
  private mask = 0;
  /** Of a text message that is not there as a whole yet. */
  private text?: Utf8Check;

  constructor(private readonly maximumFrameBytes: number) {}

  /** Takes the next bytes; the code to close with, once there is a reason. */
  faultOf(chunk: Uint8Array): number | undefined {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.remaining > 0) {
        const end = Math.min(offset + this.remaining, chunk.length);
        if (this.text && this.opcode < CONTROL_OPCODES && !this.isText(this.text, chunk, offset, end)) {
          return INVALID_TEXT;
        }
        this.remaining -= end - offset;
        offset = end;
      } else if (this.readHead(chunk[offset++])) {
        if (this.opcode < CONTROL_OPCODES && this.length > this.maximumFrameBytes) {
          return TOO_BIG;
        }
        this.remaining = this.length;
        this.position = 0;
        this.beginPayload(this.length <= chunk.length - offset);
      }
    }
    return undefined;
  }

  /** A message that is there as a whole is for the library to look at, which is faster. */
  private beginPayload(isWhole: boolean): void {
    if (this.opcode === TEXT) {
      this.text = this.isFinal && isWhole ? undefined : new Utf8Check();
    } else if (this.opcode === BINARY) {
      this.text = undefined;
    }
  }

  private isText(text: Utf8Check, chunk: Uint8Array, start: number, end: number): boolean {
    let place = this.length - this.remaining;
    for (let index = start; index < end; index++, place++) {
      if (!text.accepts(chunk[index] ^ (this.mask >>> 24 - 8 * (place % MASK_BYTES)) & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /** Takes one byte of a head; true when the head is complete. */
  private readHead(byte: number): boolean {
    const position = this.position++;
    if (position === 0) {
      this.isFinal = byte >= 0x80;
      this.opcode = byte % 16;
      return false;
    }
    if (position === 1) {
      const length = byte % 128;
      this.lengthBytes = length === 127 ? 8 : length === 126 ? 2 : 0;
      this.length = this.lengthBytes > 0 ? 0 : length;
    } else if (position < 2 + this.lengthBytes) {
      this.length = this.length * 256 + byte;
    } else {
      this.mask = this.mask << 8 | byte;
    }
    // A client's frames are always masked; one that is not ends the connection before its length matters.
    return position + 1 === 2 + this.lengthBytes + MASK_BYTES;
  }
}
