import { Stream } from './stream';
import { checkStreamArn, shardId, streamArn, streamPermission } from './stream-shapes';
import { Database } from '../database';
import { operation } from '../operations/operation';
import { integer, oneOf } from '../shapes/scalars';
import { required, structure } from '../shapes/structure';

interface DescribeStreamInput {
  readonly StreamArn: string;
  readonly Limit?: number;
  readonly ExclusiveStartShardId?: string;
  readonly ShardFilter?: { readonly Type?: 'CHILD_SHARDS'; readonly ShardId?: string };
}

const describeStreamInput = structure<DescribeStreamInput>('DescribeStreamInput', {
  StreamArn: required(streamArn),
  Limit: integer('Integer', { minimum: 1, maximum: 100 }),
  ExclusiveStartShardId: shardId,
  ShardFilter: structure<NonNullable<DescribeStreamInput['ShardFilter']>>('ShardFilter', { Type: oneOf(['CHILD_SHARDS']), ShardId: shardId }),
});

/** DescribeStream: a stream has one shard, which has no children. */
export function describeStream(database: Database) {
  return operation({
    shape: describeStreamInput,
    permissions: input => streamPermission('DescribeStream', input),
    prepare: input => {
      checkStreamArn(input.StreamArn);
      return input;
    },
    run: ({ StreamArn: arn, ExclusiveStartShardId: start, ShardFilter: filter }) => {
      const stream = database.streams.get(arn);
      const { options, closedAt } = stream;
      return {
        StreamDescription: {
          StreamArn: arn,
          StreamLabel: stream.label,
          StreamStatus: closedAt === undefined ? 'ENABLED' : 'DISABLED',
          StreamViewType: options.viewType,
          CreationRequestDateTime: Date.parse(`${stream.label}Z`) / 1000,
          TableName: options.tableName,
          KeySchema: options.keySchema,
          Shards: start === undefined && filter === undefined ? [describeShard(stream)] : [],
        },
      };
    },
  });
}

/** Only a shard that is closed has an end. */
function describeShard(stream: Stream): object {
  const { start, end } = stream;
  return {
    ShardId: stream.shardId,
    SequenceNumberRange: {
      StartingSequenceNumber: stream.sequenceNumber(start),
      EndingSequenceNumber: stream.closedAt === undefined ? undefined : stream.sequenceNumber(Math.max(start, end - 1)),
    },
  };
}
