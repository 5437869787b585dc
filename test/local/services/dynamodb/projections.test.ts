import { simpleTable, TestDatabase } from './helpers';

const Key = { pk: { S: 'a' } };
const item = {
  ...Key,
  a: { M: { b: { S: 'bb' }, c: { S: 'cc' }, d: { M: { e: { N: '1' } } } } },
  l: { L: [{ M: { x: { S: 'x0' }, y: { S: 'y0' } } }, { S: 'one' }, { S: 'two' }] },
  n: { N: '1' },
  ['__proto__']: { M: { ['__proto__']: { M: { polluted: { S: 'p' } } } } },
};

let database: TestDatabase;
beforeAll(async () => {
  database = await simpleTable();
  await database.call('PutItem', { TableName: 'things', Item: item });
});

const get = (projection: string, names?: object) => ({ TableName: 'things', Key, ProjectionExpression: projection, ...names ? { ExpressionAttributeNames: names } : {} });

test.each<[string, object]>([
  ['pk, n', { ...Key, n: { N: '1' } }],
  ['absent', {}],
  ['a.b, a.c', { a: { M: { b: { S: 'bb' }, c: { S: 'cc' } } } }],
  ['a.d.e', { a: { M: { d: { M: { e: { N: '1' } } } } } }],
  ['a.absent.deeper, n', { n: { N: '1' } }],
  ['l[0].x, l[0].y', { l: { L: [{ M: { x: { S: 'x0' }, y: { S: 'y0' } } }] } }],
  ['l[2], l[0].x', { l: { L: [{ M: { x: { S: 'x0' } } }, { S: 'two' }] } }],
  ['l[7], n[0], a[0]', {}],
])('%s', async (projection, expected) => {
  expect(await database.call('GetItem', get(projection))).toEqual({ Item: expected });
});

test('__proto__ is a name like any other', async () => {
  const { Item } = await database.call('GetItem', get('#p.#p.polluted, #p.#p.#c', { '#p': '__proto__', '#c': 'constructor' }));
  expect(Object.keys(Item)).toEqual(['__proto__']);
  expect(JSON.stringify(Item)).toBe('{"__proto__":{"M":{"__proto__":{"M":{"polluted":{"S":"p"}}}}}}');
  expect(({} as Record<string, unknown>).M).toBeUndefined();
});

test.each([
  ['a, a', 'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]'],
  ['#x, #y.b', 'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]'],
  ['l, l[0]', 'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [l], path two: [l, [0]]'],
  ['a[0], a.b', 'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, [0]], path two: [a, b]'],
  ['a,', 'Syntax error; token: "<EOF>", near: ","'],
  ['a b', 'Syntax error; token: "b", near: "a b"'],
  ['a.', 'Syntax error; token: "<EOF>", near: "."'],
  ['!!!', 'Syntax error; token: "!", near: "!!"'],
  ['name', 'Attribute name is a reserved keyword; reserved keyword: name'],
  ['#z', 'An expression attribute name used in the document path is not defined; attribute name: #z'],
])('%s is refused', async (projection, message) => {
  const names = projection.includes('#x') ? { '#x': 'a', '#y': 'a' } : undefined;
  expect(await database.refusal('GetItem', get(projection, names))).toBe(`Invalid ProjectionExpression: ${message}`);
});

test('attributes by their names', async () => {
  expect(await database.call('GetItem', { TableName: 'things', Key, AttributesToGet: ['n', 'absent'] })).toEqual({ Item: { n: { N: '1' } } });
  expect(await database.refusal('GetItem', { TableName: 'things', Key, AttributesToGet: ['n', 'n'] })).toBe('One or more parameter values were invalid: Duplicate value in attribute name: n');
});

test('a key has no inside', async () => {
  expect(await database.refusal('GetItem', get('pk.x'))).toBe('Key attributes must be scalars; list random access \'[]\' and map lookup \'.\' are not allowed: Key: pk');
});
