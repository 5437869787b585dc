/** Retry and Catch, and the making of failures that they see. */
import { ExecutionStopped, StateFault, StatesError, runtimeFault } from './errors';
import { MaybePromise } from './maybe-promise';
import { Catcher, ErrorHandling, Retrier, Visit } from './state';

/** Whether a failure ends the execution, even when Retry or Catch names it. */
export function isUncatchable(failure: unknown): boolean {
  return failure instanceof StatesError && failure.error === 'States.Runtime';
}

/** Whether an ErrorEquals array names the failure. */
export function matches(errorEquals: readonly string[], failure: StatesError): boolean {
  if (isUncatchable(failure)) return false;
  return errorEquals.some(name => {
    if (name === failure.error || failure.aliases.includes(name)) return true;
    // Of States.DataLimitExceeded too: AWS's page denies it, and a recorded answer of AWS shows it.
    return name === 'States.ALL' || (name === 'States.TaskFailed' && failure.error !== 'States.Timeout');
  });
}

/** The seconds to wait before an attempt; `attempt` counts from zero. */
export function retryDelaySeconds(retrier: Retrier, attempt: number, random: () => number): number {
  const delay = Math.min(retrier.intervalSeconds * retrier.backoffRate ** attempt, retrier.maxDelaySeconds ?? Infinity);
  return retrier.fullJitter ? delay * random() : delay;
}

/** Deals with what a state's run threw: tries again, catches, or throws the failure. */
export function recover(visit: Visit, error: unknown): MaybePromise<void> {
  return retryAndCatch(visit, visit.state.errorHandling ?? NO_HANDLING, error);
}

const NO_HANDLING: ErrorHandling = { retriers: [], catchers: [] };

async function retryAndCatch(visit: Visit, { retriers, catchers }: ErrorHandling, thrown: unknown): Promise<void> {
  const attempts = new Map<Retrier, number>();
  let failure = asFailure(visit, thrown);
  for (;;) {
    const retrier = retriers.find(({ errorEquals }) => matches(errorEquals, failure));
    const attempt = (retrier && attempts.get(retrier)) ?? 0;
    if (!retrier || attempt >= retrier.maxAttempts) break;
    attempts.set(retrier, attempt + 1);
    visit.retryCount = (visit.retryCount ?? 0) + 1;
    await visit.branch.sleep(retryDelaySeconds(retrier, attempt, () => visit.host.random()) * 1000);
    try {
      await visit.state.run(visit);
      return;
    } catch (error) {
      failure = asFailure(visit, error);
    }
  }
  if (!isUncatchable(failure)) visit.state.recordFailure?.(visit);
  const catcher = catchers.find(({ errorEquals }) => matches(errorEquals, failure));
  if (!catcher) {
    // AWS counts the failed task among those that the end of its Parallel state aborts.
    if (visit.state.type === 'Task' && visit.branch.isParallel && !isUncatchable(failure)) visit.branch.record('TaskStateAborted');
    throw failure;
  }
  try {
    await applyCatcher(visit, catcher, failure);
  } catch (error) {
    throw asFailure(visit, error);
  }
}

/** Leaves the failure's output in the visit and leads to the catcher's state. */
export function applyCatcher(visit: Visit, catcher: Catcher, failure: StatesError): MaybePromise<void> {
  visit.errorOutput = { Error: failure.error ?? null, Cause: failure.cause ?? (failure.error === 'States.Timeout' ? '' : null) };
  visit.next = catcher.next.state;
  return catcher.apply(visit);
}

/** What was thrown as the interpreter's own fault, in case it was nothing better. */
export function toFault(thrown: unknown): StateFault {
  return thrown instanceof StateFault ? thrown : runtimeFault(thrown instanceof Error ? thrown.message : String(thrown));
}

/** The failure with AWS's words; rethrows what no state may handle. */
function asFailure(visit: Visit, thrown: unknown): StatesError {
  const stopped = visit.branch.cancellation.cancelledBecause;
  if (stopped) throw stopped;
  if (thrown instanceof ExecutionStopped) throw thrown;
  if (thrown instanceof StatesError && !(thrown instanceof StateFault)) return thrown;
  const fault = toFault(thrown);
  const { name } = visit.state;
  const cause = `An error occurred while executing the state '${name}' (entered at the event id #${visit.enteredEventId}). ${fault.reason}`;
  if (fault.location !== undefined) {
    visit.branch.record('EvaluationFailed', () => ({ error: fault.error, cause, location: fault.location, state: name }));
  }
  return new StatesError(fault.error, cause);
}
