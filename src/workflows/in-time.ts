import { literal } from '../push/field-path';

const TOO_LATE = 'An Express execution ends after five minutes, and what this one began has taken too long: the rest is left to another execution.';

/**
 * JSONata: a value of a Task's Arguments; an error, which the Task's Catch takes, once the execution is so many seconds old. A check in a Choice would be another
 * state each time, and an execution that reaches its end writes no letter.
 */
export function inTime(seconds: number, value: string): string {
  return `$millis() - $toMillis($states.context.Execution.StartTime) > ${seconds * 1000} ? $error(${literal(TOO_LATE)}) : ${value}`;
}
