/** When something is to happen, again and again or once. */
export { InvalidScheduleExpressionError } from './invalid-schedule-expression-error';
export { parseScheduleExpression } from './parse-schedule-expression';
export type { ScheduleExpression } from './schedule-expression';
