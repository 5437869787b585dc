/** Reads what a request says of its signature, from its Authorization header or from its query. */
import { createHash } from 'crypto';
import { SignedRequest } from './canonical-request';
import { SignatureError } from './signature-error';

/** What a request says of its signature. */
export interface Authorization {
  readonly algorithm: string;
  readonly credential: string;
  /** The names of the signed headers, as given. */
  readonly signedHeaders: string;
  readonly signature: string;
  /** The time of the signature, as given. */
  readonly date: string;
  readonly sessionToken?: string;
  /** For how many seconds a presigned request is valid. */
  readonly expires?: string;
}

const QUERY_PARAMETERS = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date'];

/** AWS does not repeat a header that may hold somebody's secret. */
const HASH = 'SHA-256 and encoded with Base64';

/** Reads the authorization of a request; refuses one that is missing or incomplete. */
export function readAuthorization(request: SignedRequest): Authorization {
  const header = headerValue(request, 'authorization');
  const isPresigned = /(?:^|&)X-Amz-Algorithm(?:=|&|$)/.test(request.query);
  if (header !== undefined && isPresigned) {
    throw new SignatureError('invalidSignature', "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
  }
  if (header !== undefined) return readHeader(header, request);
  if (isPresigned) return readQuery(request.query);
  throw new SignatureError('missingAuthenticationToken', 'Missing Authentication Token');
}

function readHeader(header: string, request: SignedRequest): Authorization {
  const [algorithm = '', ...rest] = header.trim().split(/\s+/);
  const parameters = new Map<string, string>();
  for (const parameter of rest.join(' ').split(/[,\s]+/)) {
    if (parameter === '') continue;
    const equals = parameter.indexOf('=');
    if (equals < 0) throw incomplete(`Invalid key=value pair (missing equal-sign) in Authorization header (hashed with ${HASH}): '${sha256(header)}'.`);
    parameters.set(parameter.slice(0, equals), parameter.slice(equals + 1));
  }
  const [credential = '', signature = '', signedHeaders = ''] = ['Credential', 'Signature', 'SignedHeaders'].map(name => parameters.get(name));
  const date = headerValue(request, 'x-amz-date') ?? headerValue(request, 'date') ?? '';
  const missing = [
    ...Object.entries({ Credential: credential, Signature: signature, SignedHeaders: signedHeaders })
      .filter(([, value]) => value === '').map(([name]) => `Authorization header requires '${name}' parameter. `),
    ...(date === '' ? ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "] : []),
  ];
  if (missing.length > 0) throw incomplete(`${missing.join('')}(Hashed with ${HASH}) Authorization=${sha256(header)}`);
  return { algorithm, credential, signedHeaders, signature, date, sessionToken: headerValue(request, 'x-amz-security-token') };
}

function readQuery(query: string): Authorization {
  const parameters = new URLSearchParams(query);
  const missing = QUERY_PARAMETERS.filter(name => !parameters.get(name));
  if (missing.length > 0) {
    throw incomplete(`${missing.map(name => `AWS query-string parameters must include '${name}'. `).join('')}Re-examine the query-string parameters.`);
  }
  const [algorithm, credential, signature, signedHeaders, date] = QUERY_PARAMETERS.map(name => parameters.get(name) ?? '');
  return {
    algorithm,
    credential,
    signature,
    signedHeaders,
    date,
    sessionToken: parameters.get('X-Amz-Security-Token') ?? undefined,
    expires: parameters.get('X-Amz-Expires') ?? undefined,
  };
}

function headerValue({ headers }: SignedRequest, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return typeof value === 'string' || value === undefined ? value : value[0];
}

function incomplete(message: string): SignatureError {
  return new SignatureError('incompleteSignature', message);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
