import { encodeIterator } from './shard-iterator';
import { Stream } from './stream';
import { checkStreamArn, shardId, streamArn, streamPermission } from './stream-shapes';
import { AwsError } from '../../../kernel/aws-error';
import { Database } from '../database';
import { validationError } from '../errors';
import { operation } from '../operations/operation';
import { oneOf, string } from '../shapes/scalars';
import { required, structure } from '../shapes/structure';

interface GetShardIteratorInput {
  readonly StreamArn: string;
  readonly ShardId: string;
  readonly ShardIteratorType: 'TRIM_HORIZON' | 'LATEST' | 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER';
  readonly SequenceNumber?: string;
}

const getShardIteratorInput = structure<GetShardIteratorInput>('GetShardIteratorInput', {
  StreamArn: required(streamArn),
  ShardId: required(shardId),
  ShardIteratorType: required(oneOf(['AFTER_SEQUENCE_NUMBER', 'LATEST', 'AT_SEQUENCE_NUMBER', 'TRIM_HORIZON'])),
  SequenceNumber: string({ minimum: 21, maximum: 40 }),
});

/** GetShardIterator. */
export function getShardIterator(database: Database) {
  return operation({
    shape: getShardIteratorInput,
    permissions: input => streamPermission('GetShardIterator', input),
    prepare: input => {
      checkStreamArn(input.StreamArn);
      checkSequenceNumber(input);
      return input;
    },
    run: input => {
      const { StreamArn: arn, ShardId: id } = input;
      const position = positionOf(streamWithShard(database, arn, id), input);
      return { ShardIterator: encodeIterator({ streamArn: arn, shardId: id, position, issuedAt: database.clock.now() }) };
    },
  });
}

/** The stream whose one shard has an id. */
export function streamWithShard(database: Database, arn: string, id: string): Stream {
  const stream = database.streams.get(arn);
  if (stream.shardId !== id) {
    throw new AwsError('ResourceNotFoundException', 'Requested resource not found: Shard does not exist');
  }
  return stream;
}

/** Refuses to read what is there no more. */
export function refuseTrimmed(stream: Stream, position: number): void {
  if (position < stream.start) {
    throw new AwsError('TrimmedDataAccessException', 'The data you are trying to access has been trimmed');
  }
}

function checkSequenceNumber({ ShardIteratorType: type, SequenceNumber: number }: GetShardIteratorInput): void {
  const wanted = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER';
  if (wanted && number === undefined) {
    throw validationError(`SequenceNumber must be specified when ShardIteratorType is ${type}`);
  }
  if (!wanted && number !== undefined) {
    throw validationError(`SequenceNumber must not be specified when ShardIteratorType is ${type}`);
  }
}

function positionOf(stream: Stream, { ShardIteratorType: type, SequenceNumber: number }: GetShardIteratorInput): number {
  switch (type) {
    case 'TRIM_HORIZON':
      return stream.start;
    case 'LATEST':
      return stream.end;
    default: {
      const position = stream.positionOf(number!);
      if (position === undefined || position > stream.end) {
        throw validationError(`Invalid SequenceNumber: ${number}`);
      }
      refuseTrimmed(stream, position);
      return type === 'AT_SEQUENCE_NUMBER' ? position : Math.min(position + 1, stream.end);
    }
  }
}
