import { jsonService, TestGateway } from './test-gateway';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('the limits of a connection', () => {
  let gateway: TestGateway;
  const disconnects: any[] = [];
  beforeEach(async () => {
    disconnects.length = 0;
    gateway = await TestGateway.start(jsonService('dynamodb', 'DynamoDB_20120810', {
      DeleteItem: input => {
        disconnects.push(input);
        return {};
      },
      GetItem: () => new Promise(() => undefined),
    }));
    gateway.api();
    gateway.mock('whoami', '$context.connectionId');
    gateway.action('$disconnect', 'dynamodb:DeleteItem', '{"code":"$context.disconnectStatusCode","reason":"$context.disconnectReason"}');
  });
  afterEach(() => gateway.stop());

  test('ten minutes without a word', async () => {
    const client = await gateway.connect();
    const called = gateway.nextTraced('call');
    await gateway.clock.advance(10 * MINUTE);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    await called;
    expect(disconnects).toEqual([{ code: '1001', reason: 'Going away' }]);
  });

  test('one millisecond less is fine', async () => {
    const client = await gateway.connect();
    await gateway.clock.advance(10 * MINUTE - 1);
    expect(await client.ask({ action: 'whoami' })).toMatch(/=$/);
  });

  const activities: Array<[string, (client: Awaited<ReturnType<TestGateway['connect']>>, id: string) => Promise<unknown>]> = [
    ['a message', client => client.ask({ action: 'whoami' })],
    ['a push', (client, id) => gateway.manage('POST', id, 'hello').then(() => client.next())],
    ['a ping', client => new Promise(resolve => {
      client.socket.once('pong', resolve);
      client.socket.ping('beat');
    })],
  ];
  test.each(activities)('%s starts the ten minutes again', async (_name, act) => {
    const client = await gateway.connect();
    const id = await client.ask({ action: 'whoami' });
    for (let count = 0; count < 3; count++) {
      await gateway.clock.advance(9 * MINUTE);
      await act(client, id);
    }
    const closed = gateway.nextTraced('disconnect');
    await gateway.clock.advance(10 * MINUTE);
    expect(await closed).toMatchObject({ connectionId: id, code: 1001, time: gateway.clock.now() });
  });

  test('two hours, however active', async () => {
    const client = await gateway.connect();
    for (let time = 0; time < 2 * HOUR - 5 * MINUTE; time += 5 * MINUTE) {
      await gateway.clock.advance(5 * MINUTE);
      await client.ask({ action: 'whoami' });
    }
    await gateway.clock.advance(5 * MINUTE - 1);
    await client.ask({ action: 'whoami' });
    await gateway.clock.advance(1);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  test('connections that have ended leave no timers behind', async () => {
    const before = gateway.clock.pending;
    const client = await gateway.connect();
    expect(gateway.clock.pending).toBe(before + 1);
    const ended = gateway.nextTraced('disconnect');
    await client.close();
    await ended;
    await gateway.clock.advance(0);
    expect(gateway.clock.pending).toBe(before);
  });

  test('a binary frame', async () => {
    const client = await gateway.connect();
    client.socket.send(Buffer.from('{"action":"whoami"}'));
    expect(await client.closed).toMatchObject({ code: 1003 });
  });

  test('an answer longer than 128 KB', async () => {
    gateway.mock('long', 'x'.repeat(128 * 1024 + 1));
    gateway.mock('fits', 'x'.repeat(128 * 1024));
    const client = await gateway.connect();
    expect(await client.ask({ action: 'fits' })).toHaveLength(128 * 1024);
    expect(JSON.parse(await client.ask({ action: 'long' })).message).toBe('Internal server error');
  });

  test('messages that wait for slow integrations', async () => {
    gateway.action('slow', 'dynamodb:GetItem', '{}');
    const client = await gateway.connect();
    const message = JSON.stringify({ action: 'slow', padding: 'x'.repeat(30 * 1024) });
    for (let sent = 0; sent < 4 * 1024 * 1024; sent += message.length) {
      client.send(message);
    }
    expect(await client.next()).toMatch(/^\{"message": "Too Many Requests", "connectionId":/);
  });

  test('an answer for a client that has gone is nobody\'s', async () => {
    let answer: () => void = () => undefined;
    const asked = new Promise<void>(resolve => {
      gateway.kernel.service('dynamodb').operations.GetItem = {
        permissions: () => [],
        handle: () => new Promise(answered => {
          answer = () => answered({});
          resolve();
        }),
      };
    });
    gateway.action('slow', 'dynamodb:GetItem', '{}');
    const client = await gateway.connect();
    client.send({ action: 'slow' });
    await asked;
    const ended = gateway.nextTraced('disconnect');
    client.socket.terminate();
    await ended;
    const answered = gateway.nextTraced('message');
    answer();
    expect((await answered).outcome).toContain('the connection has ended');
  });
});

describe('throttles', () => {
  let gateway: TestGateway;
  afterEach(() => gateway.stop());

  test('a route takes its burst at once, then its rate', async () => {
    gateway = await TestGateway.start();
    gateway.api({}, {
      DefaultRouteSettings: { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 1, LoggingLevel: 'ERROR', DataTraceEnabled: false, DetailedMetricsEnabled: true },
      RouteSettings: { fast: { ThrottlingBurstLimit: 3, ThrottlingRateLimit: 2 } },
    });
    gateway.mock('fast', 'fast');
    gateway.mock('slow', 'slow');
    const client = await gateway.connect();
    const ask = async (action: string) => (await client.ask({ action })).replace(/", .*/, '');

    expect([await ask('fast'), await ask('fast'), await ask('fast'), await ask('fast')]).toEqual(['fast', 'fast', 'fast', '{"message": "Too Many Requests']);
    expect([await ask('slow'), await ask('slow')]).toEqual(['slow', '{"message": "Too Many Requests']);
    await gateway.clock.advance(500);
    expect([await ask('fast'), await ask('fast'), await ask('slow')]).toEqual(['fast', '{"message": "Too Many Requests', '{"message": "Too Many Requests']);
  });

  test('a stage that declares none has none', async () => {
    gateway = await TestGateway.start();
    gateway.api();
    gateway.mock('fast', 'fast');
    const client = await gateway.connect();
    for (let count = 0; count < 6_000; count++) {
      client.send({ action: 'fast' });
    }
    for (let count = 0; count < 6_000; count++) {
      expect(await client.next()).toBe('fast');
    }
  });

  test('$connect has one as well', async () => {
    gateway = await TestGateway.start();
    gateway.api({}, { RouteSettings: { $connect: { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 1 } } });
    gateway.mock('$connect', '{"statusCode":200}');
    await gateway.connect();
    expect((await gateway.refused()).status).toBe(429);
    await gateway.clock.advance(SECOND);
    await gateway.connect();
  });
});
