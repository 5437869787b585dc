import { AwsError } from '../../../kernel/aws-error';
import { Operation } from '../../../kernel/contracts';
import { StreamInput, Streams } from '../streams/streams';

interface RecordInput {
  readonly PartitionKey?: string;
  readonly Data?: string;
  readonly ExplicitHashKey?: string;
}

type PutRecordInput = StreamInput & RecordInput;
type PutRecordsInput = StreamInput & { readonly Records?: readonly RecordInput[] };

const MAXIMUM_BYTES = 1024 * 1024;
const MAXIMUM_RECORDS = 500;
const MAXIMUM_KEY = 256;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Puts records, one or several at once. */
export function recordOperations(streams: Streams): Record<string, Operation> {
  const put = (input: StreamInput, { PartitionKey: key, Data: data, ExplicitHashKey: hashKey }: RecordInput) => {
    const { shard, record } = streams.get(input).put(key!, data!, hashKey);
    return { ShardId: shard.id, SequenceNumber: record.sequenceNumber };
  };

  const putRecord: Operation<PutRecordInput> = {
    permissions: input => {
      checkRecord(input, '');
      return [{ action: 'kinesis:PutRecord', resource: streams.arn(input) }];
    },
    handle: input => put(input, input),
  };

  const putRecords: Operation<PutRecordsInput> = {
    permissions: input => {
      checkRecords(input.Records);
      return [{ action: 'kinesis:PutRecords', resource: streams.arn(input) }];
    },
    handle: input => ({ FailedRecordCount: 0, Records: input.Records!.map(record => put(input, record)) }),
  };

  return { PutRecord: putRecord, PutRecords: putRecords };
}

function checkRecords(records: unknown): asserts records is readonly RecordInput[] {
  if (!Array.isArray(records)) {
    throw invalid('null', 'records', 'Member must not be null');
  }
  if (records.length < 1 || records.length > MAXIMUM_RECORDS) {
    throw invalid(`'[${records.map(() => 'PutRecordsRequestEntry').join(', ')}]'`, 'records', records.length < 1 ? 'Member must have length greater than or equal to 1' : `Member must have length less than or equal to ${MAXIMUM_RECORDS}`);
  }
  records.forEach((record, index) => {
    if (typeof record !== 'object' || record === null) {
      throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
    }
    checkRecord(record, `records.${index + 1}.member.`);
  });
}

function checkRecord({ PartitionKey: key, Data: data, ExplicitHashKey: hashKey }: RecordInput, path: string): void {
  if ([key, data, hashKey].some(member => member !== undefined && typeof member !== 'string')) {
    throw new AwsError('SerializationException', 'STRING_VALUE expected.');
  }
  if (key === undefined || data === undefined) {
    throw invalid('null', `${path}${key === undefined ? 'partitionKey' : 'data'}`, 'Member must not be null');
  }
  if (key === '' || [...key].length > MAXIMUM_KEY) {
    throw invalid(`'${key}'`, `${path}partitionKey`, `Member must have length ${key === '' ? 'greater than or equal to 1' : `less than or equal to ${MAXIMUM_KEY}`}`);
  }
  if (hashKey !== undefined && (!/^(?:0|[1-9]\d{0,38})$/.test(hashKey) || BigInt(hashKey) >> 128n > 0n)) {
    throw new AwsError('InvalidArgumentException', `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${hashKey}`);
  }
  if (!BASE64.test(data)) {
    throw new AwsError('SerializationException', 'Data is no Base64.');
  }
  if (Buffer.byteLength(data, 'base64') + Buffer.byteLength(key) > MAXIMUM_BYTES) {
    throw invalid('\'java.nio.HeapByteBuffer\'', `${path}data`, `Member must have length less than or equal to ${MAXIMUM_BYTES}`);
  }
}

function invalid(value: string, path: string, constraint: string): AwsError {
  return new AwsError('ValidationException', `1 validation error detected: Value ${value} at '${path}' failed to satisfy constraint: ${constraint}`);
}
