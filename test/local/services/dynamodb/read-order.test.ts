import { indexedTable, TestDatabase } from './helpers';

const TableName = 'notes';

let database: TestDatabase;
beforeAll(async () => {
  database = await indexedTable();
});

const EMPTY = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
const p = { ':p': { S: 'p' } };
const condition = (attribute: string, type = 'S') => ({ [attribute]: { ComparisonOperator: 'EQ', AttributeValueList: [{ [type]: '1' }] } });

// Each has what is wrong with all that stand below it.
test.each<[string, object, string]>([
  ['filters', { QueryFilter: { a: { ComparisonOperator: 'EQ', AttributeValueList: [{}] } }, AttributesToGet: ['a', 'a'], ExclusiveStartKey: { a: {} } }, EMPTY],
  ['attributes asked for twice', { AttributesToGet: ['a', 'a'], ExclusiveStartKey: { a: {} } }, 'One or more parameter values were invalid: Duplicate value in attribute name: a'],
  ['start keys', { ExclusiveStartKey: { a: {} } }, `The provided starting key is invalid: ${EMPTY}`],
  ['numbers in start keys', { ExclusiveStartKey: { a: { N: '' } } }, 'The parameter cannot be converted to a numeric value: '],
  ['no condition', { FilterExpression: '', ExpressionAttributeNames: {} }, 'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.'],
  ['values of placeholders', { KeyConditionExpression: '', ExpressionAttributeValues: { ':a': {} } }, EMPTY],
  ['the expression for keys', { KeyConditionExpression: 'pk =', FilterExpression: '', ExpressionAttributeValues: p }, 'Invalid KeyConditionExpression: Syntax error; token: "<EOF>", near: "="'],
  ['the filter', { KeyConditionExpression: 'size(pk) = :p', FilterExpression: '', ProjectionExpression: '', ExpressionAttributeValues: p }, 'Invalid FilterExpression: The expression can not be empty;'],
  ['the projection', { KeyConditionExpression: 'size(pk) = :p', ProjectionExpression: '', ExpressionAttributeValues: p }, 'Invalid ProjectionExpression: The expression can not be empty;'],
  ['what a key may be asked', { KeyConditionExpression: 'size(pk) = :p', TableName: 'none', ExpressionAttributeValues: p }, 'Invalid KeyConditionExpression: KeyConditionExpressions cannot contain nested operations'],
])('a query looks at %s first', async (_, more, message) => {
  expect(await database.refusal('Query', { TableName, ...more })).toBe(message);
});

test.each<[string, object, string]>([
  ['attributes asked for twice', { AttributesToGet: ['a', 'a'], ScanFilter: { a: { ComparisonOperator: 'EQ' } } }, 'One or more parameter values were invalid: Duplicate value in attribute name: a'],
  ['filters', { ScanFilter: { a: { ComparisonOperator: 'EQ' } }, ExclusiveStartKey: { a: {} } }, 'One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator'],
  ['start keys', { ExclusiveStartKey: { a: {} }, Segment: 1 }, `The provided starting key is invalid: ${EMPTY}`],
  ['segments', { Segment: 1, FilterExpression: '', ExpressionAttributeNames: {} }, 'The TotalSegments parameter is required but was not present in the request when Segment parameter is present'],
  ['placeholders', { FilterExpression: '', ExpressionAttributeNames: {} }, 'ExpressionAttributeNames must not be empty'],
])('a scan looks at %s first', async (_, more, message) => {
  expect(await database.refusal('Scan', { TableName, ...more })).toBe(message);
});

const INVALID_START = 'The provided starting key is invalid';
const MISMATCH = 'The provided key element does not match the schema';
const OUTSIDE = 'The provided starting key is outside query boundaries based on provided conditions';
const start = (pk: object, sk: object) => ({ ExclusiveStartKey: { pk, sk } });

test.each<[string, object, string]>([
  ['another number of attributes', { KeyConditions: condition('other'), ExclusiveStartKey: { pk: { S: 'p' } } }, INVALID_START],
  ['another partition key', { KeyConditions: condition('other'), ...start({ N: '1' }, { S: '1' }) }, MISMATCH],
  ['a condition on something else, before another sort key', { KeyConditions: condition('other'), ...start({ S: 'p' }, { N: '1' }) }, 'Query condition missed key schema element: pk'],
  ['another sort key', { KeyConditions: condition('pk'), ...start({ S: '1' }, { N: '1' }) }, MISMATCH],
  ['another partition', { KeyConditions: condition('pk'), ...start({ S: 'p' }, { S: '1' }) }, OUTSIDE],
  ['a place beyond the range', { KeyConditions: { ...condition('pk'), ...condition('sk') }, ...start({ S: 'p' }, { S: '2' }) }, 'The provided starting key does not match the range key predicate'],
  ['another partition, within the range', { KeyConditions: { ...condition('pk'), ...condition('sk') }, ...start({ S: 'p' }, { S: '1' }) }, 'The query can return at most one row and cannot be restarted'],
])('a query does not start from %s', async (_, more, message) => {
  expect(await database.refusal('Query', { TableName, ...more })).toBe(message);
});

test.each<[string, string]>([
  ['pk in (:p, size(x))', 'Invalid operator used in KeyConditionExpression: IN'],
  ['size(x) between pk and :p', 'Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand'],
  ['a.b = pk', 'Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes'],
  ['pk = a.b', 'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition'],
  [':p = :p', 'Invalid condition in KeyConditionExpression: No key attribute specified'],
  ['pk = between', 'Invalid KeyConditionExpression: Syntax error; token: "between", near: "= between"'],
])('of the key condition %s the first fault is told', async (KeyConditionExpression, message) => {
  const values = KeyConditionExpression.includes(':p') ? { ExpressionAttributeValues: p } : {};
  expect(await database.refusal('Query', { TableName, KeyConditionExpression, ...values })).toBe(message);
});

test('a local index fetches what it lacks, and that costs', async () => {
  await database.call('PutItem', { TableName, Item: { pk: { S: 'p' }, sk: { S: '1' }, time: { N: '1' }, text: { S: 'x'.repeat(9000) } } });
  const query = { TableName, IndexName: 'byTime', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: p, ConsistentRead: true, ReturnConsumedCapacity: 'INDEXES' };
  const index = { LocalSecondaryIndexes: { byTime: { CapacityUnits: 1 } } };
  expect((await database.call('Query', query)).ConsumedCapacity).toEqual({ TableName, CapacityUnits: 1, Table: { CapacityUnits: 0 }, ...index });
  for (const more of [{ Select: 'ALL_ATTRIBUTES' }, { ProjectionExpression: '#t', ExpressionAttributeNames: { '#t': 'text' } }]) {
    expect((await database.call('Query', { ...query, ...more })).ConsumedCapacity).toEqual({ TableName, CapacityUnits: 4, Table: { CapacityUnits: 3 }, ...index });
  }
});
