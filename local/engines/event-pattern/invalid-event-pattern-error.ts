/** An event pattern that EventBridge does not accept; the message is the one of InvalidEventPatternException. */
export class InvalidEventPatternError extends Error {
  constructor(reason: string) {
    super(`Event pattern is not valid. Reason: ${reason}`);
    this.name = 'InvalidEventPatternError';
  }
}
