import { RawClient } from './clients';
import { jsonService, TestGateway } from './test-gateway';
import { AwsError } from '../../../../local/kernel/aws-error';

/** A table whose writes succeed, fail, or wait, as a test wants. */
class Table {
  readonly deleted: unknown[] = [];
  readonly service = jsonService('dynamodb', 'DynamoDB_20120810', {
    PutItem: input => this.put(input),
    DeleteItem: input => {
      this.deleted.push(input);
      return {};
    },
  });

  put: (input: any) => unknown = () => ({});
}

const CONDITION_FAILED = new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400);

describe('$connect', () => {
  let gateway: TestGateway;
  let table: Table;
  beforeEach(async () => {
    table = new Table();
    gateway = await TestGateway.start(table.service);
    gateway.api();
  });
  afterEach(() => gateway.stop());

  test('without a route everybody gets in', async () => {
    const client = await gateway.connect();
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    expect(gateway.traced('connect')).toMatchObject([{ api: gateway.apiId, stage: 'live', outcome: 'ok' }]);
  });

  test('with a route and no integration everybody gets in', async () => {
    gateway.declare('Route', { ApiId: gateway.apiId, RouteKey: '$connect' });
    await gateway.connect();
  });

  test('the selection expression of messages does not matter to it', async () => {
    gateway.api({ RouteSelectionExpression: '$request.body.foobar' });
    gateway.mock('$connect', '{"statusCode":401}');
    expect((await gateway.refused()).status).toBe(401);
  });

  test('the client waits until the integration has answered', async () => {
    let answer: () => void = () => undefined;
    const asked = new Promise<void>(resolve => table.put = () => new Promise(answered => {
      answer = () => answered({});
      resolve();
    }));
    gateway.action('$connect', 'dynamodb:PutItem', '{}', [{ IntegrationResponseKey: '/200/' }]);
    const connecting = gateway.connect();
    let isOpen = false;
    connecting.then(() => isOpen = true, () => undefined);
    await asked;
    await new Promise(resolve => setImmediate(resolve));
    expect(isOpen).toBe(false);

    answer();
    await connecting;
  });

  test('a write that fails refuses the client when no response takes up its status', async () => {
    table.put = () => Promise.reject(CONDITION_FAILED);
    gateway.action('$connect', 'dynamodb:PutItem', '{}', [{ IntegrationResponseKey: '/2\\d\\d/' }]);

    const { status, headers, body } = await gateway.refused();

    expect(status).toBe(500);
    expect(headers['content-type']).toBe('application/json');
    const { connectionId, requestId } = JSON.parse(body);
    expect(body).toBe(`{"message": "Internal server error", "connectionId":"${connectionId}", "requestId":"${requestId}"}`);
    expect(gateway.traced('connect')[0].outcome).toMatch(/no integration response matches the status 400/);
  });

  test('a catch-all without a template refuses the client with the status of the backend', async () => {
    table.put = () => Promise.reject(CONDITION_FAILED);
    gateway.action('$connect', 'dynamodb:PutItem', '{}', [{ IntegrationResponseKey: '$default' }]);
    const { status, body } = await gateway.refused();
    expect(status).toBe(400);
    expect(body).toContain('ConditionalCheckFailedException');
  });

  test('a catch-all whose template says 200 lets the client in although the write failed: the trap', async () => {
    table.put = () => Promise.reject(CONDITION_FAILED);
    gateway.action('$connect', 'dynamodb:PutItem', '{}', [{ ResponseTemplates: { $default: '{"statusCode":200}' } }]);
    await gateway.connect();
  });

  test.each([200, 201])('a template that says %d lets the client in', async status => {
    gateway.mock('$connect', `{"statusCode":${status}}`);
    await gateway.connect();
  });

  test.each([301, 401, 403, 501])('a template that says %d refuses the client with it', async status => {
    gateway.mock('$connect', `{"statusCode":${status},"reason":"because"}`);
    expect(await gateway.refused()).toMatchObject({ status, body: `{"statusCode":${status},"reason":"because"}` });
  });

  test('a guard: only the right header gets in', async () => {
    const request = "{\"statusCode\":#if($input.params('token') == \"hello\")200#{else}401#end}";
    gateway.mock('$connect', undefined, request);
    gateway.route('unused', { IntegrationType: 'MOCK' });
    await gateway.connect('/live', { headers: { token: 'hello' } });
    await gateway.connect('/live?token=hello');
    expect((await gateway.refused('/live', { headers: { token: 'goodbye' } })).status).toBe(401);
    expect((await gateway.refused()).status).toBe(401);
  });

  test.each([
    ['no route response', { oneWay: true }, [{}]],
    ['no integration response', {}, []],
  ])('a non-proxy integration with %s refuses everybody', async (_name, options, responses) => {
    gateway.route('$connect', { IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode":200}' } }, responses, options);
    expect((await gateway.refused()).status).toBe(500);
  });

  test('a mock without a request template refuses everybody', async () => {
    gateway.route('$connect', { IntegrationType: 'MOCK', PassthroughBehavior: 'WHEN_NO_MATCH' });
    expect((await gateway.refused()).status).toBe(500);
    expect(gateway.traced('connect')[0].outcome).toMatch(/statusCode should be an integer/);
  });

  test('a mock may select its templates by a text of its own, as those of AWS do', async () => {
    const selected = { TemplateSelectionExpression: '200' };
    gateway.route('$connect', { IntegrationType: 'MOCK', RequestTemplates: { 200: '{"statusCode":200}' }, ...selected }, [{ IntegrationResponseKey: '/200/', ...selected }]);
    await gateway.connect();
  });

  test.each(['/unknown', '/', '', '/live/more', '/live//'])('a path that is no stage, %j, is forbidden', async path => {
    expect(await gateway.refused(path)).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  });

  test('a slash after the stage does not matter', async () => {
    await gateway.connect('/live/');
  });

  test('an API may also be named by the host', async () => {
    gateway.mock('hello', 'hello');
    const host = `${gateway.apiId}.execute-api.eu-west-1.amazonaws.com`;
    const apiId = gateway.apiId;
    gateway.apiId = 'live';
    const client = await gateway.connect('', { headers: { Host: host } });
    gateway.apiId = apiId;
    expect(await client.ask({ action: 'hello' })).toBe('hello');
  });

  test('query and headers of the handshake reach the templates of $connect and of nothing else', async () => {
    const seen: any[] = [];
    table.put = input => {
      seen.push(input);
      return {};
    };
    const template = "{\"query\":\"$input.params('room')\",\"header\":\"$input.params('X-Mine')\",\"body\":$input.body}";
    gateway.action('$connect', 'dynamodb:PutItem', template);
    gateway.action('hello', 'dynamodb:PutItem', template);
    const client = await gateway.connect('/live?room=a%20b&room=c', { headers: { 'X-Mine': 'yes' } });
    await client.ask({ action: 'hello' });
    expect(seen).toEqual([
      { query: 'c', header: 'yes', body: {} },
      { query: '', header: '', body: { action: 'hello' } },
    ]);
  });

  test('a header or a parameter called __proto__ is nothing special', async () => {
    gateway.mock('$connect', '{"statusCode":200}');
    await gateway.connect('/live?__proto__=polluted&constructor=x', { headers: { ['__proto__']: 'polluted' } });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  describe('a client that leaves while it waits', () => {
    test('is not connected, and its end is told to $disconnect', async () => {
      let answer: () => void = () => undefined;
      const asked = new Promise<void>(resolve => table.put = () => new Promise(answered => {
        answer = () => answered({});
        resolve();
      }));
      gateway.action('$connect', 'dynamodb:PutItem', '{}', [{ IntegrationResponseKey: '/200/' }]);
      gateway.action('$disconnect', 'dynamodb:DeleteItem', '{"code":"$context.disconnectStatusCode"}');
      const raw = await RawClient.connect(gateway.port);
      const hasLeft = gateway.clientLeaves();
      raw.upgrade(`/${gateway.apiId}/live`);
      await asked;

      raw.socket.end();
      await hasLeft;
      const disconnected = gateway.nextTraced('disconnect');
      answer();

      expect(await disconnected).toMatchObject({ code: 1006 });
      await new Promise(resolve => setImmediate(resolve));
      expect(table.deleted).toEqual([{ code: '1006' }]);
    });
  });

  test('a message that comes before the handshake is answered waits for it', async () => {
    let answer: () => void = () => undefined;
    const asked = new Promise<void>(resolve => table.put = () => new Promise(answered => {
      answer = () => answered({});
      resolve();
    }));
    gateway.action('$connect', 'dynamodb:PutItem', '{}', [{ IntegrationResponseKey: '/200/' }]);
    gateway.mock('hello', 'hello');
    const raw = await RawClient.connect(gateway.port);
    raw.upgrade(`/${gateway.apiId}/live`);
    await asked;
    raw.frame(1, '{"action":"hello"}');
    expect(gateway.traced('message')).toEqual([]);

    answer();

    const data = await raw.until(each => each.includes('\x81\x05hello', 0, 'latin1'));
    expect(data.indexOf('HTTP/1.1 101')).toBe(0);
    raw.socket.destroy();
  });

  describe('subprotocols', () => {
    test('none is chosen unless the gateway does', async () => {
      const client = await gateway.connect('/live', {}, []);
      expect(client.socket.protocol).toBe('');
      const raw = await RawClient.connect(gateway.port);
      raw.upgrade(`/${gateway.apiId}/live`, { 'Sec-WebSocket-Protocol': 'one, two' });
      await raw.opened();
      raw.socket.destroy();
      expect((await raw.received).toString()).not.toMatch(/sec-websocket-protocol/i);
    });

    test('a response parameter is not known to choose one', async () => {
      expect(() => gateway.route('$connect', { IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode":200}' } }, [
        { ResponseParameters: { 'route.response.header.Sec-WebSocket-Protocol': "'two'" } },
      ])).toThrow('"route.response.header.Sec-WebSocket-Protocol" is not known to reach clients on AWS, where functions behind AWS_PROXY choose the subprotocol');
    });
  });
});
