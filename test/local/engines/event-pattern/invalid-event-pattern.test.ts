import { compileEventPattern, InvalidEventPatternError } from '../../../../local/engines/event-pattern';

function reason(pattern: string): string {
  try {
    compileEventPattern(pattern);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidEventPatternError);
    return (error as Error).message.replace(/^Event pattern is not valid\. Reason: /, '');
  }
  throw new Error(`accepted ${pattern}`);
}

/** What follows the first line of a reason: the place, or two of them. */
function at(pattern: string, ...columns: number[]): string {
  return columns.map(column => `\n at [Source: (String)"${pattern}"; line: 1, column: ${column}]`).join('');
}

describe('the grammar', () => {
  test.each<[string, string, ...number[]]>([
    ['', 'Filter is not an object', 1],
    ['[]', 'Filter is not an object', 2],
    ['"a"', 'Filter is not an object', 2],
    ['42', 'Filter is not an object', 3],
    ['{}', 'Empty objects are not allowed', 3],
    ['{"a":{}}', 'Empty objects are not allowed', 8],
    ['{"a":null}', '"a" must be an object or an array', 10],
    ['{"a":"text"}', '"a" must be an object or an array', 7],
    ['{"a":[]}', 'Empty arrays are not allowed', 8],
    ['{"a":[["b"]]}', 'Match value must be String, number, true, false, or null', 8],
    ['{"a":[{}]}', 'Match expression name not found', 9],
    ['{"a":[{"Prefix":"b"}]}', 'Unrecognized match type Prefix', 18],
    ['{"a":[{"exactly":1}]}', 'exact match pattern must be a string', 19],
    ['{"a":[{"prefix":["b"]}]}', 'prefix match pattern must be a string', 18],
    ['{"a":[{"prefix":{}}]}', 'Prefix expression name not found', 19],
    ['{"a":[{"prefix":{"suffix":"b"}}]}', 'Unsupported prefix pattern: suffix', 28],
    ['{"a":[{"suffix":{"equals-ignore-case":1}}]}', 'equals-ignore-case match pattern must be a string', 40],
    ['{"a":[{"prefix":"b","suffix":"c"}]}', 'Only one key allowed in match expression', 31],
    ['{"a":[{"exists":"true"}]}', 'exists match pattern must be either true or false.', 18],
    ['{"a":[{"cidr":1}]}', 'prefix match pattern must be a string', 16],
    ['{"a":[{"wildcard":"a\\\\b"}]}', 'Invalid escape character at pos 2', 25],
    ['{"a":[{"wildcard":"é**"}]}', 'Consecutive wildcard characters at pos 3', 24],
    ['{"a":[{"numeric":{}}]}', 'Value of numeric must be an array.', 19],
    ['{"a":[{"numeric":[]}]}', 'Invalid member in numeric match: ]', 20],
    ['{"a":[{"numeric":[1]}]}', 'Invalid member in numeric match: 1', 20],
    ['{"a":[{"numeric":["!",1]}]}', 'Unrecognized numeric range operator: !', 24],
    ['{"a":[{"numeric":["=","1"]}]}', 'Value of equals must be numeric', 24],
    ['{"a":[{"numeric":["=",1,2]}]}', 'Too many elements in numeric expression', 26],
    ['{"a":[{"numeric":["<",1,">",0]}]}', 'Too many elements in numeric expression', 26],
    ['{"a":[{"numeric":[">",1,2]}]}', 'Bad value in numeric range: 2', 26],
    ['{"a":[{"numeric":[">",1,"=",2]}]}', 'Bad numeric range operator: =', 28],
    ['{"a":[{"numeric":[">",1,"<","2"]}]}', 'Value of < must be numeric', 30],
    ['{"a":[{"numeric":[">",1,"<",2,3]}]}', 'Too many terms in numeric range expression', 32],
    ['{"a":[{"numeric":[">",2,"<",2]}]}', 'Bottom must be less than top', 31],
    ['{"a":[{"numeric":["=",9007199254740993]}]}', 'Cannot compare number : 9007199254740993', 40],
    ['{"a":[{"anything-but":{}}]}', 'Anything-But expression name not found', 25],
    ['{"a":[{"anything-but":{"numeric":["=",1]}}]}', 'Unsupported anything-but pattern: numeric', 35],
    ['{"a":[{"anything-but":null}]}', 'Value of anything-but must be an array or single string/number value.', 27],
    ['{"a":[{"anything-but":[]}]}', 'Inside anything but list, either all values are number or string, mixed type is not supported', 25],
    ['{"a":[{"anything-but":["b",1]}]}', 'Inside anything but list, either all values are number or string, mixed type is not supported', 30],
    ['{"a":[{"anything-but":[true]}]}', 'Inside anything but list, start|null|boolean is not supported.', 28, 28],
    ['{"a":[{"anything-but":[1e400]}]}', 'Cannot compare number : 1e400', 29],
    ['{"a":[{"anything-but":{"prefix":["b",""]}}]}', 'Null prefix/suffix not allowed', 40, 40],
    ['{"a":[{"anything-but":{"suffix":1}}]}', 'prefix/suffix match pattern must be a string', 34],
    ['{"a":[{"anything-but":{"wildcard":["**"]}}]}', 'Consecutive wildcard characters at pos 1', 41],
    ['{"a":[{"anything-but":"b","x":1}]}', 'Too many elements in numeric expression', 32],
  ])('%s', (pattern, message, ...columns) => {
    expect(reason(pattern)).toBe(message + at(pattern, ...columns));
  });

  test.each<[string, string]>([
    ['10.0.0.0', "Malformed CIDR, one '/' required"],
    ['10.0.0.0/8/8', "Malformed CIDR, one '/' required"],
    ['10.0.0.0/x', 'Malformed CIDR, mask bits must be an integer'],
    ['10.0.0.0/-1', 'Malformed CIDR, mask bits must not be negative'],
    ['10.0.0.0/32', 'IPv4 mask bits must be < 32'],
    ['::1/128', 'IPv6 mask bits must be < 128'],
    ['10.0.0.256/8', 'Invalid IP address: 10.0.0.256'],
    ['10.0.0/8', 'Nonstandard IP address: 10.0.0'],
    ['/8', 'Nonstandard IP address: '],
  ])('cidr %s names no place', (cidr, message) => {
    expect(reason(`{"a":[{"cidr":"${cidr}"}]}`)).toBe(message);
  });

  test('a number out of range in anything-but names no place', () => {
    expect(reason('{"a":[{"anything-but":1e400}]}')).toBe('Cannot compare number : 1e400');
  });
});

