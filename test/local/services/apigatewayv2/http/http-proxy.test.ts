import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { refusal, TestHttpApi } from './test-http-api';

let api: TestHttpApi;
let server: Server;
let seen: Array<{ method: string; url: string; headers: IncomingMessage['headers']; raw: string[]; body: string }>;
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  seen = [];
  answer = response => response.end('ok');
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ method: request.method!, url: request.url!, headers: request.headers, raw: request.rawHeaders, body: Buffer.concat(chunks).toString('latin1') });
      answer(response);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  api = await TestHttpApi.start([], {}, { StageVariables: { base: 'base' } });
});

afterEach(async () => {
  await api.stop();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

function proxy(key: string, path: string, properties: Record<string, unknown> = {}): void {
  const IntegrationUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  api.route(key, { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', IntegrationUri, ...properties });
}

test('the request goes on as it came, and the answer as well', async () => {
  proxy('ANY /pets/{id}', '/animals/{id}?from=api');
  answer = response => response.writeHead(201, ['X-A', '1', 'X-A', '2', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'Content-Type', 'image/png']).end(Buffer.from([0, 255]));
  const bytes = Buffer.from([255, 0, 254]);
  const response = await api.fetch('/pets/a%20b?x=1&x=2', { method: 'PUT', body: bytes, headers: { 'x-tag': 'one', 'content-type': 'image/png' } });
  expect([response.status, response.headers.get('x-a'), response.headers.getSetCookie()]).toEqual([201, '1, 2', ['a=1', 'b=2']]);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([0, 255]));
  expect(seen[0]).toMatchObject({ method: 'PUT', url: '/animals/a%20b?from=api&x=1&x=2', body: bytes.toString('latin1') });
  expect(seen[0].headers).toMatchObject({
    'x-tag': 'one', 'content-type': 'image/png', 'forwarded': expect.stringMatching(/^for=127\.0\.0\.1;host=\w+\.execute-api\.eu-west-1\.amazonaws\.com;proto=https$/), 'via': 'HTTP/1.1 AmazonAPIGateway',
  });
});

test.each([
  ['/files/..%2f..%2fetc', '/public/..%2f..%2fetc'],
  ['/files/a/b', '/public/a/b'],
  ['/files/a%3Fb%23c', '/public/a%3Fb%23c'],
])('%s leads nowhere else', async (path, url) => {
  proxy('ANY /files/{proxy+}', '/public/{proxy}');
  await api.raw(path, { method: 'GET' });
  expect(seen[0].url).toBe(url);
});

test('the $default route hands on the whole path', async () => {
  proxy('$default', '/${stageVariables.base}/');
  await api.fetch('/any/where?x');
  expect(seen[0].url).toBe('/base/any/where?x=');
});

test('what of a body is nested too deeply to be written is left out', async () => {
  proxy('POST /', '/', { RequestParameters: { 'append:header.x-tag': '$request.body.tag' } });
  const response = await api.post('/', `{"tag":${'['.repeat(20_000)}${']'.repeat(20_000)}}`);
  expect(response.status).toBe(200);
  expect(seen[0].headers).not.toHaveProperty('x-tag');
});

test('parameters change headers, query and path', async () => {
  proxy('POST /{id}', '/', {
    RequestParameters: {
      'overwrite:path': '/v2/$1',
      'append:header.X-Tag': '$request.body.tag',
      'overwrite:header.x-id': '$request.path.id',
      'remove:header.x-secret': '\'\'',
      'append:querystring.x': '2',
      'overwrite:querystring.y': '$context.stage',
      'remove:querystring.z': '\'\'',
      'append:header.x-none': '$request.header.none',
    },
  });
  await api.post('/7?x=1&y=1&z=1', '{"tag":"two"}', { 'x-tag': 'one', 'x-secret': 's' });
  expect(seen[0].url).toBe('/v2/$1?x=1&x=2&y=%24default');
  expect(seen[0].headers).toMatchObject({ 'x-tag': 'one, two', 'x-id': '7' });
  expect(seen[0].headers).not.toHaveProperty('x-secret');
  expect(seen[0].headers).not.toHaveProperty('x-none');
});

test('a value that cannot be a header does not reach the server', async () => {
  proxy('POST /', '/', { RequestParameters: { 'overwrite:header.x-a': '$request.body.a', 'overwrite:path': '$request.body.path' } });
  expect((await api.post('/', '{"a":"b\\r\\nX-B: c","path":"/"}')).status).toBe(500);
  expect((await api.post('/', '{"a":"b","path":"/ HTTP/1.1\\r\\nX: y"}')).status).toBe(500);
  expect(seen).toEqual([]);
});

test('a server that is not there, or does not answer in time, is an unavailable service', async () => {
  answer = () => {};
  proxy('GET /slow', '/', { TimeoutInMillis: 500 });
  api.route('GET /gone', { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'GET', IntegrationUri: 'http://127.0.0.1:1/' });
  const slow = api.fetch('/slow');
  while (seen.length === 0) {
    await new Promise(resolve => setImmediate(resolve));
  }
  await api.gateway.clock.advance(500);
  for (const response of [await slow, await api.fetch('/gone')]) {
    expect([response.status, await response.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
  }
});

test.each([
  [{ IntegrationUri: 'ftp://example.com' }, 'is no HTTP endpoint'],
  [{ IntegrationMethod: undefined }, 'IntegrationMethod is missing'],
  [{ IntegrationSubtype: 'SQS-SendMessage' }, 'IntegrationSubtype is for integrations of the type AWS_PROXY'],
  [{ PayloadFormatVersion: '2.0' }, 'has to be 1.0, not 2.0'],
  [{ TlsConfig: {} }, 'does not emulate the property TlsConfig'],
  [{ RequestParameters: { 'append:header.Authorization': 'x' } }, 'Operations on header authorization are restricted'],
  [{ RequestParameters: { 'append:body.x': 'x' } }, 'is no request parameter'],
  [{ RequestParameters: { 'overwrite:path': '$request.nothing' } }, 'Invalid source'],
])('an integration that cannot be is refused: %j', (properties, message) => {
  expect(refusal(() => proxy('GET /', '/', properties))).toContain(message);
});
