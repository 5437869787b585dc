import fc from 'fast-check';
import { compileEventPattern } from '../../local/engines/event-pattern';
import { FieldPath } from '../../src/push/field-path';
import { SubscriptionIndex, SubscriptionIndexOptions } from '../../src/subscriptions/subscription-index';
import { expressionEvaluator } from '../support/evaluate-expression';

function indexOf({ fields = [], claims = [], ...options }: { fields?: string[]; claims?: string[] } & Partial<SubscriptionIndexOptions> = {}) {
  const index = new SubscriptionIndex({
    paths: fields.map(path => new FieldPath(path, 'indexedFields')),
    fixed: claims.map(path => ({ path: new FieldPath(path, 'allow'), value: `$request.\`${path}\`` })),
    keysLimit: 4,
    catchAll: true,
    ...options,
  });
  const ofPattern = expressionEvaluator(index.keysOfPattern, 'pattern', 'request');
  const ofEvent = expressionEvaluator(index.keysOfEvent, 'event');
  return {
    ofPattern: (pattern: object, request: object = {}): Promise<{ key: string; sure: boolean; before: string[] }[]> => ofPattern({ pattern, request }),
    ofEvent: async (event: object): Promise<{ keys: string[]; digests: string[] }> => {
      const { pages, digests } = await ofEvent({ event });
      return { keys: pages.map(({ key }: { key: string }) => key), digests };
    },
  };
}

const keys = async (pattern: object, options?: Parameters<typeof indexOf>[0], request?: object) =>
  (await indexOf(options).ofPattern(pattern, request)).map(({ key }) => key);

const EVENT = { 'version': '0', 'id': '1', 'account': '0', 'time': '2026-01-01T00:00:00Z', 'region': 'us-east-1', 'resources': [], 'source': 'shop', 'detail-type': 'Sold', 'detail': {} };

