import { NOW, simpleTable, TestDatabase } from './helpers';

const TableName = 'things';
const SECOND = 1000;
const DAY = 24 * 60 * 60;
const now = NOW / 1000;

let database: TestDatabase;
beforeEach(async () => {
  database = await simpleTable();
});

const enable = (AttributeName = 'expiresAt', Enabled = true) => ({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } });
const put = (pk: string, expiresAt: object) => database.call('PutItem', { TableName, Item: { pk: { S: pk }, expiresAt } });
const names = async () => (await database.call('Scan', { TableName })).Items.map(({ pk }: any) => pk.S).sort();

test('an item is gone once its second is over', async () => {
  await database.call('UpdateTimeToLive', enable());
  await put('a', { N: String(now + 10) });
  await put('b', { N: String(now + 20) });
  await database.clock.advance(10 * SECOND);
  expect(await names()).toEqual(['a', 'b']);
  await database.clock.advance(SECOND);
  expect(await names()).toEqual(['b']);
  await database.clock.advance(10 * SECOND);
  expect(await names()).toEqual([]);
  expect(database.clock.pending).toBe(0);
});

test('a later item does not delay an earlier one', async () => {
  await database.call('UpdateTimeToLive', enable());
  await put('late', { N: String(now + 1000) });
  await put('soon', { N: String(now + 5) });
  await database.clock.advance(6 * SECOND);
  expect(await names()).toEqual(['late']);
});

test.each([
  ['milliseconds', { N: String(NOW + 5 * SECOND) }],
  ['a text', { S: String(now + 5) }],
  ['something of more than five years ago', { N: String(now - 6 * 365 * DAY) }],
  ['zero', { N: '0' }],
  ['the largest number', { N: '9e125' }],
])('%s never expires', async (_, value) => {
  await database.call('UpdateTimeToLive', enable());
  await put('a', value);
  await database.clock.advance(90 * DAY * SECOND);
  expect(await names()).toEqual(['a']);
});

test.each([['a fraction', '5.5'], ['the past', '-100'], ['three years', String(3 * 365 * DAY)]])('%s expires', async (_, offset) => {
  await database.call('UpdateTimeToLive', enable());
  await put('a', { N: String(now + Number(offset)) });
  await database.clock.advance(Math.max(Number(offset) + 1, 1) * SECOND);
  expect(await names()).toEqual([]);
});

test('a renewed item lives on, and one that lost its time forever', async () => {
  await database.call('UpdateTimeToLive', enable());
  await put('renewed', { N: String(now + 5) });
  await put('kept', { N: String(now + 5) });
  await database.call('UpdateItem', {
    TableName, Key: { pk: { S: 'renewed' } }, UpdateExpression: 'SET expiresAt = expiresAt + :more', ExpressionAttributeValues: { ':more': { N: '100' } },
  });
  await database.call('UpdateItem', { TableName, Key: { pk: { S: 'kept' } }, UpdateExpression: 'REMOVE expiresAt' });
  await database.clock.advance(50 * SECOND);
  expect(await names()).toEqual(['kept', 'renewed']);
  await database.clock.advance(60 * SECOND);
  expect(await names()).toEqual(['kept']);
});

test('transactions and batches write items that expire as well', async () => {
  await database.call('UpdateTimeToLive', enable());
  const Item = (pk: string) => ({ pk: { S: pk }, expiresAt: { N: String(now + 1) } });
  await database.call('TransactWriteItems', { TransactItems: [{ Put: { TableName, Item: Item('a') } }] });
  await database.clock.advance(2 * SECOND);
  await database.call('BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest: { Item: Item('b') } }] } });
  await database.clock.advance(SECOND);
  expect(await names()).toEqual([]);
});

test('items that were there before expire too, and none once it is off', async () => {
  await put('a', { N: String(now + 5) });
  await put('b', { N: String(now + 50) });
  await database.clock.advance(10 * SECOND);
  expect(await names()).toEqual(['a', 'b']);
  await database.call('UpdateTimeToLive', enable());
  await database.clock.advance(SECOND);
  expect(await names()).toEqual(['b']);
  await database.call('UpdateTimeToLive', enable('expiresAt', false));
  await database.clock.advance(100 * SECOND);
  expect(await names()).toEqual(['b']);
});

test('indexes forget what has expired', async () => {
  const index = { IndexName: 'byKind', KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } };
  await database.call('UpdateTable', { TableName, AttributeDefinitions: [{ AttributeName: 'kind', AttributeType: 'S' }], GlobalSecondaryIndexUpdates: [{ Create: index }] });
  await database.call('UpdateTimeToLive', enable());
  await database.call('PutItem', { TableName, Item: { pk: { S: 'a' }, kind: { S: 'k' }, expiresAt: { N: String(now) } } });
  await database.clock.advance(SECOND);
  expect((await database.call('Scan', { TableName, IndexName: 'byKind' })).Count).toBe(0);
  expect((await database.call('DescribeTable', { TableName })).Table).toMatchObject({ ItemCount: 0, TableSizeBytes: 0 });
});

test('is described', async () => {
  expect(await database.call('DescribeTimeToLive', { TableName })).toEqual({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } });
  expect(await database.call('UpdateTimeToLive', enable())).toEqual({ TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } });
  expect(await database.call('DescribeTimeToLive', { TableName })).toEqual({ TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' } });
});

test('is refused where it changes nothing, or two things at once', async () => {
  expect(await database.refusal('UpdateTimeToLive', enable('expiresAt', false))).toBe('TimeToLive is already disabled');
  await database.call('UpdateTimeToLive', enable());
  expect(await database.refusal('UpdateTimeToLive', enable())).toBe('TimeToLive is already enabled');
  expect(await database.refusal('UpdateTimeToLive', enable('other'))).toBe('TimeToLive is active on a different AttributeName: current AttributeName is expiresAt');
  expect(await database.refusal('UpdateTimeToLive', enable(''))).toBe('1 validation error detected: Value \'\' at \'timeToLiveSpecification.attributeName\' failed to satisfy constraint: '
    + 'Member must have length greater than or equal to 1');
  expect(await database.refusal('UpdateTimeToLive', { ...enable(), TableName: 'none' })).toBe('ResourceNotFoundException: Requested resource not found: Table: none not found');
});

test('a runtime that stops leaves no timer behind', async () => {
  await database.call('UpdateTimeToLive', enable());
  await put('a', { N: String(now + 5) });
  expect(database.clock.pending).toBe(1);
  await database.kernel.service('dynamodb').stop!();
  expect(database.clock.pending).toBe(0);
});
