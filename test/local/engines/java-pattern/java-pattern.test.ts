import { JavaPatternError, PatternLimitError, compileJavaPattern } from '../../../../local/engines/java-pattern';

describe('matches', () => {
  test.each<[string, string, boolean]>([
    ['a.c', 'abc', true],
    ['a.c', 'xabc', false],
    ['a.c', 'a\u0085c', false],
    ['(?s)a.c', 'a\nc', true],
    ['^', '', true],
    ['a$', 'a', true],
    ['(?i)É', 'é', false],
    ['(?iu)É', 'é', true],
    ['(?i)[a-c]x', 'BX', true],
    ['(?i:a)b', 'Ab', true],
    ['(?i:a)b', 'AB', false],
    ['(?x) a b # comment', 'ab', true],
    ['[a-z&&[^aeiou]]+', 'xyz', true],
    ['[a-z&&[^aeiou]]+', 'xyaz', false],
    ['[]a]+', ']a', true],
    ['[^]a]', ']', false],
    ['[a-]+', 'a-', true],
    ['\\Qa.b\\E+', 'a.bbb', true],
    ['\\Qa.b\\E+', 'axb', false],
    ['[\\Q]-\\E]+', ']-', true],
    ['\\p{Lower}\\p{Upper}\\p{Digit}', 'aB1', true],
    ['\\p{IsAlphabetic}\\p{L}\\pL', 'éßx', true],
    ['\\P{L}', 'a', false],
    ['\\x41\\u0042\\x{1F600}\\t\\07', 'AB😀\t\u0007', true],
    ['.', '😀', true],
    ['\\w', 'é', false],
    ['\\bé\\b', 'é', true],
    ['\\R\\h\\v', '\r\n\u00a0\u2028', true],
    ['a{2,3}+a', 'aaa', false],
    ['(?>a|ab)c', 'abc', false],
    ['(a)|(b)\\1', 'b', false],
    ['(?<x>a)\\k<x>', 'aa', true],
    ['(?<=a)b', 'b', false],
    ['(?:ab?)++b', 'abab', false],
  ])('%s on %j', (pattern, text, expected) => {
    expect(compileJavaPattern(pattern).matches(text)).toBe(expected);
  });
});

describe('replaceAll', () => {
  test.each([
    ['a', 'banana', 'o', 'bonono'],
    ['(a)(n)', 'banana', '$2$1', 'bnanaa'],
    ['(a)(n)', 'banana', '$12', 'ba2a2a'],
    ['(?<v>[aeiou])', 'banana', '<${v}>', 'b<a>n<a>n<a>'],
    ['x|(a)', 'xa', '[$1]', '[][a]'],
    ['a', 'banana', '\\$\\\\', 'b$\\n$\\n$\\'],
    ['', 'ab', '-', '-a-b-'],
    ['x*', 'axb', '-', '-a--b-'],
    ['^', 'a\nb', '>', '>a\nb'],
    ['(?m)^', 'a\nb\n', '>', '>a\n>b\n'],
    ['$', 'a\n', '!', 'a!\n!'],
    ['\\s+$', 'a  \n', '', 'a'],
    ['(?:(a)|b)*', 'ab', '[$1]', '[a][]'],
  ])('%s on %j with %s', (pattern, text, replacement, expected) => {
    expect(compileJavaPattern(pattern).replaceAll(text, replacement)).toBe(expected);
  });

  test('looks at the replacement only when there is something to replace', () => {
    expect(compileJavaPattern('x').replaceAll('abc', '$')).toBe('abc');
  });

  test.each(['$', '$a', '${nope}', '$3', '\\'])('%s is no replacement', (replacement) => {
    expect(() => compileJavaPattern('(a)').replaceAll('a', replacement)).toThrow(JavaPatternError);
  });

  test('replaceFirst replaces one', () => {
    expect(compileJavaPattern('a').replaceFirst('banana', 'o')).toBe('bonana');
  });
});

describe('split', () => {
  test.each<[string, string, number, string[]]>([
    [',', 'a,b,,', 0, ['a', 'b']],
    [',', 'a,b,,', -1, ['a', 'b', '', '']],
    [',', 'a,b,c', 2, ['a', 'b,c']],
    [',', ',a', 0, ['', 'a']],
    [',', '', 0, ['']],
    [',', ',', 0, []],
    ['', 'abc', 0, ['a', 'b', 'c']],
    ['(?=b)', 'abab', 0, ['a', 'ba', 'b']],
    ['\\s*,\\s*', 'a , b,c', 0, ['a', 'b', 'c']],
    ['x', 'abc', 0, ['abc']],
  ])('%s on %j with limit %d', (pattern, text, limit, expected) => {
    expect(compileJavaPattern(pattern).split(text, limit)).toEqual(expected);
  });
});

describe('texts that are no expression', () => {
  test.each([
    '(', ')', '[', '[a', '[a-', '[b-a]', '*', 'a**', '+a', '{', 'a{', 'a{2,1}', 'a{,2}', '\\', '\\q', '\\k<x>', '(?<x>a)(?<x>b)', '(?<1>a)', '(?q)', '(?', '\\p{Nope}',
    '\\x4', '\\u00', '(?<=a*)b', '(?<=a+)b', '[[a]',
  ])('%s', (pattern) => {
    expect(() => compileJavaPattern(pattern)).toThrow(JavaPatternError);
  });

  test('flags have to be known', () => {
    expect(() => compileJavaPattern('a', 'g')).toThrow('Unknown flag "g"');
  });
});

describe('hostile input', () => {
  const long = 'a'.repeat(20_000);

  test.each(['(a+)+b', '(a|a)*b', '(a*)*b', '(?:a?){50}b', '(.*)*(.*)*(.*)*b', 'a*a*a*a*b', '(a|aa)+$b', '^(([a-z])+.)+[A-Z]([a-z])+$'])('%s takes no longer than the text', (pattern) => {
    expect(compileJavaPattern(pattern).matches(long)).toBe(false);
    expect(compileJavaPattern(pattern).replaceAll(long.slice(0, 2_000), 'x')).toBe(long.slice(0, 2_000));
  });

  test('what can not be bounded is given up', () => {
    expect(() => compileJavaPattern('(a*)*\\1b').matches(long)).toThrow(PatternLimitError);
  });

  test('expressions may be only so large', () => {
    expect(() => compileJavaPattern('(?:(?:a{1000}){1000}){1000}')).toThrow(PatternLimitError);
    expect(() => compileJavaPattern('('.repeat(5_000))).toThrow(JavaPatternError);
  });

  test('results may be only so large', () => {
    expect(() => compileJavaPattern('a').replaceAll(long, long)).toThrow(PatternLimitError);
  });
});
