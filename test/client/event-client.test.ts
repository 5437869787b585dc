import { failure, FakeEventSocket } from './fake-event-socket';
import { ClientProblem, EventClient, EventClientOptions } from '../../client';

const PATTERN = { source: ['shop'] };

let socket: FakeEventSocket;
let clients: EventClient[];
let problems: ClientProblem[];
let messages: unknown[];
let statuses: string[];

beforeEach(() => {
  jest.useFakeTimers();
  socket = new FakeEventSocket();
  clients = [];
  problems = [];
  messages = [];
  statuses = [];
});
afterEach(() => {
  clients.forEach(client => client.close());
  jest.useRealTimers();
});

const pass = (milliseconds: number = 200) => jest.advanceTimersByTimeAsync(milliseconds);

function makeClient(options: Partial<EventClientOptions> = {}): EventClient {
  const client = new EventClient({
    url: 'wss://socket.example/live',
    WebSocket: socket.WebSocket,
    onProblem: problem => problems.push(problem),
    onMessage: message => messages.push(message),
    onStatus: status => statuses.push(status),
    shortestDelay: 1000,
    ...options,
  });
  clients.push(client);
  return client;
}

/** A client that is connected, with a subscription whose events are kept. */
async function subscribed(options: Partial<EventClientOptions> = {}) {
  const client = makeClient(options);
  const events: string[] = [];
  const subscription = client.subscribe(PATTERN, event => { events.push(event.id); }, { subscriptionId: 'orders' });
  await pass();
  return { client, subscription, events };
}

const codes = () => problems.map(({ code }) => code);

