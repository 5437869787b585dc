import { indexedTable, simpleTable, tableOf, TestDatabase } from './helpers';

type Keyed = Record<string, { S?: string; N?: string; B?: string }>;

const note = (pk: string, sk: string, more: object = {}) => ({ pk: { S: pk }, sk: { S: sk }, ...more });

async function put(database: TestDatabase, ...items: object[]): Promise<void> {
  for (const Item of items) {
    await database.call('PutItem', { TableName: 'notes', Item });
  }
}

const query = (condition: string, values: object, more: object = {}) => ({
  TableName: 'notes', KeyConditionExpression: condition, ExpressionAttributeValues: values, ...more,
});

const sortKeys = ({ Items }: { Items: Keyed[] }) => Items.map(({ sk }) => sk.S ?? sk.N ?? sk.B);

/** All pages, by their last keys. */
async function pages(database: TestDatabase, operation: string, input: object): Promise<any[]> {
  const all: any[] = [];
  let start: object | undefined;
  do {
    const page = await database.call(operation, { ...input, ...start ? { ExclusiveStartKey: start } : {} });
    all.push(page);
    start = page.LastEvaluatedKey;
  } while (start);
  return all;
}

describe('conditions on the sort key', () => {
  const TEXTS = ['', 'a', 'ab', 'abc', 'b', 'é', '\uffff', '\u{1f600}'].slice(1);

  test.each<[string, object, string[]]>([
    ['sk = :a', { ':a': { S: 'ab' } }, ['ab']],
    ['sk < :a', { ':a': { S: 'ab' } }, ['a']],
    ['sk <= :a', { ':a': { S: 'ab' } }, ['a', 'ab']],
    ['sk > :a', { ':a': { S: 'b' } }, ['é', '\uffff', '\u{1f600}']],
    ['sk >= :a', { ':a': { S: 'b' } }, ['b', 'é', '\uffff', '\u{1f600}']],
    [':a >= sk', { ':a': { S: 'a' } }, ['a']],
    ['sk BETWEEN :a AND :b', { ':a': { S: 'ab' }, ':b': { S: 'b' } }, ['ab', 'abc', 'b']],
    ['begins_with(sk, :a)', { ':a': { S: 'ab' } }, ['ab', 'abc']],
    ['begins_with(sk, :a)', { ':a': { S: '\u{1f600}' } }, ['\u{1f600}']],
    ['sk = :a', { ':a': { S: 'none' } }, []],
  ])('%s %j', async (condition, values, expected) => {
    const database = await indexedTable();
    await put(database, ...[...TEXTS].reverse().map(text => note('p', text)), note('other', 'ab'));
    const input = query(`pk = :p AND ${condition}`, { ':p': { S: 'p' }, ...values });
    expect(sortKeys(await database.call('Query', input))).toEqual(expected);
    expect(sortKeys(await database.call('Query', { ...input, ScanIndexForward: false }))).toEqual([...expected].reverse());
    const paged = await pages(database, 'Query', { ...input, Limit: 1 });
    expect(paged.flatMap(sortKeys)).toEqual(expected);
    const backward = await pages(database, 'Query', { ...input, Limit: 1, ScanIndexForward: false });
    expect(backward.flatMap(sortKeys)).toEqual([...expected].reverse());
  });

  test('numbers are in the order of numbers', async () => {
    const database = await indexedTable('N');
    const numbers = ['-100', '-2', '-1.5', '0', '0.001', '3', '20', '100', '12345678901234567890123456789012345678'];
    await put(database, ...[...numbers].reverse().map(N => ({ pk: { S: 'p' }, sk: { N } })));
    const all = await database.call('Query', query('pk = :p', { ':p': { S: 'p' } }));
    expect(sortKeys(all)).toEqual(numbers);
    expect(sortKeys(await database.call('Query', query('pk = :p AND sk > :n', { ':p': { S: 'p' }, ':n': { N: '-1.50' } })))).toEqual(numbers.slice(3));
    expect((await database.call('GetItem', { TableName: 'notes', Key: { pk: { S: 'p' }, sk: { N: '2e1' } } })).Item).toBeDefined();
  });

  test('binaries are in the order of their bytes', async () => {
    const database = await indexedTable('B');
    const binaries = ['AA==', 'AAE=', 'fw==', 'gA==', '/w=='];
    await put(database, ...[...binaries].reverse().map(B => ({ pk: { S: 'p' }, sk: { B } })));
    expect(sortKeys(await database.call('Query', query('pk = :p', { ':p': { S: 'p' } })))).toEqual(binaries);
    expect(sortKeys(await database.call('Query', query('pk = :p AND begins_with(sk, :b)', { ':p': { S: 'p' }, ':b': { B: 'AA==' } })))).toEqual(['AA==', 'AAE=']);
  });

  test('keys that read alike one after the other are different', async () => {
    const database = await indexedTable();
    await put(database, note('a', 'bc'), note('ab', 'c'), note('1/a', 'b'), note('1', '/ab'));
    expect((await database.call('Scan', { TableName: 'notes' })).Count).toBe(4);
  });
});

