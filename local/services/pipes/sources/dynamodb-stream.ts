import { AwsError } from '../../../kernel/aws-error';
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
    const [{ ShardId: shardId }] = description.Shards;
    const iteratorAt: IteratorAt = async (type, sequenceNumber) => {
      const at = sequenceNumber === undefined ? {} : { SequenceNumber: sequenceNumber };
      return (await call('GetShardIterator', { StreamArn: pipe.source, ShardId: shardId, ShardIteratorType: type, ...at })).ShardIterator;
    };
    const openedAt = context.clock.now();
    return cursor(call, pipe, shardId, iteratorAt, await iteratorAt(pipe.batch.startingPosition), openedAt);
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

type IteratorAt = (type: string, sequenceNumber?: string) => Promise<string>;

/** An iterator is good for a quarter of an hour, and a record is kept for a day. */
const OUTDATED = ['ExpiredIteratorException', 'TrimmedDataAccessException'];

function isOutdated(error: unknown): boolean {
  return error instanceof AwsError && OUTDATED.includes(error.code);
}

function cursor(call: Call, pipe: Pipe, shardId: string, iteratorAt: IteratorAt, first: string, openedAt: number) {
  let iterator: string | undefined = first;
  let next: string | undefined;
  /** The sequence numbers of the last record that was read, and of the last that was dealt with. */
  let latest: string | undefined;
  let done: string | undefined;
  const records = () => call('GetRecords', { ShardIterator: iterator, Limit: pipe.batch.batchSize });
  /** After the last record that was dealt with, or at the oldest that is left. */
  const renew = async (): Promise<string> => {
    try {
      return await (done === undefined ? iteratorAt('TRIM_HORIZON') : iteratorAt('AFTER_SEQUENCE_NUMBER', done));
    } catch (error) {
      if (!isOutdated(error)) {
        throw error;
      }
      return iteratorAt('TRIM_HORIZON');
    }
  };
  /** What is older than a pipe that begins with the latest record is seen only when it has to look for its place anew. */
  const isNew = (event: PipeEvent) => pipe.batch.startingPosition === 'TRIM_HORIZON' || changeOf(event).ApproximateCreationDateTime >= Math.floor(openedAt / 1000);
  return {
    async read(): Promise<PipeEvent[]> {
      if (iterator === undefined) {
        return [];
      }
      // A target that has failed for long leaves an old iterator behind, and so does a machine that has slept.
      const { Records: read, NextShardIterator: following } = await records().catch(async error => {
        if (!isOutdated(error)) {
          throw error;
        }
        iterator = await renew();
        return records();
      });
      next = following;
      latest = read.at(-1)?.dynamodb.SequenceNumber ?? latest;
      return read.map((record: StreamRecord) => eventOf(record, pipe.source)).filter(isNew);
    },
    /** What was read has been dealt with. */
    async commit(): Promise<void> {
      iterator = next;
      done = latest;
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
