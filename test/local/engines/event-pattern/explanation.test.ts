import { explainEventPattern, InvalidEventPatternError } from '../../../../local/engines/event-pattern';

const explain = (pattern: object, event: unknown) => explainEventPattern(JSON.stringify(pattern), event);
const EVENT = { 'source': 'shop', 'detail-type': 'OrderPlaced', 'detail': { amount: 5, city: 'Bern', tags: ['a', 'b'] } };

test('a pattern that matches is explained by what matched', () => {
  expect(explain({ source: ['bank', 'shop'], detail: { amount: [{ numeric: ['>', 3] }] } }, EVENT)).toEqual({
    matched: true,
    choices: [],
    fields: [
      {
        path: 'source',
        matched: true,
        values: ['shop'],
        tests: [{ test: 'bank', means: '"bank"', matched: false }, { test: 'shop', means: '"shop"', matched: true }],
        why: 'source is "shop"; that matches "shop"',
      },
      {
        path: 'detail.amount',
        matched: true,
        values: [5],
        tests: [{ test: { numeric: ['>', 3] }, means: 'a number > 3', matched: true }],
        why: 'detail.amount is 5; that matches a number > 3',
      },
    ],
  });
});

test.each([
  [{ source: ['bank'] }, 'source is "shop"; the pattern asks for "bank"'],
  [{ detail: { city: [{ prefix: 'Z' }, { suffix: 'x' }] } }, 'detail.city is "Bern"; the pattern asks for a text that begins with "Z", or a text that ends with "x"'],
  [{ detail: { state: ['open'] } }, 'detail.state is absent; the pattern asks for "open"'],
  [{ detail: { city: [{ exists: false }] } }, 'detail.city is "Bern"; the pattern asks for its absence'],
  [{ detail: { city: [{ 'anything-but': ['Bern', { prefix: 'Z' }] }] } }, undefined],
  [{ detail: { city: [{ 'anything-but': { prefix: 'B' } }] } }, 'detail.city is "Bern"; the pattern asks for anything but a text that begins with "B"'],
  [{ detail: { tags: ['c'] } }, 'detail.tags has the values "a", "b"; the pattern asks for "c"'],
  [{ detail: { amount: ['5'] } }, 'detail.amount is 5; the pattern asks for "5"'],
])('%j does not match, and says why', (pattern, why) => {
  if (why === undefined) {
    expect(() => explain(pattern, EVENT)).toThrow(InvalidEventPatternError);
    return;
  }
  const { matched, fields } = explain(pattern, EVENT);
  expect([matched, fields[0].matched, fields[0].why]).toEqual([false, false, why]);
});

test('of an $or every branch is explained, below the names that it stands under', () => {
  const { matched, choices } = explain({ detail: { $or: [{ amount: [1] }, { city: ['Bern'] }] } }, EVENT);
  expect(matched).toBe(true);
  expect(choices).toMatchObject([{ path: 'detail', matched: true, branches: [{ matched: false, fields: [{ path: 'detail.amount' }] }, { matched: true, fields: [{ path: 'detail.city' }] }] }]);
});

test('fields that match only in different elements of an array are told apart', () => {
  const { matched, fields, note } = explain({ items: { name: ['a'], count: [2] } }, { items: [{ name: 'a', count: 1 }, { name: 'b', count: 2 }] });
  expect([matched, fields.map(field => field.matched)]).toEqual([false, [true, true]]);
  expect(note).toContain('not within the same elements');
});

test('names from the prototype are names like any other', () => {
  expect(explainEventPattern('{"__proto__":["x"],"constructor":{"name":["y"]}}', JSON.parse('{"__proto__":"x","constructor":{"name":"z"}}')).fields)
    .toMatchObject([{ path: '__proto__', matched: true, values: ['x'] }, { path: 'constructor.name', matched: false, values: ['z'] }]);
});

test('a dot in a name of the event is a step', () => {
  expect(explain({ a: { b: [1] } }, { 'a.b': 1 }).fields).toMatchObject([{ matched: true, values: [1] }]);
});

test('a number that is too large for others is shown as it is', () => {
  expect(explainEventPattern('{"id":[1]}', { id: 12345678901234567890n }).fields[0].why).toBe('id is 12345678901234567890; the pattern asks for 1');
});

test('what is no pattern is refused in words of EventBridge', () => {
  expect(() => explainEventPattern('{"source":"shop"}', EVENT)).toThrow(InvalidEventPatternError);
});
