import { Clock } from './contracts';
import { sleepBy } from './sleep';

/** A timer of Node's that is set further ahead, which is 25 days, rings at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The wall clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // Who sleeps keeps the process; what is only scheduled does not.
  sleep: (milliseconds, signal) => sleepBy((after, wake) => startTimer(after, wake, true), milliseconds, signal),
  schedule: (milliseconds, callback) => startTimer(milliseconds, callback, false),
};

function startTimer(milliseconds: number, callback: () => void, keepsProcess: boolean): () => void {
  let rest = milliseconds;
  let timer: NodeJS.Timeout;
  const set = (): void => {
    const part = Math.min(rest, LONGEST_TIMER);
    rest -= part;
    timer = setTimeout(rest > 0 ? set : callback, part);
    if (!keepsProcess) {
      timer.unref();
    }
  };
  set();
  return () => clearTimeout(timer);
}
