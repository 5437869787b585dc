import { SignatureError, SignatureErrorKind, SignatureVerifier } from '../engines/sigv4';
import { AwsError } from '../kernel/aws-error';
import { HttpRequest, Protocol } from '../kernel/contracts';

/** A request as it came over the wire: what a signature is about. */
export interface ReceivedRequest extends HttpRequest {
  readonly bytes: Buffer;
}

/** What a request is sent to: each kind refuses with statuses, and sometimes codes, of its own. */
export type Recipient = Protocol['kind'];

const JSON_STATUS: Record<SignatureErrorKind, number> = {
  missingAuthenticationToken: 403,
  incompleteSignature: 400,
  unrecognizedClient: 400,
  invalidSignature: 400,
  notImplemented: 501,
};
const API_STATUS: Record<SignatureErrorKind, number> = { ...JSON_STATUS, incompleteSignature: 403, unrecognizedClient: 403, invalidSignature: 403 };
const STATUS: Record<Recipient, Record<SignatureErrorKind, number>> = {
  json: JSON_STATUS,
  query: { ...API_STATUS, incompleteSignature: 400 },
  rest: API_STATUS,
  api: API_STATUS,
};

/** Refuses requests that are not signed with an access key whose secret is known. */
export class Callers {
  private readonly verifier: SignatureVerifier;

  /** The clock is that of the callers: signatures carry the real time, whatever time a test makes it in the runtime. */
  constructor(secrets: ReadonlyMap<string, string>, private readonly now: () => number) {
    this.verifier = new SignatureVerifier(accessKey => secrets.get(accessKey));
  }

  /** Throws the AwsError that the caller is answered with. */
  authenticate({ method, path, query, headers, bytes }: ReceivedRequest, recipient: Recipient): void {
    try {
      this.verifier.verify({ method, path, query, headers, body: bytes }, this.now());
    } catch (error) {
      if (!(error instanceof SignatureError)) {
        throw error;
      }
      throw new AwsError(recipient === 'query' ? error.queryCode : error.code, error.message, STATUS[recipient][error.kind]);
    }
  }
}

/** The service that a request is signed for: the client's own word for whom it calls. */
export function signedServiceOf({ headers, query }: HttpRequest): string | undefined {
  const credential = /\bCredential=([^\s,]+)/.exec(headers.authorization ?? '')?.[1] ?? new URLSearchParams(query).get('X-Amz-Credential') ?? '';
  return credential.split('/')[3];
}
