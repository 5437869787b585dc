import { RunningSocket } from './running-socket';

let running: RunningSocket;
afterEach(() => running.stop());

const error = (code: string, retryable = false) => ({ type: 'error', error: { code, message: expect.any(String), retryable }, requestId: expect.any(String) });

test('a client chooses the id of a subscription; the same id again replaces it', async () => {
  running = await RunningSocket.start();
  const client = await running.connect();
  const subscribe = (pattern: object) => client.request({ action: 'subscribe', subscriptionId: 'orders:1', pattern });
  expect(await subscribe({ source: ['a', 'b'] })).toMatchObject({ type: 'subscribed', subscriptionId: 'orders:1' });
  expect(await subscribe({ source: ['b', 'c'] })).toMatchObject({ type: 'subscribed', subscriptionId: 'orders:1' });
  expect((await client.request({ action: 'subscriptions' })).subscriptions).toEqual([{ subscriptionId: 'orders:1', pattern: { source: ['b', 'c'] } }]);
  await running.put({}, 'a');
  await running.delivered(1);
  const ids = [await running.put({}, 'b'), await running.put({}, 'c')];
  await running.delivered(3);
  expect(new Set([(await client.next()).id, (await client.next()).id])).toEqual(new Set(ids));
  expect(client.unread).toEqual([]);
  await client.request({ action: 'unsubscribe', subscriptionId: 'orders:1' });
  expect(await client.request({ action: 'unsubscribe', subscriptionId: 'orders:1' })).toEqual(error('SubscriptionNotFound'));
});

test('where strangers must not make every event dearer, a pattern names a field of the index', async () => {
  running = await RunningSocket.start({ props: () => ({ requireIndexedField: true, indexedFields: ['detail.orderId', "detail.o'clock"], quotas: { keysPerSubscription: 3 } }) });
  const client = await running.connect();
  for (const pattern of [{ version: ['0'] }, { source: [{ prefix: '' }] }, { source: ['a', 'b', 'c', 'd'] }, { $or: [{ source: ['shop'] }, { source: ['b'] }] }]) {
    const answer = await client.request({ action: 'subscribe', pattern });
    expect(answer).toEqual(error('PatternTooBroad'));
    expect(answer.error.message).toBe('`pattern` must name 1 to 3 values, and nothing but values, for one of these fields, outside of $or: source, detail-type, detail.orderId, detail.o\'clock.');
  }
  expect(running.outcomes('TransactWriteItems')).toEqual([]);
  const first = running.entries.length;
  expect(await client.request({ action: 'subscribe', pattern: { detail: { orderId: [7] } } })).toMatchObject({ type: 'subscribed' });
  const id = await running.put({ orderId: 7 });
  expect((await client.next()).id).toBe(id);
  await running.delivered(1);
  // source, detail-type, both, and the order's: and nothing that all events have in common.
  expect(running.entries.slice(first).filter(entry => entry.kind === 'call' && entry.operation === 'Query')).toHaveLength(4);
});

test('two clients may choose the same id', async () => {
  running = await RunningSocket.start();
  const clients = [await running.connect(), await running.connect()];
  for (const [index, client] of clients.entries()) {
    await client.request({ action: 'subscribe', subscriptionId: 'mine', pattern: { source: [`source-${index}`] } });
  }
  await clients[0].request({ action: 'unsubscribe', subscriptionId: 'mine' });
  const id = await running.put({}, 'source-1');
  expect((await clients[1].next()).id).toBe(id);
});

test.each([['an object', {}], ['a number', 7], ['a character that keys have', 'a#b'], ['a line end', 'a\n'], ['65 characters', 'x'.repeat(65)], ['letters beyond ASCII', 'é']])('an id is not %s', async (_, subscriptionId) => {
  running = await RunningSocket.start();
  const client = await running.connect();
  expect(await client.request({ action: 'subscribe', subscriptionId, pattern: { source: ['a'] } })).toEqual(error('SubscriptionIdInvalid'));
  expect(running.outcomes('TransactWriteItems')).toEqual([]);
});

