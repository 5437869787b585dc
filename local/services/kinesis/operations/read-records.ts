import { ShardIterator, ShardIterators } from './shard-iterators';
import { AwsError } from '../../../kernel/aws-error';
import { Clock, Operation } from '../../../kernel/contracts';
import { Shard, StoredRecord } from '../streams/shard';
import { Stream } from '../streams/stream';
import { StreamInput, Streams } from '../streams/streams';

interface GetShardIteratorInput extends StreamInput {
  readonly ShardId?: string;
  readonly ShardIteratorType?: string;
  readonly StartingSequenceNumber?: string;
  readonly Timestamp?: number;
}

interface GetRecordsInput {
  readonly ShardIterator?: string;
  readonly Limit?: number;
}

const MOST_RECORDS = 10_000;
const MOST_BYTES = 10 * 1024 * 1024;

/** Reads records: an iterator is a place in a shard, and each page gives the next one. */
export function readOperations(clock: Clock, streams: Streams): Record<string, Operation> {
  const iterators = new ShardIterators(clock);

  const getShardIterator: Operation<GetShardIteratorInput> = {
    permissions: input => [{ action: 'kinesis:GetShardIterator', resource: streams.arn(input) }],
    handle: input => {
      const stream = streams.get(input);
      const shard = shardOf(stream, input.ShardId);
      return { ShardIterator: iterators.issue({ stream: stream.name, shard: shard.id, position: startOf(stream, shard, input) }) };
    },
  };

  const getRecords: Operation<GetRecordsInput> = {
    permissions: input => [{ action: 'kinesis:GetRecords', resource: streams.arn({ StreamName: iterators.read(input.ShardIterator).stream }) }],
    handle: ({ ShardIterator: token, Limit: limit = MOST_RECORDS }) => {
      if (!Number.isInteger(limit) || limit < 1 || limit > MOST_RECORDS) {
        throw new AwsError('ValidationException', `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${MOST_RECORDS}`}`);
      }
      const iterator = iterators.read(token);
      iterators.checkAge(iterator);
      return page(streams.get({ StreamName: iterator.stream }), iterator, limit);
    },
  };

  function page(stream: Stream, { shard: shardId, position }: ShardIterator, limit: number) {
    const shard = shardOf(stream, shardId);
    const all = stream.read(shard, position);
    const records = withinBytes(all.slice(0, limit));
    const last = records[records.length - 1];
    const next = last ? last.position + 1 : position;
    const following = all[records.length];
    return {
      Records: records.map(({ sequenceNumber, time, data, partitionKey }) => ({
        SequenceNumber: sequenceNumber, ApproximateArrivalTimestamp: time / 1000, Data: data, PartitionKey: partitionKey,
      })),
      NextShardIterator: iterators.issue({ stream: stream.name, shard: shard.id, position: next }),
      MillisBehindLatest: following ? clock.now() - following.time : 0,
    };
  }

  return { GetShardIterator: getShardIterator, GetRecords: getRecords };
}

function shardOf(stream: Stream, id: string | undefined): Shard {
  const shard = stream.shard(String(id));
  if (!shard) {
    throw new AwsError('ResourceNotFoundException', `Shard ${id} in stream ${stream.name} under account ${stream.arn.split(':')[4]} does not exist`);
  }
  return shard;
}

function startOf(stream: Stream, shard: Shard, input: GetShardIteratorInput): number {
  const { ShardIteratorType: type, StartingSequenceNumber: start, Timestamp: timestamp } = input;
  switch (type) {
    case 'LATEST': return shard.end;
    case 'TRIM_HORIZON': return stream.read(shard, 0)[0]?.position ?? shard.end;
    case 'AT_TIMESTAMP':
      if (typeof timestamp !== 'number') {
        throw new AwsError('InvalidArgumentException', 'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.');
      }
      return stream.read(shard, 0).find(({ time }) => time >= timestamp * 1000)?.position ?? shard.end;
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER': {
      const position = shard.positionOf(String(start));
      if (position === undefined) {
        throw new AwsError('InvalidArgumentException', `StartingSequenceNumber ${start} used in GetShardIterator on shard ${shard.id} in stream ${stream.name} under account ${stream.arn.split(':')[4]} is invalid.`);
      }
      return type === 'AT_SEQUENCE_NUMBER' || start === shard.startingSequenceNumber ? position : position + 1;
    }
    default:
      throw new AwsError('ValidationException', `1 validation error detected: Value '${type}' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]`);
  }
}

function withinBytes(records: readonly StoredRecord[]): readonly StoredRecord[] {
  let bytes = 0;
  const end = records.findIndex(record => (bytes += record.bytes) > MOST_BYTES);
  return end < 0 ? records : records.slice(0, Math.max(1, end));
}
