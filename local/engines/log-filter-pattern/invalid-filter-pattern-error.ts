/** A text that is no filter pattern; the message is CloudWatch Logs' own. */
export class InvalidFilterPatternError extends Error {
  constructor(message: string = 'Invalid filter pattern') {
    super(message);
    this.name = 'InvalidFilterPatternError';
  }
}
