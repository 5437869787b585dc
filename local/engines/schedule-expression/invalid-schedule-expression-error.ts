/** A text that is no schedule expression. */
export class InvalidScheduleExpressionError extends Error {
  constructor(expression: string, reason: string) {
    super(`"${expression}" is no schedule expression: ${reason}`);
    this.name = 'InvalidScheduleExpressionError';
  }
}
