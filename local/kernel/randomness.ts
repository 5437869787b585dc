import { randomFillSync, randomUUID } from 'node:crypto';
import { Randomness } from './contracts';

/** Asking the operating system costs the same for few bytes as for these. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** Chance from the operating system. */
export const systemRandomness: Randomness = {
  number: () => Math.random(),
  bytes: length => {
    if (length > pool.length) {
      return randomFillSync(Buffer.alloc(length));
    }
    if (used + length > pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += length;
    return Buffer.from(pool.subarray(used - length, used));
  },
  uuid: () => randomUUID(),
};
