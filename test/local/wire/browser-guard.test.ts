import { once } from 'node:events';
import { request, Server } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { BrowserGuard } from '../../../local/wire/browser-guard';
import { jsonService, TestGateway } from '../services/apigatewayv2/test-gateway';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const EVIL = 'https://evil.example';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await TestGateway.start(jsonService('dynamodb', 'DynamoDB_20120810', { GetItem: () => ({}) }));
  gateway.api();
  gateway.mock('whoami', '$context.connectionId');
});
afterEach(() => gateway.stop());

/** What a browser adds to every request of a page, and a page cannot take away. */
function ofPage({ middlewareStack }: { middlewareStack: { add(middleware: any, options: any): void } }, headers: Record<string, string>): void {
  middlewareStack.add((next: (args: any) => unknown) => (args: any) => {
    Object.assign(args.request.headers, headers);
    return next(args);
  }, { step: 'build' });
}

function dynamodb(headers: Record<string, string>): Promise<unknown> {
  const client = new DynamoDBClient({ endpoint: `http://127.0.0.1:${gateway.port}`, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 });
  ofPage(client, headers);
  return client.send(new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } } }));
}

async function get(path: string, headers: Record<string, string>, method = 'GET'): Promise<{ status?: number; headers: Record<string, unknown>; body: string }> {
  const sent = request({ host: '127.0.0.1', port: gateway.port, path, method, headers, agent: false });
  const response = once(sent, 'response');
  sent.end();
  const [message] = await response;
  return { status: message.statusCode, headers: message.headers, body: await text(message) };
}

describe('a web page in the browser', () => {
  test.each([EVIL, 'null', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example:4510', 'https://evil.example:4510', 'chrome-extension://abc', 'http://192.168.1.9'])(
    'of the origin %s that signs with the known keys calls no service', async origin => {
      await expect(dynamodb({ origin })).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
      expect(gateway.traced('call')).toEqual([]);
    });

  test.each(['http://localhost:3000', 'http://app.localhost:3000', 'http://127.0.0.1:8080', 'http://[::1]:3000', 'https://localhost'])(
    'that this machine itself serves, at %s, may', async origin => {
      await expect(dynamodb({ origin })).resolves.toBeDefined();
    });

  test('has no pictures of what a signed address does', async () => {
    await expect(dynamodb({ 'sec-fetch-site': 'cross-site' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    expect(gateway.traced('call')).toEqual([]);
  });

  test('is not told before it calls that it may', async () => {
    const { status, headers } = await get('/', { 'origin': EVIL, 'access-control-request-method': 'POST' }, 'OPTIONS');
    expect(status).toBe(403);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('posts to no connection', async () => {
    const client = await gateway.connect();
    const ConnectionId = await client.ask({ action: 'whoami' });
    const api = new ApiGatewayManagementApiClient({ endpoint: `http://127.0.0.1:${gateway.port}/${gateway.apiId}/live`, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 });
    ofPage(api, { origin: EVIL });
    await expect(api.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    expect(await client.ask({ action: 'whoami' })).toBe(ConnectionId);
  });

  test('does not learn what runs here', async () => {
    const { status, body } = await get('/', { origin: EVIL });
    expect(status).toBe(403);
    expect(body).not.toContain(gateway.apiId);
  });

  test('connects to a WebSocket API as it does on AWS, unless the app says otherwise', async () => {
    const client = await gateway.connect('/live', { headers: { Origin: EVIL } });
    expect(await client.ask({ action: 'whoami' })).toMatch(/=$/);
  });
});

describe('a name that somebody lets point to this machine', () => {
  const names = ['evil.example', 'evil.example:4510', 'EVIL.EXAMPLE.', 'localhost.evil.example', '127.0.0.1.evil.example', 'api.execute-api.evil.example', 'amazonaws.com.evil.example', 'single', '[::1].evil.example', 'a b', '127.0.0.1:x'];

  test.each(names)('%s is not answered', async host => {
    for (const path of ['/', `/${gateway.apiId}/live/@connections/AAAAAAAAAAAAAAA=`]) {
      const { status, body } = await get(path, { host });
      expect([status, body]).toEqual([403, expect.stringContaining(JSON.stringify(host).slice(1, -1))]);
    }
  });

  test.each(names)('%s gets no WebSocket', async host => {
    expect(await gateway.refused('/live', { headers: { Host: host } })).toMatchObject({ status: 403, body: expect.stringContaining('The local runtime is not called') });
  });

  test.each(['127.0.0.1', '127.0.0.1:4510', 'localhost', 'LocalHost:4510', 'localhost.', 'abc.execute-api.localhost:4510', '[::1]:4510', '192.168.1.9:4510', 'abc.execute-api.eu-west-1.amazonaws.com', 'abc.execute-api.cn-north-1.amazonaws.com.cn', 's3.us-east-1.amazonaws.com', '', undefined])(
    '%s is none of those', host => {
      expect(new BrowserGuard().refuseHost(host)).toBeUndefined();
    });
});

test('an origin that is allowed may call, by its own name too', () => {
  const guard = new BrowserGuard(['http://shop.test:8080']);
  expect(guard.refuseOrigin({ origin: 'http://shop.test:8080' })).toBeUndefined();
  expect(guard.refuseHost('shop.test:4510')).toBeUndefined();
  expect(guard.refuseOrigin({ origin: 'http://shop.test' })).toMatchObject({ status: 403 });
  expect(guard.refuseOrigin({ origin: 'https://shop.test:8080' })).toMatchObject({ status: 403 });
});

test('nobody reaches the runtime from another machine', async () => {
  const { server } = gateway.listener as unknown as { server: Server };
  expect((server.address() as AddressInfo).address).toBe('127.0.0.1');
  const others = Object.values(networkInterfaces()).flatMap(addresses => addresses ?? []).filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others) {
    await expect(once(connect(gateway.port, address), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }
});