describe('pages', () => {
  test('a page ends with its limit, and tells where to go on even when nothing follows', async () => {
    const database = await indexedTable();
    await put(database, ...['1', '2', '3', '4'].map(sk => note('p', sk)));
    const input = query('pk = :p', { ':p': { S: 'p' } }, { Limit: 2 });
    expect((await pages(database, 'Query', input)).map(page => [sortKeys(page), page.LastEvaluatedKey])).toEqual([
      [['1', '2'], note('p', '2')], [['3', '4'], note('p', '4')], [[], undefined],
    ]);
  });

  test('a filter drops items after they are counted', async () => {
    const database = await indexedTable();
    await put(database, ...['1', '2', '3'].map(sk => note('p', sk, { odd: { BOOL: Number(sk) % 2 === 1 } })));
    const page = await database.call('Query', query('pk = :p', { ':p': { S: 'p' }, ':yes': { BOOL: true } }, { FilterExpression: 'odd = :yes', Limit: 2 }));
    expect(page).toEqual({ Items: [note('p', '1', { odd: { BOOL: true } })], Count: 1, ScannedCount: 2, LastEvaluatedKey: note('p', '2') });
  });

  test('a page ends with the item that takes it over 1 MB', async () => {
    const database = await indexedTable();
    await put(database, ...Array.from({ length: 5 }, (_, index) => note('p', String(index), { text: { S: 'x'.repeat(300 * 1024) } })));
    const input = query('pk = :p', { ':p': { S: 'p' } }, { ProjectionExpression: 'sk' });
    expect((await pages(database, 'Query', input)).map(sortKeys)).toEqual([['0', '1', '2', '3'], ['4']]);
    expect((await pages(database, 'Scan', { TableName: 'notes' })).map(({ Count }) => Count)).toEqual([4, 1]);
  });

  test('a start need not exist any more', async () => {
    const database = await indexedTable();
    await put(database, ...['1', '2', '3'].map(sk => note('p', sk)));
    await database.call('DeleteItem', { TableName: 'notes', Key: note('p', '2') });
    const input = query('pk = :p', { ':p': { S: 'p' } }, { ExclusiveStartKey: note('p', '2') });
    expect(sortKeys(await database.call('Query', input))).toEqual(['3']);
    expect(sortKeys(await database.call('Query', { ...input, ScanIndexForward: false }))).toEqual(['1']);
  });

  test('a scan meets every item once, whatever the size of its pages', async () => {
    const database = await indexedTable();
    const ids = Array.from({ length: 60 }, (_, index) => `${index % 7}-${index}`);
    await put(database, ...ids.map(id => note(id[0], id)));
    for (const Limit of [1, 7, 59, 60, 100]) {
      expect((await pages(database, 'Scan', { TableName: 'notes', Limit })).flatMap(sortKeys).sort()).toEqual([...ids].sort());
    }
  });

  test('the segments of a scan share the items', async () => {
    const database = await simpleTable();
    const ids = Array.from({ length: 100 }, (_, index) => `k${index}`);
    for (const id of ids) {
      await database.call('PutItem', { TableName: 'things', Item: { pk: { S: id } } });
    }
    const segments = await Promise.all([0, 1, 2].map(Segment => pages(database, 'Scan', { TableName: 'things', Segment, TotalSegments: 3, Limit: 10 })));
    const found = segments.map(segment => segment.flatMap(({ Items }) => Items.map(({ pk }: Keyed) => pk.S)));
    expect(found.flat().sort()).toEqual([...ids].sort());
    expect(found.every(({ length }) => length > 0)).toBe(true);
    const other = { TableName: 'things', Segment: 1, TotalSegments: 3, ExclusiveStartKey: { pk: { S: found[0][0] } } };
    expect(await database.refusal('Scan', other)).toMatch('Please use ExclusiveStartKey with correct Segment. TotalSegments: 3 Segment: 1');
  });
});

