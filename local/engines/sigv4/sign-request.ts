/** Signs a request with Signature Version 4, as a client does. */
import { createHash, createHmac } from 'crypto';
import { canonicalRequest, SignedRequest } from './canonical-request';
import { scopeParts, scopeText } from './credential-scope';
import { formatTimestamp } from './timestamp';

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** What a client signs with. */
export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

/** What a signature is good for. */
export interface SigningScope {
  readonly region: string;
  readonly service: string;
}

/** The headers of a request, all of them signed, with the signature; `now` is in milliseconds. A request needs a `host`, in lower case like every name. */
export function signRequest(request: SignedRequest, credentials: SigningCredentials, { region, service }: SigningScope, now: number): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const date = formatTimestamp(now);
  const headers = {
    ...request.headers as Record<string, string>, 'x-amz-date': date, ...sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken },
  };
  const signedHeaders = Object.keys(headers).sort();
  const scope = { accessKeyId, day: date.slice(0, 8), region, service };
  const canonical = canonicalRequest({ ...request, headers }, service, signedHeaders);
  const stringToSign = [ALGORITHM, date, scopeText(scope), createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = scopeParts(scope).reduce((parent, part) => createHmac('sha256', parent).update(part).digest(), Buffer.from(`AWS4${secretAccessKey}`, 'utf8'));
  const signature = createHmac('sha256', key).update(stringToSign).digest('hex');
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${accessKeyId}/${scopeText(scope)}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
  };
}
