/** What a state leaves behind, within AWS's limits: its variables and its output. */
import { checkPayload } from './payload';
import { Visit } from './state';

/** Assigns to the visit's branch; the limit is for each variable. */
export function assignVariables(visit: Visit, assignments: ReadonlyMap<string, unknown>): void {
  for (const value of assignments.values()) checkPayload(value, visit.state.name);
  visit.branch.variables.assign(assignments);
  visit.assigned = assignments;
}
