import { indexedTable, simpleTable, TestDatabase } from './helpers';

const Key = { pk: { S: 'a' } };
const start = {
  n: { N: '5' },
  s: { S: 'x' },
  l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { N: '3' }] },
  m: { M: { a: { N: '1' }, b: { L: [{ S: 'q' }] } } },
  ss: { SS: ['a', 'b'] },
  ns: { NS: ['1', '2'] },
  blank: { L: [] },
};
const values: Record<string, object> = {
  ':one': { N: '1' },
  ':text': { S: 'text' },
  ':list': { L: [{ S: 'new' }] },
  ':map': { M: {} },
  ':ab': { SS: ['a', 'b'] },
  ':ac': { SS: ['a', 'c'] },
  ':n2': { NS: ['2.0', '3'] },
  ':b': { B: 'AA==' },
  ':yes': { BOOL: true },
};

let database: TestDatabase;
beforeEach(async () => {
  database = await simpleTable();
  await database.call('PutItem', { TableName: 'things', Item: { ...Key, ...start } });
});

function inputOf(expression: string, names?: Record<string, string>) {
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}(?![A-Za-z0-9_])`).test(expression));
  return {
    TableName: 'things',
    Key,
    UpdateExpression: expression,
    ...names ? { ExpressionAttributeNames: names } : {},
    ...used.length > 0 ? { ExpressionAttributeValues: Object.fromEntries(used) } : {},
    ReturnValues: 'ALL_NEW',
  };
}

async function updated(expression: string, names?: Record<string, string>): Promise<Record<string, unknown>> {
  const { pk: _, ...attributes } = (await database.call('UpdateItem', inputOf(expression, names))).Attributes;
  return attributes;
}

const numbers = (...list: number[]) => ({ L: list.map(number => ({ N: String(number) })) });

test.each<[string, object]>([
  ['SET t = :text', { t: { S: 'text' } }],
  ['SET s = n, n = s', { s: { N: '5' }, n: { S: 'x' } }],
  ['SET n = n + :one', { n: { N: '6' } }],
  ['SET n = :one - n', { n: { N: '-4' } }],
  ['SET k = (n - :one)', { k: { N: '4' } }],
  ['SET n = n + m.a', { n: { N: '6' } }],
  ['SET n = (n) - :one, k = ((n) + (m.a))', { n: { N: '4' }, k: { N: '6' } }],
  ['SET n = if_not_exists(n, :one), k = if_not_exists(k, :one)', { k: { N: '1' } }],
  ['SET k = if_not_exists(m.absent, n) + :one', { k: { N: '6' } }],
  ['SET k = if_not_exists(a1, if_not_exists(a2, :text))', { k: { S: 'text' } }],
  ['SET l = list_append(l, :list)', { l: { L: [...numbers(0, 1, 2, 3).L, { S: 'new' }] } }],
  ['SET l = list_append(:list, l)', { l: { L: [{ S: 'new' }, ...numbers(0, 1, 2, 3).L] } }],
  ['SET k = list_append(if_not_exists(k, :list), m.b)', { k: { L: [{ S: 'new' }, { S: 'q' }] } }],
  ['SET m.c = :text', { m: { M: { ...start.m.M, c: { S: 'text' } } } }],
  ['SET m.b[0] = :text', { m: { M: { a: { N: '1' }, b: { L: [{ S: 'text' }] } } } }],
  ['SET l[1] = :text', { l: { L: [{ N: '0' }, { S: 'text' }, { N: '2' }, { N: '3' }] } }],
  // An index beyond the end appends, in the order of the indexes.
  ['SET l[9] = :one, l[7] = :text', { l: { L: [...numbers(0, 1, 2, 3).L, { S: 'text' }, { N: '1' }] } }],
  ['SET blank[0] = :text', { blank: { L: [{ S: 'text' }] } }],
  // Both sides mean the item as it was.
  ['SET k = m REMOVE m.a', { k: start.m, m: { M: { b: start.m.M.b } } }],
  ['SET l[0] = l[1], l[1] = l[0]', { l: numbers(1, 0, 2, 3) }],
  ['REMOVE l[0], l[1]', { l: numbers(2, 3) }],
  ['REMOVE l[3], l[0], l[9]', { l: numbers(1, 2) }],
  ['SET l[3] = :text REMOVE l[0]', { l: { L: [{ N: '1' }, { N: '2' }, { S: 'text' }] } }],
  ['REMOVE m.a, absent', { m: { M: { b: start.m.M.b } } }],
  ['REMOVE m.b[0]', { m: { M: { a: { N: '1' }, b: { L: [] } } } }],
  ['ADD n :one, k :one', { n: { N: '6' }, k: { N: '1' } }],
  ['ADD ss :ac', { ss: { SS: ['a', 'b', 'c'] } }],
  ['ADD ns :n2', { ns: { NS: ['1', '2', '3'] } }],
  ['ADD m.a :one', { m: { M: { ...start.m.M, a: { N: '2' } } } }],
  ['DELETE ss :ac', { ss: { SS: ['b'] } }],
  ['DELETE absent :ac', {}],
  ['set n = :one remove s add k :one delete ss :ac', { n: { N: '1' }, s: undefined, k: { N: '1' }, ss: { SS: ['b'] } }],
])('%s', async (expression, change) => {
  const expected = Object.fromEntries(Object.entries({ ...start, ...change }).filter(([, value]) => value !== undefined));
  expect(await updated(expression)).toEqual(expected);
});

test('the last member of a set takes the attribute with it', async () => {
  expect(await updated('DELETE ss :ab')).not.toHaveProperty('ss');
});

test('names may be anything', async () => {
  const names = { '#p': '__proto__', '#c': 'constructor', '#dots': 'a.b[0]' };
  expect(await updated('SET #p = :map, #c = :one, m.#p = :text, #dots = :one', names)).toEqual({
    ...start, ['__proto__']: { M: {} }, 'constructor': { N: '1' }, 'm': { M: { ...start.m.M, ['__proto__']: { S: 'text' } } }, 'a.b[0]': { N: '1' },
  });
  expect(await updated('SET #p.#p = :one', { '#p': '__proto__' })).toMatchObject({ ['__proto__']: { M: { ['__proto__']: { N: '1' } } } });
  expect(({} as Record<string, unknown>).M).toBeUndefined();
});

const PATH = 'The document path provided in the update expression is invalid for update';
const TYPE = 'An operand in the update expression has an incorrect data type';
const ABSENT = 'The provided expression refers to an attribute that does not exist in the item';

test.each([
  ['SET absent.a = :one', PATH], ['SET s.a = :one', PATH], ['SET m[0] = :one', PATH], ['SET l.a = :one', PATH], ['REMOVE absent.a', PATH], ['SET m.c.d = :one', PATH],
  ['SET n = s + :one', TYPE], ['SET l = list_append(l, s)', TYPE], ['ADD s :one', TYPE], ['ADD ss :one', TYPE], ['DELETE ns :ab', TYPE],
  ['SET n = absent', ABSENT], ['SET n = absent + :one', ABSENT], ['SET n = list_append(absent, :list)', ABSENT],
  ['SET pk = :text', 'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key'],
  ['REMOVE pk', 'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key'],
  ['SET pk.a = :text', 'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key'],
])('%s makes no sense for the item', async (expression, message) => {
  expect(await database.refusal('UpdateItem', inputOf(expression))).toBe(message);
  const { pk: _, ...item } = (await database.call('GetItem', { TableName: 'things', Key })).Item;
  expect(item).toEqual(start);
});

const overlap = (one: string, two: string, kind = 'overlap') => `Two document paths ${kind} with each other; must remove or rewrite one of these paths; path one: [${one}], path two: [${two}]`;

test.each([
  ['', 'The expression can not be empty;'],
  ['INVALID SYNTAX HERE', 'Syntax error; token: "INVALID", near: "INVALID SYNTAX"'],
  ['SET', 'Syntax error; token: "<EOF>", near: "SET"'],
  ['SET a', 'Syntax error; token: "<EOF>", near: "a"'],
  ['SET a = :one,', 'Syntax error; token: "<EOF>", near: ","'],
  ['SET a = :one + :one + :one', 'Syntax error; token: "+", near: ":one + :one"'],
  ['REMOVE a = :one', 'Syntax error; token: "=", near: "a = :one"'],
  ['ADD a b', 'Syntax error; token: "b", near: "a b"'],
  ['SET a = ((b))', 'The expression has redundant parentheses;'],
  ['SET a = b + ((c))', 'The expression has redundant parentheses;'],
  [`SET a = ${'('.repeat(1500)}b${')'.repeat(1500)}`, 'The expression has redundant parentheses;'],
  ['SET a = (b + c) + d', 'Syntax error; token: "+", near: ") + d"'],
  ['SET a = :one SET b = :one', 'The "SET" section can only be used once in an update expression;'],
  ['SET a = unknown(b)', 'Invalid function name; function: unknown'],
  ['SET a = if_not_exists(b)', 'Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1'],
  ['SET a = if_not_exists(:one, :one)', 'Operator or function requires a document path; operator or function: if_not_exists'],
  ['SET a = list_append(b, :one)', 'Incorrect operand type for operator or function; operator or function: list_append, operand type: N'],
  ['SET a = b + :text', 'Incorrect operand type for operator or function; operator or function: +, operand type: S'],
  ['ADD a :text', 'Incorrect operand type for operator or function; operator: ADD, operand type: STRING'],
  ['ADD a :list', 'Incorrect operand type for operator or function; operator: ADD, operand type: LIST'],
  ['DELETE a :one', 'Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER'],
  ['DELETE a :yes', 'Incorrect operand type for operator or function; operator: DELETE, operand type: BOOLEAN'],
  ['DELETE a :map', 'Incorrect operand type for operator or function; operator: DELETE, operand type: MAP'],
  ['DELETE a :none SET b = c DELETE d :none', 'The "DELETE" section can only be used once in an update expression;'],
  ['ADD a :none', 'An expression attribute value used in expression is not defined; attribute value: :none'],
  ['SET a = :one, a = :text', overlap('a', 'a')],
  ['SET a.b = :one REMOVE a', overlap('a, b', 'a')],
  ['SET a[0] = :one, a.b = :one', overlap('a, [0]', 'a, b', 'conflict')],
  ['SET size = :one', 'Attribute name is a reserved keyword; reserved keyword: size'],
  ['SET #x = :one', 'An expression attribute name used in the document path is not defined; attribute name: #x'],
  ['SET a = :x', 'An expression attribute value used in expression is not defined; attribute value: :x'],
])('%p is refused', async (expression, message) => {
  expect(await database.refusal('UpdateItem', inputOf(expression))).toBe(`1 validation error detected: Invalid UpdateExpression: ${message}`);
});

test('a document may not grow too deep', async () => {
  const deep = (depth: number): object => depth === 0 ? { S: 'leaf' } : { M: { d: deep(depth - 1) } };
  const set = (path: string, depth: number) => ({ TableName: 'things', Key, UpdateExpression: `SET ${path} = :v`, ExpressionAttributeValues: { ':v': deep(depth) } });
  await database.call('UpdateItem', set('m.a', 30));
  expect(await database.refusal('UpdateItem', set('m.a', 31))).toMatch('Nesting Levels have exceeded supported limits');
  expect(await database.refusal('UpdateItem', set('n', 32))).toMatch('1 validation error detected: Nesting Levels have exceeded supported limits');
});

test('the keys of indexes have no inside, to write or to read', async () => {
  database = await indexedTable();
  const update = (UpdateExpression: string, more: object = {}) => ({ TableName: 'notes', Key: { pk: { S: 'p' }, sk: { S: 's' } }, UpdateExpression, ...more });
  const NESTED = 'Key attributes must be scalars; list random access \'[]\' and map lookup \'.\' are not allowed:';
  for (const expression of ['SET author.given = sk', 'SET x = author.given', 'SET x = list_append(author[0], y)']) {
    expect(await database.refusal('UpdateItem', update(expression))).toBe(`${NESTED} IndexKey: author`);
  }
  expect(await database.refusal('UpdateItem', update('SET author.given = sk, #time = sk', { ExpressionAttributeNames: { '#time': 'time' } }))).toMatch(NESTED);
  expect(await database.refusal('UpdateItem', update('SET author.given = sk, #time = :text', { ExpressionAttributeNames: { '#time': 'time' }, ExpressionAttributeValues: { ':text': { S: 'x' } } })))
    .toBe('One or more parameter values were invalid: Type mismatch for Index Key time Expected: N Actual: S IndexName: byTime');
  expect(await database.refusal('UpdateItem', update('SET x = pk.y'))).toBe(`${NESTED} Key: pk`);
});
