import { randomBytes, randomUUID } from 'node:crypto';
import { Randomness } from './contracts';

/** Chance from the operating system. */
export const systemRandomness: Randomness = {
  number: () => Math.random(),
  bytes: length => randomBytes(length),
  uuid: () => randomUUID(),
};
