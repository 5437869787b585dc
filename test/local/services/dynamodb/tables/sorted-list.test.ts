import { SortedList } from '../../../../../local/services/dynamodb/tables/sorted-list';

/** Numbers below a limit in an order that is none. */
function shuffled(limit: number): number[] {
  return Array.from({ length: limit }, (_, index) => index * 7919 % limit);
}

function listOf(elements: Iterable<number>): SortedList<number> {
  const list = new SortedList<number>((left, right) => left - right);
  for (const element of elements) {
    list.add(element);
  }
  return list;
}

const everything = (list: SortedList<number>) => [...list.forward(() => false)];

test('keeps any number of elements in order', () => {
  const list = listOf(shuffled(5000));
  expect(everything(list)).toEqual(Array.from({ length: 5000 }, (_, index) => index));
  expect([...list.backward(() => false)]).toEqual(Array.from({ length: 5000 }, (_, index) => 4999 - index));
});

test.each([0, 1, 255, 256, 511, 512, 513, 1999, 2000])('goes forward and backward from %d', start => {
  const list = listOf(shuffled(2000));
  expect(list.forward(element => element < start).next().value).toBe(start < 2000 ? start : undefined);
  expect(list.backward(element => element > start).next().value).toBe(Math.min(start, 1999));
});

test('backward from below everything is nothing', () => {
  expect([...listOf([5, 6]).backward(element => element > 4)]).toEqual([]);
});

test('forgets what is deleted, and does not mind what was never there', () => {
  const list = listOf(shuffled(3000));
  for (const element of shuffled(3000)) {
    if (element % 3 !== 0) {
      list.delete(element);
    }
  }
  list.delete(-1);
  list.delete(1);
  list.delete(99_999);
  expect(everything(list)).toEqual(Array.from({ length: 1000 }, (_, index) => 3 * index));
});

test('is empty again once everything is deleted', () => {
  const list = listOf(shuffled(1200));
  shuffled(1200).forEach(element => list.delete(element));
  expect(list.isEmpty).toBe(true);
  expect(everything(list)).toEqual([]);
  expect([...list.backward(() => false)]).toEqual([]);
  list.add(1);
  expect(everything(list)).toEqual([1]);
});
