import { kinesis } from '../../../../local/services/kinesis';
import { TestKernel } from '../../../support/test-kernel';

let kernel: TestKernel;
const call = (operation: string, input: object) => kernel.call('kinesis', operation, input);
const put = (key: string, text: string, more: object = {}) => call('PutRecord', { StreamName: 'stream', PartitionKey: key, Data: Buffer.from(text).toString('base64'), ...more });

beforeEach(async () => {
  kernel = new TestKernel(kinesis);
  await kernel.create('AWS::Kinesis::Stream', { Name: 'stream', ShardCount: 2 });
});

async function iterator(type: string, shard = 0, more: object = {}): Promise<string> {
  return (await call('GetShardIterator', { StreamName: 'stream', ShardId: `shardId-00000000000${shard}`, ShardIteratorType: type, ...more })).ShardIterator;
}

async function texts(token: string, limit?: number): Promise<string[]> {
  const { Records: records } = await call('GetRecords', { ShardIterator: token, Limit: limit });
  return records.map(({ Data }: { Data: string }) => Buffer.from(Data, 'base64').toString());
}

/** A hash key of each shard. */
const FIRST = '0';
const SECOND = String((2n ** 128n) - 1n);

test('records go where the hash of their key belongs, in the order in which they come', async () => {
  // The MD5 digests of these begin with 0 and with 9.
  expect(await put('a', '1')).toMatchObject({ ShardId: 'shardId-000000000000' });
  expect(await put('b', '2')).toMatchObject({ ShardId: 'shardId-000000000001' });
  await put('a', '3');
  expect(await texts(await iterator('TRIM_HORIZON', 0))).toEqual(['1', '3']);
  expect(await texts(await iterator('TRIM_HORIZON', 1))).toEqual(['2']);
});

test('a hash key of its own takes the place of the key\'s', async () => {
  expect(await put('a', '1', { ExplicitHashKey: SECOND })).toMatchObject({ ShardId: 'shardId-000000000001' });
  await expect(put('a', '1', { ExplicitHashKey: String(2n ** 128n) })).rejects.toMatchObject({ code: 'InvalidArgumentException' });
});

test('an iterator begins where it is told', async () => {
  const numbers: string[] = [];
  for (const text of ['1', '2', '3']) {
    numbers.push((await put('x', text, { ExplicitHashKey: FIRST })).SequenceNumber);
    await kernel.clock.advance(1000);
  }
  const now = kernel.clock.now() / 1000;
  expect(numbers.map(BigInt).sort()).toEqual(numbers.map(BigInt));
  expect(await texts(await iterator('AT_SEQUENCE_NUMBER', 0, { StartingSequenceNumber: numbers[1] }))).toEqual(['2', '3']);
  expect(await texts(await iterator('AFTER_SEQUENCE_NUMBER', 0, { StartingSequenceNumber: numbers[1] }))).toEqual(['3']);
  expect(await texts(await iterator('AT_TIMESTAMP', 0, { Timestamp: now - 2 }))).toEqual(['2', '3']);
  const latest = await iterator('LATEST');
  expect(await texts(latest)).toEqual([]);
  await put('x', '4', { ExplicitHashKey: FIRST });
  expect(await texts(latest)).toEqual(['4']);
});

test('pages go on where the one before ended, and tell how far behind they are', async () => {
  await put('x', '1', { ExplicitHashKey: FIRST });
  await kernel.clock.advance(2000);
  await put('x', '2', { ExplicitHashKey: FIRST });
  await kernel.clock.advance(500);
  const first = await call('GetRecords', { ShardIterator: await iterator('TRIM_HORIZON'), Limit: 1 });
  expect(first).toMatchObject({ Records: [{ PartitionKey: 'x' }], MillisBehindLatest: 500 });
  const second = await call('GetRecords', { ShardIterator: first.NextShardIterator });
  expect(second).toMatchObject({ Records: [{ Data: Buffer.from('2').toString('base64') }], MillisBehindLatest: 0 });
  expect(await texts(second.NextShardIterator)).toEqual([]);
});

test('an iterator is good for five minutes', async () => {
  const token = await iterator('LATEST');
  await kernel.clock.advance(300_000);
  expect(await texts(token)).toEqual([]);
  await kernel.clock.advance(1);
  await expect(texts(token)).rejects.toMatchObject({ code: 'ExpiredIteratorException' });
});