describe('the keys of a pattern', () => {
  test.each<[string, object, string[]]>([
    ['source and detail type', { 'source': ['shop'], 'detail-type': ['Sold'] }, ['match#{"source":"shop","detail-type":"Sold"}']],
    ['several of both', { 'source': ['a', 'b'], 'detail-type': ['c', 'd'] }, [
      'match#{"source":"a","detail-type":"c"}', 'match#{"source":"a","detail-type":"d"}', 'match#{"source":"b","detail-type":"c"}', 'match#{"source":"b","detail-type":"d"}',
    ]],
    ['source alone', { source: ['shop'] }, ['match#{"source":"shop"}']],
    ['a value twice', { source: ['shop', 'shop'] }, ['match#{"source":"shop"}']],
    ['a prefix beside values', { 'source': ['shop', { prefix: 'x' }], 'detail-type': ['Sold'] }, ['match#{"detail-type":"Sold"}']],
    ['too many for both, not for one', { 'source': ['a', 'b', 'c'], 'detail-type': ['d', 'e'] }, ['match#{"detail-type":"d"}', 'match#{"detail-type":"e"}']],
    ['too many', { source: ['a', 'b', 'c', 'd', 'e'] }, ['match#{}']],
    ['anything but a value', { source: [{ 'anything-but': ['shop'] }] }, ['match#{}']],
    ['null', { source: [null] }, ['match#{}']],
    ['none', { account: ['0'] }, ['match#{}']],
    ['a source that $or replaces', { source: ['shop'], $or: [{ source: ['other'] }, { account: ['0'] }] }, ['match#{}']],
    ['a source beside $or of other fields', { source: ['shop'], $or: [{ region: ['x'] }, { account: ['0'] }] }, ['match#{"source":"shop"}']],
  ])('%s', async (_, pattern, expected) => {
    expect(await keys(pattern)).toEqual(expected);
  });

  test.each<[string, object, string[]]>([
    ['a text', { source: ['shop'], detail: { order: { id: ['7'] } } }, ['match#{"detail.order.id":"7"}']],
    ['a number', { detail: { order: { id: [7] } } }, ['match#{"detail.order.id":7}']],
    ['a number as long as JSONata rounds', { detail: { order: { id: [1234567890123456] } }, source: ['shop'] }, ['match#{"source":"shop"}']],
    ['what is within a match expression', { detail: { order: [{ id: ['x'] }] }, source: ['shop'] }, ['match#{"source":"shop"}']],
    ['a field that $or on the way replaces', { detail: { order: { $or: [{ id: ['8'] }, { name: ['x'] }], id: ['7'] } } }, ['match#{}']],
  ])('with a field of the developer: %s', async (_, pattern, expected) => {
    expect(await keys(pattern, { fields: ['detail.order.id'] })).toEqual(expected);
  });

  test('begin with what the policy fixes, whatever the pattern says of it', async () => {
    const options = { fields: ['detail.order'], claims: ['detail.tenant'] };
    const request = { 'detail.tenant': 't1"}#' };
    expect(await keys({ source: ['shop'], detail: { tenant: ['t2'] } }, options, request)).toEqual(['match#{"detail.tenant":"t1\\"}#","source":"shop"}']);
    expect(await keys({ version: ['0'] }, options, request)).toEqual(['match#{"detail.tenant":"t1\\"}#"}']);
    expect(await keys({ detail: { order: [7], $or: [{ tenant: ['t2'] }, { order: [8] }] } }, options, request)).toEqual(['match#{"detail.tenant":"t1\\"}#"}']);
  });

  test('are none where none is in common', async () => {
    const index = indexOf({ fields: ['detail.id'], catchAll: false });
    for (const pattern of [{ version: ['0'] }, { source: [{ prefix: 'a' }] }, { source: ['a', 'b', 'c', 'd', 'e'] }, { $or: [{ source: ['a'] }, { source: ['b'] }] }, { detail: { id: [null] } }]) {
      expect(await index.ofPattern(pattern)).toEqual([]);
    }
    expect((await index.ofPattern({ source: ['a', 'b'] })).map(({ key }) => key)).toEqual(['match#{"source":"a"}', 'match#{"source":"b"}']);
    expect((await index.ofEvent(EVENT)).keys).toEqual(['match#{"source":"shop","detail-type":"Sold"}', 'match#{"detail-type":"Sold"}', 'match#{"source":"shop"}']);
  });

  test.each([['a\ud800', 'a?'], ['\udc00\ud800', '??'], ['😀\ud83d', '😀?'], ['\ud83d😀', '?😀'], ['\ud800\ud800\ud800x\udc00\udc00\udc00', '???x???']])('of %j are those of what EventBridge reads', async (half, read) => {
    const index = indexOf({ fields: ['detail.id'] });
    const [{ key }] = await index.ofPattern({ detail: { id: [read] } });
    expect((await index.ofPattern({ detail: { id: [half, read] } })).map(each => each.key)).toEqual([key]);
    const { keys: carried } = await index.ofEvent({ ...EVENT, detail: { id: [half, read] } });
    expect(carried.filter(each => each === key)).toHaveLength(1);
    expect(compileEventPattern(JSON.stringify({ detail: { id: [read] } })).matches({ detail: { id: half } } as any)).toBe(true);
  });

  test('fit a key of DynamoDB, however long the values are', async () => {
    const [long] = await keys({ source: ['😀'.repeat(1000)] });
    expect(long).toMatch(/^match#[0-9a-f]{64}$/);
    expect((await indexOf().ofEvent({ ...EVENT, source: '😀'.repeat(1000) })).keys).toContain(long);
  });
});

test.each<[boolean, object]>([
  [true, { source: ['a', 'b'] }],
  [true, { 'source': ['a'], 'detail-type': ['b'] }],
  [false, { source: ['a'], detail: { n: [1] } }],
  [false, { 'source': ['a'], 'detail-type': [{ prefix: 'b' }] }],
  [false, { source: ['a'], $or: [{ region: ['b'] }, { account: ['c'] }] }],
  [false, { version: ['0'] }],
  [false, { detail: { id: ['7'] } }],
])('it is %j that the key of a pattern says all: %j', async (sure, pattern) => {
  for (const row of await indexOf({ fields: ['detail.id'] }).ofPattern(pattern)) {
    expect(row.sure).toBe(sure);
  }
});

describe('the keys of an event', () => {
  test('are as many as there are fields to look up, and the one that the others have in common', async () => {
    expect((await indexOf().ofEvent(EVENT)).keys).toEqual(['match#{}', 'match#{"source":"shop","detail-type":"Sold"}', 'match#{"detail-type":"Sold"}', 'match#{"source":"shop"}']);
    expect((await indexOf({ fields: ['detail.id'] }).ofEvent(EVENT)).keys).toHaveLength(4);
    expect((await indexOf({ fields: ['detail.id'] }).ofEvent({ ...EVENT, detail: { id: 'x' } })).keys).toHaveLength(5);
  });

  test('are of its own tenant only, and none without one', async () => {
    const index = indexOf({ claims: ['detail.tenant'] });
    for (const key of (await index.ofEvent({ ...EVENT, detail: { tenant: 't1' } })).keys) {
      expect(key).toMatch(/^match#\{"detail.tenant":"t1"/);
    }
    for (const detail of [{}, { tenant: null }, { tenant: {} }, { tenant: [] }]) {
      expect((await index.ofEvent({ ...EVENT, detail })).keys).toEqual([]);
    }
  });
});

const value = fc.oneof({ weight: 4, arbitrary: fc.constantFrom<unknown>('a', 'b', 7) }, fc.constantFrom<unknown>('7', 7.5, -0, 1e300, true, null, '', '{}', '__proto__', '?', '\ud800'));
const expressions = fc.constantFrom<unknown>({ prefix: 'a' }, { 'anything-but': ['a'] }, { exists: true }, { exists: false });
const leaf = fc.array(fc.oneof({ weight: 5, arbitrary: value }, expressions), { minLength: 1, maxLength: 5 });
const someOf = (fields: Record<string, fc.Arbitrary<unknown>>, minimum = 0) =>
  fc.record(fields, { requiredKeys: [] }).filter(made => Object.keys(made).length >= minimum);
const inner = someOf({ id: leaf, other: leaf, list: someOf({ id: leaf }, 1) }, 1);
const top = someOf({ 'source': leaf, 'detail-type': leaf, 'detail': inner }, 1);
const withOr = fc.tuple(top, fc.option(fc.array(top, { minLength: 2, maxLength: 3 }))).map(([pattern, or]) => or === null ? pattern : { ...pattern, $or: or });
const held = fc.letrec<any>(tie => ({ value: fc.oneof({ maxDepth: 3 }, value, fc.array(tie('value'), { maxLength: 3 })) })).value;
const item = someOf({ id: held });
const listed = fc.oneof(item, fc.array(fc.oneof(item, fc.array(item, { maxLength: 2 })), { maxLength: 3 }));
const event = fc.tuple(fc.constantFrom('a', 'b', '{}'), fc.constantFrom('a', 'c'), someOf({ id: held, other: held, list: listed }))
  .map(([source, detailType, detail]) => ({ ...EVENT, source, 'detail-type': detailType, detail }));

test('an event that matches finds the subscription once; none finds it twice', async () => {
  const index = indexOf({ fields: ['detail.id', 'detail.list.id'] });
  let matched = 0;
  await fc.assert(fc.asyncProperty(withOr, event, async (pattern, sent) => {
    let matches: boolean;
    try {
      matches = compileEventPattern(JSON.stringify(pattern)).matches(sent as any);
    } catch {
      return;
    }
    const [rows, { keys: carried, digests }] = await Promise.all([index.ofPattern(pattern), index.ofEvent(sent)]);
    expect(new Set(carried).size).toBe(carried.length);
    const found = rows.filter(({ key, before }) => carried.includes(key) && !before.some(digest => digests.includes(digest)));
    expect(found.length).toBeLessThanOrEqual(1);
    if (found[0]?.sure) {
      expect(matches).toBe(true);
    }
    if (matches) {
      matched++;
      expect(found).toHaveLength(1);
    }
  }), { numRuns: 1500 });
  expect(matched).toBeGreaterThan(50);
}, 120_000);

test.each(['', 'a..b', '.a', 'detail.', '$event', 'detail.$or', 'a`b', 'a"b', 'a\\b', 'a\nb', '__proto__', 'detail.constructor', '\ud800'])('%j is not the path of a field', path => {
  expect(() => new FieldPath(path, 'indexedFields')).toThrow(/^indexedFields: ".*" is not the path of an event's field\./);
});
