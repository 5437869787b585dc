import { JsonPathLimitError, JsonPathSyntaxError, compileJsonPath } from '../../../../local/engines/jsonpath';

const BOOKS = {
  store: {
    book: [
      { category: 'reference', title: 'Sayings', price: 8.95, tags: ['old'] },
      { category: 'fiction', title: 'Sword', price: 12.99, tags: [] },
      { category: 'fiction', title: 'Moby', isbn: '0-553', price: 8.99, tags: ['sea', 'whale'] },
    ],
    bicycle: { 'color': 'red', 'price': 19.95, 'gear count': 3 },
  },
  limit: 10,
  none: null,
  numbers: [4, 1, 3],
  text: 'hello',
};

function read(path: string, document: unknown = BOOKS): unknown {
  return compileJsonPath(path).read(document);
}

describe('definite paths', () => {
  test.each<[string, unknown]>([
    ['$', BOOKS],
    ['@', BOOKS],
    ['$.text', 'hello'],
    ['text', 'hello'],
    [' $.text ', 'hello'],
    ['$.none', null],
    ['$.store.bicycle.color', 'red'],
    ['$[\'store\'][\'bicycle\'][\'gear count\']', 3],
    ['$["store"]["bicycle"]["color"]', 'red'],
    ['$.store.[\'bicycle\'].color', 'red'],
    ['$.store.book[1].title', 'Sword'],
    ['$.store.book[-1].title', 'Moby'],
    ['$.numbers[ 0 ]', 4],
    ['$.store.bicycle[\'color\',\'price\']', { color: 'red', price: 19.95 }],
    ['$.store.bicycle[\'color\',\'nope\']', { color: 'red' }],
    ['$.numbers.length()', 3],
    ['$.store.length()', 2],
    ['$.text.length()', null],
    ['$.numbers.sum()', 8],
    ['$.numbers.min()', 1],
    ['$.numbers.max()', 4],
    ['$.numbers.avg()', 8 / 3],
    ['$.numbers.first()', 4],
    ['$.numbers.last()', 3],
    ['$.numbers.index(-2)', 1],
    ['$.numbers.append(7, "x")', [4, 1, 3, 7, 'x']],
    ['$.store.keys()', ['book', 'bicycle']],
    ['$.concat($.text, " ", $.limit)', 'hello 10'],
    ['$.sum($.limit, 2, $.numbers)', 20],
    ['$..price.max()', 19.95],
    ['$..price.length()', 0],
    ['$..book.length()', 3],
  ])('%s', (path, expected) => {
    expect(compileJsonPath(path).definite).toBe(true);
    expect(read(path)).toEqual(expected);
    expect(compileJsonPath(path).failure(BOOKS)).toBeUndefined();
  });
});

describe('indefinite paths', () => {
  test.each<[string, unknown[]]>([
    ['$.numbers[*]', [4, 1, 3]],
    ['$.store.bicycle.*', ['red', 19.95, 3]],
    ['$.text.*', []],
    ['$.numbers[0,2]', [4, 3]],
    ['$.numbers[0,-1,9]', [4, 3]],
    ['$.numbers[1:]', [1, 3]],
    ['$.numbers[:2]', [4, 1]],
    ['$.numbers[:-1]', [4, 1]],
    ['$.numbers[-2:]', [1, 3]],
    ['$.numbers[0:2]', [4, 1]],
    ['$.numbers[-2:-1]', [1]],
    ['$.numbers[1:-1]', []],
    ['$.numbers[-1:1]', [3, 4]],
    ['$.numbers[9:]', []],
    ['$.store.book[*].title', ['Sayings', 'Sword', 'Moby']],
    ['$.store.book[*].isbn', ['0-553']],
    ['$.store.book[*].nope.deeper', []],
    ['$..price', [8.95, 12.99, 8.99, 19.95]],
    ['$..book[0].title', ['Sayings']],
    ['$..book[*].tags[0]', ['old', 'sea']],
    ['$.store..[\'isbn\']', ['0-553']],
    ['$..[\'title\',\'price\']', [{ title: 'Sayings', price: 8.95 }, { title: 'Sword', price: 12.99 }, { title: 'Moby', price: 8.99 }]],
    ['$.store[\'book\',\'bicycle\'].color', ['red']],
    ['$.store.bicycle..*', ['red', 19.95, 3]],
    ['$..nope', []],
    ['$.store.book[*].length()', [4, 4, 5]],
  ])('%s', (path, expected) => {
    expect(compileJsonPath(path).definite).toBe(false);
    expect(read(path)).toEqual(expected);
  });
});

