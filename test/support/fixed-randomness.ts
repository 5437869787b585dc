import { createHash } from 'node:crypto';
import { Randomness } from '../../local/kernel/contracts';

/** Chance that takes the same course on every run. */
export class FixedRandomness implements Randomness {
  private count = 0;

  number(): number {
    return this.bytes(6).readUIntBE(0, 6) / 2 ** 48;
  }

  bytes(length: number): Buffer {
    const blocks: Buffer[] = [];
    for (let size = 0; size < length; size += 32) {
      blocks.push(createHash('sha256').update(`seed/${this.count++}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, length);
  }

  uuid(): string {
    const digits = this.bytes(16).toString('hex');
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
  }
}
