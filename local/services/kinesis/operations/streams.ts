import { Operation } from '../../../kernel/contracts';
import { Stream } from '../streams/stream';
import { StreamInput, Streams } from '../streams/streams';

/** What there is of streams and their shards. */
export function streamOperations(streams: Streams): Record<string, Operation> {
  const about = (action: string, describe: (stream: Stream) => object): Operation<StreamInput> => ({
    permissions: input => [{ action: `kinesis:${action}`, resource: streams.arn(input) }],
    handle: input => describe(streams.get(input)),
  });

  return {
    DescribeStream: about('DescribeStream', stream => ({ StreamDescription: { ...description(stream), Shards: shards(stream), HasMoreShards: false } })),
    DescribeStreamSummary: about('DescribeStreamSummary', stream => ({
      StreamDescriptionSummary: { ...description(stream), OpenShardCount: stream.shards.length, ConsumerCount: 0 },
    })),
    ListShards: about('ListShards', stream => ({ Shards: shards(stream) })),
    ListStreams: {
      permissions: () => [{ action: 'kinesis:ListStreams', resource: '*' }],
      handle: () => ({ StreamNames: streams.names(), HasMoreStreams: false }),
    },
  };
}

function description({ name, arn, createdAt, options }: Stream): object {
  return {
    StreamName: name,
    StreamARN: arn,
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: options.isOnDemand ? 'ON_DEMAND' : 'PROVISIONED' },
    RetentionPeriodHours: options.retentionHours,
    StreamCreationTimestamp: createdAt / 1000,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: 'NONE',
  };
}

function shards(stream: Stream): object[] {
  return stream.shards.map(({ id, startingHashKey, endingHashKey, startingSequenceNumber }) => ({
    ShardId: id,
    HashKeyRange: { StartingHashKey: String(startingHashKey), EndingHashKey: String(endingHashKey) },
    SequenceNumberRange: { StartingSequenceNumber: startingSequenceNumber },
  }));
}
