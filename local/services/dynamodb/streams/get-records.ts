import { refuseTrimmed, streamWithShard } from './get-shard-iterator';
import { decodeIterator, encodeIterator, invalidIterator, refuseExpired } from './shard-iterator';
import { checkStreamArn, streamPermission } from './stream-shapes';
import { Database } from '../database';
import { operation, Untrusted } from '../operations/operation';
import { integer, string } from '../shapes/scalars';
import { required, structure } from '../shapes/structure';

interface GetRecordsInput {
  readonly ShardIterator: string;
  readonly Limit?: number;
}

const MOST_RECORDS = 1000;

const getRecordsInput = structure<GetRecordsInput>('GetRecordsInput', {
  ShardIterator: required(string({ minimum: 1, maximum: 2048 })),
  Limit: integer('Integer', { minimum: 1, maximum: MOST_RECORDS }),
});

/** GetRecords. */
export function getRecords(database: Database) {
  return operation({
    shape: getRecordsInput,
    permissions: input => streamPermission('GetRecords', { StreamArn: streamArnOf(input) }),
    prepare: input => {
      const iterator = decodeIterator(input.ShardIterator);
      checkStreamArn(iterator.streamArn);
      return { iterator, limit: input.Limit ?? MOST_RECORDS };
    },
    run: ({ iterator, limit }) => {
      const now = database.clock.now();
      const stream = streamWithShard(database, iterator.streamArn, iterator.shardId);
      refuseExpired(iterator, now);
      refuseTrimmed(stream, iterator.position);
      if (iterator.position > stream.end) {
        throw invalidIterator();
      }
      const records = stream.read(iterator.position, limit);
      const position = iterator.position + records.length;
      const ended = stream.closedAt !== undefined && position === stream.end;
      return { Records: records, NextShardIterator: ended ? undefined : encodeIterator({ ...iterator, position, issuedAt: now }) };
    },
  });
}

/** An iterator begins with its stream. */
function streamArnOf({ ShardIterator: iterator }: Untrusted): unknown {
  return typeof iterator === 'string' ? iterator.split('|', 1)[0] : undefined;
}
