import { RawClient } from './clients';
import { jsonService, TestGateway } from './test-gateway';
import { AwsError } from '../../../../local/kernel/aws-error';

const UNKNOWN = 'AAAAAAAAAAAAAAA=';

describe('@connections', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await TestGateway.start();
    gateway.api();
    gateway.mock('whoami', '$context.connectionId');
  });
  afterEach(() => gateway.stop());

  const connect = async () => {
    const client = await gateway.connect('/live', { headers: { 'User-Agent': 'test/1' } });
    return { client, id: await client.ask({ action: 'whoami' }) };
  };

  test('posts a text frame', async () => {
    const { client, id } = await connect();
    const frame = new Promise(resolve => client.socket.once('message', (data, binary) => resolve([data.toString(), binary])));
    expect(await gateway.manage('POST', id, 'héllo')).toMatchObject({ status: 200, body: '' });
    expect(await frame).toEqual(['héllo', false]);
    expect(gateway.traced('push')).toMatchObject([{ api: gateway.apiId, stage: 'live', connectionId: id, bytes: 6 }]);
  });

  test.each([
    ['encoded', encodeURIComponent],
    ['as it is', (id: string) => id],
  ])('takes an id that is %s', async (_name, encode) => {
    const { id } = await connect();
    expect((await gateway.manage('POST', encode(id), 'hello')).status).toBe(200);
  });

  test('takes an encoded @', async () => {
    const { client, id } = await connect();
    const answer = await gateway.kernel.send({ kind: 'account', arn: 'arn:aws:iam::123456789012:root' }, 'execute-api', {
      method: 'POST', path: `/live/%40connections/${encodeURIComponent(id)}`, query: '', headers: { host: `${gateway.apiId}.execute-api.eu-west-1.amazonaws.com` }, body: 'hello',
    });
    expect(answer.status).toBe(200);
    expect(await client.next()).toBe('hello');
  });

  test('tells about a connection', async () => {
    const connectedAt = new Date(gateway.clock.now()).toISOString();
    const { client, id } = await connect();
    await gateway.clock.advance(5_000);
    await client.ask({ action: 'whoami' });
    const { status, body } = await gateway.manage('GET', id);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ connectedAt, identity: { sourceIp: '127.0.0.1', userAgent: 'test/1' }, lastActiveAt: new Date(gateway.clock.now()).toISOString() });
  });

  test('closes a connection', async () => {
    const { client, id } = await connect();
    expect(await gateway.manage('DELETE', id)).toMatchObject({ status: 204, body: '' });
    expect(await client.closed).toEqual({ code: 1000, reason: 'Connection Closed Normally' });
    expect(await gateway.manage('DELETE', id)).toMatchObject({ status: 410 });
  });

  test.each(['POST', 'GET', 'DELETE'])('%s to a connection that has ended is Gone, without a word', async method => {
    const { client, id } = await connect();
    const ended = gateway.nextTraced('disconnect');
    await client.close(1000);
    await ended;
    expect(await gateway.manage(method, id, 'hello')).toMatchObject({ status: 410, body: '', headers: { 'x-amzn-errortype': 'GoneException' } });
  });

  test('a client that has said that it leaves is Gone at once, while its socket is still there', async () => {
    const client = await RawClient.connect(gateway.port);
    client.upgrade(`/${gateway.apiId}/live`);
    await client.opened();
    client.frame(1, '{"action":"whoami"}');
    const id = (await client.until(data => data.toString().endsWith('='))).subarray(-16).toString();
    client.frame(8, Buffer.from([0x03, 0xe8]));
    await client.until(data => data.includes(Buffer.from([0x88, 0x02, 0x03, 0xe8])));
    expect((await gateway.manage('POST', id, 'hello')).status).toBe(410);
    client.socket.destroy();
  });

  test('a connection that has been closed is Gone at once, before its client knows', async () => {
    const { id } = await connect();
    await gateway.manage('DELETE', id);
    expect((await gateway.manage('POST', id, 'hello')).status).toBe(410);
  });

  test('an id that never was is Gone', async () => {
    expect((await gateway.manage('POST', UNKNOWN, 'hello')).status).toBe(410);
  });

  test.each(['nonsense', 'AAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAAAA=', 'AAAA AAAAAAAAAA=', '__proto__', 'AAAAAAAAAAAAAAA=/more', '%E0%A4%A'])('an id that cannot be one, %j, is a bad request', async id => {
    const answer = await gateway.manage('POST', id, 'hello');
    expect(answer).toMatchObject({ status: 400, headers: { 'x-amzn-errortype': 'BadRequestException' } });
    expect(JSON.parse(answer.body).message).toMatch(/^Invalid connectionId: /);
  });

  test('a connection of another stage or another API is Gone', async () => {
    const { id } = await connect();
    const { apiId } = gateway;
    gateway.declare('Stage', { ApiId: apiId, StageName: 'other', AutoDeploy: true });
    expect((await gateway.manage('POST', id, 'hello', 'other')).status).toBe(410);
    expect((await gateway.manage('POST', id, 'hello', 'live', gateway.api())).status).toBe(410);
  });

  test.each([['nope', undefined], ['live', 'nosuchapi0']])('a wrong address is forbidden', async (stage, apiId) => {
    expect(await gateway.manage('POST', UNKNOWN, 'hello', stage, apiId)).toMatchObject({
      status: 403, body: '{"message":"Forbidden"}', headers: { 'x-amzn-errortype': 'ForbiddenException' },
    });
  });

  test('a connection cannot be posted to while its own $connect runs', async () => {
    let during: Promise<{ status: number }> | undefined;
    await gateway.stop();
    gateway = await TestGateway.start(jsonService('dynamodb', 'DynamoDB_20120810', {
      PutItem: async ({ id }) => {
        during = gateway.manage('POST', id, 'too early');
        await during;
        return {};
      },
    }));
    gateway.api();
    gateway.action('$connect', 'dynamodb:PutItem', '{"id":"$context.connectionId"}');
    gateway.mock('whoami', '$context.connectionId');
    const client = await gateway.connect();
    expect((await during!).status).toBe(410);
    const id = await client.ask({ action: 'whoami' });
    expect((await gateway.manage('POST', id, 'in time')).status).toBe(200);
    expect(await client.next()).toBe('in time');
  });

  test('takes 128 KB and not a byte more', async () => {
    const { client, id } = await connect();
    const full = 'x'.repeat(128 * 1024);
    expect((await gateway.manage('POST', id, full)).status).toBe(200);
    expect(await client.next()).toBe(full);
    for (const data of [`${full}x`, 'é'.repeat(64 * 1024 + 1)]) {
      expect(await gateway.manage('POST', id, data)).toMatchObject({ status: 413, headers: { 'x-amzn-errortype': 'PayloadTooLargeException' } });
    }
  });

  test('a client that does not read is not sent more than a buffer holds', async () => {
    const { client, id } = await connect();
    client.socket.pause();
    const data = 'x'.repeat(128 * 1024);
    let answer = await gateway.manage('POST', id, data);
    for (let count = 0; answer.status === 200 && count < 1_000; count++) {
      answer = await gateway.manage('POST', id, data);
    }
    expect(answer).toMatchObject({ status: 429, headers: { 'x-amzn-errortype': 'LimitExceededException' } });
    client.socket.terminate();
  });

  test.each([
    ['PATCH', '/live/@connections/AAAAAAAAAAAAAAA=', 404, '{"message":"No method found matching route @connections/AAAAAAAAAAAAAAA= for http method PATCH."}'],
    ['GET', '/live/@connections/', 404, '{"message":"No method found matching route @connections/ for http method GET."}'],
    ['POST', '/live/live/@connections/AAAAAAAAAAAAAAA=', 404, '{"message":"No method found matching route live/@connections/AAAAAAAAAAAAAAA= for http method POST."}'],
    ['GET', '/live', 426, '{"message":"Upgrade Required"}'],
    ['GET', '/', 426, '{"message":"Upgrade Required"}'],
    ['GET', '/live/anything/else', 426, '{"message":"Upgrade Required"}'],
  ])('%s %s is answered with %d', async (method, path, status, body) => {
    const answer = await gateway.kernel.send({ kind: 'account', arn: '' }, 'execute-api', {
      method, path, query: '', headers: { host: `${gateway.apiId}.execute-api.eu-west-1.amazonaws.com` }, body: '',
    });
    expect(answer).toMatchObject({ status, body });
  });

  describe('permissions', () => {
    test.each([
      ['PostToConnection', 'POST'], ['GetConnection', 'GET'], ['DeleteConnection', 'DELETE'],
    ])('%s is about the literal text, never about the id', (operation, method) => {
      expect(gateway.service.operations[operation].permissions({ apiId: gateway.apiId, stage: 'live', connectionId: UNKNOWN })).toEqual([{
        action: 'execute-api:ManageConnections',
        resource: `arn:aws:execute-api:eu-west-1:123456789012:${gateway.apiId}/live/${method}/@connections/{connectionId}`,
      }]);
    });

    /** A session of a role that may manage connections of one resource. */
    const pusher = (resource: string) => {
      const arn = 'arn:aws:iam::123456789012:role/pusher';
      gateway.kernel.roles.define({
        arn,
        name: 'pusher',
        trustPolicy: { Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
        policies: [{
          name: 'push',
          document: { Statement: [{ Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource: `arn:aws:execute-api:eu-west-1:123456789012:${gateway.apiId}/live/${resource}` }] },
        }],
      });
      return gateway.kernel.assumeRole(arn, 'states.amazonaws.com', 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine');
    };

    test.each([
      ['the literal text', () => 'POST/@connections/{connectionId}', 200],
      ['a wildcard', () => 'POST/@connections/*', 200],
      ['another method', () => 'GET/@connections/*', 403],
      ['the connection itself: no policy can', (id: string) => `POST/@connections/${id}`, 403],
    ])('a role whose policy names %s', async (_name, resource, status) => {
      const { id } = await connect();
      const answer = await gateway.manage('POST', id, 'hello', 'live', gateway.apiId, pusher(resource(id)));
      expect(answer.status).toBe(status);
      if (status === 403) {
        const { Message: message } = JSON.parse(answer.body);
        const arn = `arn:aws:execute-api:eu-west-1:123456789012:${gateway.apiId}/live/POST/@connections/{connectionId}`;
        expect(message).toMatch(/^User: arn:aws:sts::123456789012:assumed-role\/pusher\/\S+ is not authorized to perform: execute-api:ManageConnections on resource: /);
        expect(message).toContain(arn);
      }
    });

    test('a caller without them is told what is missing, in a member with a capital letter', () => {
      const message = 'User: arn:aws:sts::123456789012:assumed-role/r/s is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:eu-west-1:123456789012:a/live/POST/@connections/{connectionId}';
      expect(gateway.service.protocols!.at(-1)!.encodeError(new AwsError('AccessDeniedException', message), 'id')).toEqual({
        status: 403,
        headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException', 'x-amzn-requestid': 'id' },
        body: JSON.stringify({ Message: message }),
      });
    });

    test('a fault of the runtime is nobody else\'s', () => {
      expect(gateway.service.protocols!.at(-1)!.encodeError(new TypeError('secret'), 'id')).toMatchObject({ status: 500, body: '{"message":"Internal server error"}' });
    });
  });
});
