import fc from 'fast-check';
import { tenantAuthorizer } from './lambda-authorizer';
import { RunningSocket } from './running-socket';
import { WebSocketClient } from '../../integ/websocket-client';
import { Admission, SubscriptionConstraint } from '../../src';

let running: RunningSocket;
let stranger: WebSocketClient;

beforeAll(async () => {
  running = await RunningSocket.start({
    props: stack => ({
      admission: Admission.custom(tenantAuthorizer(stack)),
      allow: [SubscriptionConstraint.fieldEquals('source', 'shop', 'billing'), SubscriptionConstraint.fieldEqualsClaim('detail.tenantId', 'tenantId')],
      indexedFields: ['detail.orderId'],
      quotas: { subscriptionsPerConnection: 5_000 },
    }),
  });
  stranger = await running.connect({ tenant: 'stranger' });
}, 60_000);
afterAll(() => running.stop());

/** What a client has received since it was last asked. */
async function received(client: WebSocketClient): Promise<any[]> {
  client.send({ action: 'ping' });
  const messages: any[] = [];
  for (;;) {
    const message = await client.next();
    if (message.type === 'pong') {
      return messages;
    }
    messages.push(message);
  }
}

/** Puts an event, and waits until it is delivered. */
async function put(detail: object, source?: string, detailType?: string): Promise<string> {
  const before = running.deliveries.length;
  const id = await running.put(detail, source, detailType);
  await running.delivered(before + 1);
  return id;
}

/** Ways to write a pattern that does not say `detail.tenantId` is the caller's, in the hope that somebody puts the two together. */
const ATTEMPTS: object[] = [
  { version: ['0'] },
  { detail: { tenantId: ['victim'] } },
  { detail: { tenantId: ['victim', 'stranger'] } },
  { detail: { tenantId: [{ 'anything-but': ['stranger'] }] } },
  { detail: { tenantId: [{ wildcard: '*' }] } },
  { detail: { tenantId: [{ prefix: '' }] } },
  { detail: { tenantId: [{ exists: true }] } },
  { detail: { tenantId: [{ 'equals-ignore-case': 'VICTIM' }] } },
  { $or: [{ detail: { tenantId: ['victim'] } }, { detail: { tenantId: ['stranger'] } }] },
  { detail: { $or: [{ tenantId: ['victim'] }, { orderId: [7] }] } },
  { detail: { tenantId: ['stranger'], $or: [{ tenantId: ['victim'] }, { orderId: [7] }] } },
  { source: ['shop'], $or: [{ source: ['secret'] }, { source: ['shop'] }] },
  { source: ['secret'] },
  { source: [{ exists: true }], detail: { orderId: [7] } },
  { detail: { tenantId: { stranger: ['victim'] } } },
  { 'detail.tenantId': ['victim'] },
  { detail: { orderId: [7] } },
  { 'source': ['shop'], 'detail-type': ['Sold'] },
];

test('no pattern reaches another tenant, nor a source that is not allowed', async () => {
  for (const pattern of ATTEMPTS) {
    expect(await stranger.request({ action: 'subscribe', pattern })).toMatchObject({ type: 'subscribed' });
  }
  await put({ tenantId: 'victim', orderId: 7 });
  await put({ tenantId: 'victim', orderId: 7 }, 'secret');
  await put({ tenantId: 'stranger', orderId: 7 }, 'secret');
  await put({ orderId: 7 });
  await put({ tenantId: { stranger: 'victim' }, orderId: 7 });
  await put({ tenantId: 'STRANGER', orderId: 7 });
  expect(await received(stranger)).toEqual([]);
  const own = await put({ tenantId: 'stranger', orderId: 7 });
  expect(new Set((await received(stranger)).map(({ id }) => id))).toEqual(new Set([own]));
});

test('a message with a field twice counts once, and says nothing about the policy', async () => {
  const client = await running.connect({ tenant: 'twice' });
  client.send('{"action":"subscribe","pattern":{"detail":{"tenantId":["twice"],"tenantId":["victim"]}},"claim_tenantId":"victim","claim_tenantId":"\\"victim\\""}');
  expect(await client.next()).toMatchObject({ type: 'subscribed' });
  await put({ tenantId: 'victim' });
  await put({ tenantId: 'twice' });
  expect(await received(client)).toEqual([]);
});

test('what a client is told is the same for a pattern outside of the policy as for one within', async () => {
  const client = await running.connect({ tenant: 'curious' });
  const calls: string[][] = [];
  for (const pattern of [{ detail: { tenantId: ['curious'] } }, { detail: { tenantId: ['victim'] } }, { source: ['secret'] }, { version: ['0'] }]) {
    const first = running.entries.length;
    expect(await client.request({ action: 'subscribe', pattern })).toEqual({ type: 'subscribed', subscriptionId: expect.any(String), requestId: expect.any(String) });
    calls.push(running.entries.slice(first).flatMap(entry => entry.kind === 'call' ? [`${entry.operation} ${entry.outcome}`] : []));
  }
  // What is not done takes no time: nothing is to be learnt from when the answer comes.
  expect(new Set(calls.map(each => JSON.stringify(each))).size).toBe(1);
  const { subscriptions } = await client.request({ action: 'subscriptions' });
  expect(JSON.stringify(subscriptions)).not.toContain('billing');
  expect(subscriptions.map(({ pattern }: any) => pattern)).toEqual(expect.arrayContaining([{ source: ['secret'] }, { version: ['0'] }]));
});

