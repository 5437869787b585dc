import { FakeStorage } from '../../../../support/fake-storage';
import { tableOf, TestDatabase } from '../helpers';

const INTERNAL = { code: 'InternalServerError', status: 500, message: 'The server encountered an internal error trying to fulfill the request.' };

let storage: FakeStorage;
let database: TestDatabase;

beforeEach(async () => {
  storage = new FakeStorage();
  database = new TestDatabase(storage);
  await database.call('CreateTable', tableOf('things', {
    AttributeDefinitions: ['pk', 'author'].map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [{ IndexName: 'byAuthor', KeySchema: [{ AttributeName: 'author', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }],
  }));
  await put('old', 'Ann');
});

const TableName = 'things';
const put = (pk: string, author: string) => database.call('PutItem', { TableName, Item: { pk: { S: pk }, author: { S: author } } });
const remove = (pk: string) => database.call('DeleteItem', { TableName, Key: { pk: { S: pk } } });
const count = (from = database) => (amount: number) => from.call('UpdateItem', {
  TableName, Key: { pk: { S: 'counter' } }, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: String(amount) } }, ReturnValues: 'ALL_NEW',
});

/** All that can be read of a table, through every door to it. */
async function contents(from: TestDatabase): Promise<Record<string, unknown>> {
  const { TableNames } = await from.call('ListTables', {});
  if (!TableNames.includes(TableName)) {
    return { TableNames };
  }
  const { Table } = await from.call('DescribeTable', { TableName });
  const scan = (await from.call('Scan', { TableName })).Items;
  const indexes = Object.fromEntries(await Promise.all((Table.GlobalSecondaryIndexes ?? []).map(async ({ IndexName }: { IndexName: string }) =>
    [IndexName, (await from.call('Scan', { TableName, IndexName })).Items])));
  const { Tags } = await from.call('ListTagsOfResource', { ResourceArn: Table.TableArn });
  return { TableNames, Table, scan, indexes, Tags, expiry: (await from.call('DescribeTimeToLive', { TableName })).TimeToLiveDescription };
}

/** Memory and storage say the same. */
async function expectAgreement(): Promise<void> {
  expect(await contents(new TestDatabase(storage))).toEqual(await contents(database));
}

