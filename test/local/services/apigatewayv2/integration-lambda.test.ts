import { StubFunction } from './stub-function';
import { ENVIRONMENT, ROLE, TestGateway } from './test-gateway';

const PROXY = { IntegrationType: 'AWS_PROXY', IntegrationUri: StubFunction.uri };

let lambda: StubFunction;
let gateway: TestGateway;
beforeEach(async () => {
  lambda = new StubFunction();
  gateway = await TestGateway.start(lambda.service);
});
afterEach(() => gateway.stop());

const failure = (message: string) => expect.stringMatching(new RegExp(`^\\{"message": "${message}", "connectionId":"[\\w-]{15}=", "requestId":"[\\w-]{15}="\\}$`));

describe('the event of a proxied function', () => {
  test('of $connect has the headers and the query of the client', async () => {
    gateway.api({}, { StageVariables: { color: 'blue' } });
    gateway.route('$connect', PROXY, []);
    await gateway.connect('/live?room=a&room=b&__proto__=c', { headers: { 'X-Token': 'hello', 'User-Agent': 'test/1' } });

    expect(lambda.events).toEqual([{
      headers: expect.objectContaining({ 'X-Token': 'hello', 'Host': `${gateway.apiId}.execute-api.eu-west-1.amazonaws.com`, 'X-Forwarded-Proto': 'https' }),
      multiValueHeaders: expect.objectContaining({ 'X-Token': ['hello'] }),
      queryStringParameters: JSON.parse('{"room":"b","__proto__":"c"}'),
      multiValueQueryStringParameters: JSON.parse('{"room":["a","b"],"__proto__":["c"]}'),
      stageVariables: { color: 'blue' },
      requestContext: {
        routeKey: '$connect',
        eventType: 'CONNECT',
        messageDirection: 'IN',
        stage: 'live',
        apiId: gateway.apiId,
        domainName: `${gateway.apiId}.execute-api.eu-west-1.amazonaws.com`,
        connectionId: expect.any(String),
        requestId: expect.any(String),
        extendedRequestId: lambda.events[0].requestContext.requestId,
        requestTime: '02/Jan/2026:03:04:05 +0000',
        requestTimeEpoch: gateway.clock.now(),
        connectedAt: gateway.clock.now(),
        identity: { sourceIp: '127.0.0.1', userAgent: 'test/1' },
      },
      isBase64Encoded: false,
    }]);
  });

  test('of a message has its body, and neither headers nor query', async () => {
    gateway.api();
    gateway.route('$default', PROXY, []);
    lambda.answer = () => ({ statusCode: 200, body: 'done' });
    const client = await gateway.connect('/live?room=a');
    expect(await client.ask('{"not": "parsed"}')).toBe('done');
    expect(lambda.events).toEqual([{
      requestContext: expect.objectContaining({ routeKey: '$default', eventType: 'MESSAGE', messageId: expect.any(String), identity: { sourceIp: '127.0.0.1' } }),
      body: '{"not": "parsed"}',
      isBase64Encoded: false,
    }]);
  });

  test('of $disconnect has why', async () => {
    gateway.api();
    gateway.route('$disconnect', PROXY, [], { oneWay: true });
    const called = new Promise(resolve => lambda.answer = resolve);
    const client = await gateway.connect();
    await client.close(1000, 'bye');
    expect(await called).toMatchObject({
      headers: { 'Host': expect.any(String), 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
      requestContext: { routeKey: '$disconnect', eventType: 'DISCONNECT', disconnectStatusCode: 1000, disconnectReason: 'bye' },
      isBase64Encoded: false,
    });
  });
});

describe('the answer of a proxied function on $connect', () => {
  beforeEach(() => {
    gateway.api();
    gateway.route('$connect', PROXY, [], { oneWay: true });
  });

  test.each([200, 201, '204'])('lets the client in with %j', async statusCode => {
    lambda.answer = () => ({ statusCode });
    await gateway.connect();
  });

  test('names the subprotocol, and cannot break the handshake', async () => {
    lambda.answer = () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'chat', 'Upgrade': 'nonsense', 'Content-Length': 5, 'X-A': 'a\r\nb' }, multiValueHeaders: { 'X-B': ['1', '2'] } });
    const client = await gateway.connect('/live', {}, ['chat', 'other']);
    expect(client.socket.protocol).toBe('chat');
  });

  test.each([301, 401, 501])('refuses it with %d and the body', async statusCode => {
    lambda.answer = () => ({ statusCode, body: 'no', headers: { 'Content-Type': 'text/plain' } });
    expect(await gateway.refused()).toMatchObject({ status: statusCode, body: 'no' });
  });

  test.each<[string, () => unknown]>([
    ['an exception', () => {
      throw new Error('no');
    }],
    ['nothing', () => undefined],
    ['text', () => 'OK'],
    ['a number', () => 200],
    ['a list', () => [200]],
    ['no status', () => ({ body: 'x' })],
    ['a status that is none', () => ({ statusCode: 99 })],
    ['an object as its body', () => ({ statusCode: 200, body: {} })],
    ['a status of its prototype', () => JSON.parse('{"__proto__":{"statusCode":200}}')],
  ])('refuses it with 502 when it is %s', async (_name, answer) => {
    lambda.answer = answer;
    expect(await gateway.refused()).toMatchObject({ status: 502, body: failure('Internal server error') });
  });
});