describe('subscriptions', () => {
  test('are told to the socket once it is connected, and are ready when it has acknowledged them', async () => {
    const client = makeClient();
    const active: boolean[] = [];
    const subscription = client.subscribe(PATTERN, () => {}, { subscriptionId: 'orders', onActive: again => active.push(again) });
    expect(client.status).toBe('connecting');
    await pass();
    await subscription.ready;
    expect(socket.current.received).toEqual([{ action: 'subscribe', subscriptionId: 'orders', pattern: PATTERN }]);
    expect([client.status, statuses, active]).toEqual(['open', ['open'], [false]]);
  });

  test('have ids of their own, unless they are given', async () => {
    const client = makeClient();
    client.subscribe(PATTERN, () => {}, { subscriptionId: 's2' });
    expect([client.subscribe(PATTERN, () => {}).id, client.subscribe(PATTERN, () => {}).id]).toEqual(['s1', 's3']);
    await pass();
    expect([...socket.current.subscriptions.keys()].sort()).toEqual(['s1', 's2', 's3']);
  });

  test('receive the events that say their id, and an event without one when there is only one', async () => {
    const { client, events } = await subscribed();
    socket.current.deliver('a');
    socket.current.deliver('b', 'orders');
    socket.current.deliver('c', 'another');
    const others: string[] = [];
    client.subscribe({ source: ['x'] }, event => others.push(event.id), { subscriptionId: 'others' });
    await pass();
    socket.current.deliver('d');
    socket.current.deliver('e', 'others');
    await pass();
    expect([events, others, codes()]).toEqual([['a', 'b'], ['e'], ['AmbiguousEvent']]);
  });

  test('that end are told to the socket, and handle nothing more', async () => {
    const { subscription, events } = await subscribed();
    subscription.end();
    socket.current.deliver('late', 'orders');
    await pass();
    subscription.end();
    await pass();
    expect(socket.current.received.map(({ action }) => action)).toEqual(['subscribe', 'unsubscribe']);
    expect([events, [...socket.current.subscriptions.keys()]]).toEqual([[], []]);
  });

  test('that end before there is a connection are never told', async () => {
    const client = makeClient();
    const subscription = client.subscribe(PATTERN, () => {});
    subscription.end();
    await pass();
    expect(socket.current.received).toEqual([]);
    await expect(subscription.ready).rejects.toMatchObject({ code: 'Ended' });
  });

  test('that end while they are being made are ended afterwards', async () => {
    const client = makeClient();
    await pass();
    client.subscribe(PATTERN, () => {}).end();
    await pass();
    expect(socket.current.received.map(({ action }) => action)).toEqual(['subscribe', 'unsubscribe']);
    expect(socket.current.subscriptions.size).toBe(0);
  });

  test('take the place of an earlier one with the same id, whose events are not theirs', async () => {
    const { client, subscription, events } = await subscribed();
    const newer: string[] = [];
    subscription.end();
    client.subscribe({ source: ['other'] }, event => newer.push(event.id), { subscriptionId: 'orders' });
    socket.current.deliver('of the earlier', 'orders');
    await pass();
    socket.current.deliver('of the newer', 'orders');
    await pass();
    expect([events, newer]).toEqual([[], ['of the newer']]);
    expect(socket.current.subscriptions).toEqual(new Map([['orders', { source: ['other'] }]]));
  });

  test('that take the place of another get an event that comes right behind the acknowledgement', async () => {
    const { client } = await subscribed();
    const newer: string[] = [];
    client.subscribe({ source: ['other'] }, event => newer.push(event.id), { subscriptionId: 'orders' });
    const { current } = socket;
    const say = current.say.bind(current);
    current.say = (message: any) => {
      say(message);
      if (message.type === 'subscribed') {
        current.deliver('right behind', 'orders');
      }
    };
    await pass();
    expect(newer).toEqual(['right behind']);
  });

  test('whose pattern is no JSON are refused where they are made', async () => {
    const { client, events } = await subscribed();
    expect(() => client.subscribe({ source: [1n] }, () => {}, { subscriptionId: 'orders' })).toThrow(TypeError);
    socket.current.deliver('a', 'orders');
    expect(events).toEqual(['a']);
  });

  test('that the socket refuses are told with its code, and not asked for again', async () => {
    socket.answers.push(failure('InvalidEventPattern', false));
    const { subscription } = await subscribed();
    await expect(subscription.ready).rejects.toMatchObject({ code: 'InvalidEventPattern', message: 'It is InvalidEventPattern.', retryable: false, subscriptionId: 'orders' });
    socket.current.end(1001);
    await pass(5000);
    expect(socket.connections.map(({ received }) => received.length)).toEqual([1, 0]);
    expect(codes()).toEqual(['InvalidEventPattern']);
  });

  test('that the socket refuses in the place of another end that one', async () => {
    const { client } = await subscribed();
    socket.answers.push(failure('PatternTooLong', false));
    client.subscribe({ source: ['other'] }, () => {}, { subscriptionId: 'orders' });
    await pass();
    expect(socket.current.subscriptions.size).toBe(0);
  });

  test.each([
    ['Busy', failure('Busy', true)],
    ['Gateway', { message: 'Internal server error', connectionId: 'c=' }],
    ['UnexpectedAnswer', { type: 'pong' }],
    ['UnexpectedAnswer', { type: 'subscribed', subscriptionId: 'another' }],
  ])('are asked for again, later and later, after %s', async (code, answer) => {
    socket.answers.push(answer, answer);
    const { subscription } = await subscribed();
    expect(socket.current.received).toHaveLength(1);
    await pass(400);
    expect(socket.current.received).toHaveLength(2);
    await pass(5000);
    await subscription.ready;
    expect(socket.current.received).toHaveLength(3);
    expect(codes()).toEqual([code, code]);
  });

  test('are not asked for again when API Gateway says that it is of no use', async () => {
    socket.answers.push({ message: 'Forbidden', connectionId: 'c=' });
    const { subscription } = await subscribed();
    await expect(subscription.ready).rejects.toMatchObject({ code: 'Gateway', message: 'Forbidden' });
  });

  test('are made on a new connection when the socket no longer knows this one', async () => {
    socket.answers.push(failure('NotConnected', false));
    const { subscription } = await subscribed();
    await pass(1000);
    await subscription.ready;
    expect(socket.connections).toHaveLength(2);
    expect(socket.current.subscriptions.size).toBe(1);
  });
});

