import { NOW, TestDatabase } from './helpers';

const KEYS = {
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
};
const TABLE = 'AWS::DynamoDB::Table';
const GLOBAL = 'AWS::DynamoDB::GlobalTable';
const ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/shop-Orders-ABCDEFGHIJKL';

let database: TestDatabase;
beforeEach(() => {
  database = new TestDatabase();
});

test.each([TABLE, GLOBAL])('%s without a name gets one, and can be used at once', async type => {
  const { ref, attributes } = await database.provision(type, { ...KEYS, BillingMode: 'PAY_PER_REQUEST' });
  expect({ ref, attributes }).toEqual({ ref: 'shop-Orders-ABCDEFGHIJKL', attributes: { Arn: ARN, TableId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
  expect((await database.call('DescribeTable', { TableName: ref })).Table).toMatchObject({ TableStatus: 'ACTIVE', TableArn: ARN });
});

test('a name of its own, indexes, a stream, tags and time to live', async () => {
  const index = { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'time', KeyType: 'RANGE' }], Projection: { ProjectionType: 'KEYS_ONLY' } };
  const { ref, attributes } = await database.provision(TABLE, {
    TableName: 'orders',
    AttributeDefinitions: [...KEYS.AttributeDefinitions, { AttributeName: 'sk', AttributeType: 'S' }, { AttributeName: 'time', AttributeType: 'N' }],
    KeySchema: [...KEYS.KeySchema, { AttributeName: 'sk', KeyType: 'RANGE' }],
    ProvisionedThroughput: { ReadCapacityUnits: '5', WriteCapacityUnits: 6 },
    LocalSecondaryIndexes: [{ IndexName: 'local', ...index }],
    GlobalSecondaryIndexes: [{ IndexName: 'global', ...index, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    Tags: [{ Key: 'a', Value: 'b' }],
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: 'true' },
  });
  const arn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
  const stream = `${arn}/stream/${new Date(NOW).toISOString().slice(0, -1)}`;
  expect({ ref, attributes }).toMatchObject({ ref: 'orders', attributes: { Arn: arn, StreamArn: stream } });
  expect((await database.call('DescribeTable', { TableName: 'orders' })).Table).toMatchObject({
    LatestStreamArn: stream,
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
    LocalSecondaryIndexes: [{ IndexName: 'local', IndexArn: `${arn}/index/local` }],
    GlobalSecondaryIndexes: [{ IndexName: 'global', IndexStatus: 'ACTIVE' }],
  });
  expect((await database.call('ListTagsOfResource', { ResourceArn: arn })).Tags).toEqual([{ Key: 'a', Value: 'b' }]);
  expect((await database.call('DescribeTimeToLive', { TableName: 'orders' })).TimeToLiveDescription.AttributeName).toBe('ttl');
});

test('what changes no answer is accepted', async () => {
  await database.provision(TABLE, {
    ...KEYS,
    BillingMode: 'PAY_PER_REQUEST',
    SSESpecification: { SSEEnabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
    ContributorInsightsSpecification: { Enabled: true },
    ResourcePolicy: { PolicyDocument: {} },
    TableClass: 'STANDARD',
    OnDemandThroughput: { MaxReadRequestUnits: 1 },
    WarmThroughput: {},
    TimeToLiveSpecification: { Enabled: false },
  });
  await database.provision(GLOBAL, {
    ...KEYS,
    TableName: 'global',
    Replicas: [{ Region: 'eu-west-1' }, { Region: 'us-east-1' }],
    SSESpecification: { SSEEnabled: true },
    WriteProvisionedThroughputSettings: { WriteCapacityAutoScalingSettings: { MinCapacity: 1, MaxCapacity: 10 } },
    AttributeDefinitions: [...KEYS.AttributeDefinitions, { AttributeName: 'a', AttributeType: 'S' }],
    GlobalSecondaryIndexes: [{ IndexName: 'byA', KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' }, WriteProvisionedThroughputSettings: {} }],
  });
  expect((await database.call('ListTables', {})).TableNames).toEqual(['global', 'shop-Orders-ABCDEFGHIJKL']);
});

test.each<[string, string, object, string]>([
  ['a property that nobody knows', TABLE, { Sharding: {} }, 'the local runtime does not emulate the property Sharding of AWS::DynamoDB::Table'],
  ['a stream to Kinesis', TABLE, { KinesisStreamSpecification: {} }, 'the local runtime does not emulate the property KinesisStreamSpecification of AWS::DynamoDB::Table'],
  ['a property of the other type', GLOBAL, { Tags: [] }, 'the local runtime does not emulate the property Tags of AWS::DynamoDB::GlobalTable'],
  [
    'a property of an index that nobody knows', TABLE, { GlobalSecondaryIndexes: [{ IndexName: 'one', Vector: {} }] },
    'the local runtime does not emulate the property Vector of the index one of AWS::DynamoDB::Table',
  ],
  ['a property of the stream that nobody knows', TABLE, { StreamSpecification: { Shards: 1 } }, 'the local runtime does not emulate the property StreamSpecification.Shards of AWS::DynamoDB::Table'],
  ['time to live by nothing', TABLE, { TimeToLiveSpecification: { Enabled: true } }, 'TimeToLiveSpecification is enabled without an AttributeName'],
  ['what DynamoDB refuses', TABLE, { KeySchema: [] }, 'Member must have length greater than or equal to 1'],
  ['no billing', TABLE, { BillingMode: undefined }, 'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED'],
])('%s is refused', async (_, type, properties, message) => {
  await expect(async () => database.provision(type, { ...KEYS, BillingMode: 'PAY_PER_REQUEST', ...properties })).rejects.toThrow(message);
});

test('two stacks cannot have tables of one name', async () => {
  const properties = { ...KEYS, BillingMode: 'PAY_PER_REQUEST', TableName: 'orders' };
  await database.provision(TABLE, properties);
  await expect(async () => database.provision(TABLE, properties)).rejects.toThrow('Table already exists: orders');
});

describe('a table that is declared otherwise while it stands', () => {
  const AUTHOR = { AttributeName: 'author', AttributeType: 'S' };
  const Item = { pk: { S: 'a' }, author: { S: 'Ann' } };
  const before = { ...KEYS, TableName: 'orders', BillingMode: 'PAY_PER_REQUEST' };

  const update = async (properties: object) => {
    await database.provision(TABLE, before);
    await database.call('PutItem', { TableName: 'orders', Item });
    const request = { environment: { account: '111122223333', region: 'eu-west-1', partition: 'aws', urlSuffix: 'amazonaws.com' }, properties: { ...before, ...properties } };
    await database.kernel.service('dynamodb').resourceTypes[TABLE].update!(request as never, { properties: before } as never, { ref: 'orders' });
  };

  test('keeps its items while its indexes, its stream and its expiry change', async () => {
    await update({
      AttributeDefinitions: [...KEYS.AttributeDefinitions, AUTHOR],
      GlobalSecondaryIndexes: [{ IndexName: 'byAuthor', KeySchema: [{ AttributeName: 'author', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    expect((await database.call('Scan', { TableName: 'orders', IndexName: 'byAuthor' })).Items).toEqual([Item]);
    expect((await database.call('DescribeTable', { TableName: 'orders' })).Table.LatestStreamArn).toBeDefined();
    expect((await database.call('DescribeTimeToLive', { TableName: 'orders' })).TimeToLiveDescription.AttributeName).toBe('ttl');
  });

  test('is replaced when the type of its key changes', async () => {
    await update({ AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }] });
    expect((await database.call('Scan', { TableName: 'orders' })).Items).toEqual([]);
    await database.call('PutItem', { TableName: 'orders', Item: { pk: { N: '1' } } });
  });

  test('is gone when it is declared no longer', async () => {
    await database.provision(TABLE, before);
    await database.kernel.service('dynamodb').resourceTypes[TABLE].delete({} as never, { ref: 'orders' });
    expect((await database.call('ListTables', {})).TableNames).toEqual([]);
  });
});