describe('filters', () => {
  test.each<[string, string[]]>([
    ['@.isbn', ['Moby']],
    ['!@.isbn', ['Sayings', 'Sword']],
    ['!(@.isbn)', ['Sayings', 'Sword']],
    ['@.price < 10', ['Sayings', 'Moby']],
    ['@.price<=8.95', ['Sayings']],
    ['@.price > $.limit', ['Sword']],
    ['@.price >= \'10\'', []],
    ['@.category == \'fiction\' && @.price < 10', ['Moby']],
    ['@.category == "reference" || @.isbn', ['Sayings', 'Moby']],
    ['@.isbn || @.category == \'fiction\' && @.price > 10', ['Sword', 'Moby']],
    ['(@.isbn || @.category == \'fiction\') && @.price > 10', ['Sword']],
    ['@.price&&@.isbn', ['Moby']],
    ['@[\'category\'] != \'fiction\'', ['Sayings']],
    ['@.nope != 1', ['Sayings', 'Sword', 'Moby']],
    ['@.nope == null', []],
    ['@.price == \'8.95\'', ['Sayings']],
    ['@.price === \'8.95\'', []],
    ['@.price !== 8.95', ['Sword', 'Moby']],
    ['@.title =~ /S.*/', ['Sayings', 'Sword']],
    ['@.title =~ /s.*/i', ['Sayings', 'Sword']],
    ['@.title =~ /S/', []],
    ['@.title =~ /\\/|M\\w+/', ['Moby']],
    ['@.title in [\'Moby\', \'Sword\']', ['Sword', 'Moby']],
    ['@.title NIN [\'Moby\']', ['Sayings', 'Sword']],
    ['@.tags contains \'sea\'', ['Moby']],
    ['@.title contains \'ay\'', ['Sayings']],
    ['@.tags size 2', ['Moby']],
    ['@.title size 5', ['Sword']],
    ['@.tags empty true', ['Sword']],
    ['@.tags empty false', ['Sayings', 'Moby']],
    ['@.tags subsetof [\'sea\', \'whale\', \'old\']', ['Sayings', 'Sword', 'Moby']],
    ['@.tags anyof [\'sea\', \'x\']', ['Moby']],
    ['@.tags noneof [\'sea\', \'x\']', ['Sayings', 'Sword']],
    ['@.tags all [\'sea\', \'whale\']', ['Moby']],
    ['@.tags == [\'sea\', \'whale\']', ['Moby']],
    ['@.tags.length() > 1', ['Moby']],
    ['@.isbn exists true', ['Moby']],
  ])('[?(%s)]', (condition, titles) => {
    expect(read(`$.store.book[?(${condition})].title`)).toEqual(titles);
  });

  test('put an object itself to the test', () => {
    expect(read('$.store.bicycle[?(@.color == \'red\')].price')).toEqual([19.95]);
    expect(read('$.store.bicycle[?(@.color == \'blue\')]')).toEqual([]);
  });

  test('find objects anywhere', () => {
    expect(read('$..[?(@.price > 12)].price')).toEqual([12.99, 19.95]);
  });

  test('compare the items of an array themselves', () => {
    expect(read('$.numbers[?(@ >= 3)]')).toEqual([4, 3]);
  });
});

describe('what is not there', () => {
  test.each([
    ['$.nope', 'No results for path: $[\'nope\']'],
    ['$.nope.deeper', 'Missing property in path $[\'nope\']'],
    ['$.numbers[9]', 'No results for path: $[\'numbers\'][9]'],
    ['$.text.x', 'Expected to find an object with property [\'x\'] in path $[\'text\']'],
    ['$.text[0]', 'Filter: [0] can only be applied to arrays. Current context is: $[\'text\']'],
    ['$.nope[*]', 'Missing property in path $[\'nope\']'],
    ['$.tags.sum()', 'Missing property in path $[\'tags\']'],
    ['$.text.sum()', 'The function sum() has nothing to work on'],
  ])('%s', (path, failure) => {
    expect(read(path)).toBeUndefined();
    expect(compileJsonPath(path).failure(BOOKS)).toBe(failure);
    expect(compileJsonPath(path).nodes(BOOKS)).toEqual([]);
  });

  test('inherited properties are no properties', () => {
    expect(read('$.constructor', {})).toBeUndefined();
    expect(read('$.__proto__', {})).toBeUndefined();
    expect(read('$.toString.length', { a: 1 })).toBeUndefined();
    expect(read('$..constructor', { a: [{}] })).toEqual([]);
    expect(read('$.length', [1])).toBeUndefined();
  });

  test('own properties may have any name', () => {
    const document: unknown = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}');
    expect(read('$.__proto__.a', document)).toBe(1);
    expect(read('$.constructor', document)).toBe(2);
    const merged = read('$[\'__proto__\',\'constructor\']', document) as object;
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(Object.keys(merged)).toEqual(['__proto__', 'constructor']);
  });
});

