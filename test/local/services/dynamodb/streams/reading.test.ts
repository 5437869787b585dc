import { StreamReader, TableName } from './stream-reader';
import { tableOf } from '../helpers';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

let reader: StreamReader;
beforeEach(async () => {
  reader = await StreamReader.open();
});

const getRecords = (ShardIterator: string, more: object = {}) => reader.call('GetRecords', { ShardIterator, ...more });
const sequenceNumbers = async () => (await reader.records()).map(({ dynamodb }) => dynamodb.SequenceNumber);

test('each type of iterator begins where it says', async () => {
  await reader.put('a');
  await reader.put('b');
  const [, second] = await sequenceNumbers();
  const latest = await reader.iterator('LATEST');
  await reader.put('c');
  expect(await reader.events(await reader.iterator('TRIM_HORIZON'))).toEqual(['INSERT a', 'INSERT b', 'INSERT c']);
  expect(await reader.events(await reader.iterator('AT_SEQUENCE_NUMBER', { SequenceNumber: second }))).toEqual(['INSERT b', 'INSERT c']);
  expect(await reader.events(await reader.iterator('AFTER_SEQUENCE_NUMBER', { SequenceNumber: second }))).toEqual(['INSERT c']);
  expect(await reader.events(latest)).toEqual(['INSERT c']);
});

test('a reader follows the stream, page by page, and waits at its end', async () => {
  for (const pk of ['a', 'b', 'c']) {
    await reader.put(pk);
  }
  const first = await getRecords(await reader.iterator('TRIM_HORIZON'), { Limit: 2 });
  const second = await getRecords(first.NextShardIterator, { Limit: 2 });
  const third = await getRecords(second.NextShardIterator);
  expect([first, second, third].map(({ Records }) => Records.length)).toEqual([2, 1, 0]);
  await reader.put('d');
  expect(await reader.events(third.NextShardIterator)).toEqual(['INSERT d']);
  // An iterator is not used up.
  expect(await reader.events(first.NextShardIterator)).toEqual(['INSERT c', 'INSERT d']);
});

test('an answer has a megabyte at most, but a record in any case', async () => {
  const text = { S: 'x'.repeat(390 * 1024) };
  for (const pk of ['a', 'b', 'c', 'd']) {
    await reader.put(pk, { text });
  }
  await reader.put('a', { text: { S: 'y'.repeat(390 * 1024) } });
  const first = await getRecords(await reader.iterator('TRIM_HORIZON'));
  expect(first.Records).toHaveLength(2);
  const second = await getRecords(first.NextShardIterator);
  expect(second.Records).toHaveLength(2);
  expect((await getRecords(second.NextShardIterator)).Records).toHaveLength(1);
});

test('sequence numbers ascend', async () => {
  for (let index = 0; index < 12; index++) {
    await reader.put(String(index));
  }
  const numbers = await sequenceNumbers();
  expect(numbers.map(BigInt)).toEqual(numbers.map(BigInt).sort((left, right) => left < right ? -1 : 1));
  expect(new Set(numbers).size).toBe(12);
});

test('a record is kept for a day', async () => {
  await reader.put('a');
  const horizon = await reader.iterator('TRIM_HORIZON');
  const [first] = await sequenceNumbers();
  await reader.clock.advance(12 * HOUR);
  await reader.put('b');
  await reader.clock.advance(12 * HOUR);
  expect(await reader.events()).toEqual(['INSERT a', 'INSERT b']);
  await reader.clock.advance(1);
  expect(await reader.events()).toEqual(['INSERT b']);
  const trimmed = 'TrimmedDataAccessException: The data you are trying to access has been trimmed';
  const { ShardId, SequenceNumberRange } = await reader.shard();
  const at = { StreamArn: reader.streamArn, ShardId, SequenceNumber: first };
  for (const ShardIteratorType of ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER']) {
    expect(await reader.refusal('GetShardIterator', { ...at, ShardIteratorType })).toBe(trimmed);
  }
  expect(BigInt(SequenceNumberRange.StartingSequenceNumber)).toBeGreaterThan(BigInt(first));
  // An iterator that old has expired before.
  expect(await reader.refusal('GetRecords', { ShardIterator: horizon })).toMatch(/^ExpiredIteratorException/);
});

test('an iterator whose record was trimmed meanwhile is told so', async () => {
  await reader.put('a');
  await reader.clock.advance(24 * HOUR - MINUTE);
  const horizon = await reader.iterator('TRIM_HORIZON');
  await reader.clock.advance(2 * MINUTE);
  expect(await reader.refusal('GetRecords', { ShardIterator: horizon })).toBe('TrimmedDataAccessException: The data you are trying to access has been trimmed');
});

test('an iterator lives for a quarter of an hour, and each answer gives a new one', async () => {
  let iterator = await reader.iterator('LATEST');
  for (let round = 0; round < 3; round++) {
    await reader.clock.advance(15 * MINUTE);
    iterator = (await getRecords(iterator)).NextShardIterator;
  }
  await reader.clock.advance(15 * MINUTE + 1);
  expect(await reader.refusal('GetRecords', { ShardIterator: iterator })).toBe('ExpiredIteratorException: Iterator expired. '
    + 'The iterator was created at time Fri Jan 02 03:49:05 UTC 2026 while right now it is Fri Jan 02 04:04:05 UTC 2026 '
    + 'which is further in the future than the tolerated delay of 900000 milliseconds.');
});

test('a stream that is disabled ends, and can be read for another day', async () => {
  await reader.put('a');
  await reader.call('UpdateTable', { TableName, StreamSpecification: { StreamEnabled: false } });
  await reader.put('b');
  const { StreamDescription } = await reader.call('DescribeStream', { StreamArn: reader.streamArn });
  expect(StreamDescription).toMatchObject({ StreamStatus: 'DISABLED', Shards: [{ SequenceNumberRange: { EndingSequenceNumber: (await sequenceNumbers())[0] } }] });
  const answer = await getRecords(await reader.iterator('TRIM_HORIZON'));
  expect(answer.Records).toHaveLength(1);
  expect(answer).not.toHaveProperty('NextShardIterator');
  await reader.clock.advance(24 * HOUR + 1);
  expect(await reader.refusal('DescribeStream', { StreamArn: reader.streamArn })).toBe(`ResourceNotFoundException: Requested resource not found: Stream: ${reader.streamArn} not found`);
});

test('a stream outlives its table, and the next table of that name has one of its own', async () => {
  await reader.put('a');
  const old = reader.streamArn;
  await reader.call('DeleteTable', { TableName });
  const next = await reader.call('CreateTable', tableOf(TableName, { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } }));
  expect(next.TableDescription.LatestStreamArn).not.toBe(old);
  await reader.put('b');
  expect(await reader.events()).toEqual(['INSERT a']);
  await reader.find();
  expect(await reader.events()).toEqual(['INSERT b']);
});