describe.each(['before', 'after'] as const)('a write that fails %s it is stored', fault => {
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/things';
  const OPERATIONS: [string, object][] = [
    ['PutItem', { TableName, Item: { pk: { S: 'new' } } }],
    ['PutItem', { TableName, Item: { pk: { S: 'old' }, author: { S: 'Bob' } } }],
    ['DeleteItem', { TableName, Key: { pk: { S: 'old' } } }],
    ['UpdateItem', { TableName, Key: { pk: { S: 'old' } }, UpdateExpression: 'REMOVE author' }],
    ['BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest: { Item: { pk: { S: 'new' } } } }, { DeleteRequest: { Key: { pk: { S: 'old' } } } }] } }],
    ['TransactWriteItems', { TransactItems: [{ Put: { TableName, Item: { pk: { S: 'new' } } } }, { Delete: { TableName, Key: { pk: { S: 'old' } } } }] }],
    ['CreateTable', tableOf('more')],
    ['DeleteTable', { TableName }],
    ['UpdateTable', { TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byAuthor' } }] }],
    ['UpdateTable', { TableName, StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } }],
    ['UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }],
    ['TagResource', { ResourceArn: arn, Tags: [{ Key: 'k', Value: 'v' }] }],
  ];

  test.each(OPERATIONS)('%s %j is refused, and nothing has happened', async (operation, input) => {
    const before = await contents(database);
    storage.failNext(fault);
    await expect(database.call(operation, input)).rejects.toMatchObject(INTERNAL);
    expect(await contents(database)).toEqual(before);
    await expectAgreement();
    expect(database.failures).toEqual([expect.stringContaining('No space left on device')]);

    // The same again, now that there is space.
    await database.call(operation, input);
    expect(await contents(database)).not.toEqual(before);
    await expectAgreement();
  });

  test('what was built upon it fails with it, and goes backwards in order', async () => {
    await count()(1);
    const before = await contents(database);
    storage.hold();
    storage.failNext(fault);
    const attempts = [
      count()(1), count()(1), put('old', 'Bob'), remove('old'), put('old', 'Cem'), put('brief', 'Dan'), remove('brief'),
      database.call('UpdateTable', { TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byAuthor' } }] }),
      put('unseen', 'Eve'),
      database.call('DeleteTable', { TableName }),
      database.call('CreateTable', tableOf(TableName)),
      put('other', 'Fay'),
    ];
    const outcomes = Promise.allSettled(attempts);
    storage.release();
    for (const outcome of await outcomes) {
      expect(outcome).toEqual({ status: 'rejected', reason: expect.objectContaining(INTERNAL) });
    }
    expect(await contents(database)).toEqual(before);
    await expectAgreement();
    expect((await count()(1)).Attributes.n).toEqual({ N: '2' });
    await expectAgreement();
  });

  test('a transaction that failed is tried again under its token, not remembered', async () => {
    const transaction = { ClientRequestToken: 'token', TransactItems: [{ Put: { TableName, Item: { pk: { S: 'new' } } } }] };
    storage.failNext(fault);
    await expect(database.call('TransactWriteItems', transaction)).rejects.toMatchObject(INTERNAL);
    await database.call('TransactWriteItems', transaction);
    expect((await new TestDatabase(storage).call('GetItem', { TableName, Key: { pk: { S: 'new' } } })).Item).toBeDefined();
  });

  test('what a storage that goes on failing may have kept is put right with the first write that succeeds', async () => {
    storage.failNext(fault, fault, fault, fault);
    await expect(put('old', 'Bob')).rejects.toMatchObject(INTERNAL);
    await expect(put('new', 'Cem')).rejects.toMatchObject(INTERNAL);
    await put('newer', 'Dan');
    await expectAgreement();
    expect((await database.call('Scan', { TableName })).Items).toHaveLength(2);
  });

  test('an item whose expiry could not be stored is there again, and expires with the next write', async () => {
    await database.call('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } });
    await database.call('PutItem', { TableName, Item: { pk: { S: 'short' }, ttl: { N: String(database.clock.now() / 1000 + 5) } } });
    storage.failNext(fault);
    await database.clock.advance(10_000);
    expect((await database.call('GetItem', { TableName, Key: { pk: { S: 'short' } } })).Item).toBeDefined();
    await expectAgreement();
    await put('new', 'Ann');
    await database.clock.advance(1);
    expect((await database.call('GetItem', { TableName, Key: { pk: { S: 'short' } } })).Item).toBeUndefined();
    await expectAgreement();
  });
});

/** Whether a promise has come to its end, after everything that can go on has gone on. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let pending = true;
  promise.then(() => { pending = false; }, () => { pending = false; });
  await new Promise(resolve => setImmediate(resolve));
  return pending;
}

test('writes are answered once they are stored, and reads do not wait', async () => {
  storage.hold();
  const written = put('new', 'Ann');
  expect(await isPending(written)).toBe(true);
  expect((await database.call('GetItem', { TableName, Key: { pk: { S: 'new' } } })).Item).toBeDefined();
  storage.release();
  await written;
});

test('a repeated transaction is answered no sooner than the first', async () => {
  const transaction = { ClientRequestToken: 'token', TransactItems: [{ Put: { TableName, Item: { pk: { S: 'new' } } } }] };
  storage.hold();
  const [first, second] = [database.call('TransactWriteItems', transaction), database.call('TransactWriteItems', transaction)];
  expect(await isPending(second)).toBe(true);
  storage.failNext('before');
  storage.release();
  await expect(first).rejects.toMatchObject(INTERNAL);
  await expect(second).rejects.toMatchObject(INTERNAL);
});

test('an operation that is refused changes nothing, and is not written', async () => {
  const { length } = storage.writes;
  await expect(database.call('PutItem', { TableName, Item: { pk: { S: 'old' } }, ConditionExpression: 'attribute_not_exists(pk)' })).rejects.toMatchObject({ code: 'ConditionalCheckFailedException' });
  expect(storage.writes).toHaveLength(length);
});

test('while one group is written, the next one gathers', async () => {
  const { length } = storage.writes;
  storage.hold();
  const writes = Array.from({ length: 100 }, (_, index) => put(`item ${index}`, 'Ann'));
  storage.release();
  await Promise.all(writes);
  expect(storage.writes.slice(length).map(({ size }) => size).reduce((sum, size) => sum + size)).toBe(100);
  expect(storage.writes.length - length).toBeLessThanOrEqual(3);
  await expectAgreement();
});

test('the service stops once everything is stored', async () => {
  storage.hold();
  const written = put('new', 'Ann');
  const stopped = Promise.resolve(database.kernel.service('dynamodb').stop!());
  expect(await isPending(stopped)).toBe(true);
  storage.release();
  await Promise.all([written, stopped]);
  await expectAgreement();
});
