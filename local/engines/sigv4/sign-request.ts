/** Signs a request with Signature Version 4, as a client does. */
import { canonicalRequest, SignedRequest } from './canonical-request';
import { scopeText } from './credential-scope';
import { ALGORITHM, sign, signingKey, stringToSign } from './signature';
import { formatTimestamp } from './timestamp';

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
  const signature = sign(signingKey(secretAccessKey, scope), stringToSign(canonical, date, scope));
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${accessKeyId}/${scopeText(scope)}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
  };
}