describe('events', () => {
  test('that come twice are handled once, for each subscription', async () => {
    const { client, events } = await subscribed();
    const others: string[] = [];
    client.subscribe(PATTERN, event => others.push(event.id), { subscriptionId: 'others' });
    await pass();
    for (const id of ['a', 'b', 'a']) {
      socket.current.deliver(id, 'orders');
      socket.current.deliver(id, 'others');
    }
    socket.current.end(1006);
    await pass(2000);
    socket.current.deliver('a', 'orders');
    await pass();
    expect([events, others]).toEqual([['a', 'b'], ['a', 'b']]);
  });

  test('are remembered up to a bound', async () => {
    const { events } = await subscribed();
    for (let id = 0; id <= 1000; id++) {
      socket.current.deliver(`e${id}`, 'orders');
      await Promise.resolve();
    }
    await pass();
    socket.current.deliver('e1', 'orders');
    socket.current.deliver('e0', 'orders');
    await pass();
    expect(events.length).toBe(1002);
    expect(events.at(-1)).toBe('e0');
  });

  test('wait for a slow handler in their order, and the oldest are dropped when there are too many, which is said', async () => {
    const client = makeClient();
    const handled: string[] = [];
    client.subscribe(PATTERN, async event => {
      await new Promise(resolve => setTimeout(resolve, 1000));
      handled.push(event.id);
    }, { subscriptionId: 'orders', bufferSize: 2 });
    await pass();
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      socket.current.deliver(id, 'orders');
    }
    expect(problems).toMatchObject([{ code: 'EventsDropped', subscriptionId: 'orders', message: 'The handler is too slow: 2 events wait for it, and the oldest are dropped.' }]);
    await pass(10_000);
    expect(handled).toEqual(['a', 'd', 'e']);
    expect(problems).toMatchObject([{}, { code: 'EventsDropped', message: 'While the handler was busy, 2 events were dropped.' }]);
  });

  test('reach a handler that is free, though none may wait for it', async () => {
    const client = makeClient();
    const handled: string[] = [];
    client.subscribe(PATTERN, async event => {
      handled.push(event.id);
      await new Promise(resolve => setTimeout(resolve, 1000));
    }, { subscriptionId: 'orders', bufferSize: 0 });
    await pass();
    ['a', 'b'].forEach(id => socket.current.deliver(id, 'orders'));
    await pass(2000);
    socket.current.deliver('c', 'orders');
    expect([handled, codes()]).toEqual([['a', 'c'], ['EventsDropped']]);
  });

  test('reach a handler that has failed before', async () => {
    const client = makeClient();
    const handled: string[] = [];
    client.subscribe(PATTERN, event => {
      handled.push(event.id);
      if (event.id === 'a') {
        throw new Error('no such order');
      }
      return Promise.reject('text');
    }, { subscriptionId: 'orders' });
    await pass();
    ['a', 'b', 'c'].forEach(id => socket.current.deliver(id, 'orders'));
    await pass();
    expect(handled).toEqual(['a', 'b', 'c']);
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'HandlerFailed: The handler failed: no such order', 'HandlerFailed: The handler failed: text', 'HandlerFailed: The handler failed: text',
    ]);
  });
});

describe('a connection that ends', () => {
  test('is made again with a fresh URL, and the subscriptions with it', async () => {
    let tickets = 0;
    const { subscription, events } = await subscribed({ url: async () => `wss://socket.example/live?ticket=${++tickets}` });
    socket.current.end(1001, 'Going away');
    await pass(2000);
    socket.current.deliver('a', 'orders');
    await pass();
    await subscription.ready;
    expect(socket.connections.map(({ url }) => url)).toEqual(['wss://socket.example/live?ticket=1', 'wss://socket.example/live?ticket=2']);
    expect(socket.current.subscriptions).toEqual(new Map([['orders', PATTERN]]));
    expect([events, statuses]).toEqual([['a'], ['open', 'connecting', 'open']]);
  });

  test('tells that there was a gap', async () => {
    const active: boolean[] = [];
    makeClient().subscribe(PATTERN, () => {}, { onActive: again => active.push(again) });
    await pass();
    socket.current.end(1006);
    await pass(2000);
    expect(active).toEqual([false, true]);
  });

  test('is tried again, ever more seldom, however often it fails', async () => {
    socket.accepts = false;
    const client = makeClient({ longestDelay: 8000 });
    await pass(60_000);
    const attempts = socket.connections.length;
    expect(attempts).toBeGreaterThan(6);
    expect(attempts).toBeLessThan(14);
    socket.accepts = true;
    await pass(10_000);
    expect(client.status).toBe('open');
  });

  test.each([
    ['fails', () => { throw new Error('no ticket'); }],
    ['rejects', async () => Promise.reject(new Error('no ticket'))],
    ['rejects with what is no error', async () => Promise.reject('no ticket')],
  ])('is tried again when its URL %s', async (_case, fail) => {
    let attempts = 0;
    const client = makeClient({ url: () => ++attempts < 3 ? fail() : 'wss://socket.example/live' });
    await pass(10_000);
    expect([client.status, attempts]).toEqual(['open', 3]);
    expect(problems).toMatchObject([{ code: 'ConnectFailed', message: 'no ticket', retryable: true }, { code: 'ConnectFailed' }]);
  });

  test('rejects the request that had no answer yet, and those behind it', async () => {
    const client = makeClient();
    await pass();
    const requests = [client.request({ action: 'order' }), client.request({ action: 'order' })].map(request => request.catch(({ code, retryable }) => ({ code, retryable })));
    socket.current.end(1001);
    expect(await Promise.all(requests)).toEqual([{ code: 'ConnectionLost', retryable: true }, { code: 'ConnectionLost', retryable: true }]);
    await expect(client.request({ action: 'order' })).rejects.toMatchObject({ code: 'NotOpen', retryable: true });
  });
});