describe('indexes', () => {
  const authored = (id: string, author: string, time: number, more: object = {}) => note('p', id, { author: { S: author }, time: { N: String(time) }, title: { S: `t${id}` }, ...more });
  const byAuthor = (index: string, more: object = {}) => query('author = :a', { ':a': { S: 'ann' } }, { IndexName: index, ...more });

  let database: TestDatabase;
  beforeEach(async () => {
    database = await indexedTable();
    await put(database, authored('1', 'ann', 30), authored('2', 'bob', 20), authored('3', 'ann', 10), note('p', '4', { author: { S: 'ann' } }), authored('5', 'ann', 10));
  });

  test('have the items that have their key, in its order', async () => {
    expect(sortKeys(await database.call('Query', byAuthor('byAuthor')))).toEqual(['3', '5', '1']);
    expect(sortKeys(await database.call('Query', byAuthor('some')))).toEqual(['1', '3', '5', '4']);
    expect(sortKeys(await database.call('Query', query('pk = :p', { ':p': { S: 'p' } }, { IndexName: 'byTime' })))).toEqual(['3', '5', '2', '1']);
    expect((await database.call('Scan', { TableName: 'notes', IndexName: 'byAuthor' })).Count).toBe(4);
  });

  test('have the attributes that they project', async () => {
    const keys = { pk: { S: 'p' }, sk: { S: '1' }, author: { S: 'ann' } };
    expect((await database.call('Query', byAuthor('byAuthor'))).Items[2]).toEqual(authored('1', 'ann', 30));
    expect((await database.call('Query', byAuthor('keysOnly'))).Items[2]).toEqual({ ...keys, time: { N: '30' } });
    expect((await database.call('Query', byAuthor('some'))).Items[0]).toEqual({ ...keys, title: { S: 't1' } });
  });

  test('follow updates and deletions', async () => {
    await database.call('UpdateItem', {
      TableName: 'notes',
      Key: note('p', '2'),
      UpdateExpression: 'SET author = :a, #t = :t',
      ExpressionAttributeNames: { '#t': 'time' },
      ExpressionAttributeValues: { ':a': { S: 'ann' }, ':t': { N: '5' } },
    });
    await database.call('UpdateItem', { TableName: 'notes', Key: note('p', '3'), UpdateExpression: 'REMOVE author' });
    await database.call('DeleteItem', { TableName: 'notes', Key: note('p', '5') });
    expect(sortKeys(await database.call('Query', byAuthor('byAuthor')))).toEqual(['2', '1']);
    await put(database, authored('1', 'carol', 1));
    expect(sortKeys(await database.call('Query', byAuthor('byAuthor')))).toEqual(['2']);
  });

  test('page by the keys of the table and their own', async () => {
    const paged = await pages(database, 'Query', byAuthor('byAuthor', { Limit: 1 }));
    expect(paged.flatMap(sortKeys)).toEqual(['3', '5', '1']);
    expect(paged[0].LastEvaluatedKey).toEqual(note('p', '3', { author: { S: 'ann' }, time: { N: '10' } }));
    const scanned = await pages(database, 'Scan', { TableName: 'notes', IndexName: 'some', Limit: 2 });
    expect(scanned.flatMap(sortKeys).sort()).toEqual(['1', '2', '3', '4', '5']);
  });

  test('a local index fetches from its table what is asked for', async () => {
    const local = query('pk = :p', { ':p': { S: 'p' } }, { IndexName: 'byTime', Limit: 1, ConsistentRead: true });
    expect((await database.call('Query', local)).Items).toEqual([note('p', '3', { time: { N: '10' } })]);
    expect((await database.call('Query', { ...local, ProjectionExpression: 'title' })).Items).toEqual([{ title: { S: 't3' } }]);
    expect((await database.call('Query', { ...local, Select: 'ALL_ATTRIBUTES' })).Items).toEqual([authored('3', 'ann', 10)]);
  });

  test('counts without items', async () => {
    expect(await database.call('Query', byAuthor('byAuthor', { Select: 'COUNT' }))).toEqual({ Count: 3, ScannedCount: 3 });
  });

  test.each([
    ['an index that is not there', { IndexName: 'none' }, 'The table does not have the specified index: none'],
    ['a consistent read', { ConsistentRead: true }, 'Consistent reads are not supported on global secondary indexes'],
    [
      'all attributes of a part', { IndexName: 'some', Select: 'ALL_ATTRIBUTES' },
      'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index some because its projection type is not ALL',
    ],
    ['an attribute that is not projected', { IndexName: 'keysOnly', ProjectionExpression: 'title' }, 'One or more parameter values were invalid: Global secondary index keysOnly does not project [title]'],
    ['a start without the key of the index', { ExclusiveStartKey: note('p', '1') }, 'The provided starting key is invalid'],
  ])('%s is refused', async (_, input, message) => {
    expect(await database.refusal('Query', byAuthor('byAuthor', input))).toBe(message);
  });

  test('a key of an index must have its type, and be something', async () => {
    const refusal = (more: object) => database.refusal('PutItem', { TableName: 'notes', Item: note('p', '9', more) });
    expect(await refusal({ author: { N: '1' } })).toBe('One or more parameter values were invalid: Type mismatch for Index Key author Expected: S Actual: N IndexName: byAuthor');
    expect(await refusal({ author: { S: '' } })).toBe('One or more parameter values are not valid. A value specified for a secondary index key is not supported. '
      + 'The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byAuthor, IndexKey: author');
    const update = { TableName: 'notes', Key: note('p', '1'), UpdateExpression: 'SET author = title.x', ExpressionAttributeNames: undefined };
    expect(await database.refusal('UpdateItem', { ...update, UpdateExpression: 'SET author = :n', ExpressionAttributeValues: { ':n': { N: '1' } } }))
      .toBe('One or more parameter values were invalid: Type mismatch for Index Key author Expected: S Actual: N IndexName: byAuthor');
    expect(await database.refusal('UpdateItem', { ...update, UpdateExpression: 'SET author = #t', ExpressionAttributeNames: { '#t': 'time' } }))
      .toBe('The update expression attempted to update the secondary index key to unsupported type');
  });
});