describe('JSON', () => {
  test.each<[string, string, number]>([
    ['{', 'Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"; line: 1, column: 1])', 2],
    ['{"a":[', 'Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)"{"a":["; line: 1, column: 6])', 7],
    ['{"a', 'Unexpected end-of-input in field name', 4],
    ['{"a"', 'Unexpected end-of-input within/between Object entries', 5],
    ['{"a":["b"', 'Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)"{"a":["b""; line: 1, column: 6])', 10],
    ['{"a":["b', 'Unexpected end-of-input: was expecting closing quote for a string value', 9],
    ['{"a":["\\', 'Unexpected end-of-input in character escape sequence', 9],
    ['{"a":["b"}', "Unexpected close marker '}': expected ']' (for Array starting at [Source: (String)\"{\"a\":[\"b\"}\"; line: 1, column: 6])", 10],
    ['{"a":["b"],}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", 12],
    ['{"a":["b",]}', "Unexpected character (']' (code 93)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 11],
    ['{"a" ["b"]}', "Unexpected character ('[' (code 91)): was expecting a colon to separate field name and value", 6],
    ['{"a":["b" "c"]}', "Unexpected character ('\"' (code 34)): was expecting comma to separate Array entries", 11],
    ['{"a":}', "Unexpected character ('}' (code 125)): expected a value", 6],
    ['{"a":[/**/]}', "Unexpected character ('/' (code 47)): maybe a (non-standard) comment? "
      + "(not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)", 7],
    ['{"a":["\\x"]}', "Unrecognized character escape 'x' (code 120)", 9],
    ['{"a":["\\u00g0"]}', "Unexpected character ('g' (code 103)): expected a hex-digit for character escape sequence", 12],
    ['{"a":[tru]}', "Unrecognized token 'tru': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 10],
    ['{"a":[nullé]}', "Unrecognized token 'nullé': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 12],
    ['{"a":[日]}', "Unrecognized token '日': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 8],
    ['{"a":[→]}', "Unexpected character ('→' (code 8594 / 0x2192)): expected a valid value "
      + "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 7],
    ['{"a":[NaN]}', "Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow", 10],
    ['{"a":[-Infinity]}', "Non-standard token '-Infinity': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow", 16],
    ['{"a":[-INF]}', "Non-standard token '-INF': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow", 11],
    ['{"a":[+Infinity]}', "Non-standard token '+Infinity': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow", 16],
    ['{"a":[-I]}', "Unexpected character (']' (code 93)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value", 9],
    ['{"a":[-.5]}', "Unexpected character ('.' (code 46)): expected a valid value "
      + "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 8],
    ['{"a":[-', 'Unexpected end-of-inputNo digit following sign', 8],
    ['{"a":[+', 'Unexpected end-of-input in a Number value', 8],
    ['{"a":[-I', 'Unexpected end-of-input in a Number value', 9],
    ['{"a":[1.', "Unexpected character ('.' (code 46)) in numeric value: Decimal point not followed by a digit", 8],
    ['{"a":[0ex]}', "Unexpected character ('x' (code 120)) in numeric value: Exponent indicator not followed by a digit", 9],
    [`{"a":[${'t'.repeat(300)}]}`, `Unrecognized token '${'t'.repeat(256)}...': was expecting `
      + "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 263],
    ['1 2', 'Filter is not an object', 3],
    ['{"a":[+1]}', "Unexpected character ('+' (code 43)) in numeric value: JSON spec does not allow numbers to have plus signs: "
      + 'enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow', 8],
    ['{"a":[-x]}', "Unexpected character ('x' (code 120)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value", 8],
    ['{"a":[.5]}', "Unexpected character ('.' (code 46)): expected a valid value "
      + "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 7],
    ['{"a":[01]}', 'Invalid numeric value: Leading zeroes not allowed', 8],
    ['{"a":[1.x]}', "Unexpected character ('x' (code 120)) in numeric value: Decimal point not followed by a digit", 8],
    ['{"a":[0.x]}', "Unexpected character ('x' (code 120)) in numeric value: Decimal point not followed by a digit", 9],
    ['{"a":[1ex]}', "Unexpected character ('x' (code 120)) in numeric value: Exponent indicator not followed by a digit", 8],
    ['{"a":[1e', 'Unexpected end-of-inputexpected a digit for number exponent', 9],
    ['1x', "Unexpected character ('x' (code 120)): Expected space separating root-level values", 2],
  ])('%s', (pattern, message, column) => {
    expect(reason(pattern)).toBe(message + at(pattern, column));
  });

  test('places count lines, and control characters are shown escaped', () => {
    expect(reason('{\r\n "a": [\n\t\u0001]}')).toBe('Illegal character ((CTRL-CHAR, code 1)): only regular white space (\\r, \\n, \\t) is allowed between tokens\n'
      + ' at [Source: (String)"{\r\n "a": [\n\\u0009\\u0001]}"; line: 3, column: 3]');
    expect(reason('{"a": ["b\nc"]}')).toBe('Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value\n'
      + ' at [Source: (String)"{"a": ["b\nc"]}"; line: 1, column: 10]');
  });

  test('a long source is cut', () => {
    const pattern = `{"a":["${'x'.repeat(600)}"`;
    expect(reason(pattern)).toContain(`[Source: (String)"{"a":["${'x'.repeat(493)}"[truncated 108 chars]; line: 1, column: 609]`);
  });

  test('what follows the object is not looked at', () => {
    expect(() => compileEventPattern('{"a":["b"]} garbage')).not.toThrow();
  });

  test.each([
    ['{"a":'.repeat(100_000), 'Document nesting depth (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)'],
    [`{"a":[${'9'.repeat(1001)}]}`, 'Number value length (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNumberLength()`)'],
  ])('limits of the parser name no place', (pattern, message) => {
    expect(reason(pattern)).toBe(message);
  });

  test('999 objects inside each other are allowed', () => {
    const depth = 998;
    const pattern = compileEventPattern(`${'{"a":'.repeat(depth)}["x"]${'}'.repeat(depth)}`);
    expect(pattern.matches(JSON.parse(`${'{"a":'.repeat(depth)}"x"${'}'.repeat(depth)}`))).toBe(true);
  });

  test('escapes mean what they mean in JSON', () => {
    const pattern = compileEventPattern('{"\\u0061\\n": ["\\"\\\\\\/\\b\\f\\r\\t\\ud83d\\ude00"]}');
    expect(pattern.matches({ 'a\n': '"\\/\b\f\r\t\u{1F600}' })).toBe(true);
  });
});
