import { crc32 } from 'node:zlib';
import { Listener } from '../../../local/wire/listener';
import { TestDatabase } from '../services/dynamodb/helpers';

const REQUEST_ID = /^[0-9A-Z]{52}$/;
const JSON_1_0 = 'application/x-amz-json-1.0';

let listener: Listener;
let origin: string;

beforeAll(async () => {
  listener = new Listener({ kernel: new TestDatabase().kernel, account: '000000000000' });
  origin = `http://127.0.0.1:${await listener.listen(0)}`;
});
afterAll(() => listener.close());

async function ask(init: RequestInit, query = '') {
  const response = await fetch(`${origin}/${query}`, init);
  const body = await response.text();
  expect(response.headers.get('x-amzn-requestid')).toMatch(REQUEST_ID);
  expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(body)));
  return { status: response.status, type: response.headers.get('content-type'), crc: response.headers.get('x-amz-crc32'), headers: response.headers, body };
}

const post = (body: string, type?: string, more: Record<string, string> = {}) => ask({ method: 'POST', body: Buffer.from(body), headers: { ...type === undefined ? {} : { 'content-type': type }, ...more } });

test.each([
  ['{}', 'application/json', 'UnknownOperationException', 'application/json'],
  ['{}', 'application/json;charset=x', 'UnknownOperationException', 'application/json'],
  ['{}', JSON_1_0, 'UnknownOperationException', JSON_1_0],
  ['hi', 'application/json', 'SerializationException', 'application/json'],
  ['"hi"', `${JSON_1_0}; x`, 'SerializationException', JSON_1_0],
  ['', undefined, 'UnknownOperationException', 'application/json'],
])('%p of the type %p names no operation: %s', async (body, type, code, answered) => {
  const answer = await post(body, type);
  expect(answer).toMatchObject({ status: 400, type: answered, body: JSON.stringify({ __type: `com.amazon.coral.service#${code}` }) });
  expect(answer.crc).toBe(String(crc32(answer.body)));
});

test.each<[string, RequestInit]>([
  ['PUT', { method: 'PUT' }], ['DELETE', { method: 'DELETE' }], ['OPTIONS of nobody', { method: 'OPTIONS' }],
  ['a body of no type', { method: 'POST', body: Buffer.from('hi') }], ['a body of another type', { method: 'POST', body: 'hi', headers: { 'content-type': 'application/x-amz-json-1.1' } }],
])('%s is no operation at all', async (_, init) => {
  expect(await ask(init)).toMatchObject({ status: 404, body: '<UnknownOperationException/>\n', crc: '3552371480' });
});

test('an operation that does not exist is told before anybody has to sign, a real one after', async () => {
  const target = (operation: string) => ({ 'x-amz-target': operation });
  for (const unknown of ['DynamoDB_20120810.ListTable', 'DynamoDB_20120810.GetRecords', 'DynamoDBStreams_20120810.PutItem', 'whatever']) {
    expect(await post('{}', JSON_1_0, target(unknown))).toMatchObject({ status: 400, body: '{"__type":"com.amazon.coral.service#UnknownOperationException"}' });
  }
  expect(await post('{}', undefined, target('DynamoDB_20120810.ListTables'))).toMatchObject({
    status: 400, type: 'application/json', body: '{"__type":"com.amazon.coral.service#MissingAuthenticationTokenException","message":"Request is missing Authentication Token"}',
  });
});

test.each<[string, string, Record<string, string>, string, string]>([
  ['a bearer token', '', { authorization: 'Bearer abc' }, 'MissingAuthenticationTokenException', 'Request is missing Authentication Token'],
  ['a signature of another age', '', { authorization: 'AWS4' }, 'MissingAuthenticationTokenException', 'Request is missing Authentication Token'],
  ['a query that begins a signature', '?X-Amz-Algorithm', {}, 'IncompleteSignatureException', 'AWS query-string parameters must include \'X-Amz-Algorithm\'.'],
  ['two signatures', '?X-Amz-Algorithm', { authorization: 'AWS4-HMAC-SHA256 Credential=a' }, 'InvalidSignatureException', 'Found both \'X-Amz-Algorithm\' as a query-string param'],
])('%s is no signature', async (_, query, headers, code, message) => {
  const { status, body } = await ask({ method: 'POST', body: '{}', headers: { ...headers, 'content-type': 'application/json', 'x-amz-target': 'DynamoDB_20120810.ListTables' } }, query);
  expect(status).toBe(400);
  expect(JSON.parse(body)).toEqual({ __type: `com.amazon.coral.service#${code}`, message: expect.stringContaining(message) });
});

test('a browser may call, and is told so', async () => {
  const asked = { 'origin': 'http://localhost:3000', 'access-control-request-headers': 'x-amz-target, authorization', 'access-control-request-method': 'POST' };
  const { status, headers, body } = await ask({ method: 'OPTIONS', headers: asked });
  expect([status, body]).toEqual([200, '']);
  expect(Object.fromEntries(headers)).toMatchObject({
    'access-control-allow-origin': '*', 'access-control-allow-headers': 'x-amz-target, authorization', 'access-control-allow-methods': 'POST', 'access-control-max-age': '172800',
  });
  expect((await post('{}', JSON_1_0, { 'origin': 'http://localhost:3000', 'x-amz-target': 'DynamoDB_20120810.ListTables' })).headers.get('access-control-allow-origin')).toBe('*');
  expect((await post('{}', JSON_1_0)).headers.get('access-control-allow-origin')).toBeNull();
});
