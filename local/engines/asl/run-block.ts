/** Runs states one after the other. */
import { recover } from './error-handling';
import { ExecutionStopped } from './errors';
import { Branch } from './execution';
import { jsonDetails } from './history';
import { MaybePromise, isPromise } from './maybe-promise';
import { Visit, CompiledState, StateBlock, StateType } from './state';

// States that never wait would otherwise keep everything else in the process from running.
const TRANSITIONS_WITHOUT_YIELDING = 200;

const ENTERED = eventTypes('Entered');
const EXITED = eventTypes('Exited');
const ABORTED = eventTypes('Aborted');

function eventTypes(suffix: string): Readonly<Record<StateType, string>> {
  const types: StateType[] = ['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'];
  return Object.fromEntries(types.map(type => [type, `${type}State${suffix}`])) as Record<StateType, string>;
}

/** Runs a block to its end; returns its output at once when no state had to wait. */
export function runBlock(block: StateBlock, branch: Branch, input: unknown): MaybePromise<unknown> {
  let state: CompiledState | undefined = block.startAt.state;
  let value = input;
  while (state) {
    if (yieldIsDue(branch)) return continueLater(branch, state, value);
    const visit = enter(branch, state, value);
    const pending = runState(visit);
    if (isPromise(pending)) return continueAfter(pending, visit);
    exit(visit);
    value = visit.output;
    state = visit.next;
  }
  return value;
}

async function continueAfter(pending: Promise<void>, first: Visit): Promise<unknown> {
  const { branch } = first;
  let visit = first;
  await pending;
  for (;;) {
    exit(visit);
    if (!visit.next) return visit.output;
    if (yieldIsDue(branch)) await branch.sleep(0);
    visit = enter(branch, visit.next, visit.output);
    const next = runState(visit);
    if (isPromise(next)) await next;
  }
}

async function continueLater(branch: Branch, state: CompiledState, input: unknown): Promise<unknown> {
  await branch.sleep(0);
  return runBlock({ startAt: { state } }, branch, input);
}

function yieldIsDue({ execution }: Branch): boolean {
  return ++execution.transitions % TRANSITIONS_WITHOUT_YIELDING === 0;
}

function enter(branch: Branch, state: CompiledState, input: unknown): Visit {
  const { execution } = branch;
  execution.checkRunning();
  branch.cancellation.throwIfCancelled();
  const id = branch.record(ENTERED[state.type], () => ({ name: state.name, ...jsonDetails('input', input) }));
  return new Visit(branch, state, input, id);
}

function runState(visit: Visit): MaybePromise<void> {
  try {
    const pending = visit.state.run(visit);
    return isPromise(pending) ? awaitState(pending, visit) : undefined;
  } catch (error) {
    return recover(visit, error);
  }
}

async function awaitState(pending: Promise<void>, visit: Visit): Promise<void> {
  const forget = announceAbort(visit);
  try {
    await pending;
  } catch (error) {
    await recover(visit, error);
  } finally {
    forget();
  }
}

/** Records that a state was stopped on its way because a sibling branch or iteration failed. */
function announceAbort({ branch, state }: Visit): () => void {
  if (!branch.isInner) return () => {};
  return branch.cancellation.onCancel(reason => {
    if (!(reason instanceof ExecutionStopped)) branch.recordEnd(ABORTED[state.type]);
  });
}

function exit(visit: Visit): void {
  const { branch, state, assigned } = visit;
  branch.record(EXITED[state.type], () => ({
    name: state.name,
    ...jsonDetails('output', visit.output),
    ...(assigned && assigned.size > 0 && {
      assignedVariables: Object.fromEntries([...assigned].map(([name, value]) => [name, JSON.stringify(value)])),
      assignedVariablesDetails: { truncated: false },
    }),
  }));
}
