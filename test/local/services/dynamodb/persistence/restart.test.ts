import { FakeStorage } from '../../../../support/fake-storage';
import { tableOf, TestDatabase } from '../helpers';

let storage: FakeStorage;
let database: TestDatabase;

beforeEach(() => {
  storage = new FakeStorage();
  database = new TestDatabase(storage);
});
afterEach(() => expect(database.failures).toEqual([]));

/** What another process finds after this one. */
function restarted(): TestDatabase {
  return new TestDatabase(storage);
}

const put = (pk: string, more: object = {}) => database.call('PutItem', { TableName: 'things', Item: { pk: { S: pk }, ...more } });
const get = async (from: TestDatabase, pk: string) => (await from.call('GetItem', { TableName: 'things', Key: { pk: { S: pk } } })).Item;

test('without a storage nothing waits, and nothing is stored', async () => {
  const fleeting = new TestDatabase();
  const answer = fleeting.kernel.service('dynamodb').operations.CreateTable.handle(tableOf('things'), { principal: { kind: 'account', arn: '' }, requestId: '' });
  expect(answer).not.toBeInstanceOf(Promise);
});

test('items of every type come back, under every kind of key', async () => {
  await database.call('CreateTable', tableOf('things'));
  const item = {
    text: { S: 'Zoë 😀\u0000\ud800' },
    number: { N: '12345678901234567890.5' },
    binary: { B: 'AAH/' },
    flag: { BOOL: true },
    nothing: { NULL: true },
    texts: { SS: ['a', 'b'] },
    list: { L: [{ S: 'x' }, { M: {} }] },
    map: { M: { ['__proto__']: { S: 'own' }, constructor: { N: '1' } } },
    ['__proto__']: { S: 'own' },
  };
  const keys = ['a', 'a/b', '/', '"', '\\', '\n', '__proto__', 'constructor', '\ud800', '\udfff', '\ufffd', 'ü'];
  for (const pk of keys) {
    await put(pk, item);
  }
  const later = restarted();
  for (const pk of keys) {
    expect(await get(later, pk)).toEqual({ pk: { S: pk }, ...item });
  }
  expect(Object.keys((await get(later, 'a')).map.M)).toEqual(['__proto__', 'constructor']);
  const before = (await database.call('DescribeTable', { TableName: 'things' })).Table;
  expect((await later.call('DescribeTable', { TableName: 'things' })).Table).toEqual(before);
  expect(before.ItemCount).toBe(keys.length);
});

test('updates, deletions, batches and transactions over several tables come back', async () => {
  await database.call('CreateTable', tableOf('things'));
  await database.call('CreateTable', tableOf('things-too'));
  await put('updated', { count: { N: '1' } });
  await database.call('UpdateItem', { TableName: 'things', Key: { pk: { S: 'updated' } }, UpdateExpression: 'ADD #c :one', ExpressionAttributeNames: { '#c': 'count' }, ExpressionAttributeValues: { ':one': { N: '1' } } });
  await put('deleted');
  await database.call('DeleteItem', { TableName: 'things', Key: { pk: { S: 'deleted' } } });
  await database.call('BatchWriteItem', { RequestItems: { 'things': [{ PutRequest: { Item: { pk: { S: 'batched' } } } }], 'things-too': [{ PutRequest: { Item: { pk: { S: 'batched' } } } }] } });
  await database.call('TransactWriteItems', {
    TransactItems: [{ Put: { TableName: 'things', Item: { pk: { S: 'together' } } } }, { Put: { TableName: 'things-too', Item: { pk: { S: 'together' } } } }],
  });
  const later = restarted();
  expect(await get(later, 'updated')).toEqual({ pk: { S: 'updated' }, count: { N: '2' } });
  expect(await get(later, 'deleted')).toBeUndefined();
  for (const TableName of ['things', 'things-too']) {
    const { Items } = await later.call('Scan', { TableName });
    expect(Items.map(({ pk }: { pk: { S: string } }) => pk.S)).toEqual(expect.arrayContaining(['batched', 'together']));
  }
});

test('everything that one operation changes is stored together', async () => {
  await database.call('CreateTable', tableOf('things'));
  await database.call('CreateTable', tableOf('things-too'));
  storage.writes.length = 0;
  await database.call('TransactWriteItems', {
    TransactItems: [{ Put: { TableName: 'things', Item: { pk: { S: 'a' } } } }, { Put: { TableName: 'things-too', Item: { pk: { S: 'a' } } } }],
  });
  expect(storage.writes.map(({ size }) => size)).toEqual([2]);
});