describe('key conditions that are refused', () => {
  const PREFIX = 'Invalid KeyConditionExpression: ';

  test.each<[string, string]>([
    ['sk = :s', 'Query condition missed key schema element: pk'],
    ['title = :s', 'Query condition missed key schema element: pk'],
    ['pk = :s AND title = :t', 'Query condition missed key schema element: sk'],
    ['pk > :s', 'Query key condition not supported'],
    ['pk = :n', 'One or more parameter values were invalid: Condition parameter type does not match schema type'],
    ['pk = :s AND sk = :yes', 'One or more parameter values were invalid: Condition parameter type does not match schema type'],
    ['pk = :s OR sk = :t', 'Invalid operator used in KeyConditionExpression: OR'],
    ['NOT pk = :s', 'Invalid operator used in KeyConditionExpression: NOT'],
    ['pk <> :s', 'Invalid operator used in KeyConditionExpression: <>'],
    ['pk = :s AND sk IN (:s, :t)', 'Invalid operator used in KeyConditionExpression: IN'],
    ['pk = :s AND contains(sk, :t)', 'Invalid operator used in KeyConditionExpression: contains'],
    ['pk = :s AND size(sk) = :t', `${PREFIX}KeyConditionExpressions cannot contain nested operations`],
    ['pk = sk', 'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition'],
    [':s = :t', 'Invalid condition in KeyConditionExpression: No key attribute specified'],
    ['pk = :s AND sk.a = :t', `${PREFIX}KeyConditionExpressions cannot have conditions on nested attributes`],
    ['pk = :s AND :s BETWEEN sk AND :t', 'Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand'],
    ['pk = :s AND begins_with(:s, sk)', 'Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first operand'],
    ['pk = :s AND sk > :s AND sk < :t', `${PREFIX}KeyConditionExpressions must only contain one condition per key`],
    ['pk = :s AND sk > :s AND title = :t', 'The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)'],
    ['pk = :s AND begins_with(sk, :n)', `${PREFIX}Incorrect operand type for operator or function; operator or function: begins_with, operand type: N`],
    ['pk = :s AND sk < :yes', `${PREFIX}Incorrect operand type for operator or function; operator or function: <, operand type: BOOL`],
    ['((pk = :s))', `${PREFIX}The expression has redundant parentheses;`],
    ['pk = :none', `${PREFIX}An expression attribute value used in expression is not defined; attribute value: :none`],
    ['', `${PREFIX}The expression can not be empty;`],
  ])('%p', async (condition, message) => {
    const database = await indexedTable();
    const values = { ':s': { S: 's' }, ':t': { S: 't' }, ':n': { N: '1' }, ':yes': { BOOL: true } };
    const used = Object.fromEntries(Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(condition)));
    expect(await database.refusal('Query', query(condition, used, Object.keys(used).length > 0 ? {} : { ExpressionAttributeValues: undefined }))).toBe(message);
  });

  test.each<[string, object, string]>([
    ['nothing', {}, 'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.'],
    ['no conditions', { KeyConditions: {} }, 'Conditions can be of length 1 or 2 only'],
    ['a key in the filter', { ...query('pk = :p', { ':p': { S: 'p' } }), FilterExpression: 'sk = :p' }, 'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk'],
    ['no limit', { ...query('pk = :p', { ':p': { S: 'p' } }), Limit: 0 }, '1 validation error detected: Value at \'Limit\' failed to satisfy constraint: Member must have value greater than or equal to 1'],
    [
      'an unknown Select', { ...query('pk = :p', { ':p': { S: 'p' } }), Select: 'NOTHING' },
      '1 validation error detected: Value \'NOTHING\' at \'select\' failed to satisfy constraint: Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]',
    ],
    ['an empty key', query('pk = :p', { ':p': { S: '' } }), 'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk'],
    [
      'a start of another partition', { ...query('pk = :p', { ':p': { S: 'p' } }), ExclusiveStartKey: note('q', '1') },
      'The provided starting key is outside query boundaries based on provided conditions',
    ],
    [
      'a start beyond the range', { ...query('pk = :p AND sk < :s', { ':p': { S: 'p' }, ':s': { S: '5' } }), ExclusiveStartKey: note('p', '7') },
      'The provided starting key does not match the range key predicate',
    ],
    [
      'an operator that no index has', { KeyConditions: { pk: { ComparisonOperator: 'NE', AttributeValueList: [{ S: 'p' }] } } },
      'Attempted conditional constraint is not an indexable operation',
    ],
  ])('%s', async (_, input, message) => {
    const database = await indexedTable();
    expect(await database.refusal('Query', { TableName: 'notes', ...input })).toBe(message);
  });
});

