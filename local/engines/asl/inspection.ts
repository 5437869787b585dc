/** What a test of one state looks into and replaces. */

/** The steps of the data's way through a state, by the names TestState gives them. */
export interface Inspection {
  input?: unknown;
  afterArguments?: unknown;
  afterInputPath?: unknown;
  afterParameters?: unknown;
  afterItemsPath?: unknown;
  afterItemSelector?: unknown;
  result?: unknown;
  afterResultSelector?: unknown;
  afterResultPath?: unknown;
  maxConcurrency?: number;
  toleratedFailureCount?: number;
  toleratedFailurePercentage?: number;
}

/** The failures a distributed Map may have; undefined members set no limit. */
export interface FailureLimits {
  readonly count?: number;
  readonly percentage?: number;
}

/** Stands in for what a Parallel or Map state would run. */
export interface StateMock {
  /** The items an ItemReader would read. */
  readonly items?: readonly unknown[];
  /** The result of the state's branches or iterations; throws a mocked failure. */
  run(iterations: number, limits: FailureLimits): unknown;
}
