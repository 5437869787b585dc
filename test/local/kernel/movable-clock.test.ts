import { MovableClock } from '../../../local/kernel/movable-clock';
import { FakeClock } from '../../support/fake-clock';

const START = 1_000_000;

function clocks() {
  const base = new FakeClock(START);
  return { base, clock: new MovableClock(base) };
}

test('it goes like the other one', async () => {
  const { base, clock } = clocks();
  const rung: number[] = [];
  clock.schedule(10, () => rung.push(clock.now()));
  await base.advance(10);
  expect(rung).toEqual([START + 10]);
  expect(clock.ahead).toBe(0);
});

test('moved, what is due on the way happens in its order and at its time, and what that sets off as well', async () => {
  const { clock } = clocks();
  const rung: Array<[string, number]> = [];
  const ring = (name: string) => rung.push([name, clock.now() - START]);
  clock.schedule(3000, () => ring('third'));
  clock.schedule(1000, () => {
    ring('first');
    clock.schedule(1000, () => ring('second'));
  });
  clock.schedule(9000, () => ring('not yet'));
  await clock.advance(5000);
  expect(rung).toEqual([['first', 1000], ['second', 2000], ['third', 3000]]);
  expect([clock.now() - START, clock.ahead]).toEqual([5000, 5000]);
});

test('what was not due yet is due that much sooner by the other clock', async () => {
  const { base, clock } = clocks();
  const rung: number[] = [];
  clock.schedule(9000, () => rung.push(clock.now() - START));
  await clock.advance(5000);
  await base.advance(3999);
  expect(rung).toEqual([]);
  await base.advance(1);
  expect(rung).toEqual([9000]);
});

test('what is cancelled does not ring, and who is not waited for any more leaves nothing', async () => {
  const { base, clock } = clocks();
  const ring = jest.fn();
  clock.schedule(100, ring)();
  const gone = new AbortController();
  const sleeping = clock.sleep(100, gone.signal);
  gone.abort(new Error('gone'));
  await expect(sleeping).rejects.toThrow('gone');
  await clock.advance(1000);
  expect(ring).not.toHaveBeenCalled();
  expect(base.pending).toBe(0);
});

test('who sleeps wakes', async () => {
  const { clock } = clocks();
  let woken = 0;
  void clock.sleep(500).then(() => { woken = clock.now() - START; });
  await clock.advance(600);
  expect(woken).toBe(500);
});

test('two moves at once follow one another', async () => {
  const { clock } = clocks();
  await Promise.all([clock.advance(100), clock.advance(200)]);
  expect(clock.now() - START).toBe(300);
});

test('through a day, what polls four times a second does not poll each time', async () => {
  const { clock } = clocks();
  let polls = 0;
  const poll = () => {
    polls += 1;
    setImmediate(() => void clock.schedule(250, poll));
  };
  poll();
  await clock.advance(24 * 60 * 60 * 1000);
  expect(polls).toBeLessThan(6_000);
  expect(polls).toBeGreaterThan(4_000);
});

test.each([0, -1, NaN, Infinity])('it does not move by %s', milliseconds => {
  expect(() => clocks().clock.advance(milliseconds)).toThrow(RangeError);
});
