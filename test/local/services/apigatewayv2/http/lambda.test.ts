import { StubFunction } from '../stub-function';
import { ENVIRONMENT, refusal, TestHttpApi } from './test-http-api';

let fn: StubFunction;
let api: TestHttpApi;

beforeEach(async () => {
  fn = new StubFunction();
  api = await TestHttpApi.start([fn.service], {}, { StageVariables: { color: 'blue' } });
});

afterEach(() => api.stop());

function route(key: string, PayloadFormatVersion: string, properties: object = {}): void {
  api.route(key, { IntegrationType: 'AWS_PROXY', IntegrationUri: StubFunction.arn, PayloadFormatVersion, ...properties });
}

test('a function gets the request in the format 2.0', async () => {
  route('POST /orders/{id}', '2.0');
  await api.raw('/orders/a%2Fb?x=1&x=2&y=', { headers: ['X-Tag', 'one', 'x-tag', 'two', 'Cookie', 'a=1; b=2', '__proto__', 'p', 'Content-Type', 'application/json'], body: '{"a":1}' });
  const [event] = fn.events;
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'POST /orders/{id}',
    rawPath: '/orders/a%2Fb',
    rawQueryString: 'x=1&x=2&y=',
    cookies: ['a=1', 'b=2'],
    queryStringParameters: { x: '1,2', y: '' },
    pathParameters: { id: 'a/b' },
    stageVariables: { color: 'blue' },
    requestContext: { accountId: ENVIRONMENT.account, apiId: api.apiId, stage: '$default', routeKey: 'POST /orders/{id}', http: { method: 'POST', path: '/orders/a%2Fb', sourceIp: '127.0.0.1' } },
    body: '{"a":1}',
    isBase64Encoded: false,
  });
  expect(event.headers).toMatchObject({ 'x-tag': 'one,two', 'host': `${api.apiId}.execute-api.eu-west-1.amazonaws.com`, 'x-forwarded-proto': 'https' });
  expect(Object.keys(event.headers)).toEqual(expect.arrayContaining(['__proto__']));
  expect(event.headers.cookie).toBeUndefined();
  expect(fn.principals[0]).toMatchObject({ kind: 'service', sourceArn: `arn:aws:execute-api:eu-west-1:${ENVIRONMENT.account}:${api.apiId}/$default/POST/orders/{id}` });
});

test('a function gets the request in the format 1.0', async () => {
  route('ANY /orders/{proxy+}', '1.0');
  await api.raw('/orders/1/2?x=1&x=2', { method: 'GET', headers: ['X-Tag', 'one', 'X-Tag', 'two'] });
  expect(fn.events[0]).toMatchObject({
    version: '1.0',
    resource: '/orders/{proxy+}',
    path: '/orders/1/2',
    httpMethod: 'GET',
    headers: { 'X-Tag': 'two' },
    multiValueHeaders: { 'X-Tag': ['one', 'two'] },
    queryStringParameters: { x: '2' },
    multiValueQueryStringParameters: { x: ['1', '2'] },
    pathParameters: { proxy: '1/2' },
    requestContext: { resourcePath: '/orders/{proxy+}', identity: { sourceIp: '127.0.0.1', userArn: null } },
    body: null,
    isBase64Encoded: false,
  });
});

test('a body that is no text comes as base64, and an answer may be bytes', async () => {
  route('POST /', '2.0');
  fn.answer = event => ({ statusCode: 200, headers: { 'Content-Type': 'image/png' }, isBase64Encoded: true, body: event.body });
  const bytes = Buffer.from([0, 255, 254, 10]);
  const response = await api.fetch('/', { method: 'POST', body: bytes, headers: { 'content-type': 'image/png' } });
  expect(fn.events[0]).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
});

