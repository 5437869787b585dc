import fc from 'fast-check';
import { EventPatternIndex, InvalidEventPatternError, compileEventPattern } from '../../../../local/engines/event-pattern';
import { hostileJson, outcome, tokens } from '../../../support/fuzz';

const OPERATORS = ['prefix', 'suffix', 'anything-but', 'numeric', 'exists', 'cidr', 'wildcard', 'equals-ignore-case', '$or', 'exactly'];

const events = hostileJson('b');

/** A pattern is matched, by itself and in an index, or refused. */
function check(pattern: string, event: unknown): void {
  const match = (): unknown => outcome([InvalidEventPatternError], () => {
    const compiled = compileEventPattern(pattern);
    const index = new EventPatternIndex<string>();
    index.add(compiled, 'it');
    const matches = compiled.matches(event);
    expect(index.match(event)).toEqual(matches ? ['it'] : []);
    return matches;
  });
  expect(match()).toEqual(match());
}

test('any JSON is a pattern or is refused', () => {
  const patterns = fc.letrec<{ pattern: unknown }>(tie => ({
    pattern: fc.dictionary(fc.constantFrom('a', 'b', '', '__proto__', 'a.b', ...OPERATORS), fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.array(fc.oneof(hostileJson(...OPERATORS), tie('pattern')), { maxLength: 3 }),
      tie('pattern'),
    ), { maxKeys: 3 }),
  })).pattern;
  fc.assert(fc.property(patterns, events, (pattern, event) => check(JSON.stringify(pattern), event)), { numRuns: 3_000 });
});

test('any text is', () => {
  const texts = tokens('{', '}', '[', ']', ':', ',', '"a"', '"$or"', '1', '-', '1e400', '.', 'true', 'null', 'nul', '"', '\\', '\n', ' ', ...OPERATORS.map(operator => `{"${operator}":`));
  fc.assert(fc.property(texts, events, check), { numRuns: 2_000 });
});

test('patterns made to take long are refused, or are matched in no time', () => {
  const long = 'abcdefg'.repeat(50_000);
  check('{"a":[{"wildcard":"*a*b*c*d*e*f*g*h*"}]}', { a: long });
  check(`{"a":[{"wildcard":"${'*a'.repeat(1_000)}"}]}`, { a: long });
  check(`{"a":[{"anything-but":{"wildcard":[${Array.from({ length: 1_000 }, (_, index) => `"*${index}*x"`).join()}]}}]}`, { a: long });
  check(`{"a":[{"prefix":{"equals-ignore-case":"${'ŉß'.repeat(1_000)}"}}]}`, { a: 'ʼNSS'.repeat(10_000) });
  check(`${'{"a":'.repeat(10_000)}["b"]${'}'.repeat(10_000)}`, { a: 'b' });
  check(`{"$or":[${'{"$or":['.repeat(300)}`, { a: 'b' });
  check('{"a":["b"]}', JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`));
});
