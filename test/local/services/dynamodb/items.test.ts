import { simpleTable, TestDatabase } from './helpers';

const key = { pk: { S: 'a' } };
const item = (more: object = {}) => ({ ...key, ...more });
const TableName = 'things';

let database: TestDatabase;
beforeEach(async () => {
  database = await simpleTable();
});
afterEach(() => {
  expect(database.failures).toEqual([]);
});

const put = (more: object = {}, input: object = {}) => database.call('PutItem', { TableName, Item: item(more), ...input });
const get = async (input: object = {}) => (await database.call('GetItem', { TableName, Key: key, ...input })).Item;
const update = (input: object) => database.call('UpdateItem', { TableName, Key: key, ...input });
const remove = (input: object = {}) => database.call('DeleteItem', { TableName, Key: key, ...input });

describe('PutItem, GetItem and DeleteItem', () => {
  const everything = {
    text: { S: '' },
    number: { N: '-1.5' },
    binary: { B: 'AP8=' },
    yes: { BOOL: true },
    no: { BOOL: false },
    nothing: { NULL: true },
    texts: { SS: ['b', 'a'] },
    numbers: { NS: ['2', '1'] },
    binaries: { BS: ['AA==', '/w=='] },
    list: { L: [{ S: 'x' }, { L: [] }] },
    map: { M: { 'a.b': { N: '1' }, '': { S: '' } } },
  };

  test('keep values of every type', async () => {
    const { map: _, ...others } = everything;
    expect(await put(others)).toEqual({});
    expect(await get({ ConsistentRead: true })).toEqual(item(others));
  });

  test('bring numbers into their normal form, wherever they are', async () => {
    await put({ n: { N: '1.50' }, ns: { NS: ['01', '2e1'] }, deep: { M: { l: { L: [{ N: '-0' }] } } } });
    expect(await get()).toEqual(item({ n: { N: '1.5' }, ns: { NS: ['1', '20'] }, deep: { M: { l: { L: [{ N: '0' }] } } } }));
  });

  test('replace the whole item', async () => {
    await put({ a: { S: '1' } });
    expect(await put({ b: { S: '2' } }, { ReturnValues: 'ALL_OLD' })).toEqual({ Attributes: item({ a: { S: '1' } }) });
    expect(await get()).toEqual(item({ b: { S: '2' } }));
  });

  test('an item that is not there is no error', async () => {
    expect(await database.call('GetItem', { TableName, Key: key })).toEqual({});
    expect(await remove({ ReturnValues: 'ALL_OLD' })).toEqual({});
    expect(await put({}, { ReturnValues: 'ALL_OLD' })).toEqual({});
    expect(await remove({ ReturnValues: 'ALL_OLD' })).toEqual({ Attributes: key });
    expect(await get()).toBeUndefined();
  });

  test('what was read does not change with a later write', async () => {
    await put({ list: { L: [{ S: '1' }] }, map: { M: { a: { N: '1' } } } });
    const before = await get();
    await update({ UpdateExpression: 'SET #l[1] = :x, #m.b = :x REMOVE #m.a', ExpressionAttributeNames: { '#l': 'list', '#m': 'map' }, ExpressionAttributeValues: { ':x': { S: 'x' } } });
    expect(before).toEqual(item({ list: { L: [{ S: '1' }] }, map: { M: { a: { N: '1' } } } }));
  });

  test('whoever changes an answer does not change the table', async () => {
    const expected = item({ text: { S: 'x' }, list: { L: [{ S: '1' }, { M: { in: { N: '1' } } }] }, set: { SS: ['a'] } });
    await database.call('PutItem', { TableName, Item: structuredClone(expected) });
    const failure = await database.error('DeleteItem', { TableName, Key: key, ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
    const { Items: [scanned] } = await database.call('Scan', { TableName });
    for (const answer of [await get(), scanned, failure.members.Item as any]) {
      expect(answer).toEqual(expected);
      answer.text.S = 'changed';
      answer.list.L.push({ S: 'more' });
      answer.list.L[1].M.in.N = '2';
      answer.set.SS.flag = true;
      delete answer.pk;
    }
    expect(await get()).toEqual(expected);
  });

  test('the input is left as it was', async () => {
    const input = { TableName, Item: item({ n: { N: '1.0' }, unknown: undefined }), Unknown: 1 };
    const copy = structuredClone(input);
    await database.call('PutItem', input);
    expect(input).toEqual(copy);
  });
});

describe('conditions of writes', () => {
  const failing = { ConditionExpression: 'attribute_not_exists(pk)' };

  test.each([
    ['PutItem', { Item: key }],
    ['UpdateItem', { Key: key }],
    ['DeleteItem', { Key: key }],
  ])('%s does nothing when its condition fails', async (operation, target) => {
    await put({ a: { S: '1' } });
    const input = { TableName, ...target, ...failing };
    expect(await database.error(operation, input)).toMatchObject({ code: 'ConditionalCheckFailedException', message: 'The conditional request failed', status: 400, members: {} });
    expect(await get()).toEqual(item({ a: { S: '1' } }));
    expect(await database.error(operation, { ...input, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })).toMatchObject({ members: { Item: item({ a: { S: '1' } }) } });
  });

  test('there is no item to return when there is none', async () => {
    const input = { TableName, Key: key, ConditionExpression: 'attribute_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    expect((await database.error('DeleteItem', input)).members).toEqual({});
  });

  test('a hundred puts at once succeed once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => put({}, failing)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test.each([
    [{ a: { Value: { S: '1' } } }, true], [{ a: { Value: { S: '2' } } }, false], [{ a: { Exists: false } }, false], [{ b: { Exists: false } }, true],
    [{ a: { ComparisonOperator: 'BEGINS_WITH', AttributeValueList: [{ S: '' }] } }, true], [{ n: { ComparisonOperator: 'GT', AttributeValueList: [{ N: '9' }] } }, true],
    [{ n: { ComparisonOperator: 'BETWEEN', AttributeValueList: [{ N: '1' }, { N: '9.5' }] } }, false],
    [{ n: { ComparisonOperator: 'IN', AttributeValueList: [{ N: '1' }, { N: '10' }] } }, true], [{ a: { ComparisonOperator: 'NOT_NULL' } }, true],
    [{ a: { ComparisonOperator: 'NOT_CONTAINS', AttributeValueList: [{ S: '1' }] } }, false], [{ z: { ComparisonOperator: 'NE', AttributeValueList: [{ S: '1' }] } }, true],
  ])('Expected %j holds: %p', async (expected, holds) => {
    await put({ a: { S: '1' }, n: { N: '10' } });
    const result = put({}, { Expected: expected });
    await (holds ? expect(result).resolves.toEqual({}) : expect(result).rejects.toMatchObject({ code: 'ConditionalCheckFailedException' }));
  });

  test('one of two Expected conditions is enough with OR, in any order', async () => {
    await put({ a: { S: '1' } });
    const conditions = [['no', { Exists: true, Value: { S: 'x' } }], ['a', { Value: { S: '1' } }]] as const;
    for (const Expected of [Object.fromEntries(conditions), Object.fromEntries([...conditions].reverse())]) {
      expect(await put({ a: { S: '1' } }, { Expected, ConditionalOperator: 'OR' })).toEqual({});
      expect((await database.error('PutItem', { TableName, Item: key, Expected })).code).toBe('ConditionalCheckFailedException');
    }
  });
});

describe('UpdateItem', () => {
  test('makes the item when there is none', async () => {
    expect(await update({ UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': { S: '1' } }, ReturnValues: 'ALL_NEW' })).toEqual({ Attributes: item({ a: { S: '1' } }) });
    expect(await database.call('UpdateItem', { TableName, Key: { pk: { S: 'bare' } } })).toEqual({});
    expect(await get({ Key: { pk: { S: 'bare' } } })).toEqual({ pk: { S: 'bare' } });
  });

  test.each([
    ['NONE', undefined],
    ['ALL_OLD', item({ a: { M: { b: { N: '1' }, c: { N: '2' } } }, gone: { S: 'x' } })],
    ['UPDATED_OLD', { a: { M: { b: { N: '1' } } }, gone: { S: 'x' } }],
    ['ALL_NEW', item({ a: { M: { b: { N: '2' }, c: { N: '2' } } }, new: { S: 'n' } })],
    ['UPDATED_NEW', { a: { M: { b: { N: '2' } } }, new: { S: 'n' } }],
  ])('returns %s', async (wanted, expected) => {
    await put({ a: { M: { b: { N: '1' }, c: { N: '2' } } }, gone: { S: 'x' } });
    const { Attributes } = await update({
      UpdateExpression: 'SET a.b = a.b + :one, #n = :n REMOVE gone',
      ExpressionAttributeNames: { '#n': 'new' },
      ExpressionAttributeValues: { ':one': { N: '1' }, ':n': { S: 'n' } },
      ReturnValues: wanted,
    });
    expect(Attributes).toEqual(expected);
  });

  test('a thousand increments at once lose none', async () => {
    await Promise.all(Array.from({ length: 1000 }, () => update({ UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '0.1' } } })));
    expect(await get()).toEqual(item({ n: { N: '100' } }));
  });

  test.each([
    [{ a: { Action: 'PUT', Value: { S: '2' } } }, { a: { S: '2' }, n: { N: '5' }, s: { SS: ['x', 'y'] } }],
    [{ a: { Action: 'DELETE' }, s: { Action: 'DELETE', Value: { SS: ['x', 'z'] } } }, { n: { N: '5' }, s: { SS: ['y'] } }],
    [{ s: { Action: 'DELETE', Value: { SS: ['x', 'y'] } } }, { a: { S: '1' }, n: { N: '5' } }],
    [{ n: { Action: 'ADD', Value: { N: '-2' } }, m: { Action: 'ADD', Value: { N: '3' } } }, { a: { S: '1' }, n: { N: '3' }, m: { N: '3' }, s: { SS: ['x', 'y'] } }],
    [{ s: { Action: 'ADD', Value: { SS: ['y', 'z'] } } }, { a: { S: '1' }, n: { N: '5' }, s: { SS: ['x', 'y', 'z'] } }],
  ])('AttributeUpdates %j', async (updates, expected) => {
    await put({ a: { S: '1' }, n: { N: '5' }, s: { SS: ['x', 'y'] } });
    await update({ AttributeUpdates: updates });
    expect(await get()).toEqual(item(expected));
  });
});

describe('sizes', () => {
  const sized = (size: number, pad = 'x') => item({ p: { S: pad.repeat(size) } });
  // The names pk and p, and the value a.
  const REST = 4;

  test('an item may have 400 KB', async () => {
    expect(await database.call('PutItem', { TableName, Item: sized(400 * 1024 - REST) })).toEqual({});
    expect(await database.refusal('PutItem', { TableName, Item: sized(400 * 1024 - REST + 1) })).toMatch('Item size has exceeded the maximum allowed size');
  });

  test('bytes count, and not characters', async () => {
    expect(await database.refusal('PutItem', { TableName, Item: sized(150 * 1024, 'あ') })).toMatch('Item size has exceeded');
  });

  test('an update must not grow beyond it', async () => {
    await database.call('PutItem', { TableName, Item: sized(300 * 1024) });
    const input = { TableName, Key: key, UpdateExpression: 'SET q = :q', ExpressionAttributeValues: { ':q': { S: 'x'.repeat(150 * 1024) } } };
    expect(await database.refusal('UpdateItem', input)).toBe('Item size to update has exceeded the maximum allowed size');
    expect(await get()).not.toHaveProperty('q');
  });

  test.each([
    ['GetItem', { Key: key }, 0.5], ['GetItem', { Key: key, ConsistentRead: true }, 1], ['GetItem', { Key: { pk: { S: 'none' } } }, 0.5], ['PutItem', { Item: key }, 1],
    ['PutItem', { Item: sized(2000) }, 2], ['DeleteItem', { Key: key }, 1],
  ])('%s %j consumes %d units', async (operation, input, units) => {
    await put();
    expect(await database.call(operation, { TableName, ...input, ReturnConsumedCapacity: 'TOTAL' })).toMatchObject({ ConsumedCapacity: { TableName, CapacityUnits: units } });
    expect(await database.call(operation, { TableName, ...input, ReturnConsumedCapacity: 'NONE' })).not.toHaveProperty('ConsumedCapacity');
  });
});
