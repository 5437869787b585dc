import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { compileEventPattern, parseSampleEvent } from '../../local/engines/event-pattern';
import { EventPatternPair, eventPatternPairs } from '../support/event-pattern-pairs';

const MANDATORY = '"id":"1","account":"111111111111","source":"shop","time":"","region":"","detail-type":"Sold"';

type Verdict = 'yes' | 'no' | 'ask';

/** What the matcher says of each pair, evaluated at most sixty levels deep: Step Functions allows a hundred. */
function verdictsOn(pairs: readonly EventPatternPair[]): Verdict[] {
  const input = pairs.map(pair => JSON.stringify(pair)).join('\n');
  return execFileSync(process.execPath, [`${__dirname}/verdicts.mjs`], { input, encoding: 'utf8', maxBuffer: 2 ** 26 }).trim().split('\n') as Verdict[];
}

function complete(event: string): string {
  return `{${MANDATORY}${event === '{}' ? '' : ','}${event.slice(1)}`;
}

function byEventBridge({ pattern, event }: EventPatternPair): Verdict | 'invalid' {
  try {
    return compileEventPattern(pattern).matches(parseSampleEvent(event)) ? 'yes' : 'no';
  } catch {
    return 'invalid';
  }
}

describe('the matcher', () => {
  test('decides as EventBridge does, or asks', () => {
    const pairs = fc.sample(eventPatternPairs, { seed: 20261126, numRuns: 2000 })
      .map(({ pattern, event }) => ({ pattern, event: complete(event) }))
      .map(pair => ({ ...pair, expected: byEventBridge(pair) }))
      .filter(({ expected }) => expected !== 'invalid');
    const verdicts = verdictsOn(pairs);
    const decided = pairs.map((pair, index) => ({ ...pair, verdict: verdicts[index] })).filter(({ verdict }) => verdict !== 'ask');
    expect(decided.filter(({ verdict, expected }) => verdict !== expected)).toEqual([]);
    // Were most pairs invalid or asked, or few matching, this would show nothing.
    expect(decided.length).toBeGreaterThan(1300);
    expect(decided.filter(({ verdict }) => verdict === 'yes').length).toBeGreaterThan(250);
  }, 600_000);

  test.each<[string, object, object, Verdict]>([
    ['fields in the same element', { a: { b: [1], c: [2] } }, { a: [{ b: 1, c: 3 }, { b: 1, c: 2 }] }, 'yes'],
    ['fields in different elements', { a: { b: [1], c: [2] } }, { a: [{ b: 1, c: 3 }, { b: 2, c: 2 }] }, 'no'],
    ['fields in lists side by side', { a: { b: { x: [1] }, c: { y: [2] } } }, { a: [{ b: [{ x: 1 }], c: [{ y: 2 }] }] }, 'yes'],
    ['fields in lists of different elements', { a: { b: { x: [1] }, c: { y: [2] } } }, { a: [{ b: [{ x: 1 }] }, { c: [{ y: 2 }] }] }, 'no'],
    ['a field that the chosen element lacks', { a: { b: [1], c: [{ exists: false }] } }, { a: [{ b: 1 }, { c: 1 }] }, 'yes'],
    ['a field that the chosen element has', { a: { b: [1], c: [{ exists: false }] } }, { a: [{ b: 1, c: 1 }, { c: 1 }] }, 'no'],
    ['a name with a dot', { a: { b: [1] } }, { 'a.b': 1 }, 'yes'],
    ['names that JavaScript keeps', { __proto__: { polluted: [true] }, constructor: [{ exists: false }] }, {}, 'yes'],
    ['an address written in another way', { a: ['10.0.0.5'] }, { a: '010.0.0.005' }, 'yes'],
    ['an address beyond the block', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.1.0' }, 'no'],
    ['the later of two conditions, inside $or', { a: [1], $or: [{ a: [2] }, { b: [1] }] }, { a: 2 }, 'yes'],
    ['a letter with two upper forms', { a: [{ 'equals-ignore-case': 'ß' }] }, { a: 'SS' }, 'ask'],
    ['names that mean something to JSONata', { a: [1] }, { a: 1, b: { _jsonata_lambda: true } }, 'ask'],
  ])('%s', (_, pattern, event, expected) => {
    expect(verdictsOn([{ pattern: JSON.stringify(pattern), event: JSON.stringify(event) }])).toEqual([expected]);
  });

  test.each<[string, string, string, Verdict]>([
    ['a number that a double would change, in the event', '{"a":[9007199254740992]}', '{"a":9007199254740993}', 'ask'],
    ['a number that a double would change, in the pattern', '{"a":[0.1000000000000000055]}', '{"a":0.1}', 'ask'],
    ['a number beyond all doubles', '{"a":[1]}', '{"a":1,"b":1e400}', 'ask'],
    ['a number that a double would change, where nobody looks', '{"a":["x"]}', '{"a":"x","b":9007199254740993}', 'yes'],
    ['half of a character', '{"a":["?"]}', '{"a":"\\ud83d"}', 'ask'],
    ['a whole character in two halves', '{"a":["\\ud83d\\ude00"]}', '{"a":"\\ud83d\\ude00"}', 'yes'],
    ['a name twice', '{"a":[1],"a":[2]}', '{"a":2}', 'ask'],
    ['a name that ends in a dot', '{"a":{"":[1]}}', '{"a.":1}', 'ask'],
  ])('%s', (_, pattern, event, expected) => {
    expect(verdictsOn([{ pattern, event }])).toEqual([expected]);
  });
});

describe('the depth of the expressions', () => {
  const nested = (levels: number, open: string, inner: string, close: string) => open.repeat(levels) + inner + close.repeat(levels);

  test.each([
    ['deep objects', nested(330, '{"a":', '["x"]', '}')],
    ['objects as deep as they are compiled', nested(32, '{"a":', '["x"]', '}')],
    ['deep $or', nested(60, '{"$or":[{"a":["x"]},', '{"b":["y"]}', ']}')],
    ['$or as deep as it is compiled', nested(3, '{"$or":[{"a":["x"]},', '{"b":["y"]}', ']}')],
    ['many $or', `{${Array.from({ length: 40 }, (_, index) => `"f${index}":{"$or":[{"a":["x"]},{"b":["y"]}]}`).join()}}`],
    ['all expressions', '{"a":[{"anything-but":{"wildcard":["*a*b","c*"]}},{"wildcard":"x*y"},{"cidr":"10.0.0.0/9"},{"numeric":[">",1,"<",2]},{"suffix":{"equals-ignore-case":"x"}}],"b":["::1"]}'],
  ])('is small enough for %s', (_, pattern) => {
    const event = { a: ['x', 'abc', [[['y']]], '10.0.0.1', 5], b: JSON.parse(nested(900, '[', '"y"', ']')) as unknown };
    expect(verdictsOn([{ pattern, event: JSON.stringify(event) }])).toHaveLength(1);
  });

  test('is small enough for many fields, all of which the event has', () => {
    const names = Array.from({ length: 160 }, (_, index) => `f${index}`);
    const pattern = `{${names.map(name => `"${name}":[1]`).join()}}`;
    expect(verdictsOn([{ pattern, event: `{${names.map(name => `"${name}":1`).join()}}` }])).toEqual(['yes']);
  });
});
