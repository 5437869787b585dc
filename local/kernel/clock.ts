import { Clock } from './contracts';
import { sleepBy } from './sleep';

/** The wall clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // Who sleeps keeps the process; what is only scheduled does not.
  sleep: (milliseconds, signal) => sleepBy(keepingTheProcess, milliseconds, signal),
  schedule: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

function keepingTheProcess(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}
