import { createHash } from 'crypto';
import { Shard, StoredRecord } from './shard';
import { Clock } from '../../../kernel/contracts';

/** How a stream is declared. */
export interface StreamOptions {
  readonly shardCount: number;
  readonly retentionHours: number;
  readonly isOnDemand: boolean;
}

const HASH_KEYS = 1n << 128n;
const MAXIMUM_BYTES = 256 * 1024 * 1024;
const HOUR = 3_600_000;

/** A stream: shards that share the range of hash keys. */
export class Stream {
  readonly shards: readonly Shard[];
  readonly createdAt: number;
  private bytes = 0;

  constructor(
    readonly name: string, readonly arn: string, private readonly clock: Clock, readonly options: StreamOptions, private readonly maximumBytes = MAXIMUM_BYTES,
  ) {
    const count = BigInt(options.shardCount);
    this.shards = Array.from({ length: options.shardCount }, (_, index) => {
      return new Shard(index, HASH_KEYS * BigInt(index) / count, HASH_KEYS * BigInt(index + 1) / count - 1n);
    });
    this.createdAt = clock.now();
  }

  /** Puts a record into the shard that its partition key, or the hash key in its place, belongs to. */
  put(partitionKey: string, data: string, explicitHashKey?: string): { shard: Shard; record: StoredRecord } {
    const hashKey = explicitHashKey === undefined ? BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`) : BigInt(explicitHashKey);
    const shard = this.shards.find(({ endingHashKey }) => hashKey <= endingHashKey)!;
    const record = shard.add(this.clock.now(), partitionKey, data);
    this.bytes += record.bytes;
    this.forget();
    return { shard, record };
  }

  /** The records of a shard from a place on, as far as they are retained. */
  read(shard: Shard, position: number): readonly StoredRecord[] {
    this.forget();
    return shard.from(position);
  }

  shard(id: string): Shard | undefined {
    return this.shards.find(shard => shard.id === id);
  }

  private forget(): void {
    const oldest = this.clock.now() - this.options.retentionHours * HOUR;
    for (const shard of this.shards) {
      while (shard.oldestTime < oldest) {
        this.bytes -= shard.forgetOldest();
      }
    }
    while (this.bytes > this.maximumBytes) {
      const [first, ...others] = this.shards;
      this.bytes -= others.reduce((left, right) => right.oldestTime < left.oldestTime ? right : left, first).forgetOldest();
    }
  }
}