describe('a connection that is closing', () => {
  test('takes what is sent with it: on the next one it does not come once more', async () => {
    const client = makeClient();
    await pass();
    socket.current.readyState = 2;
    const request = client.request({ action: 'order' }).catch(({ code }) => code);
    socket.current.end(1001);
    await pass(2000);
    expect([await request, socket.connections.length, socket.current.received]).toEqual(['ConnectionLost', 2, []]);
  });

  test('and does not come to its end is left, with all that was asked on it', async () => {
    const { client, events } = await subscribed();
    socket.current.readyState = 2;
    const request = client.request({ action: 'order' }).catch(({ code }) => code);
    await pass(31_000);
    socket.current.deliver('a', 'orders');
    await pass();
    expect([await request, socket.current.subscriptions, events, statuses]).toEqual(['ConnectionLost', new Map([['orders', PATTERN]]), ['a'], ['open', 'connecting', 'open']]);
  });
});

describe('silence', () => {
  test('is broken by a ping, after five minutes without a word from the socket', async () => {
    await subscribed();
    await pass(4 * 60_000);
    socket.current.deliver('a', 'orders');
    await pass(4 * 60_000);
    expect(socket.current.received).toHaveLength(1);
    await pass(60_000 + 1000);
    expect(socket.current.received.at(-1)).toEqual({ action: 'ping' });
    await pass(5 * 60_000 + 1000);
    expect(socket.current.received.filter(({ action }) => action === 'ping')).toHaveLength(2);
  });

  test('is not broken where pings are never to be sent', async () => {
    await subscribed({ pingInterval: Infinity, answerTimeout: Infinity });
    await pass(60_000);
    expect([socket.connections.length, socket.current.received.length, codes()]).toEqual([1, 1, []]);
  });

  test('of a connection that is lost without a word is found out by the ping, and it is made again', async () => {
    const { events } = await subscribed();
    socket.answers.push('silence');
    await pass(5 * 60_000 + 30_000 + 1000);
    expect(codes()).toEqual(['Timeout']);
    expect(socket.connections).toHaveLength(2);
    socket.connections[0].deliver('from the old one', 'orders');
    socket.current.deliver('a', 'orders');
    await pass();
    expect(events).toEqual(['a']);
  });

  test('after a subscription is no answer to the next one', async () => {
    socket.answers.push('silence');
    const client = makeClient();
    const subscriptions = [client.subscribe(PATTERN, () => {}), client.subscribe({ source: ['x'] }, () => {})];
    await pass(31_000);
    await Promise.all(subscriptions.map(({ ready }) => ready));
    expect(socket.connections.map(({ received }) => received.length)).toEqual([1, 2]);
  });
});

describe('requests for routes of one\'s own', () => {
  test('have their answers, in order, and what is no answer is a message', async () => {
    const client = makeClient();
    await pass();
    socket.answers.push({ ok: 1 }, { ok: 2 });
    const answers = Promise.all([client.request({ action: 'order' }), client.request({ action: 'order' })]);
    socket.current.say({ type: 'chat', message: 'hi' });
    socket.current.say('no JSON');
    socket.current.say('[1]');
    await pass();
    expect(await answers).toMatchObject([{ ok: 1 }, { ok: 2 }]);
    socket.current.say({ ok: 3, requestId: 'nobody asked' });
    expect(messages).toEqual([{ type: 'chat', message: 'hi' }, 'no JSON', [1], { ok: 3, requestId: 'nobody asked' }]);
  });
});

