/** The contract between the interpreter and the state types. */
import type { ErrorHandling } from './error-handling';
import type { Visit } from './execution';
import type { MaybePromise } from './maybe-promise';

/** The state types of the Amazon States Language. */
export type StateType = 'Task' | 'Pass' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

/** Where a state leads: filled in once all states of its block are compiled; undefined ends the block. */
export interface Destination {
  state?: CompiledState;
}

/** A state ready to run. */
export interface CompiledState {
  readonly name: string;
  readonly type: StateType;
  readonly errorHandling?: ErrorHandling;
  /** Does the state's work and leaves its output and its successor in the visit. */
  run(visit: Visit): MaybePromise<void>;
  /** Records that no retrier or catcher tried again, for states that announce their failure. */
  recordFailure?(visit: Visit): void;
}

/** States that lead to one another: a state machine, a Parallel branch or a Map's processor. */
export interface StateBlock {
  readonly startAt: Destination;
}
