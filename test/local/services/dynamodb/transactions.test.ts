import { indexedTable, simpleTable, tableOf, TestDatabase } from './helpers';

const TableName = 'things';
const key = (pk: string) => ({ pk: { S: pk } });
const put = (pk: string, more: object = {}, input: object = {}) => ({ Put: { TableName, Item: { ...key(pk), ...more }, ...input } });
const update = (pk: string, UpdateExpression: string, input: object = {}) => ({ Update: { TableName, Key: key(pk), UpdateExpression, ...input } });
const remove = (pk: string, input: object = {}) => ({ Delete: { TableName, Key: key(pk), ...input } });
const check = (pk: string, ConditionExpression: string, input: object = {}) => ({ ConditionCheck: { TableName, Key: key(pk), ConditionExpression, ...input } });

let database: TestDatabase;
beforeEach(async () => {
  database = await simpleTable();
});

const write = (items: unknown[], input: object = {}) => database.call('TransactWriteItems', { TransactItems: items, ...input });
const refusal = (items: unknown[], input: object = {}) => database.refusal('TransactWriteItems', { TransactItems: items, ...input });
const error = (items: unknown[]) => database.error('TransactWriteItems', { TransactItems: items });
const all = async () => (await database.call('Scan', { TableName })).Items.map(({ pk, ...rest }: any) => [pk.S, rest]).sort();

describe('TransactWriteItems', () => {
  test('does everything', async () => {
    await database.call('PutItem', { TableName, Item: { ...key('b'), n: { N: '1' } } });
    await database.call('PutItem', { TableName, Item: key('c') });
    await database.call('PutItem', { TableName, Item: key('d') });
    const items = [
      put('a', { x: { S: '1' } }), update('b', 'ADD n :one', { ExpressionAttributeValues: { ':one': { N: '1' } } }), remove('c'), check('d', 'attribute_exists(pk)'),
      check('nothing', 'attribute_not_exists(pk)'), update('e', 'SET x = :x', { ExpressionAttributeValues: { ':x': { S: 'e' } } }), remove('never'),
    ];
    expect(await write(items)).toEqual({});
    expect(await all()).toEqual([['a', { x: { S: '1' } }], ['b', { n: { N: '2' } }], ['d', {}], ['e', { x: { S: 'e' } }]]);
  });

  test('does nothing when one thing cannot be done, and tells why for each', async () => {
    await database.call('PutItem', { TableName, Item: { ...key('b'), s: { S: 'text' } } });
    const items = [
      put('a'), put('b', {}, { ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
      check('c', 'attribute_exists(pk)', { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }), update('d', 'SET x = absent'),
      { Put: { TableName, Item: { pk: { N: '1' } } } }, { Delete: { TableName, Key: { ...key('e'), more: { S: 'x' } } } },
      { Update: { TableName, Key: key('f'), UpdateExpression: 'SET pk = :x', ExpressionAttributeValues: { ':x': { S: 'x' } } } },
    ];
    const reasons = [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: { ...key('b'), s: { S: 'text' } } },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      { Code: 'ValidationError', Message: 'The provided expression refers to an attribute that does not exist in the item' },
      { Code: 'ValidationError', Message: 'One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N' },
      { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
      { Code: 'ValidationError', Message: 'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key' },
    ];
    expect(await error(items)).toMatchObject({
      code: 'TransactionCanceledException',
      status: 400,
      message: 'Transaction cancelled, please refer cancellation reasons for specific reasons '
        + '[None, ConditionalCheckFailed, ConditionalCheckFailed, ValidationError, ValidationError, ValidationError, ValidationError]',
      members: { CancellationReasons: reasons },
    });
    expect(await all()).toEqual([['b', { s: { S: 'text' } }]]);
  });

  test('spans tables, and keeps their indexes', async () => {
    database = await indexedTable();
    await database.call('CreateTable', tableOf(TableName));
    const item = { ...key('p'), sk: { S: '1' }, author: { S: 'ann' }, time: { N: '1' } };
    await write([put('a'), { Put: { TableName: 'notes', Item: item } }]);
    const query = { TableName: 'notes', IndexName: 'byAuthor', KeyConditionExpression: 'author = :a', ExpressionAttributeValues: { ':a': { S: 'ann' } } };
    expect((await database.call('Query', query)).Items).toEqual([item]);
  });

  test('is alone: nothing is read or written in between', async () => {
    await write([put('from', { n: { N: '100' } }), put('to', { n: { N: '0' } })]);
    const move = () => write([
      update('from', 'SET n = n - :one', { ConditionExpression: 'n >= :one', ExpressionAttributeValues: { ':one': { N: '1' } } }),
      update('to', 'SET n = n + :one', { ExpressionAttributeValues: { ':one': { N: '1' } } }),
    ]);
    const sums: number[] = [];
    const look = async () => {
      const { Responses } = await database.call('TransactGetItems', { TransactItems: ['from', 'to'].map(pk => ({ Get: { TableName, Key: key(pk) } })) });
      sums.push(Responses.reduce((sum: number, { Item }: any) => sum + Number(Item.n.N), 0));
      const { Items } = await database.call('Scan', { TableName });
      sums.push(Items.reduce((sum: number, { n }: any) => sum + Number(n.N), 0));
    };
    const add = () => database.call('UpdateItem', { TableName, Key: key('other'), UpdateExpression: 'ADD n :zero', ExpressionAttributeValues: { ':zero': { N: '0' } } });
    const results = await Promise.allSettled(Array.from({ length: 120 }, () => [move(), look(), add()]).flat());
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    expect(new Set(sums)).toEqual(new Set([100]));
    expect(await all()).toEqual([['from', { n: { N: '0' } }], ['other', { n: { N: '0' } }], ['to', { n: { N: '100' } }]]);
  });

  test('a token makes it happen once, for ten minutes', async () => {
    const items = [update('a', 'ADD n :one', { ExpressionAttributeValues: { ':one': { N: '1' } } })];
    const n = async () => (await database.call('GetItem', { TableName, Key: key('a') })).Item?.n.N;
    await write(items, { ClientRequestToken: 'token' });
    await database.clock.advance(599_999);
    await write(items, { ClientRequestToken: 'token' });
    expect(await n()).toBe('1');
    expect(await refusal([put('b')], { ClientRequestToken: 'token' })).toMatch(/^IdempotentParameterMismatchException: /);
    await write(items, { ClientRequestToken: 'other' });
    expect(await n()).toBe('2');
    await database.clock.advance(1);
    await write(items, { ClientRequestToken: 'token' });
    expect(await n()).toBe('3');
  });

  test('a cancelled transaction may be tried again with its token', async () => {
    const items = [check('a', 'attribute_exists(pk)'), put('b')];
    expect(await refusal(items, { ClientRequestToken: 'token' })).toMatch(/^TransactionCanceledException/);
    await database.call('PutItem', { TableName, Item: key('a') });
    expect(await write(items, { ClientRequestToken: 'token' })).toEqual({});
    expect(await all()).toHaveLength(2);
  });

  test.each<[string, unknown[], string]>([
    ['no actions', [], '1 validation error detected: Value \'[]\' at \'transactItems\' failed to satisfy constraint: Member must have length greater than or equal to 1'],
    ['two actions on one item', [put('a'), remove('a')], 'Transaction request cannot include multiple operations on one item'],
    ['two actions in one', [{ ...put('a'), ...remove('b') }], 'TransactItems can only contain one of Check, Put, Update or Delete'],
    ['no action in one', [{}], 'Invalid Request: TransactWriteRequest should contain Delete or Put or Update request'],
    ['no table', [put('a'), { Put: { TableName: 'none', Item: key('b') } }], 'ResourceNotFoundException: Requested resource not found'],
    ['an empty key', [put('a'), put('')], 'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk'],
    ['an expression that is none', [put('a'), check('b', 'attribute_exists(')], 'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "("'],
    [
      'an unused value before a missing table',
      [{ Put: { TableName: 'none', Item: key('a') } }, check('b', 'attribute_exists(pk)', { ExpressionAttributeValues: { ':v': { S: 'x' } } })],
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}',
    ],
    ['an item that is too large', [put('a', { x: { S: 'x'.repeat(400 * 1024) } })], 'Item size has exceeded the maximum allowed size'],
    [
      'a check without a condition', [{ ConditionCheck: { TableName, Key: key('a') } }],
      '1 validation error detected: Value null at \'transactItems.1.member.conditionCheck.conditionExpression\' failed to satisfy constraint: Member must not be null',
    ],
  ])('%s is refused', async (_, items, message) => {
    expect(await refusal(items)).toBe(message);
    expect(await all()).toEqual([]);
  });

  test('more than a hundred are quoted, and refused', async () => {
    expect(await refusal(Array.from({ length: 101 }, (_, index) => put(String(index)))))
      .toMatch(/^1 validation error detected: Value '\[TransactWriteItem\(.+\)\]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$/);
    expect(await all()).toEqual([]);
  });

  test('4 MB is the most', async () => {
    const items = (count: number) => Array.from({ length: count }, (_, index) => put(String(index), { x: { S: 'x'.repeat(399 * 1024) } }));
    expect(await refusal(items(11))).toMatch('4 MB');
    expect(await write(items(10))).toEqual({});
  });

  test('costs twice', async () => {
    const { ConsumedCapacity } = await write([put('a'), put('b')], { ReturnConsumedCapacity: 'TOTAL' });
    expect(ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 4, WriteCapacityUnits: 4 }]);
  });
});

