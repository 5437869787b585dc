/** Assigning variables at the end of a state. */
import { StatesError } from './errors';
import { Visit } from './execution';
import { PAYLOAD_LIMIT, exceedsBytes } from './json';
import { VARIABLE_LIMIT } from './variables';

/** Assigns to the visit's branch, within AWS's limit per variable. */
export function assignVariables(visit: Visit, assignments: ReadonlyMap<string, unknown>): void {
  for (const value of assignments.values()) {
    if (exceedsBytes(value, VARIABLE_LIMIT)) {
      throw new StatesError('States.DataLimitExceeded', `The state/task '${visit.state.name}' returned a result with a size exceeding the maximum number of bytes service limit.`);
    }
  }
  visit.branch.variables.assign(assignments);
  visit.assigned = assignments;
}

/** Refuses a value that is too large to be handed on. */
export function checkPayload(value: unknown, origin: string): void {
  if (exceedsBytes(value, PAYLOAD_LIMIT)) {
    throw new StatesError('States.DataLimitExceeded', `The state/task '${origin}' returned a result with a size exceeding the maximum number of bytes service limit.`);
  }
}
