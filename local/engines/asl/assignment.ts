/** What a state leaves behind, within AWS's limits: its variables and its output. */
import { StatesError } from './errors';
import { PAYLOAD_LIMIT, exceedsBytes } from './json';
import { Visit } from './state';

/** Assigns to the visit's branch; the limit is for each variable. */
export function assignVariables(visit: Visit, assignments: ReadonlyMap<string, unknown>): void {
  for (const value of assignments.values()) checkPayload(value, visit.state.name);
  visit.branch.variables.assign(assignments);
  visit.assigned = assignments;
}

/** What is known to fit: the values of an execution never change, and go from state to state. */
const fitting = new WeakSet<object>();

/** Refuses a value that is too large to be handed on. */
export function checkPayload(value: unknown, origin: string): void {
  if (isContainer(value) && fitting.has(value)) return;
  if (!exceedsBytes(value, PAYLOAD_LIMIT)) {
    if (isContainer(value)) fitting.add(value);
    return;
  }
  throw new StatesError('States.DataLimitExceeded', `The state/task '${origin}' returned a result with a size exceeding the maximum number of bytes service limit.`);
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
