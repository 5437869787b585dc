import { simpleTable, tableOf, TestDatabase } from './helpers';

const key = (pk: string) => ({ pk: { S: pk } });
const put = (pk: string, more: object = {}) => ({ PutRequest: { Item: { ...key(pk), ...more } } });
const remove = (pk: string) => ({ DeleteRequest: { Key: key(pk) } });

let database: TestDatabase;
beforeEach(async () => {
  database = await simpleTable();
  await database.call('CreateTable', tableOf('__proto__'));
});

const count = async () => (await database.call('Scan', { TableName: 'things' })).Count;

const BETWEEN_1_AND_25 = 'Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]';
const NAMES = 'Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, '
  + 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]';

describe('BatchWriteItem', () => {
  test('puts and deletes in several tables, whatever their names', async () => {
    await database.call('PutItem', { TableName: 'things', Item: key('old') });
    const requests = JSON.parse(JSON.stringify({ things: [put('a'), remove('old'), remove('never')] }).replace('{', '{"__proto__":[{"PutRequest":{"Item":{"pk":{"S":"p"}}}}],'));
    expect(await database.call('BatchWriteItem', { RequestItems: requests })).toEqual({ UnprocessedItems: {} });
    expect((await database.call('Scan', { TableName: 'things' })).Items).toEqual([key('a')]);
    expect((await database.call('Scan', { TableName: '__proto__' })).Items).toEqual([key('p')]);
  });

  test.each<[string, object, string]>([
    ['no tables', {}, 'The requestItems parameter is required for BatchWriteItem'],
    ['no requests', { things: [] }, `1 validation error detected: Value '{things=[]}' at 'requestItems' failed to satisfy constraint: ${BETWEEN_1_AND_25}`],
    [
      'more than 25 in all', { things: Array.from({ length: 20 }, (_, index) => put(String(index))), others: Array.from({ length: 6 }, (_, index) => put(String(index))) },
      'Too many items requested for the BatchWriteItem call',
    ],
    ['an item twice', { things: [put('a'), remove('a')] }, 'Provided list of item keys contains duplicates'],
    ['no table of that name', { things: [put('a')], none: [put('b')] }, 'ResourceNotFoundException: Requested resource not found'],
    ['a key of another type', { things: [put('a'), { PutRequest: { Item: { pk: { N: '1' } } } }] }, 'The provided key element does not match the schema'],
    ['no key', { things: [{ PutRequest: { Item: { x: { S: '1' } } } }] }, 'The provided key element does not match the schema'],
    ['an empty key', { things: [put('')] }, 'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk'],
    ['neither put nor delete', { things: [{}] }, 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes'],
    ['an item that is too large', { things: [put('a', { x: { S: 'x'.repeat(400 * 1024) } })] }, 'Item size has exceeded the maximum allowed size'],
  ])('%s is refused, and nothing is written', async (_, RequestItems, message) => {
    expect(await database.refusal('BatchWriteItem', { RequestItems })).toBe(message);
    expect(await count()).toBe(0);
  });

  test('more than 25 are quoted, and refused', async () => {
    const message = await database.refusal('BatchWriteItem', { RequestItems: { things: Array.from({ length: 26 }, (_, index) => put(String(index))) } });
    const value = 'AttributeValue(s=0, n=null, b=null, iNT=null, dECIMAL=null, dOUBLE=null, sS=null, nS=null, bS=null, iNTSET=null, dECIMALSET=null, dOUBLESET=null, '
      + 'm=null, l=null, nULL=null, bOOL=null)';
    expect(message).toContain(`1 validation error detected: Value '{things=[WriteRequest(putRequest=PutRequest(item={pk=${value}}), deleteRequest=null), WriteRequest(`);
    expect(message).toContain(`at 'requestItems' failed to satisfy constraint: ${BETWEEN_1_AND_25}`);
  });

  test('what is quoted is not many times as long as the request', async () => {
    const many = Array.from({ length: 100_000 }, () => ({}));
    const message = await database.refusal('BatchWriteItem', { RequestItems: { things: Array.from({ length: 26 }, () => put('a', { l: { L: many } })) } });
    expect(message).toContain(`, ...]}' at 'requestItems' failed to satisfy constraint: ${BETWEEN_1_AND_25}`);
    expect(message.length).toBeLessThan(200_000);
  });

  test('a name that no table can have is told after everything else', async () => {
    const RequestItems = { 'bad!name': [remove('a')] };
    expect(await database.refusal('BatchWriteItem', { RequestItems })).toMatch(/^1 validation error detected: Value '\{bad!name=\[WriteRequest\(putRequest=null, deleteRequest=DeleteRequest\(key=\{pk=/);
    expect(await database.refusal('BatchWriteItem', { RequestItems })).toContain(`' at 'requestItems' failed to satisfy constraint: ${NAMES}`);
    expect(await database.refusal('BatchWriteItem', { RequestItems, ReturnConsumedCapacity: 'BOGUS' }))
      .toBe('1 validation error detected: Value \'BOGUS\' at \'returnConsumedCapacity\' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]');
  });
});

describe('BatchGetItem', () => {
  test('gives the items that there are', async () => {
    await database.call('BatchWriteItem', { RequestItems: { things: [put('a', { x: { N: '1' }, y: { N: '2' } }), put('b')] } });
    expect(await database.call('BatchGetItem', { RequestItems: { things: { Keys: ['b', 'none', 'a'].map(key), ProjectionExpression: 'pk, x' } } })).toEqual({
      Responses: { things: [key('b'), { ...key('a'), x: { N: '1' } }] }, UnprocessedKeys: {},
    });
  });

  test('leaves what exceeds a megabyte of a table for the next request', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const pk of names) {
      await database.call('PutItem', { TableName: 'things', Item: { ...key(pk), x: { S: 'x'.repeat(390 * 1024) } } });
    }
    const request = { things: { Keys: names.map(key), ProjectionExpression: 'pk', ConsistentRead: true } };
    const first = await database.call('BatchGetItem', { RequestItems: request, ReturnConsumedCapacity: 'TOTAL' });
    expect(first.Responses.things).toEqual(['a', 'b', 'c'].map(key));
    expect(first.UnprocessedKeys.things).toEqual({ Keys: ['d', 'e'].map(key), ProjectionExpression: 'pk', ConsistentRead: true });
    // What is left costs a unit, and then what it costs.
    expect(first.ConsumedCapacity).toEqual([{ TableName: 'things', CapacityUnits: 3 * 98 + 2 }]);
    const second = await database.call('BatchGetItem', { RequestItems: first.UnprocessedKeys });
    expect(second).toEqual({ Responses: { things: ['d', 'e'].map(key) }, UnprocessedKeys: {} });
  });

  test('refuses a key told twice before it looks for the table', async () => {
    const twice = { RequestItems: { none: { Keys: [{ a: { S: '1' }, b: { N: '2' } }, { b: { N: '2.0' }, a: { S: '1' } }] } } };
    expect(await database.refusal('BatchGetItem', twice)).toBe('Provided list of item keys contains duplicates');
  });

  test.each<[string, object, string]>([
    ['no tables', {}, '1 validation error detected: Value at \'RequestItems\' failed to satisfy constraint: Member must have length greater than or equal to 1'],
    ['no keys', { things: { Keys: [] } }, '1 validation error detected: Value at \'RequestItems.things.member.Keys\' failed to satisfy constraint: Member must have length greater than or equal to 1'],
    ['no list of keys', { things: {} }, '1 validation error detected: Value null at \'requestItems.things.member.keys\' failed to satisfy constraint: Member must not be null'],
    ['an item twice', { things: { Keys: [key('a'), key('a')] } }, 'Provided list of item keys contains duplicates'],
    ['no table of that name', { none: { Keys: [key('a')] } }, 'ResourceNotFoundException: Requested resource not found'],
    ['a key that is none', { things: { Keys: [{ other: { S: 'a' } }] } }, 'The provided key element does not match the schema'],
    [
      'more than 100 in all', { things: { Keys: Array.from({ length: 60 }, (_, index) => key(String(index))) }, others: { Keys: Array.from({ length: 41 }, (_, index) => key(String(index))) } },
      'Too many items requested for the BatchGetItem call',
    ],
  ])('%s is refused', async (_, RequestItems, message) => {
    expect(await database.refusal('BatchGetItem', { RequestItems })).toBe(message);
  });

  test('a name that no table can have is refused', async () => {
    expect(await database.refusal('BatchGetItem', { RequestItems: { 'bad!name': { Keys: [key('a')] } }, ReturnConsumedCapacity: 'BOGUS' }))
      .toBe(`2 validation errors detected: Value '{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}' at 'requestItems' failed to satisfy constraint: ${NAMES}; `
        + 'Value \'BOGUS\' at \'returnConsumedCapacity\' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]');
  });
});
