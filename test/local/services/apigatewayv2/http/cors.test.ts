import { StubFunction } from '../stub-function';
import { refusal, TestHttpApi } from './test-http-api';

const CORS = {
  AllowOrigins: ['https://shop.example', 'http://*'], AllowMethods: ['GET', 'POST'], AllowHeaders: ['x-tag'], ExposeHeaders: ['x-id'], MaxAge: 300, AllowCredentials: true,
};
let fn: StubFunction;
let api: TestHttpApi;

async function start(CorsConfiguration: object): Promise<void> {
  fn = new StubFunction();
  api = await TestHttpApi.start([fn.service], { CorsConfiguration });
}

afterEach(() => api.stop());

const preflight = (path: string, origin: string) => api.fetch(path, { method: 'OPTIONS', headers: { 'origin': origin, 'access-control-request-method': 'POST' } });
const corsHeaders = (response: Response) => Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('access-control-')));

test('a browser that asks is told, whether or not there is a route', async () => {
  await start(CORS);
  const response = await preflight('/nowhere', 'https://shop.example');
  expect(response.status).toBe(204);
  expect(corsHeaders(response)).toEqual({
    'access-control-allow-origin': 'https://shop.example',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET,POST',
    'access-control-allow-headers': 'x-tag',
    'access-control-max-age': '300',
  });
});

test.each(['https://evil.example', 'https://shop.example.evil', 'null', 'https://shop.exampl'])('a page of another origin is told nothing: %s', async origin => {
  await start(CORS);
  const response = await preflight('/', origin);
  expect([response.status, corsHeaders(response)]).toEqual([204, {}]);
});

test('the integration\'s own headers give way, and what it did not answer has them too', async () => {
  await start(CORS);
  api.route('ANY /x', { IntegrationType: 'AWS_PROXY', IntegrationUri: StubFunction.arn, PayloadFormatVersion: '2.0' });
  fn.answer = () => ({ statusCode: 200, headers: { 'access-control-allow-origin': '*', 'x-id': '7' }, body: '' });
  const expected = { 'access-control-allow-origin': 'http://local.test', 'access-control-allow-credentials': 'true', 'access-control-expose-headers': 'x-id' };
  expect(corsHeaders(await api.fetch('/x', { headers: { origin: 'http://local.test' } }))).toEqual(expected);
  expect(corsHeaders(await api.fetch('/nowhere', { headers: { origin: 'http://local.test' } }))).toEqual(expected);
  expect(corsHeaders(await api.fetch('/x'))).toEqual({});
  await preflight('/x', 'http://local.test');
  expect(fn.events).toHaveLength(2);
});

test('without a configuration a browser that asks is a request like any other', async () => {
  fn = new StubFunction();
  api = await TestHttpApi.start([fn.service]);
  api.route('OPTIONS /x', { IntegrationType: 'AWS_PROXY', IntegrationUri: StubFunction.arn, PayloadFormatVersion: '2.0' });
  fn.answer = () => ({ statusCode: 200, headers: { 'access-control-allow-origin': 'own' } });
  expect(corsHeaders(await preflight('/x', 'https://a.example'))).toEqual({ 'access-control-allow-origin': 'own' });
  expect((await preflight('/nowhere', 'https://a.example')).status).toBe(404);
});

test('every origin may be allowed, but then none with credentials', async () => {
  await start({ AllowOrigins: ['*'] });
  expect(corsHeaders(await preflight('/', 'https://a.example'))).toEqual({ 'access-control-allow-origin': '*' });
  const declare = (CorsConfiguration: object) => refusal(() => api.gateway.declare('Api', { ProtocolType: 'HTTP', CorsConfiguration }));
  expect(declare({ AllowOrigins: ['*'], AllowCredentials: true })).toContain('AllowCredentials');
  expect(declare({ MaxAge: 86_401 })).toContain('MaxAge');
  expect(declare({ AllowAll: true })).toContain('AllowAll');
});
