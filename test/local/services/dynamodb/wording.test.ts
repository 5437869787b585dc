import { simpleTable, TestDatabase, tableOf } from './helpers';

let database: TestDatabase;
beforeAll(async () => {
  database = await simpleTable();
});

const TableName = 'things';
const key = { pk: { S: 'a' } };
const counted = (message: string) => `1 validation error detected: ${message}`;
const named = (message: string) => `ExpressionAttributeValues contains invalid value: ${message} for key :v`;

type Value = Record<string, unknown>;

/** Requests with a value somewhere, by the wording in which it is refused. */
const COUNTED: Record<string, (value: Value) => [string, object]> = {
  'an item': value => ['PutItem', { TableName, Item: { ...key, value } }],
  'an item, deep inside': value => ['PutItem', { TableName, Item: { ...key, value: { M: { x: { L: [value] } } } } }],
  'the condition of a put': value => ['PutItem', { TableName, Item: key, ConditionExpression: 'x = :v', ExpressionAttributeValues: { ':v': value } }],
  'what a put expects': value => ['PutItem', { TableName, Item: key, Expected: { x: { Value: value } } }],
  'the key of an update': value => ['UpdateItem', { TableName, Key: { pk: value } }],
  'an update': value => ['UpdateItem', { TableName, Key: key, UpdateExpression: 'SET x = :v', ExpressionAttributeValues: { ':v': value } }],
  'the updates of an update': value => ['UpdateItem', { TableName, Key: key, AttributeUpdates: { x: { Action: 'PUT', Value: value } } }],
  'the key of a deletion': value => ['DeleteItem', { TableName, Key: { pk: value } }],
};
const PLAIN: Record<string, (value: Value) => [string, object]> = {
  'a key': value => ['GetItem', { TableName, Key: { pk: value } }],
  'a key of a batch': value => ['BatchGetItem', { RequestItems: { things: { Keys: [{ pk: value }] } } }],
  'a key condition': value => ['Query', { TableName, KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: { ':v': value } }],
  'a start key': value => ['Query', { TableName, KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: { ':v': { S: 'a' } }, ExclusiveStartKey: { pk: value } }],
};
const OLDER: Record<string, (value: Value) => [string, object]> = {
  'a put of a batch': value => ['BatchWriteItem', { RequestItems: { things: [{ PutRequest: { Item: { ...key, value } } }] } }],
  'a deletion of a batch': value => ['BatchWriteItem', { RequestItems: { things: [{ DeleteRequest: { Key: { pk: value } } }] } }],
  'a filter of old': value => ['Scan', { TableName, ScanFilter: { x: { ComparisonOperator: 'EQ', AttributeValueList: [value] } } }],
  'a put of a transaction': value => ['TransactWriteItems', { TransactItems: [{ Put: { TableName, Item: { ...key, value } } }] }],
  'a read of a transaction': value => ['TransactGetItems', { TransactItems: [{ Get: { TableName, Key: { pk: value } } }] }],
};
const OLDER_NAMED: Record<string, (value: Value) => [string, object]> = {
  'a filter': value => ['Scan', { TableName, FilterExpression: 'x = :v', ExpressionAttributeValues: { ':v': value } }],
  'an update of a transaction': value => [
    'TransactWriteItems', { TransactItems: [{ Update: { TableName, Key: key, UpdateExpression: 'SET x = :v', ExpressionAttributeValues: { ':v': value } } }] },
  ],
};

/** Values, and how they are refused now and before. */
const VALUES: [Value, string, string][] = [
  [{ N: 'abc' }, 'The parameter cannot be converted to a numeric value: abc', 'The parameter cannot be converted to a numeric value: abc'],
  [{ N: '' }, 'The parameter cannot be converted to a numeric value: ', 'The parameter cannot be converted to a numeric value'],
  [
    { SS: ['b', 'a', 'b'] }, 'One or more parameter values were invalid: Input collection ["a", "b", "b"] contains duplicates.',
    'One or more parameter values were invalid: Input collection [b, a, b] contains duplicates.',
  ],
  [
    { BS: ['/w==', 'AA==', 'AA=='] }, 'One or more parameter values were invalid: Input collection ["AA==","/w==","AA=="]of type BS contains duplicates.',
    'One or more parameter values were invalid: Input collection [/w==, AA==, AA==]of type BS contains duplicates.',
  ],
  [{ NS: ['2', '1', '2'] }, 'One or more parameter values were invalid: Input collection contains duplicates.', 'Input collection contains duplicates'],
];

const all = (requests: object) => Object.keys(requests).flatMap(place => VALUES.map(([value, now, before]) => [place, value, now, before] as const));

test.each(all(COUNTED))('in %s, %j is counted as wrong', async (place, value, now) => {
  expect(await database.refusal(...COUNTED[place](value))).toBe(counted(now));
});

