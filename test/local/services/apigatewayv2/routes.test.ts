import { jsonService, TestGateway } from './test-gateway';

const IDENTIFIER = /^[A-Za-z0-9_-]{15}=$/;

describe('routes of a WebSocket API', () => {
  let gateway: TestGateway;
  const start = async (...services: Parameters<typeof TestGateway.start>) => {
    gateway = await TestGateway.start(...services);
    gateway.api();
  };
  afterEach(() => gateway.stop());

  test('a message takes the route that its selection expression names', async () => {
    await start();
    gateway.mock('hello', 'hello of $context.routeKey');
    gateway.mock('$default', 'default of $context.routeKey');
    const client = await gateway.connect();

    expect(await client.ask({ action: 'hello' })).toBe('hello of hello');
    expect(await client.ask({ action: 'Hello' })).toBe('default of $default');
    expect(await client.ask({ hello: 'world' })).toBe('default of $default');
    expect(await client.ask('no json')).toBe('default of $default');
    expect(await client.ask('"hello"')).toBe('default of $default');
  });

  test('a nested selection expression', async () => {
    gateway = await TestGateway.start();
    gateway.api({ RouteSelectionExpression: '$request.body.service.do' });
    gateway.mock('echo', 'echo');
    gateway.mock('$default', 'default');
    const client = await gateway.connect();

    expect(await client.ask({ service: { do: 'echo' } })).toBe('echo');
    expect(await client.ask({ service: 'echo' })).toBe('default');
  });

  test('without a route and without a default the client is told Forbidden, to the byte, and stays connected', async () => {
    await start();
    gateway.mock('hello', 'hello');
    const client = await gateway.connect();

    const frame = await client.ask({ action: 'nope' });

    const { message, connectionId, requestId } = JSON.parse(frame);
    expect(message).toBe('Forbidden');
    expect(connectionId).toMatch(IDENTIFIER);
    expect(requestId).toMatch(IDENTIFIER);
    expect(frame).toBe(`{"message": "Forbidden", "connectionId":"${connectionId}", "requestId":"${requestId}"}`);
    expect(await client.ask('hi')).toMatch(/^\{"message": "Forbidden", /);
    expect(await client.ask({ action: 'hello' })).toBe('hello');
  });

  test.each(['$connect', '$disconnect'])('a message cannot choose %s', async key => {
    await start();
    gateway.mock(key, '{"statusCode":200}');
    const client = await gateway.connect();
    expect(JSON.parse(await client.ask({ action: key })).message).toBe('Forbidden');
  });

  test.each(['__proto__', 'constructor', 'toString'])('a message that asks for the route %s gets no other', async key => {
    await start();
    gateway.mock('hello', 'hello');
    const client = await gateway.connect();
    expect(JSON.parse(await client.ask(`{"action":"${key}","__proto__":{"action":"hello"}}`)).message).toBe('Forbidden');
  });

  test('a route without a route response answers nothing, whatever its integration says', async () => {
    await start();
    gateway.mock('quiet', 'never seen', undefined, { oneWay: true });
    gateway.mock('loud', 'seen');
    const client = await gateway.connect();

    client.send({ action: 'quiet' });
    expect(await client.ask({ action: 'loud' })).toBe('seen');
  });

  test('a response template need not make JSON', async () => {
    await start();
    gateway.mock('$default', '{"Use another route ...$context.connectionId"}');
    const client = await gateway.connect();
    expect(await client.ask('anything')).toMatch(/^\{"Use another route \.\.\.[A-Za-z0-9_-]{15}="\}$/);
  });

  test('without a response template the answer goes out as it came', async () => {
    await start(jsonService('dynamodb', 'DynamoDB_20120810', { GetItem: () => ({ Item: { pk: { S: 'a' } } }) }));
    gateway.action('get', 'dynamodb:GetItem', '{}');
    const client = await gateway.connect();
    expect(await client.ask({ action: 'get' })).toBe('{"Item":{"pk":{"S":"a"}}}');
  });

  test('what a template changes of its context the next one sees', async () => {
    await start();
    gateway.mock('hello', 'note: $context.note', '#set($context.note = "kept"){"statusCode":200}');
    const client = await gateway.connect();
    expect(await client.ask({ action: 'hello' })).toBe('note: kept');
  });

  test('a mock answers with what its request template made', async () => {
    await start();
    gateway.mock('ping', "pong $input.path('$.id')", "{\"statusCode\":200,\"id\":$input.json('$.id')}");
    const client = await gateway.connect();
    expect(await client.ask({ action: 'ping', id: 7 })).toBe('pong 7');
  });

  test.each([
    ['an integer in JSON', '{"statusCode":200}', 'fine'],
    ['a name without its quotes', '{statusCode: 200}', 'fine'],
    ['no status', '{"status":200}', 'Internal server error'],
    ['a status in quotes', '{"statusCode":"200"}', 'Internal server error'],
    ['no JSON at all', 'hello', 'Internal server error'],
  ])('a mock whose request template makes %s', async (_name, request, expected) => {
    await start();
    gateway.mock('hello', 'fine', request);
    const client = await gateway.connect();
    expect(await client.ask({ action: 'hello' })).toContain(expected);
    const outcomes = gateway.traced('message').map(({ outcome }) => outcome);
    expect(outcomes).toEqual([expected === 'fine' ? 'ok' : expect.stringContaining('statusCode should be an integer which defined in request template')]);
  });

  test('requests at the same time are answered each with its own', async () => {
    const release: Array<() => void> = [];
    await start(jsonService('dynamodb', 'DynamoDB_20120810', { GetItem: ({ id }) => new Promise(resolve => release.push(() => resolve({ id }))) }));
    gateway.action('get', 'dynamodb:GetItem', "{\"id\":$input.json('$.id')}");
    const client = await gateway.connect();
    for (const id of [1, 2, 3]) {
      client.send({ action: 'get', id });
    }
    while (release.length < 3) {
      await new Promise(resolve => setImmediate(resolve));
    }

    release.reverse().forEach(each => each());

    expect([await client.next(), await client.next(), await client.next()]).toEqual(['{"id":3}', '{"id":2}', '{"id":1}']);
  });

  test('a route that is added while clients are connected is there for their next message', async () => {
    await start();
    gateway.mock('first', 'first');
    const client = await gateway.connect();
    expect(JSON.parse(await client.ask({ action: 'second' })).message).toBe('Forbidden');

    gateway.mock('second', 'second');

    expect(await client.ask({ action: 'second' })).toBe('second');
    expect(await client.ask({ action: 'first' })).toBe('first');
  });

  test('two APIs do not share routes', async () => {
    await start();
    gateway.mock('hello', 'first API');
    const first = await gateway.connect();
    gateway.api();
    gateway.mock('hello', 'second API');
    const second = await gateway.connect();

    expect(await first.ask({ action: 'hello' })).toBe('first API');
    expect(await second.ask({ action: 'hello' })).toBe('second API');
  });

  test('messages are traced with their route and what came of them', async () => {
    await start();
    gateway.mock('hello', 'hello');
    const client = await gateway.connect();
    await client.ask({ action: 'hello' });
    await client.ask({ action: 'nope' });
    expect(gateway.traced('message')).toMatchObject([
      { api: gateway.apiId, stage: 'live', routeKey: 'hello', bytes: 18, outcome: 'ok' },
      { routeKey: '', bytes: 17, outcome: expect.stringMatching(/^Forbidden: /) },
    ]);
  });
});