describe('nodes', () => {
  test('tell where values are', () => {
    expect(compileJsonPath('$..isbn').nodes(BOOKS)).toEqual([{ path: ['store', 'book', 2, 'isbn'], value: '0-553' }]);
    expect(compileJsonPath('$.numbers[-1]').nodes(BOOKS)).toEqual([{ path: ['numbers', 2], value: 3 }]);
    expect(compileJsonPath('$').nodes(5)).toEqual([{ path: [], value: 5 }]);
  });

  test('of several names are apart', () => {
    expect(compileJsonPath('$[\'limit\',\'text\']').nodes(BOOKS)).toEqual([{ path: ['limit'], value: 10 }, { path: ['text'], value: 'hello' }]);
  });
});

describe('edition 2.0, which Step Functions runs', () => {
  test('knows no functions: they are properties', () => {
    const path = compileJsonPath('$.numbers.length()', { edition: '2.0' });
    expect(path.read({ numbers: { 'length()': 1 } })).toBe(1);
    expect(path.failure(BOOKS)).toBe('Property [\'length()\'] not found in path $[\'numbers\']');
  });

  test('takes several names at the end only', () => {
    expect(() => compileJsonPath('$[\'a\',\'b\'].c', { edition: '2.0' })).toThrow('Multi properties can only be used as path leafs');
    expect(compileJsonPath('$[\'limit\',\'text\']', { edition: '2.0' }).read(BOOKS)).toEqual({ limit: 10, text: 'hello' });
  });

  test('names have no escapes', () => {
    const path = '$[\'a\\"b\']';
    expect(compileJsonPath(path, { edition: '2.0' }).read({ 'a\\"b': 1, 'a"b': 2 })).toBe(1);
    expect(compileJsonPath(path).read({ 'a\\"b': 1, 'a"b': 2 })).toBe(2);
    expect(() => compileJsonPath('$[\'a', { edition: '2.0' })).toThrow('not terminated');
  });

  test('finds nothing missing before a wildcard', () => {
    expect(compileJsonPath('$.nope[*].x', { edition: '2.0' }).read(BOOKS)).toEqual([]);
  });
});

describe('texts that are no path', () => {
  test.each([
    ['', 0], ['$.', 1], ['$..', 2], ['$x', 1], ['$$.x', 1], ['$.a b', 3], ['$...a', 3], ['$.a[', 4], ['$.a[]', 4], ['$.a[b]', 4], ['$.a[1', 5],
    ['$.a[1-2]', 4], ['$.a[:]', 4], ['$.a[99999999999]', 4], ['$[\'a', 2], ['$[\'a\'', 5], ['$[\'a\' \'b\']', 5], ['$[\'\\u12\']', 4],
    ['$.a[?]', 5], ['$.a[?(', 6], ['$.a[?()]', 6], ['$.a[?(@.b ==)]', 12], ['$.a[?(@.b ~~ 1)]', 10], ['$.a[?(@.b foo 1)]', 10], ['$.a[?(1)]', 6],
    ['$.a[?(@.b == 1]', 14], ['$.a[?(@.b == x)]', 13], ['$.a[?(@.b =~ /x)]', 13], ['$.a[?(@.b in [1)]', 17], ['$.foo()', 2], ['$.a.sum(', 8],
  ])('%s', (text, position) => {
    expect(() => compileJsonPath(text)).toThrow(JsonPathSyntaxError);
    try {
      compileJsonPath(text);
    } catch (error) {
      expect((error as JsonPathSyntaxError).position).toBe(position);
    }
  });
});

describe('hostile input', () => {
  test('paths nested or long beyond measure are refused', () => {
    expect(() => compileJsonPath(`$[?(${'('.repeat(10_000)}@.a`)).toThrow(JsonPathSyntaxError);
    expect(() => compileJsonPath(`$${'[?(@'.repeat(2_000)}`)).toThrow(JsonPathSyntaxError);
    expect(() => compileJsonPath(`$${'.a'.repeat(10_000)}`)).toThrow('longer than');
  });

  test('documents may be nested deeper than calls', () => {
    const document: unknown = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
    expect(read('$..b', document)).toEqual([]);
    expect((read('$..a', document) as unknown[]).length).toBe(20_000);
    expect(() => read('$..a..a..a', document)).toThrow(JsonPathLimitError);
    expect(() => read('$..[?(@..[?(@..b)])]', document)).toThrow(JsonPathLimitError);
  });

  test('an expression that would backtrack without end does not', () => {
    expect(read('$[?(@ =~ /(a+)+b/)]', ['a'.repeat(5_000)])).toEqual([]);
  });

  test('an expression that is none is reported', () => {
    expect(() => compileJsonPath('$[?(@ =~ /(/)]')).toThrow('Unclosed group');
  });
});
