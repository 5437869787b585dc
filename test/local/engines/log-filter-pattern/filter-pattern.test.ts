import { compileLogFilterPattern, InvalidFilterPatternError } from '../../../../local/engines/log-filter-pattern';

function matching(pattern: string, messages: readonly string[]): number[] {
  const compiled = compileLogFilterPattern(pattern);
  return messages.flatMap((message, index) => compiled.matches(message) ? [index + 1] : []);
}

describe('terms', () => {
  const LINES = ['ERROR WARN message', 'ERROR message', 'WARN message', 'nothing (at all)', 'error'];

  test.each([
    ['', [1, 2, 3, 4, 5]],
    ['  ', [1, 2, 3, 4, 5]],
    ['ERROR', [1, 2]],
    ['ERR', [1, 2]],
    ['ERROR WARN', [1]],
    ['ERROR -WARN', [2]],
    ['"ERROR" - "WARN"', [2]],
    ['-ERROR', [3, 4, 5]],
    ['?ERROR ?WARN', [1, 2, 3]],
    ['?"WARN message" ?nothing', [1, 3, 4]],
    ['?ERROR ?WARN nothing', [4]],
    ['?ERROR -message', [4, 5]],
    ['"(at all)"', [4]],
    ['"ERROR message"', [2]],
    ['%[Ee]rror|WARN%', [1, 3, 5]],
    ['%^ERROR\\s\\w{7}$%', [2]],
    ['ERROR -%W.RN%', [2]],
  ])('%j finds %j', (pattern, expected) => {
    expect(matching(pattern, LINES)).toEqual(expected);
  });

  test('a quotation mark can be looked for', () => {
    expect(matching('"say \\"no\\""', ['say "no"', 'say no'])).toEqual([1]);
  });

  test.each(['ERROR:', 'a.b', '?', '-', '"open', '%open', '%(a)%', '%a!%', '%[%', 'a"b"'])('%j is refused', pattern => {
    expect(() => compileLogFilterPattern(pattern)).toThrow(InvalidFilterPatternError);
  });

  test('the term that is no word is named', () => {
    expect(() => compileLogFilterPattern('fine 10.0.0.1')).toThrow('Invalid character(s) in term \'10.0.0.1\'');
  });
});

describe('JSON', () => {
  const EVENT = JSON.stringify({
    eventType: 'UpdateTrail',
    sourceIPAddress: '111.111.111.111',
    arrayKey: ['value', 'another value'],
    objectList: [{ name: 'a', id: 1 }, { name: 'b', id: 2 }],
    SomeObject: null,
    ThisFlag: true,
    latency: 55.5,
    status: 500,
    code: '403',
    coordinates: [[0, 1, 2], [4, 5, 6]],
    with_both: { 'and-dash': 'é "x"' },
  });

  test.each([
    '{ $.eventType = "UpdateTrail" }',
    '{$.eventType=UpdateTrail}',
    '{ $.eventType = Update* }',
    '{ $.eventType = *Trail }',
    '{ $.eventType = "*dateTr*" }',
    '{ $.eventType = * }',
    '{ $.eventType = %^Up[a-z]+T% }',
    '{ $.sourceIPAddress != 123.123.* }',
    '{ $.arrayKey[0] = "value" }',
    '{ $.objectList[1].id = 2 }',
    '{ $.objectList[1].id = 2.0 }',
    '{ $.coordinates[1][2] >= 6 }',
    '{ $.SomeObject IS NULL }',
    '{ $.Other NOT EXISTS }',
    '{ $.__proto__ NOT EXISTS && $.constructor NOT EXISTS }',
    '{ $.ThisFlag IS TRUE }',
    '{ $.latency > 5.55e1 || $.latency <= +55.5 }',
    '{ $.status = 500 }',
    '{ $.status = 5* }',
    '{ $.status != 404 }',
    '{ $.code = 403 }',
    '{ $.code = "403" }',
    '{ $.with_both.and-dash = "é \\"x\\"" }',
    '{ ($.status = 500) && ($.code = "403") }',
    '{ $.eventType = "UpdateTrail" || $.arrayKey[1] = no && $.code = no }',
    '{ (($.status=500)&&(($.code=403))) }',
  ])('%s matches', pattern => {
    expect(matching(pattern, [EVENT, 'no JSON', '{"broken"', '"text"', '7', 'null'])).toEqual([1]);
  });

  test.each([
    '{ $.eventType = "updateTrail" }',
    '{ $.eventType = Update*Trail }',
    '{ $.eventType IS NULL }',
    '{ $.ThisFlag IS FALSE }',
    '{ $.ThisFlag NOT EXISTS }',
    '{ $.status < 500 }',
    '{ $.code > 1 }',
    '{ $.arrayKey = "value" }',
    '{ $.arrayKey != "value" }',
    '{ $.objectList[2].id != 2 }',
    '{ $.eventType[0] = "U" }',
    '{ $.Other != 1 }',
    '{ $.SomeObject != 1 }',
    '{ $.arrayKey.length = 2 }',
    '{ ($.eventType = "UpdateTrail" || $.arrayKey[1] = no) && $.code = no }',
  ])('%s does not match', pattern => {
    expect(matching(pattern, [EVENT])).toEqual([]);
  });

  test.each([
    '{', '{}', '{ $ = 1 }', '{ status = 1 }', '{ $.a }', '{ $.a = }', '{ $.a == 1 }', '{ $.a = 1', '{ $.a = 1 } x', '{ $.a = 1 && }', '{ ($.a = 1 }', '{ $.a < b }',
    '{ $.a[x] = 1 }', '{ $..a = 1 }', '{ $.a IS MAYBE }', '{ $.a = "open }', '{ $.a EXISTS }', '{ $.a = 1 | $.b = 2 }', `{ ${'('.repeat(500)} }`,
  ])('%s is refused', pattern => {
    expect(() => compileLogFilterPattern(pattern)).toThrow(InvalidFilterPatternError);
  });
});

