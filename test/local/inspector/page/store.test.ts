import { TraceRecord } from '../../../../local/inspector/page/records';
import { Filter, Store } from '../../../../local/inspector/page/store';

const ALL: Filter = { text: '', hidden: new Set(), onlyFailed: false };

function record(sequence: number, cause?: number, message = `m${sequence}`, kind: 'log' | 'failure' = 'log'): TraceRecord {
  return { sequence, cause, entry: { kind, time: sequence, source: 's', message } };
}

test('what came before what it was caused by finds its place, and all are in the order in which they began', () => {
  const store = new Store();
  store.add([record(4, 3), record(2, 1), record(3, 1), record(6), record(1)]);
  expect(store.roots.map(({ record: { sequence } }) => sequence)).toEqual([1, 6]);
  expect(store.roots[0].children.map(({ record: { sequence } }) => sequence)).toEqual([2, 3]);
  expect(store.roots[0].children[1].children.map(({ record: { sequence } }) => sequence)).toEqual([4]);
});

test('a later record of the same number takes the place of the earlier one', () => {
  const store = new Store();
  store.add([record(1), record(1, undefined, 'ended')]);
  expect(store.roots.map(({ summary }) => summary.detail)).toEqual(['ended']);
});

test('a failure is known to all that it follows from, in whichever order they come', () => {
  const store = new Store();
  store.add([record(3, 2, 'x', 'failure'), record(2, 1), record(1), record(4), record(5, 4), record(6, 5, 'y', 'failure')]);
  expect(store.roots.map(({ hasFailed }) => hasFailed)).toEqual([true, true]);
  expect(store.filtered({ ...ALL, onlyFailed: true })).toHaveLength(2);
});

test('the filter wants every word, and hides kinds', () => {
  const store = new Store();
  store.add([record(1, undefined, 'Order placed'), record(2, undefined, 'order paid'), record(3, undefined, 'other', 'failure')]);
  expect(store.filtered({ ...ALL, text: 'ORDER pl' })).toHaveLength(1);
  expect(store.filtered({ ...ALL, hidden: new Set(['log']) })).toHaveLength(1);
  expect(store.filtered(ALL)).toHaveLength(3);
});

test('of very many the oldest are forgotten, with all that followed from them', () => {
  const store = new Store();
  store.add(Array.from({ length: 160_000 }, (_, index) => index % 2 === 0 ? record(index) : record(index, index - 1)));
  expect(store.size).toBeLessThanOrEqual(150_000);
  expect(store.find(0)).toBeUndefined();
  expect(store.find(1)).toBeUndefined();
  expect(store.roots.at(-1)!.record.sequence).toBe(159_998);
});