test('a request that is no JSON is rejected, and in nobody\'s way', async () => {
  const client = makeClient();
  await pass();
  socket.answers.push({ ok: 1 }, { ok: 2 });
  const before = client.request({ action: 'order' });
  const wrong = client.request({ action: 'order', amount: 1n }).catch(error => error);
  const after = client.request({ action: 'order' });
  await pass();
  expect(await Promise.all([before, wrong, after])).toMatchObject([{ ok: 1 }, expect.any(TypeError), { ok: 2 }]);
  await pass(60_000);
  expect(socket.connections).toHaveLength(1);
});

describe('a client that is closed', () => {
  test('says so, ends what it had, and never comes back', async () => {
    const { client, subscription, events } = await subscribed();
    const pending = client.subscribe(PATTERN, () => {});
    const request = client.request({ action: 'order' });
    client.close();
    await expect(request).rejects.toMatchObject({ code: 'Ended' });
    await expect(pending.ready).rejects.toMatchObject({ code: 'Ended' });
    await expect(client.subscribe(PATTERN, () => {}).ready).rejects.toMatchObject({ code: 'Ended' });
    socket.current.deliver('a', 'orders');
    subscription.end();
    await pass(600_000);
    expect([socket.connections.length, client.status, events, socket.current.readyState]).toEqual([1, 'closed', [], 3]);
  });

  test('while it waits to come back asks for no other ticket', async () => {
    let tickets = 0;
    const { client } = await subscribed({ url: () => `wss://socket.example/live?ticket=${++tickets}` });
    socket.current.end(1006);
    client.close();
    await pass(60_000);
    expect([tickets, socket.connections.length]).toEqual([1, 1]);
  });

  test('tells no more of a URL that it could not get', async () => {
    const client = makeClient({ url: () => new Promise((_, reject) => setTimeout(() => reject(new Error('no ticket')), 1000)) });
    await pass(100);
    client.close();
    await pass(5000);
    expect(codes()).toEqual([]);
  });

  test('by its own listener stays closed', async () => {
    const client: EventClient = makeClient({ onStatus: () => client.close() });
    await pass(60_000);
    expect([client.status, socket.connections.length]).toEqual(['closed', 1]);
  });
});

test('what a listener throws is told, and stops nothing', async () => {
  const { events } = await subscribed({
    onStatus: () => { throw new Error('status'); },
    onMessage: () => { throw new Error('message'); },
  });
  socket.current.say({ hello: 'world' });
  socket.current.deliver('a', 'orders');
  await pass();
  expect(events).toEqual(['a']);
  expect(problems.map(({ message }) => message)).toEqual(['A listener failed: status', 'A listener failed: message']);
});

test('what the listener for problems throws stops nothing either', async () => {
  const error = jest.spyOn(console, 'error').mockImplementation(() => {});
  jest.spyOn(console, 'warn').mockImplementation(() => {});
  const client = makeClient({ onProblem: problem => { throw problem; } });
  const handled: string[] = [];
  client.subscribe(PATTERN, ({ id }) => {
    handled.push(id);
    throw new Error('handler');
  }, { subscriptionId: 'orders' });
  await pass();
  ['a', 'b'].forEach(id => socket.current.deliver(id, 'orders'));
  await pass();
  expect([handled, error.mock.calls.length]).toEqual([['a', 'b'], 2]);
  jest.restoreAllMocks();
});

test('without a listener for problems they are warnings', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  socket.answers.push(failure('NotAllowed', false));
  await subscribed({ onProblem: undefined });
  expect(warn.mock.calls.map(([text]) => text)).toEqual(['NotAllowed: It is NotAllowed.']);
});

test('where there is no WebSocket it says what to give', () => {
  const { WebSocket: own } = globalThis as any;
  delete (globalThis as any).WebSocket;
  try {
    expect(() => new EventClient({ url: 'ws://127.0.0.1' })).toThrow('There is no WebSocket here: give one, such as that of the package ws: new EventClient({ url, WebSocket }).');
  } finally {
    if (own) {
      (globalThis as any).WebSocket = own;
    }
  }
});