test('what a table is comes back: indexes, tags, expiry, stream, protection, and what was changed of them', async () => {
  await database.call('CreateTable', tableOf('things', {
    AttributeDefinitions: ['pk', 'a'].map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [{ IndexName: 'byA', KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    Tags: [{ Key: 'first', Value: '1' }, { Key: 'second', Value: '2' }],
  }));
  await put('x', { a: { S: 'A' }, b: { S: 'B' } });
  await database.call('UpdateTable', {
    TableName: 'things',
    AttributeDefinitions: [{ AttributeName: 'b', AttributeType: 'S' }],
    GlobalSecondaryIndexUpdates: [{ Create: { IndexName: 'byB', KeySchema: [{ AttributeName: 'b', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } } }],
  });
  await database.call('UpdateTable', { TableName: 'things', DeletionProtectionEnabled: true, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byA' } }] });
  await database.call('UpdateTimeToLive', { TableName: 'things', TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } });
  const { Table } = await database.call('DescribeTable', { TableName: 'things' });
  await database.call('TagResource', { ResourceArn: Table.TableArn, Tags: [{ Key: 'third', Value: '3' }] });
  await database.call('UntagResource', { ResourceArn: Table.TableArn, TagKeys: ['first'] });

  const later = restarted();
  expect((await later.call('DescribeTable', { TableName: 'things' })).Table).toEqual(Table);
  expect((await later.call('ListTagsOfResource', { ResourceArn: Table.TableArn })).Tags).toEqual([{ Key: 'second', Value: '2' }, { Key: 'third', Value: '3' }]);
  expect((await later.call('DescribeTimeToLive', { TableName: 'things' })).TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
  const byB = { TableName: 'things', IndexName: 'byB', KeyConditionExpression: 'b = :b', ExpressionAttributeValues: { ':b': { S: 'B' } } };
  expect((await later.call('Query', byB)).Items).toEqual([{ pk: { S: 'x' }, b: { S: 'B' } }]);
  expect(await later.refusal('Query', { ...byB, IndexName: 'byA' })).toMatch(/does not have the specified index: byA/);
  expect(await later.refusal('DeleteTable', { TableName: 'things' })).toMatch(/protected against deletion/);
});

test('an attribute that is part of a key keeps its type, and items their keys', async () => {
  await database.call('CreateTable', tableOf('things'));
  await put('a');
  await put('b');
  await database.call('UpdateTable', { TableName: 'things', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }], DeletionProtectionEnabled: true });
  const later = restarted();
  expect(await get(later, 'a')).toEqual({ pk: { S: 'a' } });
  expect((await later.call('Scan', { TableName: 'things' })).Count).toBe(2);
});

test('a deleted table is gone with its items, and one of the same name begins empty', async () => {
  await database.call('CreateTable', tableOf('things'));
  await put('a');
  await database.call('DeleteTable', { TableName: 'things' });
  expect((await restarted().call('ListTables', {})).TableNames).toEqual([]);
  expect(storage.entries.size).toBe(0);
  await database.call('CreateTable', tableOf('things'));
  expect((await restarted().call('Scan', { TableName: 'things' })).Items).toEqual([]);
});

test('what expired while nothing ran expires after the start, and for good', async () => {
  await database.call('CreateTable', tableOf('things'));
  await database.call('UpdateTimeToLive', { TableName: 'things', TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } });
  const now = database.clock.now() / 1000;
  await put('soon', { ttl: { N: String(now + 60) } });
  await put('late', { ttl: { N: String(now + 7200) } });
  await put('never');

  const later = restarted();
  await later.clock.advance(3600_000);
  await later.kernel.service('dynamodb').deployed!();
  await later.clock.advance(1000);
  expect(await get(later, 'soon')).toBeUndefined();
  expect(await get(restarted(), 'soon')).toBeUndefined();
  expect(await get(restarted(), 'late')).toBeDefined();
  await later.clock.advance(3600_000);
  expect(await get(restarted(), 'late')).toBeUndefined();
  expect(await get(restarted(), 'never')).toBeDefined();
});
