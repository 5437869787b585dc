/** Verifies signatures of AWS Signature Version 4 by making them again from exactly the headers that were signed. */
import { timingSafeEqual } from 'crypto';
import { Authorization, readAuthorization } from './authorization';
import { canonicalRequest, SignedRequest } from './canonical-request';
import { checkScope, CredentialScope, readCredential, scopeText } from './credential-scope';
import { ALGORITHM, sign, signingKey, stringToSign } from './signature';
import { SignatureError } from './signature-error';
import { checkTimestamp, formatTimestamp, readTimestamp } from './timestamp';

const REMEMBERED_KEYS = 64;

/** The secret access key of an access key; undefined when there is no such key. */
export type SecretLookup = (accessKeyId: string) => string | undefined;

/** How a verifier judges. */
export interface SignatureVerifierOptions {
  /** How far the time of a signature may be from now; five minutes by default, which is what most services allow. */
  readonly toleranceMinutes?: number;
}

/** Who signed a request, and for which service. */
export interface VerifiedSignature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  /** The session token that came with the request; whether it is the right one is for the caller to say. */
  readonly sessionToken?: string;
}

/** Verifies signatures; remembers the keys it has derived, which stay the same for a day. */
export class SignatureVerifier {
  private readonly signingKeys = new Map<string, Buffer>();
  private readonly toleranceMinutes: number;

  constructor(private readonly lookupSecret: SecretLookup, { toleranceMinutes = 5 }: SignatureVerifierOptions = {}) {
    this.toleranceMinutes = toleranceMinutes;
  }

  /** Verifies the signature of a request at a time in milliseconds; throws SignatureError. The order of the checks is that of AWS. */
  verify(request: SignedRequest, now: number): VerifiedSignature {
    const authorization = readAuthorization(request);
    const credential = readCredential(authorization.credential);
    const signed = readTimestamp(authorization.date);
    const timestamp = formatTimestamp(signed);
    checkTimestamp(signed, now, this.toleranceMinutes, authorization.expires);
    const signedHeaders = authorization.signedHeaders.toLowerCase().split(';');
    if (!signedHeaders.includes('host') && !signedHeaders.includes(':authority')) {
      throw new SignatureError('invalidSignature', "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    refuseUnsupported(request, authorization);
    checkScope(credential, timestamp);
    const secret = this.lookupSecret(credential.accessKeyId);
    if (secret === undefined) throw new SignatureError('unrecognizedClient', 'The security token included in the request is invalid.');

    const canonical = canonicalRequest(request, credential.service, signedHeaders);
    const text = stringToSign(canonical, timestamp, credential);
    if (!isEqual(sign(this.keyOf(secret, credential), text), authorization.signature)) throw mismatch(canonical, text);
    const { accessKeyId, region, service } = credential;
    return { accessKeyId, region, service, ...(authorization.sessionToken === undefined ? {} : { sessionToken: authorization.sessionToken }) };
  }

  private keyOf(secret: string, scope: CredentialScope): Buffer {
    const name = `${secret}/${scopeText(scope)}`;
    const known = this.signingKeys.get(name);
    if (known !== undefined) return known;
    const key = signingKey(secret, scope);
    if (this.signingKeys.size >= REMEMBERED_KEYS) this.signingKeys.clear();
    this.signingKeys.set(name, key);
    return key;
  }
}

/** Verifies the signature of one request at a time in milliseconds; throws SignatureError. */
export function verifySignature(request: SignedRequest, lookupSecret: SecretLookup, now: number, options?: SignatureVerifierOptions): VerifiedSignature {
  return new SignatureVerifier(lookupSecret, options).verify(request, now);
}

function refuseUnsupported(request: SignedRequest, { algorithm }: Authorization): void {
  if (algorithm !== ALGORITHM) throw new SignatureError('incompleteSignature', `Unsupported AWS 'algorithm': '${algorithm}' (only ${ALGORITHM} for now). `);
  const payload = request.headers['x-amz-content-sha256'];
  if (typeof payload === 'string' && payload.startsWith('STREAMING-')) {
    throw new SignatureError('notImplemented', `A payload that is signed in chunks (x-amz-content-sha256: ${payload}) is not supported`);
  }
}

function isEqual(expected: string, given: string): boolean {
  const [expectedBytes, givenBytes] = [Buffer.from(expected), Buffer.from(given)];
  return expectedBytes.length === givenBytes.length && timingSafeEqual(expectedBytes, givenBytes);
}

function mismatch(canonical: string, signed: string): SignatureError {
  return new SignatureError('invalidSignature', 'The request signature we calculated does not match the signature you provided. '
    + 'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n'
    + `The Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${signed}'\n`);
}