describe('TransactGetItems', () => {
  const read = (...gets: object[]) => ({ TransactItems: gets.map(Get => ({ Get })) });

  test('answers in the order of the request', async () => {
    await write([put('a', { x: { S: '1' }, y: { S: '2' } })]);
    expect(await database.call('TransactGetItems', read({ TableName, Key: key('none') }, { TableName, Key: key('a'), ProjectionExpression: 'y' }))).toEqual({
      Responses: [{}, { Item: { y: { S: '2' } } }],
    });
  });

  test.each<[string, object, string]>([
    ['nothing', read(), '1 validation error detected: Value \'[]\' at \'transactItems\' failed to satisfy constraint: Member must have length greater than or equal to 1'],
    ['no table', read({ TableName: 'none', Key: key('a') }), 'ResourceNotFoundException: Requested resource not found'],
    ['an item twice', read({ TableName, Key: key('a') }, { TableName, Key: key('a') }), 'Transaction request cannot include multiple operations on one item'],
    ['a projection that is none', read({ TableName, Key: key('a'), ProjectionExpression: '!' }), 'Invalid ProjectionExpression: Syntax error; token: "!", near: "!"'],
    [
      'a wrong key', read({ TableName, Key: key('a') }, { TableName, Key: {} }),
      'TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for specific reasons [None, ValidationError]',
    ],
  ])('%s is refused', async (_, input, message) => {
    expect(await database.refusal('TransactGetItems', input)).toBe(message);
  });
});
