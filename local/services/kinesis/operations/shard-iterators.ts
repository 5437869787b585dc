import { AwsError } from '../../../kernel/aws-error';
import { Clock } from '../../../kernel/contracts';

/** A place in a shard. */
export interface ShardIterator {
  readonly stream: string;
  readonly shard: string;
  readonly position: number;
}

interface IssuedIterator extends ShardIterator {
  readonly issuedAt: number;
}

const LIFETIME = 300_000;

/** Iterators as texts, good for five minutes. */
export class ShardIterators {
  constructor(private readonly clock: Clock) {}

  issue({ stream, shard, position }: ShardIterator): string {
    return Buffer.from(JSON.stringify([stream, shard, position, this.clock.now()])).toString('base64');
  }

  read(token: unknown): IssuedIterator {
    try {
      const [stream, shard, position, issuedAt] = JSON.parse(Buffer.from(token as string, 'base64').toString()) as unknown[];
      if (typeof stream === 'string' && typeof shard === 'string' && Number.isSafeInteger(position) && Number(position) >= 0 && Number.isSafeInteger(issuedAt)) {
        return { stream, shard, position: position as number, issuedAt: issuedAt as number };
      }
    } catch {
      // It is none, as is told below.
    }
    throw new AwsError('InvalidArgumentException', 'Invalid ShardIterator.');
  }

  checkAge({ issuedAt }: IssuedIterator): void {
    const now = this.clock.now();
    if (now - issuedAt > LIFETIME) {
      throw new AwsError('ExpiredIteratorException', `Iterator expired. The iterator was created at time ${new Date(issuedAt).toISOString()} while right now it is ${new Date(now).toISOString()} which is further in the future than the tolerated delay of ${LIFETIME} milliseconds.`);
    }
  }
}