test('records are retained for a day, or for as long as is declared', async () => {
  await kernel.create('AWS::Kinesis::Stream', { Name: 'long', RetentionPeriodHours: '48' }, 'Long');
  const both = async () => {
    const { ShardIterator } = await call('GetShardIterator', { StreamName: 'long', ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' });
    return [await texts(await iterator('TRIM_HORIZON')), await texts(ShardIterator)];
  };
  await put('x', '1', { ExplicitHashKey: FIRST });
  await put('x', '1', { StreamName: 'long' });
  await kernel.clock.advance(24 * 3_600_000);
  expect(await both()).toEqual([['1'], ['1']]);
  await kernel.clock.advance(1);
  expect(await both()).toEqual([[], ['1']]);
  await put('x', '2', { ExplicitHashKey: FIRST });
  expect(await both()).toEqual([['2'], ['1']]);
});

test('several records at once', async () => {
  const data = Buffer.from('x').toString('base64');
  const answer = await call('PutRecords', { StreamName: 'stream', Records: [{ PartitionKey: 'a', Data: data }, { PartitionKey: 'b', Data: data }] });
  expect(answer).toMatchObject({ FailedRecordCount: 0, Records: [{ ShardId: 'shardId-000000000000' }, { ShardId: 'shardId-000000000001' }] });
});

test.each<[string, object, string]>([
  ['PutRecord', { StreamName: 'stream', Data: 'eA==' }, 'ValidationException'],
  ['PutRecord', { StreamName: 'stream', PartitionKey: 'x' }, 'ValidationException'],
  ['PutRecord', { StreamName: 'stream', PartitionKey: '', Data: 'eA==' }, 'ValidationException'],
  ['PutRecord', { StreamName: 'stream', PartitionKey: 'x'.repeat(257), Data: 'eA==' }, 'ValidationException'],
  ['PutRecord', { StreamName: 'stream', PartitionKey: 'x', Data: 'x' }, 'SerializationException'],
  ['PutRecord', { StreamName: 'stream', PartitionKey: 5, Data: 'eA==' }, 'SerializationException'],
  ['PutRecord', { StreamName: 'stream', PartitionKey: 'x', Data: Buffer.alloc(1024 * 1024).toString('base64') }, 'ValidationException'],
  ['PutRecord', { PartitionKey: 'x', Data: 'eA==' }, 'InvalidArgumentException'],
  ['PutRecord', { StreamName: '__proto__', PartitionKey: 'x', Data: 'eA==' }, 'ResourceNotFoundException'],
  ['PutRecord', { StreamName: 'a b', PartitionKey: 'x', Data: 'eA==' }, 'ValidationException'],
  ['PutRecord', { StreamARN: 'arn:aws:sns:us-east-1:000000000000:x', PartitionKey: 'x', Data: 'eA==' }, 'ValidationException'],
  ['PutRecords', { StreamName: 'stream', Records: [] }, 'ValidationException'],
  ['PutRecords', { StreamName: 'stream', Records: [null] }, 'SerializationException'],
  ['PutRecords', { StreamName: 'stream', Records: Array(501).fill({ PartitionKey: 'x', Data: '' }) }, 'ValidationException'],
  ['PutRecords', { StreamName: 'stream' }, 'ValidationException'],
  ['GetShardIterator', { StreamName: 'stream', ShardId: 'shardId-9', ShardIteratorType: 'LATEST' }, 'ResourceNotFoundException'],
  ['GetShardIterator', { StreamName: 'stream', ShardId: 'shardId-000000000000', ShardIteratorType: 'FIRST' }, 'ValidationException'],
  ['GetShardIterator', { StreamName: 'stream', ShardId: 'shardId-000000000000', ShardIteratorType: 'AT_TIMESTAMP' }, 'InvalidArgumentException'],
  ['GetShardIterator', { StreamName: 'stream', ShardId: 'shardId-000000000000', ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: 'x' }, 'InvalidArgumentException'],
  ['GetRecords', { ShardIterator: 'x' }, 'InvalidArgumentException'],
  ['GetRecords', { ShardIterator: null }, 'InvalidArgumentException'],
  ['GetRecords', { ShardIterator: Buffer.from('["stream","shardId-000000000000",-1,0]').toString('base64') }, 'InvalidArgumentException'],
  ['DescribeStream', { StreamName: 'other' }, 'ResourceNotFoundException'],
])('%s of %j is refused', async (operation, input, code) => {
  await expect(call(operation, input)).rejects.toMatchObject({ code });
});

test('the largest record is taken', async () => {
  await expect(put('x', 'x'.repeat(1024 * 1024 - 1))).resolves.toMatchObject({ ShardId: expect.any(String) });
});

test('what there is of a stream', async () => {
  const arn = 'arn:aws:kinesis:us-east-1:000000000000:stream/stream';
  expect(await call('DescribeStream', { StreamARN: arn })).toMatchObject({
    StreamDescription: {
      StreamName: 'stream',
      StreamARN: arn,
      StreamStatus: 'ACTIVE',
      RetentionPeriodHours: 24,
      Shards: [
        { ShardId: 'shardId-000000000000', HashKeyRange: { StartingHashKey: '0', EndingHashKey: '170141183460469231731687303715884105727' } },
        { ShardId: 'shardId-000000000001', HashKeyRange: { StartingHashKey: '170141183460469231731687303715884105728', EndingHashKey: SECOND } },
      ],
    },
  });
  expect(await call('DescribeStreamSummary', { StreamName: 'stream' })).toMatchObject({ StreamDescriptionSummary: { OpenShardCount: 2 } });
  expect((await call('ListShards', { StreamName: 'stream' })).Shards).toHaveLength(2);
  expect(await call('ListStreams', {})).toEqual({ StreamNames: ['stream'], HasMoreStreams: false });
});

test('an on-demand stream begins with four shards, and a name is taken once', async () => {
  const { ref } = await kernel.create('AWS::Kinesis::Stream', { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }, 'Other');
  expect((await call('ListShards', { StreamName: ref })).Shards).toHaveLength(4);
  await expect(Promise.resolve().then(() => kernel.create('AWS::Kinesis::Stream', { Name: 'stream' }))).rejects.toThrow('already exists');
  await expect(Promise.resolve().then(() => kernel.create('AWS::Kinesis::Stream', { Name: 'none', ShardCount: 0 }))).rejects.toThrow('ShardCount has to be');
});

test('a role needs each action on the stream', async () => {
  const principal = { kind: 'role' as const, arn: 'arn:aws:sts::000000000000:assumed-role/role/x', roleArn: kernel.role('role', 'apigateway.amazonaws.com', 'kinesis:PutRecord') };
  await expect(kernel.call('kinesis', 'PutRecord', { StreamName: 'stream', PartitionKey: 'x', Data: '' }, principal)).resolves.toBeDefined();
  await expect(kernel.call('kinesis', 'DescribeStream', { StreamName: 'stream' }, principal)).rejects.toMatchObject({ code: 'AccessDeniedException' });
});
