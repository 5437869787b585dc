/** Shard iterators: a text that tells where to read on, and from when it is. */
import { AwsError } from '../../../kernel/aws-error';
import { validationError } from '../errors';

/** How long an iterator may be used. */
const LIFETIME = 15 * 60 * 1000;

export interface ShardIterator {
  readonly streamArn: string;
  readonly shardId: string;
  readonly position: number;
  /** In milliseconds. */
  readonly issuedAt: number;
}

/** The iterator as a text. */
export function encodeIterator({ streamArn, shardId, position, issuedAt }: ShardIterator): string {
  return `${streamArn}|1|${Buffer.from(JSON.stringify([shardId, position, issuedAt])).toString('base64')}`;
}

/** Reads a text that may be anything. */
export function decodeIterator(text: string): ShardIterator {
  const [streamArn, version, encoded, ...more] = text.split('|');
  const members = version === '1' && more.length === 0 ? parse(encoded) : undefined;
  if (Array.isArray(members) && members.length === 3 && typeof members[0] === 'string' && isCount(members[1]) && isCount(members[2])) {
    return { streamArn, shardId: members[0], position: members[1], issuedAt: members[2] };
  }
  throw invalidIterator();
}

/** Refuses an iterator that was not used for too long. */
export function refuseExpired({ issuedAt }: ShardIterator, now: number): void {
  if (now - issuedAt > LIFETIME) {
    throw new AwsError('ExpiredIteratorException', `Iterator expired. The iterator was created at time ${utc(issuedAt)} while right now it is ${utc(now)} `
      + `which is further in the future than the tolerated delay of ${LIFETIME} milliseconds.`);
  }
}

/** An iterator that GetShardIterator never gave. */
export function invalidIterator(): AwsError {
  return validationError('Invalid ShardIterator');
}

function parse(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString());
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** As Java prints a date, such as `Thu Jan 22 01:22:02 UTC 2015`. */
function utc(time: number): string {
  const [, day, date, month, year, clock] = /^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/.exec(new Date(time).toUTCString()) ?? [];
  return `${day} ${month} ${date} ${clock} UTC ${year}`;
}
