import { AwsClient } from './aws-client';
import { isObject, Letter, PutBack } from './letter';
import { LetterProblem } from './letter-problem';
import { DeadLetterQueue } from './queue';
import { orGone, startExecution } from './workflow-letter';
import { compileEventPattern } from '../../engines/event-pattern';
import { AwsError } from '../../kernel/aws-error';

const PIPE = /^arn:[^:]+:pipes:[^:]+:\d{12}:pipe\/([^/]+)$/;

/** Reads without an end are none: a part of a stream is a batch. */
const MOST_READS = 50;

interface Batch {
  readonly streamArn: string;
  readonly shardId: string;
  readonly startSequenceNumber: string;
  readonly endSequenceNumber: string;
}

/** A letter of a pipe tells where in the stream its batch is: it is read there once more, and what the pipe's filters let through goes to the pipe's workflow. */
export async function preparePipeLetter(client: AwsClient, queue: DeadLetterQueue, { messageId, target: arn = '', content }: Letter): Promise<PutBack> {
  const [, name] = PIPE.exec(arn) ?? [];
  const batch = isObject(content) ? content.DDBStreamBatchInfo : undefined;
  if (name === undefined || !isBatch(batch)) {
    const what = name === undefined ? `${arn} is not the ARN of a pipe.` : 'It does not say which part of a DynamoDB stream it is about (DDBStreamBatchInfo).';
    throw new LetterProblem('malformed', what);
  }
  const { Source: source, Target: target, SourceParameters: reading, TargetParameters: handing } = await orGone(client.describePipe(name), `The pipe ${name}`);
  if (reading?.DynamoDBStreamParameters?.DeadLetterConfig?.Arn !== queue.arn || source !== batch.streamArn) {
    throw new LetterProblem('notItsQueue', `The pipe ${name} puts no letters about the stream ${batch.streamArn} into this queue.`);
  }
  if (!/:states:[^:]*:\d{12}:stateMachine:/.test(target) || handing?.InputTemplate) {
    throw new LetterProblem('unsupported', `The pipe ${name} is none of this library's: they hand batches to state machines as they are.`);
  }
  const patterns: readonly { readonly Pattern: string }[] = reading.FilterCriteria?.Filters ?? [];
  const filters = patterns.map(({ Pattern: pattern }) => compileEventPattern(pattern));
  const events = (await read(client, batch)).filter(event => filters.length === 0 || filters.some(filter => filter.matches(event)));
  return () => startExecution(client, target, messageId, JSON.stringify(events));
}

function isBatch(value: unknown): value is Batch {
  return isObject(value) && typeof value.streamArn === 'string' && typeof value.shardId === 'string'
    && [value.startSequenceNumber, value.endSequenceNumber].every(number => typeof number === 'string' && /^\d{1,60}$/.test(number));
}

/** The records of a batch, as a pipe hands them on. */
async function read(client: AwsClient, { streamArn, shardId, startSequenceNumber, endSequenceNumber }: Batch): Promise<object[]> {
  const gone = () => new LetterProblem('expired', `The stream ${streamArn} does not keep the records any more: it keeps them for a day.`);
  const end = BigInt(endSequenceNumber);
  const events: object[] = [];
  try {
    let { ShardIterator: iterator } = await client.json('streams', 'GetShardIterator', {
      StreamArn: streamArn, ShardId: shardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: startSequenceNumber,
    });
    for (let reads = 0; iterator && reads < MOST_READS; reads++) {
      const { Records: records, NextShardIterator: next } = await client.json('streams', 'GetRecords', { ShardIterator: iterator });
      for (const record of records) {
        const number = BigInt(record.dynamodb.SequenceNumber);
        if (number <= end) {
          events.push(eventOf(record, streamArn));
        }
        if (number >= end) {
          return events;
        }
      }
      iterator = next;
    }
  } catch (error) {
    if (error instanceof AwsError && /Trimmed|ResourceNotFound/.test(error.code)) {
      throw gone();
    }
    throw error;
  }
  throw gone();
}

/** Events spell what deleted an expired item otherwise than the API does. */
function eventOf({ userIdentity, ...record }: any, eventSourceARN: string): object {
  return { ...record, ...userIdentity && { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }, eventSourceARN };
}
