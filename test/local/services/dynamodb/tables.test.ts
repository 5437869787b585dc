import { NOW, simpleTable, tableOf, TestDatabase } from './helpers';

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/things';
const HASH = [{ AttributeName: 'pk', KeyType: 'HASH' }];
const gsi = (IndexName: string, more: object = {}) => ({ IndexName, KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' }, ...more });
const attributes = (...names: string[]) => names.map(AttributeName => ({ AttributeName, AttributeType: 'S' }));

let database: TestDatabase;
beforeEach(async () => {
  database = await simpleTable();
});

const describeThings = async () => (await database.call('DescribeTable', { TableName: 'things' })).Table;

describe('CreateTable', () => {
  test('answers that the table is being made, though it can be used at once', async () => {
    const definition = tableOf('more', { AttributeDefinitions: attributes('pk', 'other'), GlobalSecondaryIndexes: [gsi('byOther')] });
    const { TableDescription } = await database.call('CreateTable', definition);
    expect(TableDescription).toMatchObject({ TableStatus: 'CREATING', GlobalSecondaryIndexes: [{ IndexName: 'byOther', IndexStatus: 'CREATING' }] });
    expect(await database.call('PutItem', { TableName: 'more', Item: { pk: { S: 'a' } } })).toEqual({});
    expect((await database.call('DescribeTable', { TableName: 'more' })).Table).toEqual({
      ...TableDescription, TableStatus: 'ACTIVE', ItemCount: 1, TableSizeBytes: 3, GlobalSecondaryIndexes: [{ ...TableDescription.GlobalSecondaryIndexes[0], IndexStatus: 'ACTIVE' }],
    });
  });

  test('describes what it has made', async () => {
    expect(await describeThings()).toEqual({
      TableName: 'things',
      TableArn: ARN,
      TableId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      TableStatus: 'ACTIVE',
      CreationDateTime: NOW / 1000,
      AttributeDefinitions: attributes('pk'),
      KeySchema: HASH,
      ItemCount: 0,
      TableSizeBytes: 0,
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 },
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: NOW / 1000 },
      TableThroughputModeSummary: { TableThroughputMode: 'PAY_PER_REQUEST' },
      DeletionProtectionEnabled: false,
    });
  });

  const INVALID = 'One or more parameter values were invalid: ';

  test.each<[string, object, string]>([
    ['a name that is taken', { TableName: 'things' }, 'ResourceInUseException: Table already exists: things'],
    ['no name', { TableName: undefined }, 'The parameter \'TableName\' is required but was not present in the request'],
    ['a short name', { TableName: 'ab' }, '1 validation error detected: Value \'ab\' at \'tableName\' failed to satisfy constraint: Member must have length greater than or equal to 3'],
    ['a bad name', { TableName: 'bad name' }, '1 validation error detected: Value \'bad name\' at \'tableName\' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+'],
    [
      'several things', { KeySchema: [{ AttributeName: 'pk', KeyType: 'NONE' }], AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'X' }] },
      '2 validation errors detected: Value \'X\' at \'attributeDefinitions.1.member.attributeType\' failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]; '
        + 'Value \'NONE\' at \'keySchema.1.member.keyType\' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]',
    ],
    [
      'three keys', { AttributeDefinitions: attributes('pk', 'a', 'b'), KeySchema: [...HASH, { AttributeName: 'a', KeyType: 'RANGE' }, { AttributeName: 'b', KeyType: 'RANGE' }] },
      '1 validation error detected: Value \'[KeySchemaElement(attributeName=pk, keyType=HASH), KeySchemaElement(attributeName=a, keyType=RANGE), '
        + 'KeySchemaElement(attributeName=b, keyType=RANGE)]\' at \'keySchema\' failed to satisfy constraint: Member must have length less than or equal to 2',
    ],
    ['throughput on demand', { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } }, `${INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`],
    ['no throughput', { BillingMode: undefined }, `${INVALID}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`],
    ['a key twice', { KeySchema: [...HASH, { AttributeName: 'pk', KeyType: 'RANGE' }] }, 'Invalid KeySchema: Some index key attribute have no definition'],
    ['a key that is not defined', { KeySchema: [{ AttributeName: 'x', KeyType: 'HASH' }] }, `${INVALID}Some index key attributes are not defined in AttributeDefinitions. Keys: [x], AttributeDefinitions: [pk]`],
    ['a sort key first', { KeySchema: [{ AttributeName: 'pk', KeyType: 'RANGE' }] }, 'Invalid KeySchema: The first KeySchemaElement is not a HASH key type'],
    ['a definition too many', { AttributeDefinitions: attributes('pk', 'other') }, `${INVALID}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`],
    [
      'an unused definition beside an index', { AttributeDefinitions: attributes('pk', 'other', 'x'), GlobalSecondaryIndexes: [gsi('one')] },
      `${INVALID}Some AttributeDefinitions are not used. AttributeDefinitions: [pk, other, x], keys used: [pk, other]`,
    ],
    ['an index twice', { AttributeDefinitions: attributes('pk', 'other'), GlobalSecondaryIndexes: [gsi('one'), gsi('one')] }, `${INVALID}Duplicate index name: one`],
    [
      'a local index without a sort key', { AttributeDefinitions: attributes('pk', 'other'), LocalSecondaryIndexes: [gsi('one', { KeySchema: [...HASH, { AttributeName: 'other', KeyType: 'RANGE' }] })] },
      `${INVALID}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex`,
    ],
    ['a projection of everything and more', { AttributeDefinitions: attributes('pk', 'other'), GlobalSecondaryIndexes: [gsi('one', { Projection: { ProjectionType: 'ALL', NonKeyAttributes: ['x'] } })] }, `${INVALID}ProjectionType is ALL, but NonKeyAttributes is specified`],
    ['no indexes', { GlobalSecondaryIndexes: [] }, `${INVALID}List of GlobalSecondaryIndexes is empty`],
    ['a name of another type', { TableName: 5 }, 'SerializationException: NUMBER_VALUE cannot be converted to String'],
    ['keys of another type', { KeySchema: {} }, 'SerializationException: Start of structure or map found where not expected'],
  ])('%s is refused', async (_, more, message) => {
    expect(await database.refusal('CreateTable', tableOf('more', more))).toBe(message);
    expect((await database.call('ListTables', {})).TableNames).toEqual(['things']);
  });
});

