import { tenantAuthorizer } from './lambda-authorizer';
import { RunningSocket, RunningSocketOptions } from './running-socket';
import { Admission, EventMessage, EventSocketProps, SubscriptionConstraint, SubscriptionEngine } from '../../src';

const ENGINES: [string, SubscriptionEngine][] = [['index', SubscriptionEngine.index()], ['rules', SubscriptionEngine.rules({ rulesLimit: 20 })]];

let running: RunningSocket;
afterEach(() => running.stop());

describe.each(ENGINES)('the engine of %s', (_, engine) => {
  const start = async (props: EventSocketProps = {}) => running = await RunningSocket.start({ props: () => ({ engine, ...props }) });
  const subscriptions = async (client: Awaited<ReturnType<RunningSocket['connect']>>) => (await client.request({ action: 'subscriptions' })).subscriptions;

  test('brings each client exactly the events that it subscribed to, once it is acknowledged', async () => {
    await start();
    const cases: [object, number[]][] = [
      [{ source: ['a'] }, [0, 1]],
      [{ 'source': ['a', 'b'], 'detail-type': [{ prefix: 'S' }] }, [0, 2]],
      [{ detail: { n: [{ numeric: ['>', 1, '<=', 3] }] } }, [1, 2]],
      [{ $or: [{ source: ['b'] }, { detail: { n: [1] } }] }, [0, 2]],
      [{ detail: { n: [{ exists: false }] } }, [3]],
      [{ detail: { text: [{ 'anything-but': ['x'] }] } }, [1]],
    ];
    const clients = await Promise.all(cases.map(([pattern]) => running.subscriber(pattern)));
    const ids = [
      await running.put({ n: 1, text: 'x' }, 'a', 'Sold'), await running.put({ n: 2, text: 'y' }, 'a', 'Other'), await running.put({ n: 3 }, 'b', 'Sold'), await running.put({}, 'c', 'Other'),
    ];
    for (const [index, client] of clients.entries()) {
      const expected = cases[index][1].map(each => ids[each]);
      const got = [];
      for (let count = 0; count < expected.length; count++) {
        got.push((await client.next()).id);
      }
      expect(got.sort()).toEqual(expected.sort());
    }
    await running.until(() => running.deliveries.length === running.outcomes('StartExecution').length);
    expect(clients.flatMap(client => client.unread)).toEqual([]);
  });

  test('replaces a subscription of the same id, ends one, and lists what there is', async () => {
    await start();
    const client = await running.connect();
    await client.request({ action: 'subscribe', subscriptionId: 'one', pattern: { source: ['a'] } });
    await client.request({ action: 'subscribe', subscriptionId: 'one', pattern: { source: ['b'] } });
    await client.request({ action: 'subscribe', subscriptionId: 'two', pattern: { source: ['c'] } });
    expect(await subscriptions(client)).toEqual([{ subscriptionId: 'one', pattern: { source: ['b'] } }, { subscriptionId: 'two', pattern: { source: ['c'] } }]);
    expect(await client.request({ action: 'unsubscribe', subscriptionId: 'two' })).toMatchObject({ type: 'unsubscribed' });
    for (const source of ['a', 'c']) {
      await running.put({}, source);
    }
    const id = await running.put({}, 'b');
    expect((await client.next()).id).toBe(id);
    expect(await subscriptions(client)).toEqual([{ subscriptionId: 'one', pattern: { source: ['b'] } }]);
    expect(client.unread).toEqual([]);
  });

  test('refuses what EventBridge refuses, and more than the quota', async () => {
    await start({ quotas: { subscriptionsPerConnection: 1 } });
    const client = await running.connect();
    expect(await client.request({ action: 'subscribe', pattern: { source: [] } })).toMatchObject({ error: { code: 'InvalidEventPattern' } });
    await client.request({ action: 'subscribe', pattern: { source: ['a'] } });
    expect(await client.request({ action: 'subscribe', pattern: { source: ['b'] } })).toMatchObject({ error: { code: 'SubscriptionLimitExceeded', retryable: false } });
    expect(await subscriptions(client)).toHaveLength(1);
  });

  test('serves many subscribers of one pattern, page by page', async () => {
    await start({ message: EventMessage.envelope() });
    const clients = [];
    for (let count = 0; count < 100; count++) {
      clients.push(await running.subscriber({ source: ['shop'] }));
    }
    const id = await running.put();
    for (const client of clients) {
      expect((await client.next()).event.id).toBe(id);
    }
    await running.until(() => running.deliveries.length === running.outcomes('StartExecution').length);
    expect(clients.flatMap(client => client.unread)).toEqual([]);
  }, 60_000);

  test('forgets a subscriber that has gone, and brings a client that comes again nothing but its own', async () => {
    await start();
    let client = await running.subscriber({ source: ['mine'] });
    const other = await running.subscriber({ source: ['mine'] });
    for (let round = 0; round < 3; round++) {
      await client.close();
      client = await running.subscriber({ source: ['mine'] });
      const id = await running.put({}, 'mine');
      expect((await client.next()).id).toBe(id);
      expect((await other.next()).id).toBe(id);
    }
    await running.until(() => running.deliveries.length === running.outcomes('StartExecution').length);
    expect(running.outcomes('PostToConnection').filter(outcome => outcome === 'GoneException')).toHaveLength(3);
    expect([client.unread, other.unread]).toEqual([[], []]);
  });

  test('keeps tenants apart, whatever their patterns say', async () => {
    running = await RunningSocket.start({
      props: stack => ({
        engine,
        admission: Admission.custom(tenantAuthorizer(stack)),
        allow: [SubscriptionConstraint.fieldEquals('source', 'shop'), SubscriptionConstraint.fieldEqualsClaim('detail.tenantId', 'tenantId')],
      }),
    });
    const patterns = [{ version: ['0'] }, { detail: { tenantId: ['one', 'two'] } }, { $or: [{ detail: { tenantId: ['two'] } }, { source: ['secret'] }] }];
    const clients = await Promise.all(['one', 'two', 'on'].map(tenant => running.connect({ tenant })));
    for (const client of clients) {
      for (const pattern of patterns) {
        expect(await client.request({ action: 'subscribe', pattern })).toMatchObject({ type: 'subscribed' });
      }
    }
    await running.put({ tenantId: 'two' }, 'secret');
    await running.put({ tenantId: 'three' });
    await running.put({});
    const id = await running.put({ tenantId: 'one' });
    await running.until(() => clients[0].unread.length >= 2);
    await running.until(() => running.deliveries.length === running.outcomes('StartExecution').length);
    expect(clients[0].unread.map(text => JSON.parse(text).id)).toEqual([id, id]);
    expect([clients[1].unread, clients[2].unread]).toEqual([[], []]);
    const both = await running.put({ tenantId: ['one', 'two'] });
    await running.until(() => clients[0].unread.length >= 4 && clients[1].unread.length >= 3);
    expect(new Set(clients[1].unread.map(text => JSON.parse(text).id))).toEqual(new Set([both]));
    expect(clients[2].unread).toEqual([]);
  });

  test('puts an event that no message holds into the dead-letter queue', async () => {
    await start();
    await running.subscriber({ source: ['shop'] });
    const id = await running.put({ long: 'x'.repeat(130 * 1024) });
    const { event, code } = await running.deadLetter();
    expect({ id: event.id, code }).toEqual({ id, code: 'MessageTooLong' });
  });
});

