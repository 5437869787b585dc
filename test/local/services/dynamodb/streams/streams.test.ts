import { StreamReader, TableName } from './stream-reader';
import { NOW, tableOf, TestDatabase } from '../helpers';

const NEW_IMAGE = { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' };
const UNKNOWN = 'arn:aws:dynamodb:us-east-1:000000000000:table/things/stream/2015-05-20T20:51:10.252';

test('a stream is described', async () => {
  const reader = await StreamReader.open('OLD_IMAGE');
  const { Table } = await reader.call('DescribeTable', { TableName });
  expect(Table).toMatchObject({
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'OLD_IMAGE' },
    LatestStreamLabel: '2026-01-02T03:04:05.000',
    LatestStreamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/things/stream/2026-01-02T03:04:05.000',
  });
  expect(await reader.call('DescribeStream', { StreamArn: Table.LatestStreamArn })).toEqual({
    StreamDescription: {
      StreamArn: Table.LatestStreamArn,
      StreamLabel: Table.LatestStreamLabel,
      StreamStatus: 'ENABLED',
      StreamViewType: 'OLD_IMAGE',
      CreationRequestDateTime: NOW / 1000,
      TableName,
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      Shards: [{ ShardId: expect.stringMatching(/^shardId-\d{20}-[0-9a-f]{8}$/), SequenceNumberRange: { StartingSequenceNumber: expect.stringMatching(/^\d{21,40}$/) } }],
    },
  });
});

test('a shard is listed once', async () => {
  const reader = await StreamReader.open();
  const { ShardId } = await reader.shard();
  const shards = async (more: object) => (await reader.call('DescribeStream', { StreamArn: reader.streamArn, ...more })).StreamDescription.Shards;
  expect(await shards({ Limit: 1 })).toHaveLength(1);
  expect(await shards({ ExclusiveStartShardId: ShardId })).toEqual([]);
  expect(await shards({ ShardFilter: { Type: 'CHILD_SHARDS', ShardId } })).toEqual([]);
});

test('streams are listed in pages, all or those of a table', async () => {
  const database = new TestDatabase();
  for (const name of ['one', 'two', 'three']) {
    await database.call('CreateTable', tableOf(name, { StreamSpecification: NEW_IMAGE }));
  }
  await database.call('CreateTable', tableOf('none'));
  const first = await database.call('ListStreams', { Limit: 2 });
  const second = await database.call('ListStreams', { Limit: 2, ExclusiveStartStreamArn: first.LastEvaluatedStreamArn });
  expect([...first.Streams, ...second.Streams].map(({ TableName: name }) => name)).toEqual(['one', 'three', 'two']);
  expect(second).not.toHaveProperty('LastEvaluatedStreamArn');
  const StreamArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/two/stream/2026-01-02T03:04:05.000';
  expect(await database.call('ListStreams', { TableName: 'two' })).toEqual({ Streams: [{ StreamArn, TableName: 'two', StreamLabel: '2026-01-02T03:04:05.000' }] });
  expect(await database.call('ListStreams', { TableName: 'none' })).toEqual({ Streams: [] });
});

test('a table gets a stream later, another one after that, and two in one millisecond are two', async () => {
  const database = new TestDatabase();
  await database.call('CreateTable', tableOf('things'));
  expect((await database.call('DescribeTable', { TableName })).Table).not.toHaveProperty('LatestStreamArn');
  const arns = [];
  for (let round = 0; round < 3; round++) {
    arns.push((await database.call('UpdateTable', { TableName, StreamSpecification: NEW_IMAGE })).TableDescription.LatestStreamArn);
    expect(await database.refusal('UpdateTable', { TableName, StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } }))
      .toBe('Table already has an enabled stream: TableName: things');
    expect((await database.call('DescribeTable', { TableName })).Table.StreamSpecification).toEqual(NEW_IMAGE);
    await database.call('UpdateTable', { TableName, StreamSpecification: { StreamEnabled: false } });
    expect((await database.call('DescribeTable', { TableName })).Table).not.toHaveProperty('StreamSpecification');
  }
  expect(new Set(arns).size).toBe(3);
  expect((await database.call('ListStreams', { TableName })).Streams).toHaveLength(3);
  expect(await database.refusal('UpdateTable', { TableName, StreamSpecification: { StreamEnabled: false } })).toBe('Table has no stream to disable: TableName: things');
});

test.each([
  [{ StreamEnabled: true }, 'One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true'],
  [{ StreamEnabled: false, StreamViewType: 'KEYS_ONLY' }, 'One or more parameter values were invalid: StreamViewType must not be specified when StreamEnabled is false'],
  [{ StreamEnabled: true, StreamViewType: 'ALL' }, expect.stringContaining('Value \'ALL\' at \'streamSpecification.streamViewType\' failed to satisfy constraint')],
])('%j is no stream', async (StreamSpecification, message) => {
  const database = new TestDatabase();
  expect(await database.refusal('CreateTable', tableOf('things', { StreamSpecification }))).toEqual(message);
  await database.call('CreateTable', tableOf('things'));
  expect(await database.refusal('UpdateTable', { TableName, StreamSpecification })).toEqual(message);
});

