import { simpleTable, TestDatabase } from './helpers';

const item = {
  pk: { S: 'a' },
  s: { S: 'hello' },
  blank: { S: '' },
  n: { N: '10' },
  big: { N: '12345678901234567890123456789012345678' },
  b: { B: 'AAH/' },
  yes: { BOOL: true },
  no: { BOOL: false },
  nothing: { NULL: true },
  ss: { SS: ['x', 'y'] },
  ns: { NS: ['1', '2.5'] },
  bs: { BS: ['AA==', '/w=='] },
  l: { L: [{ S: 'e' }, { N: '7' }, { M: { in: { S: 'deep' } } }] },
  m: { M: { k: { N: '1' }, constructor: { S: 'c' } } },
  emoji: { S: 'é𝄞' },
  final1: { S: '\uffff' },
  astral: { S: '\u{10000}' },
};

const values = {
  ':s': { S: 'hello' },
  ':he': { S: 'he' },
  ':ll': { S: 'll' },
  ':emptyText': { S: '' },
  ':n': { N: '10' },
  ':n10': { N: '1e1' },
  ':n9': { N: '9' },
  ':n11': { N: '11' },
  ':text10': { S: '10' },
  ':big': { N: '12345678901234567890123456789012345679' },
  ':b': { B: 'AAH/' },
  ':b0': { B: 'AA==' },
  ':b1': { B: 'Af8=' },
  ':yes': { BOOL: true },
  ':no': { BOOL: false },
  ':nothing': { NULL: true },
  ':ss': { SS: ['y', 'x'] },
  ':sx': { SS: ['x'] },
  ':x': { S: 'x' },
  ':n25': { N: '2.50' },
  ':l': { L: [{ S: 'e' }, { N: '7' }, { M: { in: { S: 'deep' } } }] },
  ':m': { M: { constructor: { S: 'c' }, k: { N: '1' } } },
  ':in': { M: { in: { S: 'deep' } } },
  ':e': { S: 'e' },
  ':N': { S: 'N' },
  ':BOOL': { S: 'BOOL' },
  ':S': { S: 'S' },
  ':NULL': { S: 'NULL' },
  ':M': { S: 'M' },
  ':three': { N: '3' },
  ':two': { N: '2' },
  ':zero': { N: '0' },
  ':c': { S: 'c' },
  ':last': { S: '\uffff' },
};

const names = { '#no': 'no', '#constructor': 'constructor', '#toString': 'toString', '#l': 'l', '#proto': '__proto__' };

let database: TestDatabase;
beforeAll(async () => {
  database = await simpleTable();
  await database.call('PutItem', { TableName: 'things', Item: item });
});

/** The placeholders that an expression uses, and no others. */
function placeholders(expression: string) {
  const used = <Value>(all: Record<string, Value>) => Object.fromEntries(Object.entries(all).filter(([name]) => new RegExp(`${name}(?![A-Za-z0-9_])`).test(expression)));
  const [usedNames, usedValues] = [used(names), used(values)];
  return {
    ...Object.keys(usedNames).length > 0 ? { ExpressionAttributeNames: usedNames } : {},
    ...Object.keys(usedValues).length > 0 ? { ExpressionAttributeValues: usedValues } : {},
  };
}

const scan = (expression: string) => ({ TableName: 'things', FilterExpression: expression, ...placeholders(expression) });

