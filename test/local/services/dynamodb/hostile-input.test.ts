import { simpleTable, TestDatabase } from './helpers';

let database: TestDatabase;
beforeEach(async () => {
  database = await simpleTable();
});
afterEach(() => {
  expect(database.failures).toEqual([]);
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
});

async function answer(operation: string, body: string) {
  const { status, body: text } = await database.send(operation, body);
  return { status, ...JSON.parse(text) };
}

const put = (attributes: string) => `{"TableName":"things","Item":{"pk":{"S":"a"},${attributes}}}`;
const nested = (depth: number, open: string, close: string, leaf: string) => open.repeat(depth) + leaf + close.repeat(depth);

test('attributes with the names of JavaScript are attributes', async () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];
  const attributes = names.map(name => `"${name}":{"S":"${name}"}`).join();
  expect(await answer('PutItem', put(attributes))).toEqual({ status: 200 });
  const { body } = await database.send('GetItem', '{"TableName":"things","Key":{"pk":{"S":"a"}}}');
  expect(Object.keys(JSON.parse(body).Item)).toEqual(['pk', ...names]);
});

test('__proto__ pollutes nothing, wherever it stands', async () => {
  const polluted = '"__proto__":{"polluted":{"S":"yes"},"S":"x"}';
  for (const body of [
    `{${polluted},"TableName":"things","Item":{"pk":{"S":"a"}}}`, put('"m":{"M":{"__proto__":{"M":{"polluted":{"S":"yes"}}}}}'), put('"m":{"__proto__":{"S":"x"},"S":"y"}'),
    '{"TableName":"things","Item":{"pk":{"S":"a"}},"ExpressionAttributeNames":{"__proto__":"x"},"ConditionExpression":"attribute_not_exists(x)"}',
    '{"TableName":"things","Item":{"pk":{"S":"a"}},"Expected":{"__proto__":{"Exists":false}}}',
  ]) {
    expect((await database.send('PutItem', body)).status).toBeLessThan(500);
  }
  for (const operation of ['BatchGetItem', 'BatchWriteItem']) {
    expect((await answer(operation, '{"RequestItems":{"__proto__":{"Keys":[{"pk":{"S":"a"}}]}}}')).status).toBe(400);
  }
  const update = { UpdateExpression: 'SET #p.#c = :v', ExpressionAttributeNames: { '#p': '__proto__', '#c': 'polluted' }, ExpressionAttributeValues: { ':v': { S: 'yes' } } };
  expect((await answer('UpdateItem', JSON.stringify({ TableName: 'things', Key: { pk: { S: 'b' } }, ...update }))).message).toBe('The document path provided in the update expression is invalid for update');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('a table may be keyed by __proto__', async () => {
  const definition = '{"TableName":"odd","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"__proto__","AttributeType":"S"}],'
    + '"KeySchema":[{"AttributeName":"__proto__","KeyType":"HASH"}]}';
  expect((await answer('CreateTable', definition)).status).toBe(200);
  expect(await answer('PutItem', '{"TableName":"odd","Item":{"__proto__":{"S":"a"},"x":{"N":"1"}}}')).toEqual({ status: 200 });
  expect((await database.send('GetItem', '{"TableName":"odd","Key":{"__proto__":{"S":"a"}}}')).body).toBe('{"Item":{"__proto__":{"S":"a"},"x":{"N":"1"}}}');
  expect((await database.send('Scan', '{"TableName":"odd","Limit":1}')).body).toContain('"LastEvaluatedKey":{"__proto__":{"S":"a"}}');
});

const TOO_DEEP = '1 validation error detected: Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';

test.each([31, 32, 33, 1000, 200_000])('a document nested %d deep', async depth => {
  for (const body of [put(`"d":${nested(depth, '{"M":{"n":', '}}', '{"S":"leaf"}')}`), put(`"d":${nested(depth, '{"L":[', ']}', '{"N":"1"}')}`)]) {
    expect(await answer('PutItem', body)).toMatchObject(depth < 32 ? { status: 200 } : { status: 400, message: TOO_DEEP });
  }
});

test('nesting where no value is expected does no harm', async () => {
  const deep = nested(100_000, '[', ']', '');
  expect((await answer('PutItem', `{"TableName":${deep}}`)).status).toBe(400);
  expect((await answer('PutItem', put(`"d":${deep}`))).status).toBe(400);
  expect((await answer('PutItem', `{"TableName":"things","Item":{"pk":{"S":"a"}},"Unknown":${deep}}`)).status).toBe(200);
  expect((await answer('CreateTable', `{"KeySchema":${deep}}`)).status).toBe(400);
});

test.each([
  ['parentheses', `${'('.repeat(2000)}a = :v${')'.repeat(2000)}`, 'The expression has redundant parentheses;'],
  ['parentheses that never close', '('.repeat(4000), 'The expression has redundant parentheses;'],
  ['NOT after NOT', `${'NOT '.repeat(900)}a = :v`, 'The expression contains too many operators; operator count: 301'],
  ['NOT and parentheses', `${'NOT ('.repeat(200)}a = :v${')'.repeat(200)}x`, 'Syntax error; token: "x", near: ")x"'],
  ['functions in functions', `${'size('.repeat(500)}a${')'.repeat(500)} = :v`, 'The expression contains too many operators; operator count: 301'],
  ['a long path', `a${'.b'.repeat(2000)} = = :v`, 'Syntax error; token: "=", near: "= = :v"'],
])('an expression of %s ends at once', async (_, ConditionExpression, message) => {
  const input = { TableName: 'things', Item: { pk: { S: 'a' } }, ConditionExpression, ExpressionAttributeValues: { ':v': { S: 'x' } } };
  expect((await answer('PutItem', JSON.stringify(input))).message).toBe(`1 validation error detected: Invalid ConditionExpression: ${message}`);
});

test('an expression nested as deep as operators allow is evaluated', async () => {
  const ConditionExpression = `${'NOT ('.repeat(298)}attribute_exists(pk)${')'.repeat(298)}`;
  expect((await answer('PutItem', JSON.stringify({ TableName: 'things', Item: { pk: { S: 'a' } }, ConditionExpression }))).__type).toMatch(/#ConditionalCheckFailedException$/);
});

test('an update of nested functions ends at once', async () => {
  const value = `${'if_not_exists(a, '.repeat(250)}:v${')'.repeat(250)}`;
  const input = (UpdateExpression: string) => JSON.stringify({ TableName: 'things', Key: { pk: { S: 'a' } }, UpdateExpression, ExpressionAttributeValues: { ':v': { S: 'x' } } });
  const short = `${'if_not_exists(a,'.repeat(200)}:v${')'.repeat(200)}`;
  expect((await answer('UpdateItem', input(`SET a = ${short}`))).status).toBe(200);
  expect((await answer('UpdateItem', input(`SET a = ${value}`))).message).toMatch('Expression size has exceeded the maximum allowed size;');
});

test.each<[string, string, string, string]>([
  ['a body that is no JSON', 'PutItem', '{', 'com.amazon.coral.service#SerializationException'],
  ['a list', 'PutItem', '[]', 'com.amazon.coral.service#SerializationException'],
  ['a text for an item', 'PutItem', '{"TableName":"things","Item":"x"}', 'com.amazon.coral.service#SerializationException'],
  ['a list for an item', 'PutItem', '{"TableName":"things","Item":[]}', 'com.amazon.coral.service#SerializationException'],
  ['a bare value', 'PutItem', put('"x":"text"'), 'com.amazon.coral.service#SerializationException'],
  ['a number for a text', 'PutItem', put('"x":{"S":1}'), 'com.amazon.coral.service#SerializationException'],
  ['a number for a number', 'PutItem', put('"x":{"N":1}'), 'com.amazon.coral.service#SerializationException'],
  ['binary that is none', 'PutItem', put('"x":{"B":"===="}'), 'com.amazon.coral.service#SerializationException'],
  ['binary cut off', 'PutItem', put('"x":{"B":"AAA"}'), 'com.amazon.coral.service#SerializationException'],
  ['an empty value', 'PutItem', put('"x":{}'), 'com.amazon.coral.validate#ValidationException'],
  ['a value of no known type', 'PutItem', put('"x":{"Z":"1"}'), 'com.amazon.coral.validate#ValidationException'],
  ['a value of two types', 'PutItem', put('"x":{"S":"1","N":"1"}'), 'com.amazon.coral.validate#ValidationException'],
  ['null that is not', 'PutItem', put('"x":{"NULL":false}'), 'com.amazon.coral.validate#ValidationException'],
  ['an empty set', 'PutItem', put('"x":{"SS":[]}'), 'com.amazon.coral.validate#ValidationException'],
  ['a set with a member twice', 'PutItem', put('"x":{"NS":["1","1.0"]}'), 'com.amazon.coral.validate#ValidationException'],
  ['an attribute without a name', 'PutItem', put('"":{"S":"1"}'), 'com.amazon.coral.validate#ValidationException'],
  ['a huge number', 'PutItem', put(`"x":{"N":"${'9'.repeat(300_000)}"}`), 'com.amazon.coral.validate#ValidationException'],
  ['a key beyond its length', 'PutItem', `{"TableName":"things","Item":{"pk":{"S":"${'x'.repeat(2049)}"}}}`, 'com.amazon.coral.validate#ValidationException'],
  ['an empty key', 'GetItem', '{"TableName":"things","Key":{"pk":{"S":""}}}', 'com.amazon.coral.validate#ValidationException'],
  ['too much in a key', 'GetItem', '{"TableName":"things","Key":{"pk":{"S":"a"},"x":{"S":"a"}}}', 'com.amazon.coral.validate#ValidationException'],
  ['a huge limit', 'Scan', '{"TableName":"things","Limit":1e308}', ''],
  ['a limit that is no number', 'Scan', '{"TableName":"things","Limit":"1"}', 'com.amazon.coral.service#SerializationException'],
  ['a huge index', 'UpdateItem', '{"TableName":"things","Key":{"pk":{"S":"a"}},"UpdateExpression":"REMOVE a[99999999999999999999999]"}', 'com.amazon.coral.validate#ValidationException'],
  ['PartiQL', 'ExecuteStatement', '{"Statement":"SELECT 1"}', 'com.amazonaws.dynamodb.v20120810#NotImplemented'],
  ['an operation of JavaScript', 'constructor', '{}', 'com.amazon.coral.service#UnknownOperationException'],
  ['__proto__ for an operation', '__proto__', '{}', 'com.amazon.coral.service#UnknownOperationException'],
])('%s', async (_, operation, body, type) => {
  const { status, __type } = await answer(operation, body);
  expect({ status: type === '' ? status : __type, fault: status === 500 }).toEqual({ status: type === '' ? 200 : type, fault: false });
});

test('a set of a hundred thousand members is compared, added to and deleted from without delay', async () => {
  const members = Array.from({ length: 60_000 }, (_, index) => index.toString(36));
  await database.call('PutItem', { TableName: 'things', Item: { pk: { S: 'a' }, set: { SS: members } } });
  const update = (section: string) => database.call('UpdateItem', {
    TableName: 'things',
    Key: { pk: { S: 'a' } },
    UpdateExpression: `${section} #s :s`,
    ConditionExpression: '#s <> :s OR size(#s) > :n',
    ExpressionAttributeNames: { '#s': 'set' },
    ExpressionAttributeValues: { ':s': { SS: [...members].reverse() }, ':n': { N: '1' } },
  });
  await update('ADD');
  await update('DELETE');
  expect((await database.call('GetItem', { TableName: 'things', Key: { pk: { S: 'a' } } })).Item).toEqual({ pk: { S: 'a' } });
});

test('a projection of thousands of paths ends', async () => {
  const ProjectionExpression = Array.from({ length: 800 }, (_, index) => `a${index}`).join(',').slice(0, 4096).replace(/,[^,]*$/, '');
  expect((await answer('GetItem', JSON.stringify({ TableName: 'things', Key: { pk: { S: 'a' } }, ProjectionExpression }))).status).toBe(200);
});
