const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 52;

/** The numbers of the FNV-1a hash: it spreads well, and costs next to nothing beside a cryptographic one. */
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** A request's id in the form of the services that have 52 capitals and digits: it is told by the id that the runtime gave it. */
export function longRequestId(requestId: string): string {
  let id = '';
  let hash = OFFSET_BASIS;
  for (let index = 0; index < LENGTH; index++) {
    hash = Math.imul(hash ^ requestId.charCodeAt(index % requestId.length), PRIME);
    id += DIGITS[hash >>> 27];
  }
  return id;
}
