import fc from 'fast-check';
import { compileEventPattern, EventPattern, EventPatternIndex } from '../../../../local/engines/event-pattern';

function compile(pattern: unknown): EventPattern {
  return compileEventPattern(JSON.stringify(pattern));
}

describe('an index', () => {
  test('finds the values whose patterns match, in the order they were added', () => {
    const index = new EventPatternIndex<string>();
    index.add(compile({ source: [{ 'anything-but': 'x' }] }), 'any');
    index.add(compile({ source: ['a'], detail: { room: ['1', '2'] } }), 'rooms');
    index.add(compile({ source: [{ prefix: 'a' }] }), 'prefix');
    index.add(compile({ source: [{ exists: false }] }), 'none');
    expect(index.match({ source: 'a', detail: { room: '2' } })).toEqual(['any', 'rooms', 'prefix']);
    expect(index.match({ source: 'ab', detail: { room: '2' } })).toEqual(['any', 'prefix']);
    expect(index.match({ source: 'x' })).toEqual([]);
    expect(index.match({})).toEqual(['none']);
    expect(index.match(undefined)).toEqual([]);
    expect(index.match([])).toEqual([]);
  });

  test('finds a value once, however many of its patterns, rules and values match', () => {
    const index = new EventPatternIndex<string>();
    const first = compile({ tags: ['a', 'b'] });
    index.add(first, 'value');
    index.add(first, 'value');
    index.add(compile({ $or: [{ tags: ['a'] }, { tags: ['b'] }] }), 'value');
    expect(index.match({ tags: ['a', 'b', 'a'] })).toEqual(['value']);
  });

  test('keeps a value until its last pattern is deleted', () => {
    const index = new EventPatternIndex<string>();
    const [a, b] = [compile({ a: ['1'] }), compile({ b: ['1'] })];
    index.add(a, 'value');
    index.add(b, 'value');
    index.add(a, 'other');
    index.delete(a, 'value');
    expect(index.match({ a: '1', b: '1' })).toEqual(['value', 'other']);
    expect(index.match({ a: '1' })).toEqual(['other']);
    index.delete(b, 'value');
    index.delete(b, 'value');
    index.delete(a, 'never added');
    expect(index.match({ a: '1', b: '1' })).toEqual(['other']);
  });

  test('a field that another pattern still needs stays', () => {
    const index = new EventPatternIndex<number>();
    const patterns = [compile({ a: { b: ['1'] } }), compile({ a: { b: ['1'], c: ['2'] } }), compile({ a: { b: { c: ['3'] } } })];
    patterns.forEach((pattern, value) => index.add(pattern, value));
    index.delete(patterns[0], 0);
    expect(index.match({ a: { b: '1', c: '2' } })).toEqual([1]);
    index.delete(patterns[1], 1);
    expect(index.match({ a: { b: '1', c: '2' } })).toEqual([]);
    expect(index.match({ a: { b: { c: '3' } } })).toEqual([2]);
  });

  test('finds addresses however they are written', () => {
    const index = new EventPatternIndex<string>();
    index.add(compile({ ip: ['10.0.0.5'] }), 'v4');
    index.add(compile({ ip: ['2001:db8::1'] }), 'v6');
    expect(index.match({ ip: '010.0.0.5' })).toEqual(['v4']);
    expect(index.match({ ip: '2001:0db8:0::1' })).toEqual(['v6']);
    expect(index.match({ ip: ['10.0.0.6', 'no address', 5] })).toEqual([]);
  });

  test('keeps nothing of what has come and gone', () => {
    const index = new EventPatternIndex<number>();
    for (let number = 0; number < 1000; number++) {
      const pattern = compile({ [`field${number}`]: [`value${number}`, { prefix: 'p' }, { suffix: 's' }, '10.0.0.1', { 'equals-ignore-case': 'x' }] });
      index.add(pattern, number);
      index.delete(pattern, number);
    }
    const kept = JSON.stringify(index, (_key, value: unknown) => value instanceof Map || value instanceof Set ? [...value] : value);
    expect(kept).not.toMatch(/field\d|value\d/);
  });
});

describe('an index of random patterns', () => {
  const name = fc.constantFrom('a', 'b', 'c.d', 'é');
  const text = fc.constantFrom('', 'a', 'A', 'ab', 'abc', 'b', 'ß', 'SS', '10.0.0.5', '10.0.0.1', '2001:db8::1', '1');
  const scalar = fc.oneof(text, fc.constantFrom(0, 1, 1.5, true, false, null));
  const wildcard = fc.constantFrom('*', 'a*', '*b', 'a*c', 'ab', '*b*', '');
  const test1 = fc.oneof(
    scalar,
    text.map(prefix => ({ prefix })),
    text.map(suffix => ({ suffix })),
    text.map(operand => ({ 'equals-ignore-case': operand })),
    text.map(operand => ({ prefix: { 'equals-ignore-case': operand } })),
    wildcard.map(operand => ({ wildcard: operand })),
    wildcard.map(operand => ({ 'anything-but': { wildcard: operand } })),
    fc.array(text, { minLength: 1, maxLength: 2 }).map(operand => ({ 'anything-but': operand })),
    fc.constantFrom({ exists: true }, { exists: false }, { numeric: ['>', 0] }, { cidr: '10.0.0.0/24' }),
  );
  const condition = fc.array(test1, { minLength: 1, maxLength: 3 });
  const fields = fc.dictionary(name, fc.oneof(condition, fc.dictionary(name, condition, { minKeys: 1, maxKeys: 2 })), { minKeys: 1, maxKeys: 3 });
  const pattern = fc.oneof({ weight: 4, arbitrary: fields }, fc.tuple(fields, fields).map(alternatives => ({ $or: alternatives })));
  const leaf = fc.oneof(scalar, fc.array(fc.oneof(scalar, fc.dictionary(name, scalar, { maxKeys: 2 })), { maxLength: 3 }));
  const event = fc.dictionary(name, fc.oneof(leaf, fc.dictionary(name, leaf, { maxKeys: 3 })), { maxKeys: 4 });

  test('finds what each pattern by itself matches, also after some are deleted', () => {
    fc.assert(fc.property(
      fc.array(pattern, { minLength: 1, maxLength: 30 }), fc.array(event, { minLength: 1, maxLength: 10 }), fc.array(fc.nat(29), { maxLength: 10 }),
      (patterns, events, deleted) => {
        const index = new EventPatternIndex<number>();
        const compiled = patterns.map(compile);
        compiled.forEach((each, value) => index.add(each, value));
        const check = (isKept: (value: number) => boolean) => {
          for (const each of events) {
            expect(index.match(each)).toEqual(compiled.flatMap((candidate, value) => isKept(value) && candidate.matches(each) ? [value] : []));
          }
        };
        check(() => true);
        deleted.filter(value => value < compiled.length).forEach(value => index.delete(compiled[value], value));
        check(value => !deleted.includes(value));
      }), { numRuns: 300 });
  });
});
