/** Tells at the first byte that a text is no UTF-8, however it is cut in pieces. */
export class Utf8Check {
  /** Bytes that the character begun still needs. */
  private needed = 0;
  /** What the next of them may be: some first bytes leave the second less room, so that no character has two forms. */
  private lowest = 0x80;
  private highest = 0xbf;

  /** Takes the next byte; false when no UTF-8 goes on like that. */
  accepts(byte: number): boolean {
    if (this.needed > 0) {
      const isExpected = byte >= this.lowest && byte <= this.highest;
      this.needed--;
      this.lowest = 0x80;
      this.highest = 0xbf;
      return isExpected;
    }
    if (byte < 0x80) {
      return true;
    }
    if (byte < 0xc2 || byte > 0xf4) {
      return false;
    }
    this.needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    this.lowest = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    this.highest = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    return true;
  }
}
