/** Watches the bytes of a client for a data frame longer than allowed. The WebSocket library bounds whole messages, but not their frames. */

const MASK_BYTES = 4;
const CONTROL_OPCODES = 0x8;

/** Reads the heads of the frames that go by. */
export class FrameLimit {
  private remaining = 0;
  /** Bytes of the current head that have been read. */
  private position = 0;
  private opcode = 0;
  private lengthBytes = 0;
  private length = 0;

  constructor(private readonly maximum: number) {}

  /** Takes the next bytes; true once a data frame is longer than the maximum. */
  exceededBy(chunk: Uint8Array): boolean {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.remaining > 0) {
        const skipped = Math.min(this.remaining, chunk.length - offset);
        this.remaining -= skipped;
        offset += skipped;
      } else if (this.readHead(chunk[offset++])) {
        if (this.opcode < CONTROL_OPCODES && this.length > this.maximum) {
          return true;
        }
        this.remaining = this.length;
        this.position = 0;
      }
    }
    return false;
  }

  /** Takes one byte of a head; true when the head is complete. */
  private readHead(byte: number): boolean {
    const position = this.position++;
    if (position === 0) {
      this.opcode = byte % 16;
      return false;
    }
    if (position === 1) {
      const length = byte % 128;
      this.lengthBytes = length === 127 ? 8 : length === 126 ? 2 : 0;
      this.length = this.lengthBytes > 0 ? 0 : length;
    } else if (position < 2 + this.lengthBytes) {
      this.length = this.length * 256 + byte;
    }
    // A client's frames are always masked; one that is not ends the connection before its length matters.
    return position + 1 === 2 + this.lengthBytes + MASK_BYTES;
  }
}
