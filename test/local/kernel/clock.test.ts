import { systemClock } from '../../../local/kernel/clock';

const YEAR = 365 * 24 * 60 * 60 * 1000;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('what is due in a year, which is more than a timer of Node can wait, rings in a year, and once', () => {
  const ring = jest.fn();
  systemClock.schedule(YEAR, ring);
  jest.advanceTimersByTime(YEAR - 1);
  expect(ring).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  jest.advanceTimersByTime(YEAR);
  expect(ring).toHaveBeenCalledTimes(1);
});

test('it can be cancelled on the way', () => {
  const ring = jest.fn();
  const cancel = systemClock.schedule(YEAR, ring);
  jest.advanceTimersByTime(YEAR / 2);
  cancel();
  expect(jest.getTimerCount()).toBe(0);
  jest.advanceTimersByTime(YEAR);
  expect(ring).not.toHaveBeenCalled();
});

test('who sleeps for a year wakes after a year', async () => {
  const awake = jest.fn();
  void systemClock.sleep(YEAR).then(awake);
  await jest.advanceTimersByTimeAsync(YEAR - 1);
  expect(awake).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(1);
  expect(awake).toHaveBeenCalledTimes(1);
});
