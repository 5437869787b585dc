import { ApiGatewayManagementApiClient, DeleteConnectionCommand, GetConnectionCommand, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../local/kernel/aws-error';
import { Principal, SessionCredentials } from '../../../local/kernel/contracts';
import { Listener } from '../../../local/wire/listener';
import { PortInUseError } from '../../../local/wire/port-in-use-error';
import { RawClient } from '../services/apigatewayv2/clients';
import { ENVIRONMENT, jsonService, ROLE, TestGateway } from '../services/apigatewayv2/test-gateway';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const UNKNOWN = 'AAAAAAAAAAAAAAA=';

/** The table `odd` has an answer that nobody can write. */
function getItem({ TableName: name }: { readonly TableName: string }) {
  if (name === 'odd') {
    throw new AwsError('OddException', 'odd', 7);
  }
  return { Item: { pk: { S: name } } };
}

describe('the listener', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await TestGateway.start(jsonService('dynamodb', 'DynamoDB_20120810', { GetItem: getItem }));
    gateway.api();
    gateway.mock('whoami', '$context.connectionId');
  });
  afterEach(() => gateway.stop());

  const origin = () => `http://127.0.0.1:${gateway.port}`;
  const raw = async (text: string) => {
    const client = await RawClient.connect(gateway.port);
    client.socket.write(text);
    return (await client.received).toString();
  };

  describe('SDK clients', () => {
    test('call a service', async () => {
      const client = new DynamoDBClient({ endpoint: origin(), region: 'eu-west-1', credentials: CREDENTIALS });
      const { Item } = await client.send(new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } } }));
      expect(Item).toEqual({ pk: { S: 'table' } });
      expect(gateway.traced('call')).toMatchObject([{ principal: `arn:aws:iam::${ENVIRONMENT.account}:root`, service: 'dynamodb', operation: 'GetItem', outcome: 'ok' }]);
    });

    test('do not wait for an answer whose status is none: it is a fault, and told as one', async () => {
      const client = new DynamoDBClient({ endpoint: origin(), region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 });
      await expect(client.send(new GetItemCommand({ TableName: 'odd', Key: { pk: { S: 'a' } } }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
      expect(gateway.traced('failure')).toMatchObject([{ source: 'listener', message: expect.stringContaining('Invalid status code: 7') }]);
    });

    test('manage connections', async () => {
      const api = new ApiGatewayManagementApiClient({ endpoint: `${origin()}/${gateway.apiId}/live`, region: 'eu-west-1', credentials: CREDENTIALS });
      const client = await gateway.connect('/live', { headers: { 'User-Agent': 'test/1' } });
      const ConnectionId = await client.ask({ action: 'whoami' });

      await api.send(new PostToConnectionCommand({ ConnectionId, Data: 'héllo' }));
      expect(await client.next()).toBe('héllo');
      expect(await api.send(new GetConnectionCommand({ ConnectionId }))).toMatchObject({
        ConnectedAt: new Date(gateway.clock.now()), LastActiveAt: new Date(gateway.clock.now()), Identity: { SourceIp: '127.0.0.1', UserAgent: 'test/1' },
      });
      await api.send(new DeleteConnectionCommand({ ConnectionId }));
      expect(await client.closed).toEqual({ code: 1000, reason: 'Connection Closed Normally' });
      await expect(api.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' }))).rejects.toMatchObject({ name: 'GoneException', $metadata: { httpStatusCode: 410 } });
    });

    test.each([
      ['long data', { ConnectionId: UNKNOWN, Data: 'x' }, { name: 'GoneException' }],
      ['an id that is none', { ConnectionId: 'nonsense', Data: 'x' }, { name: 'BadRequestException', $metadata: { httpStatusCode: 400 } }],
    ])('are told of %s by its name', async (_name, input, error) => {
      const api = new ApiGatewayManagementApiClient({ endpoint: `${origin()}/${gateway.apiId}/live`, region: 'eu-west-1', credentials: CREDENTIALS });
      await expect(api.send(new PostToConnectionCommand(input))).rejects.toMatchObject(error);
    });

    test.each([
      ['the secret is wrong', { accessKeyId: 'test', secretAccessKey: 'wrong' }, 'InvalidSignatureException'],
      ['nobody has the access key', { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'test' }, 'UnrecognizedClientException'],
    ])('are refused when %s', async (_name, credentials, name) => {
      const client = new DynamoDBClient({ endpoint: origin(), region: 'eu-west-1', credentials, maxAttempts: 1 });
      await expect(client.send(new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } } }))).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
      const api = new ApiGatewayManagementApiClient({ endpoint: `${origin()}/${gateway.apiId}/live`, region: 'eu-west-1', credentials, maxAttempts: 1 });
      await expect(api.send(new PostToConnectionCommand({ ConnectionId: UNKNOWN, Data: 'x' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
      expect(gateway.traced('call')).toEqual([]);
    });
  });

  describe('temporary credentials', () => {
    const role: Principal = { kind: 'role', arn: `arn:aws:sts::${ENVIRONMENT.account}:assumed-role/gateway/session`, roleArn: ROLE };
    const get = (credentials: SessionCredentials) => new DynamoDBClient({ endpoint: origin(), region: 'eu-west-1', credentials, maxAttempts: 1 })
      .send(new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } } }));

    test('act for whom they were issued to', async () => {
      await get(gateway.kernel.issueCredentials(role));
      expect(gateway.traced('call')).toMatchObject([{ principal: role.arn, operation: 'GetItem', outcome: 'ok' }]);
    });

    test.each<[string, (credentials: SessionCredentials) => object]>([
      ['without their token', ({ accessKeyId, secretAccessKey }) => ({ accessKeyId, secretAccessKey })],
      ['with the token of others', credentials => ({ ...credentials, sessionToken: gateway.kernel.issueCredentials(role).sessionToken })],
      ['once they are revoked', credentials => {
        gateway.kernel.revokeCredentials(credentials.accessKeyId);
        return credentials;
      }],
    ])('are refused %s', async (_name, change) => {
      await expect(get(change(gateway.kernel.issueCredentials(role)) as SessionCredentials)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
      expect(gateway.traced('call')).toEqual([]);
    });
  });

  describe('without credentials', () => {
    test('a service refuses in its own protocol', async () => {
      const answer = await fetch(origin(), { method: 'POST', headers: { 'X-Amz-Target': 'DynamoDB_20120810.GetItem' }, body: '{}' });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ __type: expect.stringMatching(/MissingAuthenticationTokenException$/) });
    });

    test.each(['@connections', '%40connections'])('%s refuses as API Gateway does', async path => {
      for (const method of ['POST', 'GET', 'DELETE', 'OPTIONS']) {
        const answer = await fetch(`${origin()}/${gateway.apiId}/live/${path}/${UNKNOWN}`, { method });
        expect(answer.status).toBe(403);
        expect(await answer.text()).toBe('{"message":"Missing Authentication Token"}');
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      }
    });

    test.each(['/live', '', '/live/any/path'])('a plain GET of a WebSocket API, at %j, has to be an upgrade', async path => {
      const answer = await fetch(`${origin()}/${gateway.apiId}${path}`);
      expect(answer.status).toBe(426);
    });
  });

  describe('what nobody serves', () => {
    test('is answered with what is served', async () => {
      const answer = await fetch(`${origin()}/nothing/here`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({
        message: 'Nothing is served at /nothing/here.',
        serves: { webSocketApis: [`ws://127.0.0.1:${gateway.port}/${gateway.apiId}/live`], services: ['dynamodb'] },
      });
    });

    test('is named when it is an operation', async () => {
      const answer = await fetch(origin(), { method: 'POST', headers: { 'X-Amz-Target': 'AmazonSQS.SendMessage' }, body: '{}' });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ __type: 'UnknownOperationException', message: 'The local runtime does not emulate the operation "AmazonSQS.SendMessage".' });
    });

    test('is named when it is a service that speaks another protocol', async () => {
      const answer = await fetch(origin(), { method: 'POST', headers: { Authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/sts/aws4_request, SignedHeaders=host, Signature=0' } });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ message: 'The local runtime does not emulate this request to the service "sts".' });
    });

    test('is refused as a WebSocket, too', async () => {
      gateway.apiId = 'nosuchapi0';
      expect(await gateway.refused()).toMatchObject({ status: 404, body: expect.stringContaining('"webSocketApis"') });
    });

    test('is forbidden when it is an API by its host, as on AWS', async () => {
      expect(await gateway.refused('', { headers: { Host: 'nosuchapi0.execute-api.eu-west-1.amazonaws.com' } })).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
    });
  });

  describe('hostile requests', () => {
    test('a body without end is cut off', async () => {
      const client = await RawClient.connect(gateway.port);
      client.socket.write('POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.GetItem\r\nTransfer-Encoding: chunked\r\n\r\n');
      const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(1024 * 1024), Buffer.from('\r\n')]);
      let isOpen = true;
      const received = client.received.finally(() => isOpen = false);
      for (let count = 0; count < 40 && isOpen; count++) {
        await new Promise<unknown>(resolve => client.socket.write(chunk, resolve));
      }
      expect((await received).toString()).toMatch(/^HTTP\/1\.1 413 /);
    });

    test.each([
      ['no HTTP', 'hello\r\n\r\n', '400'],
      ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n', '400'],
      ['no host', 'GET / HTTP/1.1\r\n\r\n', '400'],
      ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na', '400'],
      ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, '431'],
    ])('%s', async (_name, text, status) => {
      expect(await raw(text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    });

    test('a request that stops halfway leaves the others alone', async () => {
      const client = await RawClient.connect(gateway.port);
      client.socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
      client.socket.destroy();
      await client.received;
      await gateway.connect();
      expect(gateway.traced('failure')).toEqual([]);
    });
  });

  describe('hostile handshakes', () => {
    const handshake = async (headers: Record<string, string>) => {
      const client = await RawClient.connect(gateway.port);
      client.upgrade(`/${gateway.apiId}/live`, headers);
      return (await client.received).toString();
    };

    test.each([
      ['no key', { 'Sec-WebSocket-Key': '' }, '400'],
      ['a key that is none', { 'Sec-WebSocket-Key': 'short' }, '400'],
      ['a version of its own', { 'Sec-WebSocket-Version': '99' }, '426'],
      ['another protocol', { Upgrade: 'h2c' }, '400'],
      ['a subprotocol that is none', { 'Sec-WebSocket-Protocol': 'a,,b' }, '400'],
    ])('%s', async (_name, headers, status) => {
      expect(await handshake(headers)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(gateway.traced('disconnect')).toEqual([]);
    });

    test('an upgrade that is no GET', async () => {
      expect(await raw(`POST /${gateway.apiId}/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 405 /);
    });

    test('a path beyond all sense', async () => {
      expect(await raw(`GET /${gateway.apiId}/${'%2e%2e/'.repeat(1_000)} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n`)).toMatch(/^HTTP\/1\.1 403 /);
    });

    test('a client that offers compression gets none', async () => {
      const client = await gateway.connect('/live', { perMessageDeflate: true });
      expect(client.socket.extensions).toBe('');
    });
  });

  describe('hostile frames', () => {
    const open = async () => {
      const client = await RawClient.connect(gateway.port);
      client.upgrade(`/${gateway.apiId}/live`);
      await client.opened();
      return client;
    };

    test.each<[string, (client: RawClient) => void, number]>([
      ['text that is no UTF-8', client => client.frame(1, Buffer.from([0xc3, 0x28])), 1007],
      ['a reserved opcode', client => client.frame(3, 'x'), 1002],
      ['a continuation of nothing', client => client.frame(0, 'x'), 1002],
      ['a message inside a message', client => {
        client.frame(1, 'x', false);
        client.frame(1, 'x');
      }, 1002],
      ['a ping in pieces', client => client.frame(9, 'x', false), 1002],
      ['a ping that is too long', client => client.frame(9, 'x'.repeat(126)), 1002],
      ['a frame without a mask', client => client.socket.write(Buffer.from([0x81, 0x01, 0x78])), 1002],
      ['a reserved bit', client => client.socket.write(Buffer.from([0xc1, 0x80, 0, 0, 0, 0])), 1002],
      ['a close frame of one byte', client => client.frame(8, 'x'), 1002],
      ['a binary frame', client => client.frame(2, 'x'), 1003],
      ['a frame of 32 KB and a byte', client => client.frame(1, 'x'.repeat(32 * 1024 + 1)), 1009],
      ['a frame of 128 KB and a byte', client => client.frame(1, 'x'.repeat(128 * 1024 + 1)), 1009],
      ['a message of 128 KB and a byte, in frames', client => {
        client.frame(1, 'x'.repeat(32 * 1024), false);
        Array.from({ length: 3 }, () => client.frame(0, 'x'.repeat(32 * 1024), false));
        client.frame(0, 'x');
      }, 1009],
      ['a length beyond all bounds', client => client.socket.write(Buffer.from([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])), 1009],
    ])('%s closes the connection', async (_name, send, code) => {
      const client = await open();
      const ended = gateway.nextTraced('disconnect');
      send(client);
      // A real client answers the close frame.
      await client.until(data => data.subarray(data.indexOf('\r\n\r\n') + 4).includes(0x88));
      client.frame(8, Buffer.from([0x03, 0xe8]));
      client.socket.end();
      expect(await client.closeCode()).toBe(code);
      expect((await ended).code).toBe(code);
      expect(gateway.traced('message')).toEqual([]);
      await gateway.connect();
    });

    test('a message of exactly 128 KB, in frames of exactly 32 KB, is a message', async () => {
      gateway.mock('$default', undefined, "{\"statusCode\":200,\"length\":$input.path('$.a').length()}");
      const client = await open();
      const message = Buffer.from(JSON.stringify({ a: 'x'.repeat(128 * 1024 - 8) }));
      expect(message).toHaveLength(128 * 1024);
      for (let index = 0; index < 4; index++) {
        client.frame(index === 0 ? 1 : 0, message.subarray(index * 32 * 1024, (index + 1) * 32 * 1024), index === 3);
      }
      await client.until(data => data.includes('131064'));
      client.socket.destroy();
    });

    test('a ping is answered with its own words', async () => {
      const client = await open();
      client.frame(9, 'beat');
      await client.until(data => data.includes(Buffer.from([0x8a, 0x04, ...Buffer.from('beat')])));
      client.socket.destroy();
    });
  });

  describe('closing', () => {
    test('tells the clients', async () => {
      const client = await gateway.connect();
      await gateway.stop();
      expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
      gateway = await TestGateway.start();
    });

    test('does not wait for a handshake that nobody answers', async () => {
      gateway.kernel.service('dynamodb').operations.GetItem = { permissions: () => [], handle: () => new Promise(() => undefined) };
      gateway.action('$connect', 'dynamodb:GetItem', '{}');
      const client = await RawClient.connect(gateway.port);
      client.upgrade(`/${gateway.apiId}/live`);
      const asked = gateway.clock.pending;
      while (gateway.clock.pending === asked) {
        await new Promise(resolve => setImmediate(resolve));
      }
      await gateway.stop();
      await client.received;
      gateway = await TestGateway.start();
    });
  });

  test('a connection that cannot be accepted is reported and leaves the others alone', async () => {
    const client = await gateway.connect();
    const { server } = gateway.listener as unknown as { server: NodeJS.EventEmitter };
    server.emit('error', new Error('accept EMFILE'));
    expect(gateway.traced('failure')).toMatchObject([{ source: 'listener', message: 'accept EMFILE' }]);
    expect(await client.ask({ action: 'whoami' })).toMatch(/=$/);
  });

  test('a port in use is named, with the way out', async () => {
    const second = new Listener({ kernel: gateway.kernel, account: ENVIRONMENT.account });
    const error = await second.listen(gateway.port).catch(each => each);
    expect(error).toBeInstanceOf(PortInUseError);
    expect(error).toMatchObject({ port: gateway.port, host: '127.0.0.1', message: expect.stringMatching(new RegExp(`^Port ${gateway.port} of 127\\.0\\.0\\.1 is in use.*another port`)) });
  });
});
