/** The canonical form of a request: what both sides hash and sign. */
import { createHash } from 'crypto';
import { encodeUri, normalizeEncoding } from './uri-encoding';

/** A request as it came over the wire. */
export interface SignedRequest {
  readonly method: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly path: string;
  /** The query string as sent, without the question mark; empty when there is none. */
  readonly query: string;
  /** Headers by name in lower case, as node:http gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** Writes the canonical form of a request for a list of signed headers. */
export function canonicalRequest(request: SignedRequest, service: string, signedHeaders: readonly string[]): string {
  return [
    request.method,
    canonicalPath(request.path, service),
    canonicalQuery(request.query),
    ...signedHeaders.map(name => `${name}:${canonicalHeader(headerOf(request, name))}`),
    '',
    signedHeaders.join(';'),
    payloadHash(request),
  ].join('\n');
}

/** The path is encoded once more, as it was sent; S3 alone takes it as it is. */
function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path.split('/').map(normalizeEncoding).join('/') || '/';
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encodeUri(segment));
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  const parameters: [string, string][] = [];
  for (const parameter of query.split('&')) {
    const equals = parameter.indexOf('=');
    const name = canonicalParameter(equals < 0 ? parameter : parameter.slice(0, equals));
    if (parameter === '' || name === 'X-Amz-Signature') continue;
    parameters.push([name, equals < 0 ? '' : canonicalParameter(parameter.slice(equals + 1))]);
  }
  return parameters.sort(compareParameters).map(([name, value]) => `${name}=${value}`).join('&');
}

function canonicalParameter(text: string): string {
  return normalizeEncoding(text.replaceAll('+', ' '));
}

/** By name, then by value, each by character code: comparing `name=value` would put `a-b` before `a`. */
function compareParameters([name, value]: [string, string], [otherName, otherValue]: [string, string]): number {
  return compareTexts(name, otherName) || compareTexts(value, otherValue);
}

function compareTexts(text: string, other: string): number {
  if (text === other) return 0;
  return text < other ? -1 : 1;
}

/** The client chooses the names, so that one such as `constructor` must not reach the prototype. */
function headerOf({ headers }: SignedRequest, name: string): string | readonly string[] | undefined {
  return Object.hasOwn(headers, name) ? headers[name] : undefined;
}

function canonicalHeader(value: string | readonly string[] | undefined): string {
  const values = typeof value === 'string' ? [value] : value ?? [];
  return values.map(text => text.trim().replace(/\s+/g, ' ')).join(',');
}

/** What the client says of its payload counts only where it says that it did not sign it. */
function payloadHash({ headers, query, body }: SignedRequest): string {
  if (headers['x-amz-content-sha256'] === UNSIGNED_PAYLOAD) return UNSIGNED_PAYLOAD;
  if (/(?:^|&)X-Amz-Content-Sha256=UNSIGNED-PAYLOAD(?:&|$)/.test(query)) return UNSIGNED_PAYLOAD;
  return createHash('sha256').update(body).digest('hex');
}
