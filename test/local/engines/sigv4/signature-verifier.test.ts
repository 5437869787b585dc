import { createHash } from 'crypto';
import { ACCESS_KEY, NOW, presign, refusal, SECRET, sign, Unsigned, verify } from './helpers';
import { SignatureVerifier, SignedRequest } from '../../../../local/engines/sigv4';

const MINUTE = 60_000;

describe('signed by the AWS SDK, in the header', () => {
  test.each<[string, Unsigned]>([
    ['a plain call', { body: '{"TableName":"t"}', headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.GetItem' } }],
    ['no body', { method: 'GET' }],
    ['a path that is encoded', { path: '/@connections/R0oXAdfD0kwCH6w%3D' }],
    ['a path that is all encoded', { path: '/prod/%40connections/R0oXAdfD0kwCH6w%3D' }],
    ['a path that is not encoded', { path: '/@connections/R0oXAdfD0kwCH6w=' }],
    ['a path with dots and slashes', { path: '/a//b/../c/./d/' }],
    ['a query', { method: 'GET', query: { 'b': '2', 'a': '1', 'a-b': 'x y', 'A': 'ä*\'()!~', 'empty': '', 'list': ['z', 'b', 'a'] } }],
    ['headers with spaces', { headers: { 'x-amz-meta': '  a   b  ', 'my-header': 'c\td' } }],
    ['an umlaut in the body', { body: 'grüße' }],
  ])('%s', async (_name, request) => {
    expect(verify(await sign(request))).toEqual({ accessKeyId: ACCESS_KEY, region: 'eu-west-1', service: 'dynamodb' });
  });

  test.each([['events', 'us-east-1'], ['s3', 'local'], ['anything', 'nowhere-1']])('%s in %s', async (service, region) => {
    expect(verify(await sign({ path: '/a%20b//c' }, service, region))).toMatchObject({ service, region });
  });

  test('a session token is handed over', async () => {
    expect(verify(await sign({}, 'states', 'eu-west-1', 'TOKEN'))).toMatchObject({ sessionToken: 'TOKEN' });
  });

  test('a payload that is not signed', async () => {
    const request = await sign({ body: 'x', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } });
    expect(verify({ ...request, body: Buffer.from('anything') }).accessKeyId).toBe(ACCESS_KEY);
  });

  test('headers that were not signed may change', async () => {
    const request = await sign({ body: 'x' });
    expect(verify({ ...request, headers: { ...request.headers, 'user-agent': 'x', 'connection': 'close' } }).accessKeyId).toBe(ACCESS_KEY);
  });

  test('the query may be encoded in another way', async () => {
    const request = await sign({ method: 'GET', query: { 'a b': '~x/y' } });
    expect(verify({ ...request, query: '%61+b=%7ex%2fy' }).accessKeyId).toBe(ACCESS_KEY);
  });
});

describe('presigned by the AWS SDK', () => {
  test('a WebSocket', async () => {
    const request = await presign({ path: '/prod', query: { token: 'a b', room: ['2', '1'] } });
    expect(verify(request)).toEqual({ accessKeyId: ACCESS_KEY, region: 'eu-west-1', service: 'execute-api' });
  });

  test('with a session token', async () => {
    expect(verify(await presign({}, 60, 'execute-api', 'TO/KEN'))).toMatchObject({ sessionToken: 'TO/KEN' });
  });

  test('is valid for as long as it says', async () => {
    const request = await presign({}, 3600);
    expect(verify(request, NOW + 60 * MINUTE).accessKeyId).toBe(ACCESS_KEY);
    expect(refusal(request, NOW + 60 * MINUTE + 1000).message)
      .toBe('Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T133601Z - 60 min.)');
  });

  test.each(['0', '604801', '-1', 'x', '1e3', ''])('is not valid for %j seconds', async seconds => {
    const request = await presign({}, 3600);
    expect(refusal({ ...request, query: request.query.replace('X-Amz-Expires=3600', `X-Amz-Expires=${seconds}`) }).message).toContain('X-Amz-Expires must be a number of seconds from 1 to 604800');
  });
});

describe('whatever is changed afterwards is noticed', () => {
  test.each<[string, (request: SignedRequest) => Partial<SignedRequest>]>([
    ['the method', () => ({ method: 'GET' })],
    ['the path', () => ({ path: '/other' })],
    ['the query', () => ({ query: 'a=2' })],
    ['the order of equal parameters does not matter, their values do', () => ({ query: 'a=1&b=2&b=4' })],
    ['one more parameter', ({ query }) => ({ query: `${query}&c=1` })],
    ['a signed header', ({ headers }) => ({ headers: { ...headers, 'x-amz-target': 'Other' } })],
    ['a signed header that is missing', ({ headers: { 'x-amz-target': _gone, ...headers } }) => ({ headers })],
    ['the body', () => ({ body: Buffer.from('{ }') })],
    ['the hash of the body', ({ headers }) => ({ headers: { ...headers, 'x-amz-content-sha256': '0'.repeat(64) } })],
    ['the signature', ({ headers }) => ({ headers: { ...headers, authorization: String(headers.authorization).slice(0, -1) + 'z' } })],
    ['half the signature', ({ headers }) => ({ headers: { ...headers, authorization: String(headers.authorization).slice(0, -32) } })],
    ['the region', ({ headers }) => ({ headers: { ...headers, authorization: String(headers.authorization).replace('eu-west-1', 'eu-west-2') } })],
    ['the time', ({ headers }) => ({ headers: { ...headers, 'x-amz-date': '20150830T123601Z' } })],
  ])('%s', async (_name, change) => {
    const request = await sign({ path: '/path', query: { a: '1', b: ['2', '3'] }, headers: { 'x-amz-target': 'Target' }, body: '{}' });
    expect(verify(request).service).toBe('dynamodb');
    const error = refusal({ ...request, ...change(request) });
    expect(error).toMatchObject({ code: 'InvalidSignatureException', queryCode: 'SignatureDoesNotMatch' });
    expect(error.message).toContain('The request signature we calculated does not match the signature you provided.');
  });

  test('the refusal shows what should have been signed', async () => {
    const request = await sign({ body: '{}', query: { a: '1' } });
    const emptyObject = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
    const canonical = 'PUT\n/\na=1\n'
      + `host:localhost:8080\nx-amz-content-sha256:${emptyObject}\nx-amz-date:20150830T123600Z\n\nhost;x-amz-content-sha256;x-amz-date\n${emptyObject}`;
    const stringToSign = `AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/eu-west-1/dynamodb/aws4_request\n${createHash('sha256').update(canonical).digest('hex')}`;
    expect(refusal({ ...request, method: 'PUT' }).message).toBe('The request signature we calculated does not match the signature you provided. '
      + 'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n'
      + `The Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${stringToSign}'\n`);
  });
});

describe('time', () => {
  test('five minutes either way, or what the service allows', async () => {
    const request = await sign({});
    expect(verify(request, NOW + 5 * MINUTE).service).toBe('dynamodb');
    expect(verify(request, NOW - 5 * MINUTE).service).toBe('dynamodb');
    expect(refusal(request, NOW + 5 * MINUTE + 1000)).toMatchObject({
      code: 'InvalidSignatureException',
      message: 'Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)',
    });
    expect(refusal(request, NOW - 5 * MINUTE - 1000)).toMatchObject({
      code: 'InvalidSignatureException',
      message: 'Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)',
    });
    expect(verify(request, NOW + 15 * MINUTE, { toleranceMinutes: 15 }).service).toBe('dynamodb');
    expect(refusal(request, NOW + 16 * MINUTE, { toleranceMinutes: 15 }).message).toContain('- 15 min.)');
  });

  test.each(['20150830', '20150230T000000Z', '2015-08-30T12:36:00Z', 'yesterday', '99999999T999999Z', '00010101T000000Z'])('%s is no time', async date => {
    const request = await sign({});
    expect(refusal({ ...request, headers: { ...request.headers, 'x-amz-date': date } })).toMatchObject({
      code: 'IncompleteSignatureException',
      message: `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    });
  });

  test('a Date header will do', async () => {
    const request = await sign({});
    const { 'x-amz-date': _gone, ...headers } = request.headers;
    expect(refusal({ ...request, headers: { ...headers, date: 'Sun, 30 Aug 2015 12:36:00 GMT' } }).message).toContain('The request signature we calculated');
  });
});

describe('incomplete', () => {
  const header = (authorization: string): SignedRequest =>
    ({ method: 'GET', path: '/', query: '', headers: { 'host': 'localhost', 'x-amz-date': '20150830T123600Z', authorization }, body: Buffer.alloc(0) });
  const complete = `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY}/20150830/eu-west-1/events/aws4_request, SignedHeaders=host;x-amz-date, Signature=00`;

  test('nothing at all', () => {
    const { authorization: _gone, ...headers } = header('').headers;
    expect(refusal({ ...header(''), headers })).toMatchObject({ code: 'MissingAuthenticationTokenException', queryCode: 'MissingAuthenticationToken', message: 'Missing Authentication Token' });
  });

  test.each<[string, string, string, string]>([
    ['empty', '', 'IncompleteSignatureException', "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."],
    ['a bearer token', 'Bearer abc', 'IncompleteSignatureException', "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '"],
    ['no signature', complete.replace(/, Signature.*/, ''), 'IncompleteSignatureException', "Authorization header requires 'Signature' parameter. (Hashed"],
    ['no signed headers', complete.replace(/SignedHeaders=[^,]*,/, ''), 'IncompleteSignatureException', "Authorization header requires 'SignedHeaders' parameter. (Hashed"],
    ['a short credential', complete.replace('/eu-west-1', ''), 'IncompleteSignatureException', `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${ACCESS_KEY}/20150830/events/aws4_request'`],
    ['another algorithm', complete.replace('HMAC-SHA256', 'ECDSA-P256-SHA256'), 'IncompleteSignatureException', "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now)."],
    ['another terminator', complete.replace('aws4_request', 'aws5_request'), 'InvalidSignatureException', "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'."],
    ['another day', complete.replace('20150830', '20150829'), 'InvalidSignatureException', "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != '20150830', from '20150830T123600Z'."],
    ['no region', complete.replace('eu-west-1', ''), 'InvalidSignatureException', "Credential should be scoped to a valid region, not ''."],
    ['the host is not signed', complete.replace('host;', ''), 'InvalidSignatureException', "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."],
    ['an unknown key', complete.replace(ACCESS_KEY, 'AKIDOTHER'), 'UnrecognizedClientException', 'The security token included in the request is invalid.'],
    ['a key called __proto__', complete.replace(ACCESS_KEY, '__proto__'), 'UnrecognizedClientException', 'The security token included in the request is invalid.'],
    ['signed headers of the prototype', complete.replace('host;', 'host;constructor;__proto__;tostring;'), 'InvalidSignatureException', 'constructor:\n__proto__:\ntostring:\n'],
    ['a wrong signature', complete, 'InvalidSignatureException', 'The request signature we calculated does not match'],
  ])('%s', (_name, authorization, code, message) => {
    const error = refusal(header(authorization));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  test('the header itself is never repeated', () => {
    expect(refusal(header('Bearer my-secret')).message).not.toContain('my-secret');
  });

  test('no date', () => {
    const { 'x-amz-date': _gone, ...headers } = header(complete).headers;
    expect(refusal({ ...header(complete), headers }).message).toContain("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  });

  test('both forms', async () => {
    const request = await presign({});
    expect(refusal({ ...request, headers: { ...request.headers, authorization: complete } }).message)
      .toBe("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
  });

  test('half a presigned query', () => {
    const { authorization: _gone, ...headers } = header('').headers;
    expect(refusal({ ...header(''), headers, query: 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a' })).toMatchObject({
      code: 'IncompleteSignatureException',
      message: "AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. "
        + "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
    });
  });

  test('a payload in chunks is refused by name', async () => {
    const request = await sign({ headers: { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' } }, 's3');
    expect(refusal(request)).toMatchObject({ kind: 'notImplemented', message: expect.stringContaining('STREAMING-AWS4-HMAC-SHA256-PAYLOAD') as string });
  });

  test.each(['%', '%zz', '%e4', '\ud800', '&&=&=', 'a=%E4%F6&b'.repeat(100)])('the strange query %j is only a wrong signature', query => {
    expect(refusal({ ...header(complete), query }).message).toContain('The request signature we calculated does not match');
    expect(refusal({ ...header(complete), path: `/${query}` }).message).toContain('The request signature we calculated does not match');
  });
});

test('a verifier remembers keys, not answers', async () => {
  let secret = SECRET;
  const verifier = new SignatureVerifier(() => secret);
  const request = await sign({ body: 'x' });
  expect(verifier.verify(request, NOW).accessKeyId).toBe(ACCESS_KEY);
  expect(() => verifier.verify({ ...request, body: Buffer.from('y') }, NOW)).toThrow('does not match');
  secret = 'changed';
  expect(() => verifier.verify(request, NOW)).toThrow('does not match');
  secret = SECRET;
  for (let index = 0; index < 200; index += 1) {
    const authorization = String(request.headers.authorization).replace('dynamodb', `service${index}`);
    expect(() => verifier.verify({ ...request, headers: { ...request.headers, authorization } }, NOW)).toThrow('does not match');
  }
  expect(verifier.verify(request, NOW).accessKeyId).toBe(ACCESS_KEY);
});
