import { createHash } from 'node:crypto';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 52;

/** A request's id in the form of the services that have 52 capitals and digits: it is told by the id that the runtime gave it. */
export function longRequestId(requestId: string): string {
  const bits = Array.from(createHash('sha256').update(requestId).digest(), byte => byte.toString(2).padStart(8, '0')).join('').padEnd(LENGTH * 5, '0');
  return Array.from({ length: LENGTH }, (_, index) => DIGITS[Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)]).join('');
}
