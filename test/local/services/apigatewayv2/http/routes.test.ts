import { jsonService } from '../test-gateway';
import { refusal, TestHttpApi } from './test-http-api';

let api: TestHttpApi;
let taken: string[];

beforeEach(async () => {
  taken = [];
  api = await TestHttpApi.start([jsonService('events', 'AWSEvents', {
    PutEvents: ({ Entries: [{ DetailType, Source }] }) => {
      taken.push(`${DetailType} ${Source}`);
      return { FailedEntryCount: 0, Entries: [] };
    },
  })]);
});

afterEach(() => api.stop());

const keys = ['GET /pets/dog/1', 'GET /pets/dog/{id}', 'GET /pets/{proxy+}', 'ANY /pets/dog/{id}', 'ANY /{proxy+}', '$default'];

test.each([
  ['GET', '/pets/dog/1', 'GET /pets/dog/1'],
  ['GET', '/pets/dog/2', 'GET /pets/dog/{id}'],
  ['PUT', '/pets/dog/1', 'ANY /pets/dog/{id}'],
  ['GET', '/pets/cat/1', 'GET /pets/{proxy+}'],
  ['GET', '/pets/dog/1/2', 'GET /pets/{proxy+}'],
  ['POST', '/test/5', 'ANY /{proxy+}'],
  ['POST', '/pets/cat', 'ANY /{proxy+}'],
  ['GET', '/', '$default'],
  ['GET', '/pets/dog/%31', 'GET /pets/dog/1'],
])('%s %s is taken by %s', async (method, path, key) => {
  keys.forEach(each => api.event(each));
  await api.raw(path, { method });
  expect(taken).toEqual([`${key} test`]);
});

test('the most specific route wins, however the routes are declared', async () => {
  [...keys].reverse().forEach(each => api.event(each));
  await api.raw('/pets/dog/1', { method: 'GET' });
  expect(taken).toEqual(['GET /pets/dog/1 test']);
});

test.each(['/orders/', '/orders/1/2', '/Orders/1', '//orders/1', '/orders//', '/'])('%s is taken by no route', async path => {
  api.event('POST /orders/{id}');
  const response = await api.raw(path);
  expect([response.status, response.body]).toEqual([404, '{"message":"Not Found"}']);
});

test.each([
  ['/files/..%2f..%2fetc', '../../etc'],
  ['/files/../secret', '../secret'],
  ['/files/%', '%'],
  ['/files/%2e%2e', '..'],
  ['/files/__proto__', '__proto__'],
])('a variable is what the path %s says, and leads nowhere else', async (path, value) => {
  api.event('POST /files/{proxy+}', { Source: '$request.path.proxy' });
  expect((await api.raw(path)).status).toBe(200);
  expect(taken).toEqual([`POST /files/{proxy+} ${value}`]);
});

test('a variable does not go over the end of its segment', async () => {
  api.event('POST /files/{name}');
  expect((await api.raw('/files/../secret')).status).toBe(404);
  expect((await api.raw('/files/..%2fsecret')).status).toBe(200);
});

test('a query as long as a request line may be is read', async () => {
  api.event('POST /', { Source: '$request.querystring.last' });
  expect((await api.raw(`/?${'a=1&'.repeat(3000)}last=x`)).status).toBe(200);
  expect(taken).toEqual(['POST / x']);
});

test('a stage with a name is the first segment, and beside it the rest goes to $default', async () => {
  api.gateway.declare('Stage', { ApiId: api.apiId, StageName: 'dev', AutoDeploy: true });
  api.event('POST /x', { Source: '${context.stage}${request.path}' });
  await api.raw('/dev/x');
  await api.raw('/x');
  expect(taken).toEqual(['POST /x dev/x', 'POST /x $default/x']);
  expect((await api.raw('/$default/x')).status).toBe(404);
});

test('an API is found by its host as well', async () => {
  api.event('POST /x');
  const response = await api.gateway.kernel.send({ kind: 'service', arn: 'states.amazonaws.com' }, 'execute-api', {
    method: 'POST', path: '/x', query: '', headers: { host: `${api.apiId}.execute-api.eu-west-1.amazonaws.com` }, body: '{}',
  });
  expect(response.status).toBe(200);
  expect(taken).toEqual(['POST /x test']);
});

test('a stage shows its deployment, not what is declared since', async () => {
  api.event('POST /old');
  const DeploymentId = api.gateway.declare('Deployment', { ApiId: api.apiId });
  api.event('POST /new');
  api.gateway.declare('Stage', { ApiId: api.apiId, StageName: 'fixed', DeploymentId });
  expect((await api.raw('/fixed/old')).status).toBe(200);
  expect((await api.raw('/fixed/new')).status).toBe(404);
  expect((await api.raw('/new')).status).toBe(200);
});

test('a throttle refuses what is too much, and lets through what comes later', async () => {
  api.event('POST /x');
  api.event('POST /y');
  api.gateway.declare('Stage', { ApiId: api.apiId, StageName: 'slow', AutoDeploy: true, RouteSettings: { 'POST /x': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } } });
  const statuses = async (path: string) => [(await api.raw(path)).status, (await api.raw(path)).status];
  expect(await statuses('/slow/x')).toEqual([200, 429]);
  expect(await statuses('/slow/y')).toEqual([200, 200]);
  await api.gateway.clock.advance(1000);
  expect((await api.raw('/slow/x')).status).toBe(200);
});

test.each(['GET', 'get /x', 'TRACE /x', 'GET x', '$connect', 'GET /{a}/{a}', 'GET /{proxy+}/x', 'GET /a{b}', 'GET /{}', ''])('the route key "%s" is refused', RouteKey => {
  expect(refusal(() => api.gateway.declare('Route', { ApiId: api.apiId, RouteKey }))).toMatch(/route|segment/);
});

test('what belongs to a WebSocket API only is refused', () => {
  const { apiId: ApiId } = api;
  expect(refusal(() => api.gateway.declare('Route', { ApiId, RouteKey: 'GET /', RouteResponseSelectionExpression: '$default' }))).toContain('RouteResponseSelectionExpression');
  expect(refusal(() => api.gateway.declare('Route', { ApiId, RouteKey: 'GET /', ApiKeyRequired: true }))).toContain('ApiKeyRequired');
  expect(refusal(() => api.gateway.declare('Api', { ProtocolType: 'HTTP', Target: 'https://example.com' }))).toContain('does not emulate the property Target');
  expect(refusal(() => api.gateway.declare('Api', { ProtocolType: 'HTTP', Body: {} }))).toContain('does not emulate the property Body');
});