test('a connection has as many subscriptions as the quota says; one that ends makes room', async () => {
  running = await RunningSocket.start({ props: () => ({ quotas: { subscriptionsPerConnection: 2 } }) });
  const [client, other] = [await running.connect(), await running.connect()];
  const subscribe = (subscriptionId: string) => client.request({ action: 'subscribe', subscriptionId, pattern: { source: ['a'] } });
  await subscribe('first');
  await subscribe('second');
  expect(await subscribe('third')).toEqual(error('SubscriptionLimitExceeded'));
  expect(await subscribe('second')).toMatchObject({ type: 'subscribed' });
  expect(await other.request({ action: 'subscribe', pattern: { source: ['a'] } })).toMatchObject({ type: 'subscribed' });
  await client.request({ action: 'unsubscribe', subscriptionId: 'first' });
  expect(await subscribe('third')).toMatchObject({ type: 'subscribed' });
  expect(await subscribe('fourth')).toEqual(error('SubscriptionLimitExceeded'));
});

test('the quota holds when a client asks for many at once', async () => {
  running = await RunningSocket.start({ props: () => ({ quotas: { subscriptionsPerConnection: 5 } }) });
  const client = await running.connect();
  const count = 20;
  for (let each = 0; each < count; each++) {
    client.send({ action: 'subscribe', subscriptionId: `s${each}`, pattern: { source: ['a'] } });
  }
  const answers = [];
  for (let each = 0; each < count; each++) {
    answers.push(await client.next());
  }
  const subscribed = answers.filter(({ type }) => type === 'subscribed').length;
  expect(subscribed).toBeLessThanOrEqual(5);
  expect(answers.every(({ type, error: refusal }) => type === 'subscribed' || ['SubscriptionLimitExceeded', 'Busy'].includes(refusal.code))).toBe(true);
  expect((await client.request({ action: 'subscriptions' })).subscriptions).toHaveLength(subscribed);
}, 60_000);

test('a subscription that is replaced many times at once is one, and live', async () => {
  running = await RunningSocket.start();
  const client = await running.connect();
  for (let each = 0; each < 5; each++) {
    client.send({ action: 'subscribe', subscriptionId: 'same', pattern: { source: [`a-${each}`, 'common'] } });
  }
  const answers = [];
  for (let each = 0; each < 5; each++) {
    answers.push(await client.next());
  }
  expect(answers.some(({ type }) => type === 'subscribed')).toBe(true);
  expect((await client.request({ action: 'subscriptions' })).subscriptions).toHaveLength(1);
  await running.put({}, 'common');
  await running.delivered(1);
  expect(running.outcomes('PostToConnection')).toEqual(['ok']);
}, 60_000);

test('a pattern may be as long as the quota says', async () => {
  running = await RunningSocket.start({ props: () => ({ quotas: { patternCharacters: 20 } }) });
  const client = await running.connect();
  expect(await client.request({ action: 'subscribe', pattern: { source: ['12345678'] } })).toEqual({ ...error('PatternTooLong'), error: expect.objectContaining({ message: expect.stringMatching(/at most 20 characters of JSON; received 23/) }) });
  expect(await client.request({ action: 'subscribe', pattern: { source: ['1234'] } })).toMatchObject({ type: 'subscribed' });
});

test.each([['quotas.subscriptionsPerConnection', { quotas: { subscriptionsPerConnection: 0 } }], ['quotas.patternCharacters', { quotas: { patternCharacters: 2049 } }], ['quotas.keysPerSubscription', { quotas: { keysPerSubscription: 1.5 } }], ['shards', { shards: 65 }]])('%s has bounds', async (option, props) => {
  await expect(RunningSocket.start({ props: () => props })).rejects.toThrow(`${option} must be an integer from 1 to`);
  running = await RunningSocket.start();
});

