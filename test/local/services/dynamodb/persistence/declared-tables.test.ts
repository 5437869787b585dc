import { FakeStorage } from '../../../../support/fake-storage';
import { TestDatabase } from '../helpers';

const TYPE = 'AWS::DynamoDB::Table';
const ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const DECLARED = {
  TableName: 'orders',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'author', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [{ IndexName: 'byAuthor', KeySchema: [{ AttributeName: 'author', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }],
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
  TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
  Tags: [{ Key: 'team', Value: 'one' }],
};
const ITEM = { pk: { S: 'a' }, author: { S: 'Ann' }, year: { N: '1999' } };

let storage: FakeStorage;

beforeEach(async () => {
  storage = new FakeStorage();
  const first = new TestDatabase(storage);
  await first.provision(TYPE, DECLARED);
  await first.call('PutItem', { TableName: 'orders', Item: ITEM });
});

/** A later process, which declares the table as it was, or with changes. */
async function later(changes: object = {}, more: object = {}) {
  const database = new TestDatabase(storage);
  await database.clock.advance(1000);
  const { attributes } = await database.provision(TYPE, { ...DECLARED, ...changes }, more);
  const { Table } = await database.call('DescribeTable', { TableName: 'orders' });
  return { database, attributes, Table, Items: (await database.call('Scan', { TableName: 'orders' })).Items };
}

test('a table that is declared as before is the one from before', async () => {
  const before = (await new TestDatabase(storage).call('DescribeTable', { TableName: 'orders' })).Table;
  const { attributes, Table, Items } = await later();
  expect(Table).toEqual(before);
  expect(attributes).toEqual({ Arn: ARN, TableId: before.TableId, StreamArn: before.LatestStreamArn });
  expect(Items).toEqual([ITEM]);
});

test('what the API changed stays while the declaration does', async () => {
  const { database } = await later();
  await database.call('UpdateTimeToLive', { TableName: 'orders', TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: false } });
  await database.call('TagResource', { ResourceArn: ARN, Tags: [{ Key: 'team', Value: 'two' }] });
  const { database: again } = await later();
  expect((await again.call('DescribeTimeToLive', { TableName: 'orders' })).TimeToLiveDescription.TimeToLiveStatus).toBe('DISABLED');
  expect((await again.call('ListTagsOfResource', { ResourceArn: ARN })).Tags).toEqual([{ Key: 'team', Value: 'two' }]);
});

test('what can be changed is changed, and the items stay', async () => {
  const { database, attributes, Table, Items } = await later({
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'year', AttributeType: 'N' }],
    GlobalSecondaryIndexes: [{ IndexName: 'byYear', KeySchema: [{ AttributeName: 'year', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } }],
    StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    Tags: [{ Key: 'owner', Value: 'me' }],
  });
  const before = (await new TestDatabase(storage).call('DescribeTable', { TableName: 'orders' })).Table;
  expect(Items).toEqual([ITEM]);
  expect(Table.GlobalSecondaryIndexes.map(({ IndexName }: { IndexName: string }) => IndexName)).toEqual(['byYear']);
  expect((await database.call('Scan', { TableName: 'orders', IndexName: 'byYear' })).Items).toEqual([{ pk: ITEM.pk, year: ITEM.year }]);
  expect(attributes!.StreamArn).toBe(`${ARN}/stream/${new Date(database.clock.now()).toISOString().slice(0, -1)}`);
  expect((await database.call('DescribeTimeToLive', { TableName: 'orders' })).TimeToLiveDescription.AttributeName).toBe('expires');
  expect((await database.call('ListTagsOfResource', { ResourceArn: ARN })).Tags).toEqual([{ Key: 'owner', Value: 'me' }]);
  expect(before).toEqual(Table);
});

test.each([
  ['another key', { KeySchema: [{ AttributeName: 'author', KeyType: 'HASH' }], GlobalSecondaryIndexes: undefined, AttributeDefinitions: DECLARED.AttributeDefinitions.slice(1) }, /another KeySchema/],
  ['a sort key', { KeySchema: [...DECLARED.KeySchema, { AttributeName: 'author', KeyType: 'RANGE' }] }, /another KeySchema/],
  ['another type of the key', { AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }, DECLARED.AttributeDefinitions[1]] }, /another type of the attribute pk, S/],
])('%s is refused by the name of the table, and nothing is lost', async (_, changes, message) => {
  const attempt = later(changes);
  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.toThrow(/orders.*CloudFormation would replace the table/);
  expect((await later()).Items).toEqual([ITEM]);
});

test('local indexes that were not there are refused', async () => {
  const keys = { KeySchema: [...DECLARED.KeySchema, { AttributeName: 'author', KeyType: 'RANGE' }], TableName: 'notes', GlobalSecondaryIndexes: undefined };
  await new TestDatabase(storage).provision(TYPE, { ...DECLARED, ...keys });
  const LocalSecondaryIndexes = [{ IndexName: 'local', KeySchema: keys.KeySchema, Projection: { ProjectionType: 'ALL' } }];
  await expect(new TestDatabase(storage).provision(TYPE, { ...DECLARED, ...keys, LocalSecondaryIndexes })).rejects.toThrow(/notes with other LocalSecondaryIndexes/);
});

test('a table of another region is another table', async () => {
  const environment = { account: '111122223333', region: 'us-west-2', partition: 'aws', urlSuffix: 'amazonaws.com' };
  await expect(later({}, { environment })).rejects.toThrow(`the ARN ${ARN}`);
});

test('a table that was made through the API is taken over by a template that declares it', async () => {
  const { database } = await later();
  await database.call('CreateTable', { TableName: 'free', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: DECLARED.AttributeDefinitions.slice(0, 1), KeySchema: DECLARED.KeySchema });
  await database.call('PutItem', { TableName: 'free', Item: ITEM });
  const again = new TestDatabase(storage);
  const environment = { account: '000000000000', region: 'us-east-1', partition: 'aws', urlSuffix: 'amazonaws.com' };
  await again.provision(TYPE, { ...DECLARED, TableName: 'free' }, { environment });
  expect((await again.call('Scan', { TableName: 'free', IndexName: 'byAuthor' })).Items).toEqual([ITEM]);
});

test('two resources of one name are still refused', async () => {
  const { database } = await later();
  await expect(database.provision(TYPE, DECLARED, { logicalId: 'Other' })).rejects.toThrow('Table already exists: orders');
});

test('a table that is declared no longer is kept, and can be declared again', async () => {
  const { database } = await later();
  await database.kernel.service('dynamodb').resourceTypes[TYPE].delete({} as never, { ref: 'orders' });
  expect((await database.call('Scan', { TableName: 'orders' })).Items).toEqual([ITEM]);
  await database.provision(TYPE, DECLARED);
  expect((await later()).Items).toEqual([ITEM]);
});

test('a table that cannot be stored fails the start', async () => {
  storage.failNext('before');
  await expect(new TestDatabase(storage).provision(TYPE, { ...DECLARED, TableName: 'more' })).rejects.toMatchObject({ code: 'InternalServerError' });
});
