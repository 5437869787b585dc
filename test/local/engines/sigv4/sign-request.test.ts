import * as suite from './aws-test-suite.json';
import { ACCESS_KEY, NOW, SECRET } from './helpers';
import { signRequest, verifySignature } from '../../../../local/engines/sigv4';

const SCOPE = { region: 'us-east-1', service: 'service' };
const CREDENTIALS = { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET };

/** The requests of AWS's suite whose headers come once and stand in one line, with the signature that AWS made of them. */
const cases = Object.entries(suite.requests).flatMap(([name, { header }]: [string, any]) => {
  const [head, ...body] = header.split('\n\n');
  const [requestLine, ...lines] = head.split('\n');
  const [, method, path, query = ''] = /^(\S+) ([^?]*)(?:\?(.*))? HTTP\/1\.1$/.exec(requestLine)!;
  const pairs: [string, string][] = lines.map((line: string) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1)]);
  const { authorization, 'x-amz-date': _date, 'x-amz-security-token': sessionToken, ...headers } = Object.fromEntries(pairs);
  const signed = /SignedHeaders=([^,]+)/.exec(authorization)![1].split(';');
  const plain = pairs.length === signed.length + 1 && lines.every((line: string) => /^[\w-]+:/.test(line));
  return plain ? [[name, { method, path, query, headers, body: Buffer.from(body.join('\n\n')) }, authorization, sessionToken] as const] : [];
});

test('there is something to sign', () => expect(cases.length).toBeGreaterThan(15));

test.each(cases)('%s is signed as AWS signs it', (_name, request, authorization, sessionToken) => {
  expect(signRequest(request, { ...CREDENTIALS, sessionToken }, SCOPE, NOW).authorization).toBe(authorization);
});

test('what is signed here verifies, and nothing else does', () => {
  const request = { method: 'POST', path: '/v1/pipes/a%20b', query: '', headers: { 'host': 'pipes.example', 'x-amz-target': 'T.Op' }, body: Buffer.from('{"a":"é"}') };
  const headers = signRequest(request, { ...CREDENTIALS, sessionToken: 'token' }, SCOPE, NOW);
  expect(verifySignature({ ...request, headers }, () => SECRET, NOW)).toEqual({ accessKeyId: ACCESS_KEY, ...SCOPE, sessionToken: 'token' });
  expect(() => verifySignature({ ...request, headers, body: Buffer.from('{}') }, () => SECRET, NOW)).toThrow('does not match');
  expect(() => verifySignature({ ...request, headers: { ...headers, 'x-amz-target': 'T.Other' } }, () => SECRET, NOW)).toThrow('does not match');
});