describe('rules', () => {
  const options: RunningSocketOptions = { props: () => ({ engine: SubscriptionEngine.rules({ rulesLimit: 2 }) }) };

  async function rules(): Promise<string[]> {
    const { Rules: found } = await running.call('events', 'ListRules', { EventBusName: running.outputs.BusName });
    return found.map(({ Name: name }: any) => name);
  }

  async function sweep(): Promise<void> {
    const { resources } = running.runtime.stacks[0];
    const stateMachineArn = resources.find(({ logicalId, type }) => type === 'AWS::StepFunctions::StateMachine' && logicalId.includes('Sweep'))!.physicalId;
    expect(await running.call('states', 'StartSyncExecution', { stateMachineArn, input: '{}' })).toMatchObject({ status: 'SUCCEEDED' });
  }

  test('are one for each distinct pattern, which its subscribers share; an event that matches none starts nothing', async () => {
    running = await RunningSocket.start(options);
    expect(await rules()).toEqual([]);
    for (let count = 0; count < 3; count++) {
      await running.subscriber({ source: ['a'] });
    }
    await running.subscriber({ source: ['b'] });
    expect(await rules()).toHaveLength(2);
    expect(running.outcomes('PutRule')).toHaveLength(2);
    const describeRule = (name: string) => running.call('events', 'DescribeRule', { Name: name, EventBusName: running.outputs.BusName });
    const described = await Promise.all((await rules()).map(describeRule));
    expect(described.map(({ EventPattern: pattern }) => pattern).sort()).toEqual(['{"source":["a"]}', '{"source":["b"]}']);
    await running.put({}, 'c');
    await running.put({}, 'a');
    await running.delivered(1);
    expect(running.outcomes('StartExecution')).toEqual(['ok']);
  });

  test('are as many as the limit says; one that nobody needs any more makes room once it is swept', async () => {
    running = await RunningSocket.start(options);
    const [first, second] = [await running.connect(), await running.connect()];
    await first.request({ action: 'subscribe', subscriptionId: 'a', pattern: { source: ['a'] } });
    await second.request({ action: 'subscribe', subscriptionId: 'b', pattern: { source: ['b'] } });
    const third = () => second.request({ action: 'subscribe', subscriptionId: 'c', pattern: { source: ['c'] } });
    expect(await third()).toMatchObject({ error: { code: 'RuleLimitExceeded', retryable: true } });
    await sweep();
    expect(await rules()).toHaveLength(2);
    await first.request({ action: 'unsubscribe', subscriptionId: 'a' });
    await sweep();
    expect(await rules()).toHaveLength(1);
    expect(await third()).toMatchObject({ type: 'subscribed' });
    const id = await running.put({}, 'c');
    expect((await second.next()).id).toBe(id);
    expect(await second.request({ action: 'subscribe', subscriptionId: 'd', pattern: { source: ['d'] } })).toMatchObject({ error: { code: 'RuleLimitExceeded' } });
  });

  test('that are swept while clients subscribe to them leave nobody without', async () => {
    running = await RunningSocket.start({ props: () => ({ engine: SubscriptionEngine.rules() }) });
    const connections = await Promise.all([0, 1, 2].map(() => running.connect()));
    for (let round = 0; round < 5; round++) {
      const answers = connections.map(connection => connection.request({ action: 'subscribe', subscriptionId: 'mine', pattern: { source: [`round-${round}`] } }));
      await Promise.all([sweep(), sweep()]);
      for (const [index, answer] of (await Promise.all(answers)).entries()) {
        if (answer.type === 'error') {
          expect(answer.error).toMatchObject({ retryable: true });
          expect(await connections[index].request({ action: 'subscribe', subscriptionId: 'mine', pattern: { source: [`round-${round}`] } })).toMatchObject({ type: 'subscribed' });
        }
      }
      const id = await running.put({}, `round-${round}`);
      for (const connection of connections) {
        expect((await connection.next()).id).toBe(id);
      }
      await Promise.all(connections.map(connection => connection.request({ action: 'unsubscribe', subscriptionId: 'mine' })));
    }
    await sweep();
    expect(await rules()).toEqual([]);
  }, 120_000);

  test.each(['eventPattern', 'indexedFields'])('have no use for %s', async name => {
    const value = { eventPattern: { source: ['a'] }, indexedFields: ['detail.a'] }[name];
    await expect(RunningSocket.start({ props: () => ({ engine: SubscriptionEngine.rules(), [name]: value }) })).rejects.toThrow(`${name} has no meaning for SubscriptionEngine.rules()`);
    running = await RunningSocket.start();
  });
});
