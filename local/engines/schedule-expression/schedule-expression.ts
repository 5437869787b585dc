/** When something is to happen. Times are milliseconds since 1970. */
export interface ScheduleExpression {
  readonly kind: 'rate' | 'cron' | 'at';
  /** The first time after a given one; undefined when there is none. A rate counts from the start. */
  next(after: number, start: number): number | undefined;
}