test('a client that drops, reconnects and subscribes again receives its own events only', async () => {
  running = await RunningSocket.start();
  const others = [await running.subscriber({ source: ['other'] }), await running.subscriber({ source: ['mine'] })];
  let client = await running.subscriber({ source: ['other'] });
  for (let round = 0; round < 10; round++) {
    await client.close();
    client = await running.connect();
    expect((await client.request({ action: 'subscriptions' })).subscriptions).toEqual([]);
    await running.put({ round }, 'other');
    await client.request({ action: 'subscribe', subscriptionId: 'again', pattern: { source: ['mine'], detail: { round: [round] } } });
    await running.put({ round: -1 }, 'mine');
    const id = await running.put({ round }, 'mine');
    expect((await client.next()).id).toBe(id);
    expect(client.unread).toEqual([]);
  }
  await running.until(() => others.every(({ unread }, index) => unread.length === [10, 20][index]));
}, 60_000);

describe('a stranger', () => {
  test('can make no resource in the account: neither by the permissions nor by what the workflows call', async () => {
    let statements: any[] = [];
    running = await RunningSocket.start({
      change: template => {
        const documents = Object.values<any>(template.Resources)
          .flatMap(({ Properties: { PolicyDocument: document, Policies: policies = [] } = {} as any }) => {
            return [document, ...policies.map((each: any) => each.PolicyDocument)];
          });
        statements = documents.filter(Boolean).flatMap(document => document.Statement);
      },
    });
    const actions = statements.filter(({ Effect: effect }) => effect === 'Allow').flatMap(({ Action: action }) => action);
    expect([...new Set(actions.filter(action => !action.startsWith('logs:')))].sort()).toEqual([
      'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'events:TestEventPattern',
      'execute-api:ManageConnections', 'sqs:SendMessage', 'states:StartExecution', 'states:StartSyncExecution',
    ]);
    const stranger = await running.connect();
    const first = running.entries.length;
    for (const pattern of [{ source: ['x'] }, { source: [] }, { 'detail-type': [{ wildcard: '*'.repeat(5) }] }, [], 'x', { detail: { a: [{ numeric: ['>', 1] }] } }]) {
      await stranger.request({ action: 'subscribe', pattern });
    }
    const operations = running.entries.slice(first).flatMap(entry => entry.kind === 'call' && entry.service !== 'logs' ? [entry.operation] : []);
    expect([...new Set(operations)].sort()).toEqual(['StartSyncExecution', 'TestEventPattern', 'TransactWriteItems']);
  });

  test('makes no event of others dearer by patterns with fields of their own', async () => {
    running = await RunningSocket.start({ props: () => ({ quotas: { subscriptionsPerConnection: 1000 } }) });
    const victim = await running.subscriber({ source: ['shop'] });
    const stranger = await running.connect();
    const cost = async () => {
      const [entries, ended] = [running.entries.length, running.deliveries.length];
      await running.put();
      await victim.next();
      await running.delivered(ended + 1);
      return running.entries.slice(entries).filter(({ kind }) => kind === 'call' || kind === 'execution').length;
    };
    const before = await cost();
    for (let count = 0; count < 300; count++) {
      await stranger.request({ action: 'subscribe', pattern: { source: [`s${count}`], detail: { text: [{ wildcard: '*a*b*c*' }] } } });
    }
    expect(await cost()).toBe(before);
  }, 60_000);

  test('who subscribes to everything delays nobody: all keys are served at the same time', async () => {
    running = await RunningSocket.start();
    const stranger = await running.connect();
    for (let count = 0; count < 100; count++) {
      await stranger.request({ action: 'subscribe', pattern: { version: ['0'] } });
    }
    expect(await stranger.request({ action: 'subscribe', pattern: { version: ['0'] } })).toEqual(error('SubscriptionLimitExceeded'));
    const victim = await running.subscriber({ source: ['shop'] });
    const id = await running.put();
    expect((await victim.next()).id).toBe(id);
    await running.until(() => stranger.unread.length === 100);
    const [, connection] = running.entries.flatMap(entry => entry.kind === 'connect' ? [entry.connectionId] : []);
    const served = running.entries.filter(entry => entry.kind === 'call' && entry.operation === 'PostToConnection' || entry.kind === 'push' && entry.connectionId === connection);
    const position = served.findIndex(({ kind }) => kind === 'push');
    expect(position).toBeGreaterThanOrEqual(0);
    expect(position).toBeLessThan(90);
  }, 60_000);
});
