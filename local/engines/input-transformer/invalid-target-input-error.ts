/** A target's input that PutTargets refuses; the message is the one of its ValidationException. */
export class InvalidTargetInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidTargetInputError';
  }
}