describe('UpdateTable', () => {
  const update = (input: object) => ({ TableName: 'things', ...input });
  const create = { AttributeDefinitions: attributes('other'), GlobalSecondaryIndexUpdates: [{ Create: gsi('byOther') }] };

  test('makes an index over the items that there are, and drops it again', async () => {
    await database.call('PutItem', { TableName: 'things', Item: { pk: { S: 'a' }, other: { S: 'x' } } });
    expect((await database.call('UpdateTable', update(create))).TableDescription).toMatchObject({ TableStatus: 'UPDATING' });
    expect((await database.call('Scan', { TableName: 'things', IndexName: 'byOther' })).Count).toBe(1);
    expect(await describeThings()).toMatchObject({ AttributeDefinitions: attributes('pk', 'other'), GlobalSecondaryIndexes: [{ IndexName: 'byOther', IndexStatus: 'ACTIVE' }] });
    await database.call('UpdateTable', update({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byOther' } }] }));
    expect(await describeThings()).toMatchObject({ AttributeDefinitions: attributes('pk') });
    expect(await describeThings()).not.toHaveProperty('GlobalSecondaryIndexes');
    expect(await database.refusal('Scan', { TableName: 'things', IndexName: 'byOther' })).toBe('The table does not have the specified index: byOther');
  });

  test('an attribute that is part of a key keeps its type, whatever it is said to be', async () => {
    await database.call('UpdateTable', update({ ...create, AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }, ...attributes('other')] }));
    expect(await describeThings()).toMatchObject({ AttributeDefinitions: attributes('pk', 'other'), GlobalSecondaryIndexes: [{ IndexName: 'byOther' }] });
  });

  test('changes how the table is paid for, and turns its stream on and off', async () => {
    await database.call('UpdateTable', update({ BillingMode: 'PROVISIONED', ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 } }));
    expect(await describeThings()).toMatchObject({ ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 } });
    expect(await database.refusal('UpdateTable', update({ ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 } }))).toMatch('The provisioned throughput for the table will not change.');
    await database.call('UpdateTable', update({ BillingMode: 'PAY_PER_REQUEST', StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } }));
    expect(await describeThings()).toMatchObject({ BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' }, LatestStreamArn: `${ARN}/stream/2026-01-02T03:04:05.000` });
    await database.call('UpdateTable', update({ StreamSpecification: { StreamEnabled: false } }));
    expect(await describeThings()).not.toHaveProperty('LatestStreamArn');
  });

  test.each<[string, object, string]>([
    ['nothing', {}, 'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required'],
    ['an index that is not there', { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'none' } }] }, 'ResourceNotFoundException: Requested resource not found: Index: none not found'],
    [
      'an index with more capacity than there is', { GlobalSecondaryIndexUpdates: [{ Update: { IndexName: 'none', ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1e12 + 1 } } }] },
      'This operation cannot be performed with given input values. Please contact DynamoDB service team for more info: Action Blocked: IndexUpdate',
    ],
    ['a key that is not defined', { ...create, AttributeDefinitions: undefined }, 'One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [other], AttributeDefinitions: [pk]'],
    ['two indexes at once', { ...create, GlobalSecondaryIndexUpdates: [{ Create: gsi('one') }, { Create: gsi('two') }] }, 'LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table'],
    ['no table', { TableName: 'none', BillingMode: 'PAY_PER_REQUEST' }, 'ResourceNotFoundException: Requested resource not found: Table: none not found'],
  ])('%s is refused', async (_, input, message) => {
    expect(await database.refusal('UpdateTable', update(input))).toBe(message);
  });
});

