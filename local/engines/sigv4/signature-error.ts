/** The refusal of a request's signature, with AWS's own text. */

/** What is wrong with a signature. */
export type SignatureErrorKind = 'missingAuthenticationToken' | 'incompleteSignature' | 'unrecognizedClient' | 'invalidSignature' | 'notImplemented';

const CODES: Readonly<Record<SignatureErrorKind, { json: string; query: string }>> = {
  missingAuthenticationToken: { json: 'MissingAuthenticationTokenException', query: 'MissingAuthenticationToken' },
  incompleteSignature: { json: 'IncompleteSignatureException', query: 'IncompleteSignature' },
  unrecognizedClient: { json: 'UnrecognizedClientException', query: 'InvalidClientTokenId' },
  invalidSignature: { json: 'InvalidSignatureException', query: 'SignatureDoesNotMatch' },
  notImplemented: { json: 'NotImplementedException', query: 'NotImplemented' },
};

/** A request that is refused because of its signature. */
export class SignatureError extends Error {
  public readonly name = 'SignatureError';
  /** The error code of services that speak JSON or REST. */
  readonly code: string;
  /** The error code of services that speak the query protocol or XML. */
  readonly queryCode: string;

  constructor(readonly kind: SignatureErrorKind, message: string) {
    super(message);
    this.code = CODES[kind].json;
    this.queryCode = CODES[kind].query;
  }
}
