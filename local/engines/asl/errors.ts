/** The ways a definition or an execution fails. */

/** A failure of a state with the error name and cause that Retry and Catch see. */
export class StatesError extends Error {
  /** The error name, for instance `States.TaskFailed`; a Fail state may leave it out. */
  readonly error?: string;
  override readonly cause?: string;
  /** Further names that ErrorEquals may use for this failure. */
  readonly aliases: readonly string[];

  constructor(error?: string, cause?: string, aliases: readonly string[] = []) {
    super(cause === undefined ? error : `${error}: ${cause}`);
    this.name = 'StatesError';
    this.error = error;
    this.cause = cause;
    this.aliases = aliases;
  }
}

/**
 * A failure of the interpreter while it worked on a state. AWS puts the state's name and the id of its entry event in
 * front of the cause, which only the state's visit knows.
 */
export class StateFault extends StatesError {
  /** The field at fault, for the EvaluationFailed event of JSONata states. */
  readonly location?: string;

  constructor(error: string, readonly reason: string, location?: string) {
    super(error, reason);
    this.location = location;
  }
}

/** An error in data or paths that no wildcard in Retry or Catch covers. */
export function runtimeFault(reason: string): StateFault {
  return new StateFault('States.Runtime', reason);
}

/** An error in a JSONata expression or its result. */
export function queryEvaluationFault(reason: string, location: string): StateFault {
  return new StateFault('States.QueryEvaluationError', reason, location);
}

/** An execution that was stopped from outside or by one of its limits: no state can catch it. */
export class ExecutionStopped extends Error {
  constructor(readonly status: 'ABORTED' | 'TIMED_OUT' | 'FAILED', readonly error?: string, override readonly cause?: string) {
    super(`The execution was stopped: ${status}`);
    this.name = 'ExecutionStopped';
  }
}

/** A definition that CreateStateMachine would refuse. */
export class InvalidDefinitionError extends Error {
  /** @param problems AWS's texts, each `CODE: description at /path` */
  constructor(readonly problems: readonly string[]) {
    super(`Invalid State Machine Definition: '${problems.join(', ')}'`);
    this.name = 'InvalidDefinitionError';
  }
}

/** A definition that AWS accepts and this interpreter does not run. */
export class UnsupportedDefinitionError extends Error {
  constructor(readonly feature: string, readonly path: string) {
    super(`${feature} is not supported (at ${path})`);
    this.name = 'UnsupportedDefinitionError';
  }
}