describe('DeleteTable', () => {
  test('the table and its items are gone at once', async () => {
    await database.call('PutItem', { TableName: 'things', Item: { pk: { S: 'a' } } });
    expect((await database.call('DeleteTable', { TableName: 'things' })).TableDescription).toMatchObject({ TableName: 'things', TableStatus: 'DELETING' });
    expect(await database.refusal('DescribeTable', { TableName: 'things' })).toBe('ResourceNotFoundException: Requested resource not found: Table: things not found');
    expect(await database.refusal('GetItem', { TableName: 'things', Key: { pk: { S: 'a' } } })).toBe('ResourceNotFoundException: Requested resource not found');
    await database.call('CreateTable', tableOf('things'));
    expect((await database.call('Scan', { TableName: 'things' })).Count).toBe(0);
  });

  test('a protected table stays', async () => {
    await database.call('UpdateTable', { TableName: 'things', DeletionProtectionEnabled: true });
    expect(await database.refusal('DeleteTable', { TableName: 'things' })).toMatch('Resource cannot be deleted as it is currently protected against deletion.');
  });
});

test('ListTables pages by name', async () => {
  for (const name of ['delta', 'alpha', 'charlie']) {
    await database.call('CreateTable', tableOf(name));
  }
  expect(await database.call('ListTables', { Limit: 2 })).toEqual({ TableNames: ['alpha', 'charlie'], LastEvaluatedTableName: 'charlie' });
  expect(await database.call('ListTables', { ExclusiveStartTableName: 'charlie' })).toEqual({ TableNames: ['delta', 'things'] });
});

test('tags come and go', async () => {
  const tags = async () => (await database.call('ListTagsOfResource', { ResourceArn: ARN })).Tags;
  await database.call('TagResource', { ResourceArn: ARN, Tags: [{ Key: 'a', Value: '1' }, { Key: '__proto__', Value: '2' }] });
  await database.call('TagResource', { ResourceArn: ARN, Tags: [{ Key: 'a', Value: '3' }] });
  expect(await tags()).toEqual([{ Key: 'a', Value: '3' }, { Key: '__proto__', Value: '2' }]);
  await database.call('UntagResource', { ResourceArn: ARN, TagKeys: ['a', 'none'] });
  expect(await tags()).toEqual([{ Key: '__proto__', Value: '2' }]);
});

test.each([
  ['TagResource', { Tags: [] }], ['UntagResource', { TagKeys: [] }], ['ListTagsOfResource', {}],
])('%s looks at the ARN first', async (operation, more) => {
  const refusal = (ResourceArn: string) => database.refusal(operation, { ResourceArn, ...more });
  const invalid = (arn: string) => `Invalid TableArn: Invalid ResourceArn provided as input ${arn}`;
  expect(await database.refusal(operation, {})).toBe('Invalid TableArn');
  for (const arn of ['things', 'a:b:c:d:e:f/g', ARN.replace('things', 'ab')]) {
    expect(await refusal(arn)).toBe(invalid(arn));
  }
});

test('tags are not asked for in vain', async () => {
  expect(await database.refusal('TagResource', { ResourceArn: 'a:b:c:d:e:f/g' })).toBe('1 validation error detected: Value null at \'tags\' failed to satisfy constraint: Member must not be null');
  expect(await database.refusal('TagResource', { ResourceArn: ARN, Tags: [] })).toBe('Atleast one Tag needs to be provided as Input.');
  expect(await database.refusal('UntagResource', { ResourceArn: ARN, TagKeys: [] })).toBe('Atleast one Tag Key needs to be provided as Input.');
  const none = ARN.replace('things', 'none');
  expect(await database.refusal('TagResource', { ResourceArn: none, Tags: [{ Key: 'a', Value: '1' }] })).toBe(`ResourceNotFoundException: Requested resource not found: ResourcArn: ${none} not found`);
  expect(await database.refusal('UntagResource', { ResourceArn: none, TagKeys: ['a'] })).toBe('ResourceNotFoundException: Requested resource not found');
});

test('a table may be named by its ARN, but only by its own', async () => {
  expect(await database.call('PutItem', { TableName: ARN, Item: { pk: { S: 'a' } } })).toEqual({});
  expect(await database.call('BatchGetItem', { RequestItems: { [ARN]: { Keys: [{ pk: { S: 'a' } }] } } })).toMatchObject({ Responses: { [ARN]: [{ pk: { S: 'a' } }] } });
  expect((await database.call('DescribeTable', { TableName: ARN })).Table.TableName).toBe('things');
  const other = ARN.replace('us-east-1', 'eu-west-1');
  expect(await database.refusal('GetItem', { TableName: other, Key: { pk: { S: 'a' } } })).toBe('ResourceNotFoundException: Requested resource not found');
});
