import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { events } from '../../../../local/services/events';
import { states } from '../../../../local/services/states';
import { TestKernel } from '../../../support/test-kernel';

interface Received {
  readonly request: IncomingMessage;
  readonly body: string;
}

describe('http:invoke', () => {
  let server: Server;
  let received: Received[];
  let answer: { status: number; type: string; body: string };

  beforeEach(async () => {
    received = [];
    answer = { status: 200, type: 'application/json', body: '{"ok":true}' };
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk)).on('end', () => {
        received.push({ request, body: Buffer.concat(chunks).toString() });
        response.writeHead(answer.status, { 'Content-Type': answer.type }).end(answer.body);
      });
    });
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  });
  afterEach(() => new Promise(closed => server.close(closed)));

  const ALL = ['states:InvokeHTTPEndpoint', 'events:RetrieveConnectionCredentials', 'secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'];
  const API_KEY = { AuthorizationType: 'API_KEY', AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 's3cret' } } };

  async function run(parameters: object = {}, options: { connection?: object; actions?: string[] } = {}) {
    const test = new TestKernel(events, states);
    test.localValue = text => text.replace(/https:\/\/api.execute-api.example/g, 'http://127.0.0.1:9/api');
    const { attributes } = await test.create('AWS::Events::Connection', options.connection ?? API_KEY, 'Third');
    const machine = await test.create('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'call',
      StateMachineType: 'EXPRESS',
      RoleArn: test.role('workflow', 'states.amazonaws.com', ...options.actions ?? ALL),
      Definition: {
        StartAt: 'Call',
        States: {
          Call: {
            Type: 'Task',
            End: true,
            Resource: 'arn:aws:states:::http:invoke',
            Parameters: { ApiEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`, Method: 'POST', InvocationConfig: { ConnectionArn: attributes!.Arn }, ...parameters },
          },
        },
      },
    }, 'Machine');
    return test.call('states', 'StartSyncExecution', { stateMachineArn: machine.ref });
  }

  test('sends the request with the credentials of the connection, and gives the answer', async () => {
    const { status, output } = await run({ RequestBody: { id: 7 }, Headers: { 'X-Trace': 'abc', 'x-key': 'of the author' }, QueryParameters: { tag: ['a', 'b'] } });
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output)).toMatchObject({ StatusCode: 200, StatusText: 'OK', ResponseBody: { ok: true }, Headers: { 'content-type': ['application/json'] } });
    const [{ request, body }] = received;
    expect({ method: request.method, url: request.url, body }).toEqual({ method: 'POST', url: '/orders?tag=a&tag=b', body: '{"id":7}' });
    expect(request.headers).toMatchObject({ 'x-trace': 'abc', 'x-key': 's3cret', 'content-type': 'application/json' });
  });

  test.each([
    ['JSON', {}, '{"callbackUrl":"http://127.0.0.1:9/api/orders?a=1"}'],
    ['a form', { Transform: { RequestBodyEncoding: 'URL_ENCODED' } }, 'callbackUrl=http%3A%2F%2F127.0.0.1%3A9%2Fapi%2Forders%3Fa%3D1'],
  ])('%s that names an API of the run is told where it is reached here', async (_case, parameters, text) => {
    await run({ RequestBody: { callbackUrl: 'https://api.execute-api.example/orders?a=1' }, ...parameters });
    expect(received[0].body).toBe(text);
  });

  test('basic credentials, and what else a connection adds', async () => {
    await run({ RequestBody: { id: 7, source: 'state' }, Transform: { RequestBodyEncoding: 'URL_ENCODED' } }, {
      connection: {
        AuthorizationType: 'BASIC',
        AuthParameters: {
          BasicAuthParameters: { Username: 'shop', Password: 'päss' },
          InvocationHttpParameters: {
            HeaderParameters: [{ Key: 'X-Tenant', Value: 'one' }], QueryStringParameters: [{ Key: 'v', Value: '2' }], BodyParameters: [{ Key: 'source', Value: 'connection' }],
          },
        },
      },
    });
    const [{ request, body }] = received;
    expect(request.headers).toMatchObject({ 'authorization': `Basic ${Buffer.from('shop:päss').toString('base64')}`, 'x-tenant': 'one', 'content-type': 'application/x-www-form-urlencoded' });
    expect(request.url).toBe('/orders?v=2');
    expect(body).toBe('id=7&source=connection');
  });

  test('a status that is no success is an error of its own name', async () => {
    answer = { status: 429, type: 'text/plain', body: 'slow down' };
    const { error, cause } = await run();
    expect(error).toBe('States.Http.StatusCode.429');
    expect(JSON.parse(cause)).toMatchObject({ StatusCode: 429, StatusText: 'Too Many Requests', ResponseBody: 'slow down' });
  });

  test('a server that does not answer is an error of its socket', async () => {
    expect(await run({ ApiEndpoint: 'http://127.0.0.1:9/' })).toMatchObject({ status: 'FAILED', error: 'States.Http.Socket' });
  });

  test.each(ALL)('is denied to a role without %s, and nothing is sent', async missing => {
    const { status, cause } = await run({}, { actions: ALL.filter(action => action !== missing) });
    expect(status).toBe('FAILED');
    expect(cause).toContain(`is not authorized to perform: ${missing} on resource: `);
    expect(received).toEqual([]);
  });

  test.each([
    ['plain HTTP to another machine', { ApiEndpoint: 'http://example.com/' }, /an https URL, or an http URL of this machine; received "http:\/\/example\.com\/"/],
    ['a host that only begins like this machine', { ApiEndpoint: 'http://localhost.example.com/' }, /an https URL/],
    ['a method', { Method: 'TRACE' }, /'Method' has an invalid format/],
    ['no connection', { InvocationConfig: {} }, /InvocationConfig\.ConnectionArn/],
    ['a field', { Proxy: 'x' }, /"Proxy" is not supported/],
    ['a connection that does not exist', { InvocationConfig: { ConnectionArn: 'arn:aws:events:us-east-1:000000000000:connection/other/x' } }, /Connection 'other' does not exist/],
  ])('refuses %s', async (_, parameters, cause) => {
    expect((await run(parameters)).cause).toMatch(cause);
    expect(received).toEqual([]);
  });

  test('a connection that needs OAuth is refused by name', async () => {
    await expect(run({}, { connection: { AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS', AuthParameters: {} } })).rejects.toThrow('authorization type OAUTH_CLIENT_CREDENTIALS');
  });

  test('nobody outside gets the credentials', async () => {
    const test = new TestKernel(events);
    const { attributes } = await test.create('AWS::Events::Connection', API_KEY, 'Third');
    await expect(test.call('events', 'RetrieveConnectionCredentials', { ConnectionArn: attributes!.Arn })).rejects.toMatchObject({ code: 'UnknownOperationException' });
    expect(JSON.stringify(await test.call('events', 'ListConnections', {}))).not.toContain('s3cret');
  });
});
