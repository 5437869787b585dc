/** What is given as a schema is none. */
export class InvalidJsonSchemaError extends Error {
  /** `unsupportedKeywords` are those that draft 4 does not have. */
  constructor(message: string, readonly unsupportedKeywords: readonly string[] = []) {
    super(message);
    this.name = 'InvalidJsonSchemaError';
  }
}
