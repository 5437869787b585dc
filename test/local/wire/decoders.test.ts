import fc from 'fast-check';
import { AwsError } from '../../../local/kernel/aws-error';
import { HttpRequest } from '../../../local/kernel/contracts';
import { awsJson } from '../../../local/wire/aws-json';
import { awsQuery } from '../../../local/wire/aws-query';
import { Callers, signedServiceOf } from '../../../local/wire/caller';
import { findDestination } from '../../../local/wire/destination';
import { splitUrl } from '../../../local/wire/http-message';

/** The same on every run. */
const RUNS = { seed: 20_261_126, numRuns: 500 };

/** Pieces of requests that mean something, so that chance comes near to what is valid. */
const pieces = fc.oneof(
  fc.constantFrom(
    'AWS4-HMAC-SHA256', ' ', 'Credential=', 'test/20260101/eu-west-1/dynamodb/aws4_request', ', SignedHeaders=', 'host;x-amz-date', ', Signature=', '0'.repeat(64), '/', '=', ',', ';',
    '&', '%', '%zz', '%00', '?', '..', '//', 'Action=', 'Version=', 'GetCallerIdentity', 'DynamoDB_20120810.', '__proto__', 'constructor', '{', '}', '[', '"', ':', '{"__proto__":', 'null', '1e999', '\\ud800',
    'X-Amz-Algorithm=AWS4-HMAC-SHA256', '&X-Amz-Credential=', '&X-Amz-Date=20260101T000000Z', '&X-Amz-Expires=', '&X-Amz-SignedHeaders=', '&X-Amz-Signature=', 'abc.execute-api.eu-west-1.amazonaws.com', '/abc/live',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const text = fc.array(pieces, { maxLength: 8 }).map(parts => parts.join(''));
const headers = fc.dictionary(fc.constantFrom('authorization', 'x-amz-target', 'x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token', 'host', 'content-type', '__proto__', 'constructor'), text)
  .map(entries => Object.assign(Object.create(null), entries) as Record<string, string>);
const request: fc.Arbitrary<HttpRequest> = fc.record({ method: fc.constantFrom('GET', 'POST', 'PUT', '__proto__', ''), path: text.map(path => `/${path}`), query: text, headers, body: text });

/** Gives what the function returns; an AwsError is an answer, too, anything else is a fault. */
function answer<T>(read: () => T): T | AwsError {
  try {
    return read();
  } catch (error) {
    if (error instanceof AwsError) {
      return error;
    }
    throw error;
  }
}

test.each([
  ['JSON', awsJson({ version: '1.0', targetPrefix: 'DynamoDB_20120810' })],
  ['query', awsQuery({ version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' })],
])('the %s protocol makes of any request an operation or an error of AWS', (_name, protocol) => {
  fc.assert(fc.property(request, each => {
    const decoded = answer(() => protocol.decode(each));
    if (decoded instanceof AwsError) {
      expect(protocol.encodeError(decoded, 'id').status).toBe(decoded.status);
    } else {
      expect(decoded).toEqual({ operation: expect.any(String), input: expect.any(Object) });
    }
  }), RUNS);
});

test('whatever a JSON input is called, it is data', () => {
  const names = fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty');
  const headersOf = { 'x-amz-target': 'DynamoDB_20120810.PutItem' };
  fc.assert(fc.property(fc.dictionary(names, fc.jsonValue()), value => {
    const body = JSON.stringify(value);
    const { input } = awsJson({ version: '1.0', targetPrefix: 'DynamoDB_20120810' }).decode({ method: 'POST', path: '/', query: '', headers: headersOf, body });
    expect(JSON.stringify(input)).toBe(body);
    expect(Object.prototype).toEqual({});
  }), RUNS);
});

test('whatever a query says, its fields are data', () => {
  const { input } = awsQuery({ version: '1', namespace: '' }).decode({ method: 'POST', path: '/', query: '', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Action=A&__proto__=1&constructor=2' });
  expect(Object.entries(input as object)).toEqual([['__proto__', '1'], ['constructor', '2']]);
  expect(({} as Record<string, unknown>).constructor).toBe(Object);
});

test('no request is taken for a signed one that is not, and none is a fault', () => {
  const account = { kind: 'account', arn: 'arn:aws:iam::123456789012:root' } as const;
  const callers = new Callers({ secrets: new Map([['test', 'test']]), account, sessions: { find: () => undefined } as never, now: () => Date.UTC(2026, 0, 1) });
  fc.assert(fc.property(request, fc.constantFrom('json', 'query', 'api'), (each, recipient) => {
    const refusal = answer(() => callers.authenticate({ ...each, bytes: Buffer.from(each.body) }, recipient as 'json'));
    expect(refusal).toBeInstanceOf(AwsError);
    expect((refusal as AwsError).status).toBeGreaterThanOrEqual(400);
  }), RUNS);
});

test('the service that a signature names is read from any header and query', () => {
  fc.assert(fc.property(request, each => {
    expect(['string', 'undefined']).toContain(typeof signedServiceOf(each));
  }), RUNS);
});

test('any request has a destination, and an API only one that is served or has a host of its own', () => {
  fc.assert(fc.property(text, fc.option(text, { nil: undefined }), fc.option(text, { nil: undefined }), (url, host, target) => {
    const { path, query } = splitUrl(url);
    expect(url === '' ? '/' : query === '' ? path : `${path}?${query}`).toBe(url === '' ? '/' : query === '' ? url.replace(/\?$/, '') : url);
    const destination = findDestination({ path, host, target }, id => id === 'abc');
    if (target !== undefined) {
      expect(destination.kind).toBe('service');
    } else if (destination.kind === 'api') {
      expect(destination.apiId === 'abc' || host!.toLowerCase().startsWith(`${destination.apiId}.execute-api.`)).toBe(true);
      expect(destination.path).toBe(path.startsWith('/abc') && destination.path !== path ? path.slice(4) || '/' : path);
    }
  }), RUNS);
});
