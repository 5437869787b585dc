import { createHash } from 'node:crypto';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const DIGIT_BITS = 5;

/** A request's id in the form of the services that have 52 capitals and digits: it is told by the id that the runtime gave it. */
export function longRequestId(requestId: string): string {
  let id = '';
  let bits = 0;
  let count = 0;
  for (const byte of createHash('sha256').update(requestId).digest()) {
    bits = bits << 8 | byte;
    count += 8;
    for (; count >= DIGIT_BITS; count -= DIGIT_BITS) {
      id += DIGITS[bits >>> count - DIGIT_BITS & 31];
    }
    bits &= 31;
  }
  return id + DIGITS[bits << DIGIT_BITS - count & 31];
}
