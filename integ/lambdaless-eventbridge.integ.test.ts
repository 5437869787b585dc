import { ClientOptions } from 'ws';
import { Deployment } from './deployment';
import { withstandsHostileClients } from './hostile-clients';
import { Transcript } from './transcript';
import { WebSocketClient } from './websocket-client';

const STACK = 'LambdalessEventBridge';

describe('lambdaless-eventbridge', () => {
  let deployment: Deployment;
  let url: string;
  let bus: string;
  const clients: WebSocketClient[] = [];

  const connect = async (options?: ClientOptions) => {
    const client = await WebSocketClient.connect(url, {}, options);
    clients.push(client);
    return client;
  };
  const put = (source: string, detailType: string, detail: object) => deployment.putEvent(bus, source, detailType, detail);

  beforeAll(() => {
    deployment = Deployment.fromEnvironment();
    url = deployment.output(STACK, 'SocketUrl');
    bus = deployment.output(STACK, 'BusName');
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).filter(client => client.open).map(client => client.close()));
  });
  afterAll(() => deployment.close());

  /** `npm run send -- '<detail>' <source> <detail-type>`, wherever the deployment is. */
  const send = (command: string) => {
    const [, detail, source, detailType] = /^npm run send -- '(.*)' (\S+) (\S+)$/.exec(command)!;
    return put(source, detailType, JSON.parse(detail));
  };

  test.each(Transcript.read('examples/lambdaless-eventbridge/README.md').map((transcript, index) => [index + 1, transcript]))('transcript %d of the README', async (_number, transcript) => {
    await (transcript as Transcript).play({ connect: () => connect(), run: send });
  });

  test('an event reaches a client whose pattern matches it, as it is', async () => {
    const client = await connect();
    const ack = await client.request({ action: 'subscribe', pattern: { source: ['shop'] } });
    expect(ack).toEqual({ type: 'subscribed', subscriptionId: expect.any(String), requestId: expect.any(String) });

    const id = await put('shop', 'OrderPlaced', { orderId: 7, note: null, text: 'a "quoted" \\ $text #hash\n\u2028' });
    expect(await client.next()).toEqual({
      'version': '0',
      id,
      'detail-type': 'OrderPlaced',
      'source': 'shop',
      'account': expect.any(String),
      'time': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      'region': expect.any(String),
      'resources': [],
      'detail': { orderId: 7, note: null, text: 'a "quoted" \\ $text #hash\n\u2028' },
    });
  });

  test('the catch-all pattern of the first version works as written there', async () => {
    const client = await connect();
    const ack = await client.request({ action: 'pattern', pattern: { version: ['0'] } });
    expect(ack.subscriptionId).toEqual(expect.any(String));
    const id = await put('anything', 'At all', {});
    expect((await client.next()).id).toBe(id);
  });

  test('each client receives exactly its own events', async () => {
    const [orders, payments, large] = [await connect(), await connect(), await connect()];
    await orders.request({ action: 'subscribe', pattern: { 'source': ['orders'], 'detail-type': [{ prefix: 'Order' }] } });
    await payments.request({ action: 'subscribe', pattern: { source: ['payments', 'refunds'] } });
    await large.request({ action: 'subscribe', pattern: { detail: { amount: [{ numeric: ['>=', 100] }] } } });

    await put('orders', 'Something else', { amount: 1 });
    const order = await put('orders', 'OrderPlaced', { amount: 5 });
    const refund = await put('refunds', 'Refunded', { amount: 250 });
    const last = await put('orders', 'OrderDone', { amount: 100 });

    expect([(await orders.next()).id, (await orders.next()).id].sort()).toEqual([order, last].sort());
    expect((await payments.next()).id).toBe(refund);
    expect([(await large.next()).id, (await large.next()).id].sort()).toEqual([refund, last].sort());
    expect([orders.unread, payments.unread, large.unread]).toEqual([[], [], []]);
  });

  test('one client has many subscriptions, lists them, and ends one', async () => {
    const client = await connect();
    const { subscriptionId: first } = await client.request({ action: 'subscribe', pattern: { source: ['first'] } });
    const { subscriptionId: second } = await client.request({ action: 'subscribe', pattern: { source: ['second'] } });
    expect(first).not.toBe(second);

    const list = await client.request({ action: 'subscriptions' });
    expect(list.type).toBe('subscriptions');
    expect(list.subscriptions).toHaveLength(2);
    expect(list.subscriptions).toEqual(expect.arrayContaining([
      { subscriptionId: first, pattern: { source: ['first'] } },
      { subscriptionId: second, pattern: { source: ['second'] } },
    ]));

    expect(await client.request({ action: 'unsubscribe', subscriptionId: first })).toMatchObject({ type: 'unsubscribed', subscriptionId: first });
    await put('first', 'Unheard', {});
    const heard = await put('second', 'Heard', {});
    expect((await client.next()).id).toBe(heard);
    expect((await client.request({ action: 'subscriptions' })).subscriptions).toEqual([{ subscriptionId: second, pattern: { source: ['second'] } }]);
  });

  test('an acknowledged subscription is live at once', async () => {
    const client = await connect();
    for (let round = 0; round < 20; round++) {
      await client.request({ action: 'subscribe', pattern: { source: [`round-${round}`] } });
      const id = await put(`round-${round}`, 'Now', {});
      expect((await client.next()).id).toBe(id);
    }
  });

  test('a client that has gone receives nothing, and disturbs nobody', async () => {
    const [gone, stays] = [await connect(), await connect()];
    await gone.request({ action: 'subscribe', pattern: { source: ['both'] } });
    await stays.request({ action: 'subscribe', pattern: { source: ['both'] } });
    await gone.close();
    const id = await put('both', 'Event', {});
    expect((await stays.next()).id).toBe(id);
  });

  describe('a bad message is answered, and the socket stays open', () => {
    const errorFrame = (code: string, message: string | RegExp) => ({
      type: 'error',
      error: { code, message: message instanceof RegExp ? expect.stringMatching(message) : message, retryable: false },
      requestId: expect.any(String),
    });

    test.each([
      ['no pattern', {}, errorFrame('PatternMissing', /`pattern` is missing/)],
      ['null', { pattern: null }, errorFrame('PatternMissing', /`pattern` is missing or null/)],
      ['a string', { pattern: '{"source":["shop"]}' }, errorFrame('PatternNotAnObject', /received string/)],
      ['a list', { pattern: [1] }, errorFrame('PatternNotAnObject', /received array/)],
      ['too long', { pattern: { source: ['x'.repeat(2048)] } }, errorFrame('PatternTooLong', /at most 2048 characters of JSON; received 206\d/)],
      ['an empty list', { pattern: { source: [] } }, errorFrame('InvalidEventPattern', /^Event pattern is not valid. Reason: Empty arrays are not allowed/)],
      ['an unknown operator', { pattern: { source: [{ like: 'x' }] } }, errorFrame('InvalidEventPattern', /^Event pattern is not valid. Reason: Unrecognized match type like/)],
      ['not a list', { pattern: { source: 'shop' } }, errorFrame('InvalidEventPattern', /^Event pattern is not valid. Reason: "source" must be an object or an array/)],
    ])('%s', async (_, message, answer) => {
      const client = await connect();
      expect(await client.request({ action: 'subscribe', ...message })).toEqual(answer);
      expect(await client.request({ action: 'subscribe', pattern: { source: ['shop'] } })).toMatchObject({ type: 'subscribed' });
    });

    test.each([
      ['no id', {}, errorFrame('SubscriptionIdInvalid', /must be a string/)],
      ['an object', { subscriptionId: { a: 1 } }, errorFrame('SubscriptionIdInvalid', /must be a string/)],
      ['a text that is none', { subscriptionId: 'it\'s "none"\\' }, errorFrame('SubscriptionIdInvalid', /letters, digits/)],
      ['an unknown id', { subscriptionId: 'none' }, errorFrame('SubscriptionNotFound', /no subscription with the id "none"/)],
    ])('unsubscribe with %s', async (_, message, answer) => {
      const client = await connect();
      expect(await client.request({ action: 'unsubscribe', ...message })).toEqual(answer);
    });

    test("another client's subscription cannot be ended", async () => {
      const [owner, other] = [await connect(), await connect()];
      const { subscriptionId } = await owner.request({ action: 'subscribe', pattern: { source: ['mine'] } });
      expect(await other.request({ action: 'unsubscribe', subscriptionId })).toEqual(errorFrame('SubscriptionNotFound', /no subscription/));
      const id = await put('mine', 'Event', {});
      expect((await owner.next()).id).toBe(id);
    });

    test.each([
      ['no action', '{"pattern":{"source":["shop"]}}'],
      ['an unknown action', '{"action":"nope"}'],
    ])('%s', async (_, message) => {
      const client = await connect();
      expect(await client.request(message)).toEqual(errorFrame('UnknownAction', /must be subscribe, unsubscribe, subscriptions or ping/));
      expect(await client.request({ action: 'subscriptions' })).toMatchObject({ type: 'subscriptions', subscriptions: [] });
    });

    test('not JSON', async () => {
      const client = await connect();
      expect(await client.request('hello')).toEqual({ message: 'Bad request body', connectionId: expect.any(String), messageId: expect.any(String) });
      expect(await client.request({ action: 'subscriptions' })).toMatchObject({ type: 'subscriptions', subscriptions: [] });
    });
  });

  withstandsHostileClients({
    connect,
    message: { action: 'subscribe', pattern: { source: ['nobody'] } },
    // Who asks for much at the same time is told to try again, and for more than a hundred subscriptions that it is enough.
    isAnswer: ({ type }) => type === 'subscribed' || type === 'error',
    conversation: async () => {
      const client = await connect();
      await client.request({ action: 'subscribe', pattern: { source: ['conversation'] } });
      return async () => {
        const id = await put('conversation', 'Event', {});
        expect((await client.next()).id).toBe(id);
        expect(await client.request({ action: 'ping' })).toMatchObject({ type: 'pong' });
      };
    },
  });
});
