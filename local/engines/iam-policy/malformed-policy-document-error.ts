/** The refusal of a policy document, with IAM's own text. */
export class MalformedPolicyDocumentError extends Error {
  public readonly name = 'MalformedPolicyDocumentError';
  /** The error code of the IAM API. */
  readonly code = 'MalformedPolicyDocument';

  constructor(
    message: string,
    /** What exactly is wrong, which IAM's text often does not tell. */
    readonly detail: string = message,
    /** Found by the inner parser, which runs before most other checks. */
    readonly isLegacyParsing = false,
  ) {
    super(message);
  }
}

/** The refusal IAM has for everything that does not have the shape of a policy. */
export function syntaxError(detail: string): MalformedPolicyDocumentError {
  return new MalformedPolicyDocumentError('Syntax errors in policy.', detail);
}

/** The refusal IAM has for values that only an inner parser looks at. */
export function legacyParsingError(detail: string): MalformedPolicyDocumentError {
  return new MalformedPolicyDocumentError('The policy failed legacy parsing', detail, true);
}