describe('the answer of a proxied function to a message', () => {
  beforeEach(() => gateway.api());

  test.each<[string, object, string]>([
    ['its body', { statusCode: 200, body: 'text' }, 'text'],
    ['its body, whatever the status', { statusCode: 400, body: 'bad' }, 'bad'],
    ['its body, decoded', { statusCode: 200, body: 'aMOp', isBase64Encoded: true }, 'hé'],
  ])('is %s', async (_name, answer, expected) => {
    gateway.route('$default', PROXY, []);
    lambda.answer = () => answer;
    expect(await (await gateway.connect()).ask('x')).toBe(expected);
  });

  test('is nothing without a body, and nothing on a route that does not answer', async () => {
    gateway.route('silent', PROXY, []);
    gateway.route('one-way', PROXY, [], { oneWay: true });
    gateway.mock('ping', 'pong');
    lambda.answer = ({ body }) => JSON.parse(body).action === 'silent' ? { statusCode: 200 } : { statusCode: 200, body: 'unheard' };
    const client = await gateway.connect();
    for (const action of ['silent', 'one-way']) {
      const answered = gateway.nextTraced('message');
      client.send({ action });
      expect(await answered).toMatchObject({ routeKey: action, outcome: 'ok' });
    }
    expect(await client.ask({ action: 'ping' })).toBe('pong');
  });

  test.each<[string, () => unknown]>([['throws', () => {
    throw new Error('no');
  }], ['returns nothing', () => undefined]])('is an error frame when the function %s, on a route that does not answer too', async (_name, answer) => {
    gateway.route('$default', PROXY, [], { oneWay: true });
    lambda.answer = answer;
    const client = await gateway.connect();
    expect(await client.ask('x')).toEqual(failure('Internal server error'));
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });
});

describe('a function lets API Gateway call it', () => {
  const api = () => `arn:aws:execute-api:${ENVIRONMENT.region}:${ENVIRONMENT.account}:${gateway.apiId}`;
  beforeEach(() => {
    gateway.api();
    gateway.route('$connect', PROXY, [], { oneWay: true });
  });

  test.each(['/live/$connect', '/*', '/*$connect'])('for %s', async path => {
    lambda.sourceArn = api() + path;
    await gateway.connect();
    expect(lambda.principals).toEqual([{ kind: 'service', arn: 'apigateway.amazonaws.com', sourceArn: `${api()}/live/$connect` }]);
  });

  test.each(['/live/$disconnect', '/other/$connect', 'other/live/$connect', undefined])('or not: %s', async path => {
    lambda.sourceArn = path === undefined ? undefined : api() + path;
    expect(await gateway.refused()).toMatchObject({ status: 500, body: failure('Internal server error') });
    expect(gateway.traced('connect')[0].outcome).toContain('lambda:InvokeFunction');
  });

  test('by the role of the integration, where it has one', async () => {
    gateway.api();
    lambda.sourceArn = undefined;
    gateway.route('$connect', { ...PROXY, CredentialsArn: ROLE }, [], { oneWay: true });
    await gateway.connect();
    expect(lambda.principals).toMatchObject([{ kind: 'role', roleArn: ROLE }]);
  });
});