test.each([
  ['s = :s', true], ['s = :he', false], ['s <> :he', true], ['n = :n10', true], ['n = :text10', false], ['n <> :text10', true], ['absent = :s', false], ['absent <> :s', true],
  ['absent < :s', false], ['NOT absent < :s', true], ['a1 = a2', false],
  ['n > :n9', true], ['n >= :n', true], ['n < :n11', true], ['n <= :n9', false], [':n9 < n', true], ['n > :text10', false], ['big < :big', true], ['big = :big', false],
  ['s > :he', true], ['blank < :he', true], ['blank = :emptyText', true], ['b = :b', true], ['b > :b0', true], ['b < :b1', true],
  // In UTF-8 a surrogate pair comes after everything else.
  ['astral > :last', true], ['final1 > :s', true],
  ['yes = :yes', true], ['#no = :no', true], ['#no = :yes', false], ['nothing = :nothing', true], ['ss = :ss', true], ['ss = :sx', false], ['l = :l', true], ['m = :m', true],
  ['#l[2] = :in', true], ['#l[2].#in = :s', false], ['m.k = :n', false], ['m.k < :n', true], ['#l[0] = :e', true], ['#l[9] = :e', false], ['s.k = :s', false], ['m[0] = :s', false],
  ['n BETWEEN :n9 AND :n11', true], ['n BETWEEN :n11 AND :n11', false], ['n between :n and :n', true], [':n BETWEEN m.k AND n', true], ['absent BETWEEN :n9 AND :n11', false],
  ['n IN (:n9, :n10)', true], ['n IN (:n9, :s)', false], ['blank IN (:emptyText)', true], ['#no IN (:no)', true], ['absent IN (:s)', false],
  ['attribute_exists(s)', true], ['attribute_exists(nothing)', true], ['attribute_exists(m.k)', true], ['attribute_exists(#l[2].#in)', true], ['attribute_exists(absent)', false],
  ['attribute_not_exists(absent)', true], ['attribute_not_exists(m.absent.deeper)', true], ['attribute_not_exists(s)', false],
  ['attribute_exists(#constructor)', false], ['attribute_exists(#toString)', false], ['attribute_exists(#proto)', false], ['attribute_exists(m.#constructor)', true],
  ['m.#constructor = :c', true], ['attribute_exists(m.#toString)', false],
  ['attribute_type(n, :N)', true], ['attribute_type(#no, :BOOL)', true], ['attribute_type(blank, :S)', true], ['attribute_type(nothing, :NULL)', true], ['attribute_type(s, :M)', false],
  ['attribute_type(absent, :S)', false],
  ['begins_with(s, :he)', true], ['begins_with(s, :ll)', false], ['begins_with(s, :emptyText)', true], ['begins_with(b, :b0)', true], ['begins_with(b, :b1)', false], ['begins_with(n, :he)', false],
  ['contains(s, :ll)', true], ['contains(s, :x)', false], ['contains(ss, :x)', true], ['contains(ns, :n25)', true], ['contains(bs, :b0)', true], ['contains(b, :b1)', true],
  ['contains(#l, :e)', true], ['contains(#l, :in)', true], ['contains(#l, :x)', false], ['contains(m, :x)', false], ['contains(ss, :n9)', false], ['contains(absent, :x)', false],
  ['size(ss) = :two', true], ['size(#l) = :three', true], ['size(m) = :two', true], ['size(b) = :three', true], ['size(blank) = :zero', true], ['size(emoji) = :three', true],
  ['size(n) > :zero', false], ['size(absent) > :zero', false], ['size(ss) < size(#l)', true], ['size(m.#constructor) < :two', true],
  ['s = :s AND n = :n', true], ['s = :he OR n = :n', true], ['s = :s OR s = :s AND n = :n9', true], ['(s = :s OR s = :s) AND n = :n9', false], ['NOT s = :he AND n = :n', true],
  ['NOT (s = :s AND n = :n)', false], ['NOT NOT s = :s', true], ['(s) = (:s)', true], ['  s\t=\n:s  ', true], ['not s = :he and (n = :n9 or n = :n)', true],
])('%s is %p', async (source, expected) => {
  const expression = source.replace(/#in/g, 'inner');
  const input = scan(expression);
  const matches = async (given: object) => (await database.call('Scan', given)).Count === 1;
  if (source === expression) {
    expect(await matches(input)).toBe(expected);
  } else {
    expect(await matches({ ...input, FilterExpression: source, ExpressionAttributeNames: { ...input.ExpressionAttributeNames, '#in': 'in' } })).toBe(expected);
  }
});

const PREFIX = 'Invalid FilterExpression: ';
const syntax = (token: string, near: string) => `Syntax error; token: "${token}", near: "${near}"`;
const operand = (operator: string, type: string) => `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`;

test.each([
  ['', 'The expression can not be empty;'],
  ['   ', 'The expression can not be empty;'],
  ['s', syntax('<EOF>', 's')],
  ['s =', syntax('<EOF>', '=')],
  ['s = = :s', syntax('=', '= = :s')],
  ['s = :s AND', syntax('<EOF>', 'AND')],
  ['s = :s n', syntax('n', ':s n')],
  ['s = :s)', syntax(')', ':s)')],
  ['(s = :s', syntax('<EOF>', ':s')],
  ['s ! :s', syntax('!', 's ! :s')],
  ['s == :s', syntax('=', '== :s')],
  ['s[x] = :s', syntax('x', '[x]')],
  ['s. = :s', syntax('=', '. = :s')],
  ['s = :s = :s', syntax('=', ':s = :s')],
  ['(s = :s) = :s', syntax('=', ') = :s')],
  ['s BETWEEN :s OR :s', syntax('OR', ':s OR :s')],
  ['s IN :s', syntax(':s', 'IN :s')],
  ['s IN ()', syntax(')', '()')],
  ['attribute_exists()', syntax(')', '()')],
  ['((s = :s))', 'The expression has redundant parentheses;'],
  ['NOT ((s = :s))', 'The expression has redundant parentheses;'],
  ['((s)) = :s', 'The expression has redundant parentheses;'],
  ['unknown(s)', 'Invalid function name; function: unknown'],
  ['toString(s)', 'Invalid function name; function: toString'],
  ['Attribute_Exists(s)', 'Invalid function name; function: Attribute_Exists'],
  ['size(s)', 'The function is not allowed to be used this way in an expression; function: size'],
  ['contains(s, :s) = :s', 'The function is not allowed to be used this way in an expression; function: contains'],
  ['attribute_exists(s, n)', 'Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2'],
  ['begins_with(s)', 'Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1'],
  ['attribute_exists(:s)', 'Operator or function requires a document path; operator or function: attribute_exists'],
  ['begins_with(s, :n)', operand('begins_with', 'N')],
  ['attribute_type(s, :n)', operand('attribute_type', 'N')],
  ['attribute_type(s, :x)', 'Invalid attribute type name found; type: x, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}'],
  ['size(:n) = :n', operand('size', 'N')],
  ['s < :yes', operand('<', 'BOOL')],
  ['s >= :ss', operand('>=', 'SS')],
  ['s = s', 'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [s]'],
  ['contains(m.k, m.k)', 'The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [m, k]'],
  [
    'n BETWEEN :n11 AND :n9',
    'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:11}, upper bound operand: AttributeValue: {N:9}',
  ],
  [
    'n BETWEEN :n9 AND :s',
    'The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:9}, upper bound operand: AttributeValue: {S:hello}',
  ],
  ['status = :s', 'Attribute name is a reserved keyword; reserved keyword: status'],
  ['m.Name = :s', 'Attribute name is a reserved keyword; reserved keyword: Name'],
  ['#undefined = :s', 'An expression attribute name used in the document path is not defined; attribute name: #undefined'],
  ['s = :undefined', 'An expression attribute value used in expression is not defined; attribute value: :undefined'],
  // What is told first when several things are wrong.
  ['status = :undefined', 'Attribute name is a reserved keyword; reserved keyword: status'],
  ['unknown(status)', 'Invalid function name; function: unknown'],
  ['s = :undefined AND begins_with(s, :n)', 'An expression attribute value used in expression is not defined; attribute value: :undefined'],
  ['begins_with(s, :n) AND s = :undefined', operand('begins_with', 'N')],
])('%p is refused', async (expression, message) => {
  expect(await database.refusal('Scan', scan(expression))).toBe(PREFIX + message);
});

test('an expression may have 4096 bytes and 300 operators', async () => {
  const long = (size: number) => `attribute_exists(${'x'.repeat(size - 'attribute_exists()'.length)})`;
  expect(await database.call('Scan', scan(long(4096)))).toMatchObject({ Count: 0 });
  expect(await database.refusal('Scan', scan(long(4097)))).toBe(`${PREFIX}Expression size has exceeded the maximum allowed size; expression size: 4097`);
  const chain = (operators: number) => Array.from({ length: (operators + 1) / 2 }, () => 's=:s').join(' OR ');
  expect(await database.call('Scan', scan(chain(299)))).toMatchObject({ Count: 1 });
  expect(await database.refusal('Scan', scan(chain(301)))).toBe(`${PREFIX}The expression contains too many operators; operator count: 301`);
});

test.each([
  ['names without an expression', { ExpressionAttributeNames: { '#a': 'a' } }, 'ExpressionAttributeNames can only be specified when using expressions'],
  ['values without an expression', { ExpressionAttributeValues: { ':a': { S: 'a' } } }, 'ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null'],
  ['no names', { FilterExpression: 's = n', ExpressionAttributeNames: {} }, 'ExpressionAttributeNames must not be empty'],
  ['no values', { FilterExpression: 's = n', ExpressionAttributeValues: {} }, 'ExpressionAttributeValues must not be empty'],
  ['an unused name', { FilterExpression: 's = n', ExpressionAttributeNames: { '#a': 'a', '#b': 'b' } }, 'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}'],
  ['an unused value', { FilterExpression: 's = n', ExpressionAttributeValues: { ':a': { S: 'a' } } }, 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}'],
  ['a bad name', { FilterExpression: 's = n', ExpressionAttributeNames: { a: 'a' } }, 'ExpressionAttributeNames contains invalid key: Syntax error; key: "a"'],
  ['a bad value', { FilterExpression: 's = n', ExpressionAttributeValues: { '#a': { S: 'a' } } }, 'ExpressionAttributeValues contains invalid key: Syntax error; key: "#a"'],
  [
    'a filter of both kinds', { FilterExpression: 's = n', ScanFilter: { s: { ComparisonOperator: 'NULL' } } },
    'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {ScanFilter} Expression parameters: {FilterExpression}',
  ],
])('%s', async (_, input, message) => {
  expect(await database.refusal('Scan', { TableName: 'things', ...input })).toBe(message);
});
