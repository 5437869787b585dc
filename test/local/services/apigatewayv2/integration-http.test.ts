import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { TestGateway } from './test-gateway';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe('an HTTP integration', () => {
  let gateway: TestGateway;
  let backend: Server;
  let origin: string;
  let received: Received[];
  let answer: (response: ServerResponse) => void;
  beforeEach(async () => {
    received = [];
    answer = response => response.writeHead(201, { 'X-Answer': 'yes' }).end('{"answer":42}');
    backend = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        received.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
        answer(response);
      });
    });
    await new Promise<void>(resolve => backend.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
    gateway = await TestGateway.start();
    gateway.api();
  });
  afterEach(async () => {
    await gateway.stop();
    backend.closeAllConnections();
    await new Promise(resolve => backend.close(resolve));
  });

  test('sends bytes where the message is their base64', async () => {
    const bytes: string[] = [];
    backend.on('request', request => request.on('data', (chunk: Buffer) => bytes.push(chunk.toString('hex'))));
    const binary = { IntegrationMethod: 'PUT', IntegrationUri: origin, ContentHandlingStrategy: 'CONVERT_TO_BINARY' };
    gateway.route('$default', { IntegrationType: 'HTTP_PROXY', PassthroughBehavior: 'WHEN_NO_MATCH', ...binary });
    gateway.route('wrapped', { IntegrationType: 'HTTP', RequestTemplates: { $default: "$input.path('$.data')" }, ...binary });
    const client = await gateway.connect();

    expect(await client.ask('/wCAAQ==')).toBe('{"answer":42}');
    expect(await client.ask({ action: 'wrapped', data: '/wCAAg' })).toBe('{"answer":42}');
    expect(JSON.parse(await client.ask('no base64!')).message).toBe('Internal server error');
    expect(gateway.traced('message').at(-1)!.outcome).toContain('Unable to base64 decode the body.');
    expect(bytes).toEqual(['ff008001', 'ff008002']);
  });

  test('sends text where text is asked for', async () => {
    gateway.route('$default', { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'PUT', IntegrationUri: origin, PassthroughBehavior: 'WHEN_NO_MATCH', ContentHandlingStrategy: 'CONVERT_TO_TEXT' });
    await (await gateway.connect()).ask('/wCAAQ==');
    expect(received).toMatchObject([{ body: '/wCAAQ==' }]);
  });

  test('sends what its templates make and answers with what they make of the answer', async () => {
    gateway.route('go', {
      IntegrationType: 'HTTP',
      IntegrationMethod: 'PUT',
      IntegrationUri: `${origin}/hooks/{name}?fixed=1`,
      RequestTemplates: { $default: "{\"text\":$input.json('$.text')}" },
      RequestParameters: {
        'integration.request.path.name': 'route.request.body.name',
        'integration.request.querystring.connection': 'context.connectionId',
        'integration.request.header.Authorization': 'route.request.body.token',
      },
    }, [{ IntegrationResponseKey: '/2\\d\\d/', ResponseTemplates: { $default: "answer: $input.path('$.answer')" } }]);
    const client = await gateway.connect();

    expect(await client.ask({ action: 'go', name: 'a=', text: 'hi', token: 'Bearer x' })).toBe('answer: 42');

    expect(received).toEqual([{
      method: 'PUT',
      url: expect.stringMatching(/^\/hooks\/a=\?fixed=1&connection=[A-Za-z0-9_-]{15}%3D$/),
      headers: expect.objectContaining({ 'content-type': 'application/json', 'authorization': 'Bearer x', 'user-agent': `AmazonAPIGateway_${gateway.apiId}`, 'x-amzn-apigateway-api-id': gateway.apiId }),
      body: '{"text":"hi"}',
    }]);
  });

  test('as a proxy sends the message as it came and the answer as it came', async () => {
    gateway.route('go', { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'POST', IntegrationUri: origin, PassthroughBehavior: 'WHEN_NO_MATCH' }, []);
    const client = await gateway.connect();
    expect(await client.ask('{ "action" : "go" }')).toBe('{"answer":42}');
    expect(received[0].body).toBe('{ "action" : "go" }');
  });

  test('as a proxy of $connect decides with its status and hands on its answer', async () => {
    gateway.route('$connect', { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'POST', IntegrationUri: origin, PassthroughBehavior: 'WHEN_NO_MATCH' }, [], { oneWay: true });
    await gateway.connect('/live?token=1', { headers: { 'X-Mine': 'yes' } });
    expect(received[0]).toMatchObject({ url: '/?token=1', headers: { 'x-mine': 'yes' } });
    expect(received[0].headers).not.toHaveProperty('sec-websocket-key');

    answer = response => response.writeHead(418).end('no coffee');
    expect(await gateway.refused()).toMatchObject({ status: 418, body: 'no coffee' });
  });

  test('a redirection is an answer like any other', async () => {
    answer = response => response.writeHead(302, { Location: `${origin}/elsewhere` }).end('moved');
    gateway.route('go', { IntegrationType: 'HTTP', IntegrationMethod: 'POST', IntegrationUri: origin, PassthroughBehavior: 'WHEN_NO_MATCH' }, [{ IntegrationResponseKey: '/302/' }]);
    const client = await gateway.connect();
    expect(await client.ask({ action: 'go' })).toBe('moved');
    expect(received).toHaveLength(1);
  });

  test.each([
    ['a server that is not there', () => 'http://127.0.0.1:9/', {}],
    ['a host that is none', () => 'http://256.256.256.256/', {}],
    ['a header with a line break in it', () => origin, { 'integration.request.header.X-Mine': 'route.request.body.text' }],
  ])('fails with %s', async (_name, uri, RequestParameters) => {
    gateway.route('go', { IntegrationType: 'HTTP', IntegrationMethod: 'POST', IntegrationUri: uri(), RequestParameters, PassthroughBehavior: 'WHEN_NO_MATCH' });
    const client = await gateway.connect();
    expect(JSON.parse(await client.ask({ action: 'go', text: 'a\r\nX-Injected: b' })).message).toBe('Internal server error');
    expect(received).toEqual([]);
  });

  test('fails when the server hangs up in the middle of its answer', async () => {
    answer = response => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('half');
      setImmediate(() => response.destroy());
    };
    gateway.route('go', { IntegrationType: 'HTTP', IntegrationMethod: 'POST', IntegrationUri: origin, PassthroughBehavior: 'WHEN_NO_MATCH' });
    const client = await gateway.connect();
    expect(JSON.parse(await client.ask({ action: 'go' })).message).toBe('Internal server error');
  });

  test('gives up after its timeout', async () => {
    const asked = new Promise<void>(resolve => answer = () => resolve());
    gateway.route('go', { IntegrationType: 'HTTP', IntegrationMethod: 'POST', IntegrationUri: origin, TimeoutInMillis: 100, PassthroughBehavior: 'WHEN_NO_MATCH' });
    const client = await gateway.connect();
    client.send({ action: 'go' });
    await asked;
    await gateway.clock.advance(100);
    expect(JSON.parse(await client.next()).message).toBe('Internal server error');
  });

  test('is not signed, and so may not post to the connections of its own API', async () => {
    gateway.route('go', {
      IntegrationType: 'HTTP',
      IntegrationMethod: 'POST',
      IntegrationUri: `https://${gateway.apiId}.execute-api.eu-west-1.amazonaws.com/live/@connections/{id}`,
      RequestParameters: { 'integration.request.path.id': 'context.connectionId' },
      PassthroughBehavior: 'WHEN_NO_MATCH',
    });
    const client = await gateway.connect();
    expect(await client.ask({ action: 'go' })).toBe('{"message":"Missing Authentication Token"}');
  });
});