test.each<[operation: string, input: object, message: RegExp]>([
  ['DescribeStream', {}, /Value null at 'streamArn' failed to satisfy constraint: Member must not be null/],
  ['DescribeStream', { StreamArn: 'x'.repeat(40) }, /^Invalid StreamArn$/],
  ['DescribeStream', { StreamArn: 'short' }, /at 'streamArn' failed to satisfy constraint: Member must have length greater than or equal to 37/],
  ['DescribeStream', { StreamArn: UNKNOWN }, /^ResourceNotFoundException: Requested resource not found: Stream: arn:\S+ not found$/],
  ['DescribeStream', { StreamArn: UNKNOWN, Limit: 0 }, /Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1/],
  ['ListStreams', { Limit: 101 }, /Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100/],
  ['GetRecords', {}, /Value null at 'shardIterator' failed to satisfy constraint: Member must not be null/],
  ['GetRecords', { ShardIterator: 'x', Limit: 1001 }, /Value '1001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1000/],
  ...['x', '||', '|1|', `${UNKNOWN}|1|`, `${UNKNOWN}|1|bnVsbA==`, `${UNKNOWN}|1|WzEsMiwzXQ==`, `${UNKNOWN}|1|WyJ4IiwtMSwzXQ==`, `${UNKNOWN}|2|WyJ4IiwxLDNd`, `${UNKNOWN}|1|WyJ4IiwxLDNd|x`].map(
    ShardIterator => ['GetRecords', { ShardIterator }, /^Invalid ShardIterator$/] as [string, object, RegExp]),
  ['GetRecords', { ShardIterator: `${UNKNOWN}|1|WyJ4IiwxLDNd` }, /^ResourceNotFoundException: Requested resource not found: Stream/],
])('%s refuses %j', async (operation, input, message) => {
  expect(await new TestDatabase().refusal(operation, input)).toMatch(message);
});

test('iterators are refused that make no sense for the shard', async () => {
  const reader = await StreamReader.open();
  await reader.put('a');
  const { ShardId, SequenceNumberRange: { StartingSequenceNumber: SequenceNumber } } = await reader.shard();
  const refusal = (more: object) => reader.refusal('GetShardIterator', { StreamArn: reader.streamArn, ShardId, ShardIteratorType: 'LATEST', ...more });
  expect(await refusal({ ShardId: 'shardId-00000000000000000000-00000000' })).toBe('ResourceNotFoundException: Requested resource not found: Shard does not exist');
  expect(await refusal({ ShardIteratorType: 'AT_TIMESTAMP' })).toContain('Value \'AT_TIMESTAMP\' at \'shardIteratorType\' failed to satisfy constraint: Member must satisfy enum value set');
  expect(await refusal({ SequenceNumber })).toBe('SequenceNumber must not be specified when ShardIteratorType is LATEST');
  expect(await refusal({ ShardIteratorType: 'AT_SEQUENCE_NUMBER' })).toBe('SequenceNumber must be specified when ShardIteratorType is AT_SEQUENCE_NUMBER');
  for (const wrong of ['9'.repeat(25), 'x'.repeat(25), `${SequenceNumber.slice(0, -1)}9`]) {
    expect(await refusal({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: wrong })).toBe(`Invalid SequenceNumber: ${wrong}`);
  }
});

test('a position beyond the end was never given to anyone', async () => {
  const reader = await StreamReader.open();
  const iterator = await reader.iterator('LATEST');
  const [arn, version, encoded] = iterator.split('|');
  const [shardId, , issuedAt] = JSON.parse(Buffer.from(encoded, 'base64').toString());
  const forged = [arn, version, Buffer.from(JSON.stringify([shardId, 7, issuedAt])).toString('base64')].join('|');
  expect(await reader.refusal('GetRecords', { ShardIterator: forged })).toBe('Invalid ShardIterator');
});

test('permissions are about the stream', async () => {
  const reader = await StreamReader.open();
  const { ShardId } = await reader.shard();
  const onStream = (action: string) => [{ action: `dynamodb:${action}`, resource: reader.streamArn }];
  expect(reader.permissions('DescribeStream', { StreamArn: reader.streamArn })).toEqual(onStream('DescribeStream'));
  expect(reader.permissions('GetShardIterator', { StreamArn: reader.streamArn, ShardId, ShardIteratorType: 'LATEST' })).toEqual(onStream('GetShardIterator'));
  expect(reader.permissions('GetRecords', { ShardIterator: await reader.iterator('LATEST') })).toEqual(onStream('GetRecords'));
  expect(reader.permissions('ListStreams', {})).toEqual([{ action: 'dynamodb:ListStreams', resource: '*' }]);
});
