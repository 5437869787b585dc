import { Principal, ServiceContext } from '../../../kernel/contracts';
import { Pipe, PipeEvent } from '../pipe';
import { Source } from './source';

/** How often a pipe asks a stream for more. */
const POLL_MILLISECONDS = 250;

const STREAM = /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/[^/]+\/stream\/.+$/;

/** The stream of a table: in order, and nothing after a record until it has been handed on. */
export const dynamoDbStream: Source = {
  arn: STREAM,
  parameters: 'DynamoDBStreamParameters',
  pollMilliseconds: POLL_MILLISECONDS,
  keepsOrder: true,

  async open(context, pipe, principal) {
    const call = caller(context, principal);
    const { StreamDescription: description } = await call('DescribeStream', { StreamArn: pipe.source });
    const [shard] = description.Shards;
    const { ShardIterator: first } = await call('GetShardIterator', {
      StreamArn: pipe.source, ShardId: shard.ShardId, ShardIteratorType: pipe.batch.startingPosition,
    });
    return cursor(call, pipe, shard.ShardId, first);
  },
};

interface StreamRecord extends PipeEvent {
  readonly userIdentity?: { readonly PrincipalId: string; readonly Type: string };
}

/** Events spell what deleted an expired item otherwise than the API does. */
function eventOf({ userIdentity, ...record }: StreamRecord, eventSourceARN: string): PipeEvent {
  const identity = userIdentity && { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } };
  return { ...record, ...identity, eventSourceARN };
}

type Call = (operation: string, input: object) => Promise<any>;

function caller(context: ServiceContext, principal: Principal): Call {
  return (operation, input) => context.invoke({ principal, service: 'dynamodb', operation, input });
}

interface Change {
  readonly SequenceNumber: string;
  readonly ApproximateCreationDateTime: number;
}

const changeOf = (event: PipeEvent) => event.dynamodb as Change;

function cursor(call: Call, pipe: Pipe, shardId: string, first: string) {
  let iterator: string | undefined = first;
  let next: string | undefined;
  return {
    async read(): Promise<PipeEvent[]> {
      if (iterator === undefined) {
        return [];
      }
      const { Records: records, NextShardIterator: following } = await call('GetRecords', { ShardIterator: iterator, Limit: pipe.batch.batchSize });
      next = following;
      return records.map((record: StreamRecord) => eventOf(record, pipe.source));
    },
    /** What was read has been dealt with. */
    async commit(): Promise<void> {
      iterator = next;
    },
    ageSeconds: (event: PipeEvent, now: number) => now / 1000 - changeOf(event).ApproximateCreationDateTime,
    describeBatch(events: readonly PipeEvent[]) {
      const [start, end] = [changeOf(events[0]), changeOf(events.at(-1)!)];
      const timeOf = ({ ApproximateCreationDateTime: seconds }: Change) => new Date(seconds * 1000).toISOString();
      return {
        DDBStreamBatchInfo: {
          shardId,
          startSequenceNumber: start.SequenceNumber,
          endSequenceNumber: end.SequenceNumber,
          approximateArrivalOfFirstRecord: timeOf(start),
          approximateArrivalOfLastRecord: timeOf(end),
          batchSize: events.length,
          streamArn: pipe.source,
        },
      };
    },
  };
}