test.each([
  [{ hello: 1 }, 200, '{"hello":1}', 'application/json'],
  ['text', 200, 'text', 'application/json'],
  [{ statusCode: 201, body: 'made' }, 201, 'made', 'text/plain; charset=utf-8'],
  [{ statusCode: '202', headers: { 'content-type': 'text/html' }, body: '<p>' }, 202, '<p>', 'text/html'],
  [{ statusCode: 203, headers: null, multiValueHeaders: null, cookies: null, body: 'of Go' }, 203, 'of Go', 'text/plain; charset=utf-8'],
  [{ statusCode: 200, cookies: 'a=1' }, 500, '{"message":"Internal Server Error"}', 'application/json'],
  [{ statusCode: 200, body: { a: 1 } }, 500, '{"message":"Internal Server Error"}', 'application/json'],
  [{ statusCode: 'x' }, 500, '{"message":"Internal Server Error"}', 'application/json'],
  [{ statusCode: 42 }, 500, '{"message":"Internal Server Error"}', 'application/json'],
])('what a function of the format 2.0 returns: %j', async (answer, status, body, type) => {
  route('GET /', '2.0');
  fn.answer = () => answer;
  const response = await api.fetch('/');
  expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([status, body, type]);
});

test('in the format 1.0 an answer needs a status', async () => {
  route('GET /', '1.0');
  fn.answer = () => ({ hello: 1 });
  expect((await api.fetch('/')).status).toBe(500);
  fn.answer = () => ({ statusCode: 200, headers: { 'x-a': 1 }, multiValueHeaders: { 'x-b': ['1', '2'], 'Set-Cookie': ['a=1', 'b=2'] }, body: null });
  const response = await api.fetch('/');
  expect(['x-a', 'x-b'].map(name => response.headers.get(name))).toEqual(['1', '1,2']);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('cookies are headers of their own, and a header that cannot be sent is left out', async () => {
  route('GET /', '2.0');
  fn.answer = () => ({ statusCode: 200, cookies: ['a=1; Path=/', 'b=2', 'c=\r\nX: y'], headers: { 'x-bad': 'a\r\nb', 'apigw-requestid': 'forged' }, body: '' });
  const response = await api.fetch('/');
  expect(response.status).toBe(200);
  expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
  expect(response.headers.get('x-bad')).toBeNull();
  expect(response.headers.get('apigw-requestid')).toMatch(/^[\w-]{15}=$/);
});

test('a function that fails, or whose policy does not let the API in, is the API\'s failure', async () => {
  route('GET /', '2.0');
  fn.answer = () => {
    throw new Error('broken');
  };
  expect((await api.fetch('/')).status).toBe(500);
  fn.sourceArn = 'arn:aws:execute-api:eu-west-1:123456789012:other/*';
  const response = await api.fetch('/');
  expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(fn.events).toHaveLength(1);
});

test('a stage\'s variable may name the function', async () => {
  api.gateway.declare('Stage', { ApiId: api.apiId, StageName: 'dev', AutoDeploy: true, StageVariables: { fn: 'fn' } });
  route('GET /', '2.0', { IntegrationUri: StubFunction.uri.replace('function:fn', 'function:${stageVariables.fn}') });
  expect((await api.fetch('/dev/')).status).toBe(200);
  expect((await api.fetch('/')).status).toBe(500);
});

test.each([
  [{ IntegrationUri: 'https://example.com' }, 'is no URI of a Lambda function'],
  [{ IntegrationMethod: 'GET' }, 'HttpMethod must be POST for AWS_PROXY IntegrationType'],
  [{ PayloadFormatVersion: '3.0' }, 'PayloadFormatVersion has to be 1.0 or 2.0, not 3.0'],
  [{ CredentialsArn: 'arn:aws:iam::*:user/*' }, 'own credentials'],
  [{ RequestParameters: { 'append:header.x': 'y' } }, 'does not emulate RequestParameters'],
])('an integration that cannot be is refused: %j', (properties, message) => {
  expect(refusal(() => route('GET /', '2.0', properties))).toContain(message);
});