test.each(all(PLAIN))('in %s, %j is told plainly', async (place, value, now) => {
  expect(await database.refusal(...PLAIN[place](value))).toBe(now);
});

test.each(all(OLDER))('in %s, %j is told as before', async (place, value, _, before) => {
  expect(await database.refusal(...OLDER[place](value))).toBe(before);
});

test.each(all(OLDER_NAMED))('in %s, %j is told as before, with its placeholder', async (place, value, _, before) => {
  expect(await database.refusal(...OLDER_NAMED[place](value))).toBe(named(before));
});

const EMPTY = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
const SEVERAL = 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes';

test.each(Object.keys(COUNTED))('in %s, what is no value is not counted', async place => {
  expect(await database.refusal(...COUNTED[place]({}))).toBe(EMPTY);
  expect(await database.refusal(...COUNTED[place]({ S: 'a', N: '1' }))).toBe(SEVERAL);
});

test('neither is an item that is too large', async () => {
  expect(await database.refusal('PutItem', { TableName, Item: { ...key, value: { S: 'x'.repeat(400 * 1024) } } })).toBe('Item size has exceeded the maximum allowed size');
});

const FAILED = 'failed to satisfy constraint: Member must have';

test.each<[string, object, string]>([
  ['Query', { TableName, KeyConditions: {}, Limit: 0 }, `Value at 'Limit' ${FAILED} value greater than or equal to 1`],
  ['GetItem', { TableName: '', Key: key }, `Value at 'TableName' ${FAILED} length greater than or equal to 1`],
  ['Scan', { TableName, Limit: 0 }, `Value '0' at 'limit' ${FAILED} value greater than or equal to 1`],
  ['Scan', { TableName: '' }, `Value '' at 'tableName' ${FAILED} length greater than or equal to 1`],
  ['ListTables', { Limit: 101 }, `Value '101' at 'limit' ${FAILED} value less than or equal to 100`],
  ['TransactGetItems', { TransactItems: [] }, `Value '[]' at 'transactItems' ${FAILED} length greater than or equal to 1`],
  ['DescribeTable', { TableName: '' }, `Value '' at 'tableName' ${FAILED} length greater than or equal to 1`],
])('%s of %j: what the model does not allow', async (operation, input, message) => {
  expect(await database.refusal(operation, input)).toBe(counted(message));
});

test.each<[string, object, string]>([
  ['PutItem', { TableName, Item: key }, counted('ExpressionAttributeValues can only be specified when using expressions')],
  ['Scan', { TableName }, 'ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null'],
])('%s tells of values for no expression', async (operation, input, message) => {
  expect(await database.refusal(operation, { ...input, ExpressionAttributeValues: { ':v': { S: 'x' } } })).toBe(message);
});

const CAPACITY = 'Value \'BOGUS\' at \'returnConsumedCapacity\' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]';
const VALUE = 'Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]';

test.each<[string, object, string]>([
  ['PutItem', { Item: key }, `2 validation errors detected: ${CAPACITY}; ${VALUE}`],
  ['DeleteItem', { Key: key }, `2 validation errors detected: ${CAPACITY}; ${VALUE}`],
  ['UpdateItem', { Key: key }, counted(VALUE)],
])('%s tells what it cannot return', async (operation, input, message) => {
  expect(await database.refusal(operation, { TableName, ...input, ReturnConsumedCapacity: 'BOGUS', ReturnValues: 'BOGUS' })).toBe(message);
});

test.each<[string, boolean]>([['no', false], ['yes', true], ['0', false], ['1', true], ['false', false], ['TRUE', true]])('the text %p is taken for a truth value', async (text, truth) => {
  await database.call('PutItem', { TableName, Item: { ...key, value: { BOOL: text } } });
  expect((await database.call('GetItem', { TableName, Key: key })).Item.value).toEqual({ BOOL: truth });
});

test('a list or a map within another one is missed in Java\'s words', async () => {
  const message = /^SerializationException: class sun\.reflect\.\S+ cannot be cast to class java\.lang\.Class \(/;
  expect(await database.refusal('BatchGetItem', { RequestItems: { things: { Keys: ['text'] } } })).toMatch(message);
  expect(await database.refusal('BatchWriteItem', { RequestItems: { things: 23 } })).toMatch(message);
  expect(await database.refusal('GetItem', { TableName, Key: 'text' })).toBe('SerializationException: Unexpected field type');
});

test('a table that a template declares is refused in the words of CreateTable', async () => {
  const [, ...definition] = Object.entries(tableOf('ab'));
  await expect(database.provision('AWS::DynamoDB::Table', { TableName: 'ab', ...Object.fromEntries(definition) }))
    .rejects.toThrow(`Value 'ab' at 'tableName' ${FAILED} length greater than or equal to 3`);
});
