/** Running the parts of a Parallel or Map state side by side. */
import { Cancellation } from './cancellation';
import { MaybePromise, isPromise } from './maybe-promise';

/** Why the parts that still ran were stopped when one of them failed. */
class SiblingFailed extends Error {
  constructor() {
    super('Another branch of the state failed');
    this.name = 'SiblingFailed';
  }
}

/**
 * Runs `start(0)` to `start(count - 1)`, at most `limit` at a time. The first failure stops the rest and is thrown.
 * Parts that need not wait run to their end at once, one after the other.
 */
export function runParts(count: number, limit: number, cancellation: Cancellation, start: (index: number) => MaybePromise<void>): MaybePromise<void> {
  let next = 0;
  while (next < count) {
    const pending = start(next++);
    if (isPromise(pending)) return runRest(pending);
  }
  return undefined;

  async function runRest(first: Promise<void>): Promise<void> {
    const work = async (pending?: Promise<void>): Promise<void> => {
      await pending;
      while (next < count && !cancellation.cancelledBecause) await start(next++);
    };
    const workers = [work(first)];
    while (workers.length < Math.min(limit, count)) workers.push(work());
    try {
      await Promise.all(workers);
    } catch (error) {
      cancellation.cancel(new SiblingFailed());
      throw error;
    }
  }
}