test('KeyConditions, QueryFilter and ScanFilter still work', async () => {
  const database = await indexedTable();
  await put(database, ...['1', '2', '3'].map(sk => note('p', sk, { n: { N: sk } })));
  const equals = (value: object) => ({ ComparisonOperator: 'EQ', AttributeValueList: [value] });
  const KeyConditions = { pk: equals({ S: 'p' }), sk: { ComparisonOperator: 'GE', AttributeValueList: [{ S: '2' }] } };
  expect(sortKeys(await database.call('Query', { TableName: 'notes', KeyConditions }))).toEqual(['2', '3']);
  expect(sortKeys(await database.call('Query', { TableName: 'notes', KeyConditions, QueryFilter: { n: equals({ N: '3.0' }) } }))).toEqual(['3']);
  const ScanFilter = { n: equals({ N: '1' }), sk: equals({ S: '2' }) };
  expect((await database.call('Scan', { TableName: 'notes', ScanFilter })).Count).toBe(0);
  expect((await database.call('Scan', { TableName: 'notes', ScanFilter, ConditionalOperator: 'OR' })).Count).toBe(2);
  expect(await database.refusal('Scan', { TableName: 'notes', ScanFilter: { n: equals({ N: '1' }) }, ConditionalOperator: 'OR' }))
    .toBe('ConditionalOperator can only be used when Filter or Expected has two or more elements');
});

test('a table with a number for its partition key finds it however it is written', async () => {
  const database = new TestDatabase();
  await database.call('CreateTable', tableOf('notes', { AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }] }));
  await put(database, { pk: { N: '1.50' }, a: { S: 'x' } });
  expect((await database.call('Query', query('pk = :p', { ':p': { N: '15e-1' } }))).Items).toEqual([{ pk: { N: '1.5' }, a: { S: 'x' } }]);
});
