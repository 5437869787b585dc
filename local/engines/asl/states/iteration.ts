/** The contract between Map states and the ways to run their items. */
import { FailureLimits } from '../inspection';
import { MaybePromise } from '../maybe-promise';
import { Visit } from '../state';

/** Runs the block for all items, and comes to their outputs in the items' order. */
export interface Iteration {
  /** The most iterations at the same time, whatever MaxConcurrency says. */
  readonly concurrency: number;
  run(visit: Visit, settings: MapSettings): MaybePromise<unknown[]>;
}

/** What the fields of a Map state came to in one visit. */
export interface MapSettings {
  readonly argument: unknown;
  readonly items: readonly unknown[];
  readonly concurrency: number;
  readonly limits: FailureLimits;
}
