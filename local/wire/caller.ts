import { SignatureError, SignatureErrorKind, SignatureVerifier, VerifiedSignature } from '../engines/sigv4';
import { AwsError } from '../kernel/aws-error';
import { HttpRequest, Principal, Protocol } from '../kernel/contracts';
import { Sessions } from '../kernel/sessions';

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

export interface CallersOptions {
  /** The secret of each access key that stands for the account itself. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Whom those keys act for. */
  readonly account: Principal;
  /** The temporary keys, and whom they act for. */
  readonly sessions: Sessions;
  /** The time that signatures are held against: that of the callers, whatever time a test makes it in the runtime. */
  readonly now: () => number;
}

/** Finds out who calls; refuses requests that are not signed with an access key whose secret is known. */
export class Callers {
  private readonly verifier: SignatureVerifier;

  constructor(private readonly options: CallersOptions) {
    const { secrets, sessions } = options;
    this.verifier = new SignatureVerifier(accessKey => secrets.get(accessKey) ?? sessions.find(accessKey)?.credentials.secretAccessKey);
  }

  /** Gives whom the request acts for; throws the AwsError that the caller is answered with. */
  authenticate({ method, path, query, headers, bytes }: ReceivedRequest, recipient: Recipient): Principal {
    try {
      const regarded = recipient === 'json' ? withoutOtherSchemes(headers) : headers;
      return this.principalOf(this.verifier.verify({ method, path, query, headers: regarded, body: bytes }, this.options.now()));
    } catch (error) {
      if (!(error instanceof SignatureError)) {
        throw error;
      }
      throw new AwsError(recipient === 'query' ? error.queryCode : error.code, error.message, STATUS[recipient][error.kind]);
    }
  }

  private principalOf({ accessKeyId, sessionToken }: VerifiedSignature): Principal {
    const session = this.options.sessions.find(accessKeyId);
    if (session && session.credentials.sessionToken !== sessionToken) {
      throw new SignatureError('unrecognizedClient', 'The security token included in the request is invalid.');
    }
    return session?.principal ?? this.options.account;
  }
}

/** Services that speak JSON overlook an authorization that is no signature, such as a bearer's token. */
function withoutOtherSchemes(headers: Record<string, string>): Record<string, string> {
  const { authorization, ...others } = headers;
  return authorization === undefined || authorization.trimStart().startsWith('AWS4-') ? headers : others;
}

/** The service that a request is signed for: the client's own word for whom it calls. */
export function signedServiceOf({ headers, query }: HttpRequest): string | undefined {
  const credential = /\bCredential=([^\s,]+)/.exec(headers.authorization ?? '')?.[1] ?? new URLSearchParams(query).get('X-Amz-Credential') ?? '';
  return credential.split('/')[3];
}