test.each([['no claim', undefined], ['an empty claim', '']])('a client with %s may subscribe to nothing', async (_, tenant) => {
  const client = await running.connect(tenant === undefined ? {} : { tenant });
  expect(await client.request({ action: 'subscribe', pattern: { version: ['0'] } })).toMatchObject({ type: 'error', error: { code: 'NotAllowed', retryable: false } });
  expect(await client.request({ action: 'subscriptions' })).toMatchObject({ type: 'subscriptions', subscriptions: [] });
});

test.each(['"', '\\"}', "'", '$context.connectionId', '#set($x=1)', '{% 1 %}', '{}', 'a"},{"detail.tenantId":"victim', '*'])('a claim with the text %s is that text', async tenant => {
  const client = await running.connect({ tenant });
  expect(await client.request({ action: 'subscribe', pattern: { version: ['0'] } })).toMatchObject({ type: 'subscribed' });
  await put({ tenantId: 'victim' });
  const id = await put({ tenantId: tenant });
  expect((await received(client)).map(event => event.id)).toEqual([id]);
});

test('an event for several tenants reaches each of them once', async () => {
  const clients = [await running.connect({ tenant: 'one' }), await running.connect({ tenant: 'two' })];
  for (const client of clients) {
    await client.request({ action: 'subscribe', pattern: { detail: { tenantId: ['one', 'two'] } } });
  }
  const id = await put({ tenantId: ['one', ['two']] });
  for (const client of clients) {
    expect((await received(client)).map(event => event.id)).toEqual([id]);
  }
});

test('a tenant with many subscriptions makes the events of another no dearer', async () => {
  const [victim, flood] = [await running.connect({ tenant: 'busy' }), await running.connect({ tenant: 'flood' })];
  await victim.request({ action: 'subscribe', pattern: { version: ['0'] } });
  const cost = async () => {
    const first = running.entries.length;
    await put({ tenantId: 'busy', orderId: 7 });
    // What the event itself sets off, and not what clients that leave or have just subscribed do.
    return running.entries.slice(first)
      .flatMap(entry => entry.kind === 'call' && /-SocketRule|-SocketDeliveryWorkflow/.test(entry.principal) ? [entry.operation] : [])
      .sort();
  };
  const before = await cost();
  for (let count = 0; count < 300; count++) {
    await flood.request({ action: 'subscribe', pattern: [{ version: ['0'] }, { detail: { orderId: [7] } }, { detail: { tenantId: ['busy'] } }][count % 3] });
  }
  expect(before).toContain('Query');
  expect(await cost()).toEqual(before);
}, 60_000);

test('whatever a stranger subscribes to, only events of the allowed sources and its own tenant arrive', async () => {
  const value = fc.oneof(fc.constantFrom<unknown>('victim', 'stranger', 'shop', 'secret', 7, null, true), fc.constantFrom<unknown>(
    { exists: true }, { exists: false }, { prefix: 's' }, { 'anything-but': ['stranger'] }, { 'anything-but': { prefix: 'x' } }, { wildcard: '*i*' }, { 'equals-ignore-case': 'Victim' }, { numeric: ['>', 0] },
  ));
  const leaf = fc.array(value, { minLength: 1, maxLength: 3 });
  const detail = fc.record({ tenantId: leaf, orderId: leaf, items: fc.record({ tenantId: leaf }) }, { requiredKeys: [] })
    .filter(made => Object.keys(made).length > 0);
  const top = fc.record({ 'source': leaf, 'detail-type': leaf, detail }, { requiredKeys: [] }).filter(made => Object.keys(made).length > 0);
  const pattern = fc.tuple(top, fc.option(fc.tuple(top, top))).map(([made, or]) => or ? { ...made, $or: or } : made);
  const tenant = fc.constantFrom<unknown>('victim', 'stranger', ['victim'], ['victim', ['stranger']], [], {}, null, 7, undefined);
  const event = fc.record({
    tenantId: tenant,
    orderId: fc.constantFrom<unknown>(7, 'victim', ['stranger', 7]),
    items: fc.constantFrom<unknown>([{ tenantId: 'victim' }, { tenantId: 'stranger' }], { tenantId: 'stranger' }),
  });

  const client = await running.connect({ tenant: 'stranger' });
  let arrived = 0;
  const sources = fc.constantFrom('shop', 'secret', 'billing');
  await fc.assert(fc.asyncProperty(fc.array(pattern, { minLength: 1, maxLength: 5 }), event, sources, async (patterns, sent, source) => {
    for (const each of patterns) {
      await client.request({ action: 'subscribe', pattern: each });
    }
    await put(sent, source);
    const events = await received(client);
    arrived += events.length;
    const allowed = source !== 'secret' && [sent.tenantId].flat(Infinity).includes('stranger');
    expect(allowed ? [] : events).toEqual([]);
  }), { numRuns: 60 });
  expect(arrived).toBeGreaterThan(0);
}, 240_000);
