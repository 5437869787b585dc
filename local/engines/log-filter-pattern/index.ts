/** Filter patterns of CloudWatch Logs. */

export { compileLogFilterPattern } from './filter-pattern';
export type { LogFilterPattern } from './filter-pattern';
export { InvalidFilterPatternError } from './invalid-filter-pattern-error';