describe('a function behind a template', () => {
  const FUNCTION = { IntegrationType: 'AWS', IntegrationMethod: 'POST', IntegrationUri: StubFunction.uri };
  beforeEach(() => gateway.api());

  test('gets what the template makes, and its answer is what the response template makes', async () => {
    gateway.route('greet', { ...FUNCTION, RequestTemplates: { $default: '{"name":$input.json(\'$.name\')}' } }, [{ ResponseTemplates: { $default: 'Hello $input.path(\'$.text\')' } }]);
    lambda.answer = ({ name }) => ({ text: `${name}!` });
    expect(await (await gateway.connect()).ask({ action: 'greet', name: 'Zoë' })).toBe('Hello Zoë!');
    expect(lambda.events).toEqual([{ name: 'Zoë' }]);
  });

  test('that fails selects the response by the message of its error', async () => {
    gateway.route('fail', { ...FUNCTION, RequestTemplates: { $default: '$input.body' } }, [
      { IntegrationResponseKey: '/.*not found.*/', ResponseTemplates: { $default: 'missing' } },
      { IntegrationResponseKey: '/2\\d\\d/', ResponseTemplates: { $default: 'by status' } },
      { IntegrationResponseKey: '$default', ResponseTemplates: { $default: 'other' } },
    ]);
    lambda.answer = ({ error }) => {
      if (error) {
        throw new Error(error);
      }
      return {};
    };
    const client = await gateway.connect();
    expect(await client.ask({ action: 'fail', error: 'row not found' })).toBe('missing');
    expect(await client.ask({ action: 'fail', error: '200' })).toBe('by status');
    expect(await client.ask({ action: 'fail' })).toBe('other');
  });

  test('that fails where the client waits for nothing is told to whoever watches', async () => {
    gateway.route('fail', { ...FUNCTION, RequestTemplates: { $default: '{}' } }, [{}], { oneWay: true });
    lambda.answer = () => {
      throw new Error('no such row');
    };
    const client = await gateway.connect();
    const traced = gateway.nextTraced('message');
    client.send({ action: 'fail' });
    expect((await traced).outcome).toMatch(/^the integration answered with the status 200: .*"no such row"/);
  });

  test('runs after the answer when the integration asks for that', async () => {
    gateway.route('later', {
      ...FUNCTION, RequestTemplates: { $default: '{}' }, RequestParameters: { 'integration.request.header.X-Amz-Invocation-Type': '\'Event\'' },
    }, [{ ResponseTemplates: { $default: 'accepted' } }]);
    expect(await (await gateway.connect()).ask({ action: 'later' })).toBe('accepted');
    expect(lambda.inputs).toMatchObject([{ InvocationType: 'Event' }]);
  });

  test('that may not be called fails', async () => {
    lambda.sourceArn = undefined;
    gateway.route('fail', { ...FUNCTION, RequestTemplates: { $default: '{}' } }, [{ ResponseTemplates: { $default: 'unheard' } }]);
    expect(await (await gateway.connect()).ask({ action: 'fail' })).toEqual(failure('Internal server error'));
  });
});

test.each([
  ['is no function', 'AWS_PROXY', 'arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem', /is no URI of a Lambda function/],
  ['is no path of one', 'AWS', 'arn:aws:apigateway:eu-west-1:lambda:path/2014-11-13/functions', /is no URI of a Lambda function/],
])('a target that %s is refused', (_name, IntegrationType, IntegrationUri, message) => {
  gateway.api();
  expect(() => gateway.route('x', { IntegrationType, IntegrationUri })).toThrow(message);
});