describe('fields with spaces between', () => {
  const LINES = [
    '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 200 1534',
    '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /image.gif HTTP/1.0" 500 5324',
    '127.0.0.1 - frank [10/Oct/2000:13:50:35 -0700] "GET /index.html HTTP/1.0" 403 4355',
    'too short',
  ];

  test.each([
    ['[ip, user, username, timestamp, request, status_code, bytes]', [1, 2, 3]],
    ['[ip, user, username, timestamp, request, status_code, bytes > 1600]', [2, 3]],
    ['[..., status_code = 4*, bytes]', [3]],
    ['[..., request = *html*, status_code != 403, bytes]', [1]],
    ['[..., request=*.html*, status_code=4*,]', [3]],
    ['[..., status_code = 4* || status_code = 500, bytes]', [2, 3]],
    ['[..., status_code = 4* && status_code != 403, bytes]', []],
    ['[ip = 127.*, ..., status_code = %^[45]%, bytes]', [2, 3]],
    ['[ip, ...]', [1, 2, 3, 4]],
    ['[first=too, second]', [4]],
    ['[first, second, third]', []],
    ['[a, b, c]', []],
    ['[..., request = "GET /image.gif HTTP/1.0", status, bytes]', [2]],
  ])('%s finds %j', (pattern, expected) => {
    expect(matching(pattern, LINES)).toEqual(expected);
  });

  test.each(['[', '[a', '[a] b', '[..., a, ...]', '[a = ]', '[a = 1 && b = 2]', '[1a]', '[a b]'])('%s is refused', pattern => {
    expect(() => compileLogFilterPattern(pattern)).toThrow(InvalidFilterPatternError);
  });
});

test('a line of nothing but opening brackets has as many fields', () => {
  const line = '[ '.repeat(200_000);
  expect(matching('[first, ..., last = "["]', [line, `${line}]`, '[ "'])).toEqual([1]);
});

test('an expression that would take exponential time elsewhere takes little', () => {
  const pattern = compileLogFilterPattern('%a*a*a*a*a*a*a*a*b%');
  expect(pattern.matches('a'.repeat(20_000))).toBe(false);
});

test('no text makes the compiler fail otherwise than by its own error', () => {
  const pieces = ['{', '}', '[', ']', '(', ')', '$.a', '$', '.', '=', '!=', '<', '"', '\\', '%', '?', '-', '...', ',', '&&', '||', ' ', 'IS NULL', 'NOT EXISTS', 'x', '1', '*', 'é', '\u0000'];
  let seed = 7;
  const next = (bound: number) => (seed = (seed * 48271) % 2147483647) % bound;
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: 1 + next(10) }, () => pieces[next(pieces.length)]).join('');
    try {
      compileLogFilterPattern(text).matches('{"a":1} [x] "y" z');
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidFilterPatternError);
    }
  }
});
