import { AwsError } from '../kernel/aws-error';
import { HttpRequest } from '../kernel/contracts';

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The access key that a request names, in its Authorization header or, when it is presigned, in its query. */
export function accessKeyOf(request: HttpRequest): string | undefined {
  return credentialOf(request)?.split('/')[0];
}

/** The service that a request is signed for: the client's own word for whom it calls. */
export function signedServiceOf(request: HttpRequest): string | undefined {
  return credentialOf(request)?.split('/')[3];
}

/** Refuses a request without credentials, and one with an access key that nobody here has. */
export function authenticate(request: HttpRequest, secrets: ReadonlyMap<string, string>): void {
  const accessKey = accessKeyOf(request);
  if (accessKey === undefined) {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  }
  if (!secrets.has(accessKey)) {
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);
  }
}

function credentialOf(request: HttpRequest): string | undefined {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    return authorization.startsWith(`${ALGORITHM} `) ? /\bCredential=([^\s,]+)/.exec(authorization)?.[1] : undefined;
  }
  const query = new URLSearchParams(request.query);
  return query.get('X-Amz-Algorithm') === ALGORITHM ? query.get('X-Amz-Credential') ?? undefined : undefined;
}
