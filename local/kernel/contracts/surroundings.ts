/** What is lent to services, so that a test may lend something else. */

/** Time, injected: nothing in the runtime reads the wall clock or sleeps by itself. */
export interface Clock {
  now(): number;
  /** Resolves after the time has passed; rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Runs the callback later; the function returned cancels it. Never keeps the process alive. */
  schedule(milliseconds: number, callback: () => void): () => void;
}

/** Chance, injected. */
export interface Randomness {
  /** At least 0, below 1. */
  number(): number;
  bytes(length: number): Buffer;
  uuid(): string;
}

/** What outlives the process, lent: texts by keys that begin with the service's name. */
export interface Storage {
  /** What an earlier process left, handed over once. */
  takeEntries(): Iterable<readonly [key: string, value: string]>;
  /**
   * Changes all of these entries or none, after every earlier write; undefined removes one. Once it resolves, the changes are there whenever the
   * process ends; when it rejects, either may be the case.
   */
  write(changes: ReadonlyMap<string, string | undefined>): Promise<void>;
}
