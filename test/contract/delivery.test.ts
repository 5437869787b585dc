import { RunningSocket } from './running-socket';
import { Admission, EventMessage, EventSocketProps, MessageValue, SubscriptionConstraint } from '../../src';

let running: RunningSocket;
afterEach(() => running.stop());

const start = async (props: EventSocketProps = {}) => running = await RunningSocket.start({ props: () => props });

/** Clients that have subscribed to the same. */
async function subscribers(count: number, pattern: object) {
  const clients = [];
  for (let each = 0; each < count; each++) {
    clients.push(await running.subscriber(pattern));
  }
  return clients;
}

test.each([[24, 1], [25, 2]])('%i receivers take %i executions', async (count, executions) => {
  await start();
  const clients = await subscribers(count, { source: ['shop'] });
  const id = await running.put();
  for (const client of clients) {
    expect((await client.next()).id).toBe(id);
  }
  expect(await running.delivered(executions)).toHaveLength(executions);
  expect(running.outcomes('StartExecution')).toHaveLength(executions);
});

test('what patterns were compiled to is decided in the workflow: EventBridge is asked nothing', async () => {
  await start();
  const clients = await subscribers(20, { source: ['shop'] });
  const before = running.outcomes('TestEventPattern').length;
  await running.put();
  await Promise.all(clients.map(client => client.next()));
  expect(running.outcomes('TestEventPattern').length - before).toBe(0);
});

test.each([1, 3, 16, 64])('beyond a few pages a key is served side by side: each of 200 subscribers is served once, over %i ranges', async shards => {
  await start({ shards });
  const clients = await subscribers(200, { source: ['shop'] });
  const id = await running.put();
  for (const client of clients) {
    expect((await client.next()).id).toBe(id);
  }
  await running.until(() => running.deliveries.length === running.outcomes('StartExecution').length);
  expect(running.deliveries.length).toBeGreaterThanOrEqual(Math.max(9, Math.floor(shards / 2)));
  expect(running.deliveries.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
  expect(clients.flatMap(client => client.unread)).toEqual([]);
}, 60_000);

test('shorter patterns make larger pages', async () => {
  await start({ quotas: { patternCharacters: 200 } });
  await subscribers(40, { source: ['shop'] });
  await running.put();
  expect(await running.delivered(1)).toMatchObject([{ status: 'SUCCEEDED' }]);
  expect(running.outcomes('StartExecution')).toEqual(['ok']);
  expect(running.outcomes('PostToConnection')).toHaveLength(40);
});

test('an event with several values of a field reaches a subscription once', async () => {
  await start({ indexedFields: ['detail.tags'] });
  const client = await running.subscriber({ detail: { tags: ['a', 'b', 'c'] } });
  for (const tags of [['a', 'b'], ['c', 'b', 'a'], [['b'], 'c'], 'c', ['d']]) {
    await running.put({ tags });
  }
  await running.delivered(5);
  await running.until(() => client.unread.length >= 4);
  expect(client.unread.map(text => JSON.parse(text).detail.tags)).toEqual(expect.arrayContaining([['a', 'b'], ['c', 'b', 'a'], [['b'], 'c'], 'c']));
  expect(client.unread).toHaveLength(4);
});

test('numbers arrive as they were put', async () => {
  await start();
  const client = await running.subscriber({ detail: { n: [0.1234567890123456] } });
  const id = await running.put({ n: 0.1234567890123456 });
  expect(await client.next()).toMatchObject({ id, detail: { n: 0.1234567890123456 } });
});

describe('messages', () => {
  test('in an envelope name the subscription', async () => {
    await start({ message: EventMessage.envelope() });
    const client = await running.connect();
    for (const subscriptionId of ['first', 'second']) {
      await client.request({ action: 'subscribe', pattern: { source: ['shop'] }, subscriptionId });
    }
    const id = await running.put({ n: null });
    const messages = [await client.next(), await client.next()];
    expect(messages.map(({ subscriptionId }) => subscriptionId).sort()).toEqual(['first', 'second']);
    expect(messages[0]).toEqual({ type: 'event', subscriptionId: expect.any(String), event: expect.objectContaining({ id, detail: { n: null } }) });
  });

  test('of the developer hold what they say, and null for what the event lacks', async () => {
    await start({
      message: EventMessage.of({
        kind: 'order', version: 2, id: MessageValue.field('id'), none: MessageValue.field('detail.missing'), order: { number: MessageValue.field('detail.number') }, list: [MessageValue.field('source'), true],
      }),
    });
    const client = await running.subscriber({ source: ['shop'] });
    const id = await running.put({ number: 7 });
    expect(await client.next()).toEqual({ kind: 'order', version: 2, id, none: null, order: { number: 7 }, list: ['shop', true] });
  });

  test('cannot hold expressions by accident', () => {
    for (const text of ['{% $states.context %}', ' {%1%}']) {
      expect(() => EventMessage.of({ nested: [text] })._render()).toThrow('would be an expression of Step Functions');
    }
    expect(() => MessageValue.field('$states.context')).toThrow('is not the path');
  });
});

describe('what cannot be delivered', () => {
  test('an event that no message holds goes to the dead-letter queue with the reason, and nothing is read for it', async () => {
    await start();
    const client = await running.subscriber({ source: ['shop'] });
    const id = await running.put({ long: 'x'.repeat(130 * 1024) });
    expect(await running.deadLetter()).toMatchObject({ event: { id }, code: 'MessageTooLong', message: expect.stringContaining('131072 bytes') });
    expect(running.outcomes('Query')).toEqual([]);
    expect(client.unread).toEqual([]);
  });

  test('so does one whose characters fit and whose bytes do not, for those who subscribed to it', async () => {
    await start();
    await subscribers(2, { source: ['shop'] });
    const id = await running.put({ long: 'é'.repeat(70 * 1024) });
    expect(await running.deadLetter()).toMatchObject({ event: { id }, code: 'ApiGateway.413', message: expect.stringContaining('connectionId') });
    expect(await running.delivered(1)).toMatchObject([{ status: 'FAILED', error: 'DeliveryFailed' }]);
  });

  test('so does one whose keys take Step Functions too long to find', async () => {
    await start({ indexedFields: ['detail.tags'], admission: Admission.ticket({ claims: ['tenantId'] }), allow: [SubscriptionConstraint.fieldEqualsClaim('detail.tenants', 'tenantId')] });
    const texts = Array.from({ length: 1200 }, (_, index) => `${index}`);
    const id = await running.put({ tags: texts, tenants: texts });
    expect(await running.deadLetter()).toMatchObject({ event: { id }, connectionIds: null, code: 'States.QueryEvaluationError', message: expect.stringContaining('KeysOfEvent') });
    expect(await running.delivered(1)).toMatchObject([{ status: 'FAILED', error: 'DeliveryFailed' }]);
    expect(running.outcomes('Query')).toEqual([]);
  });

  test('so does one that takes too long to compare with what is allowed', async () => {
    await start({ message: EventMessage.of({ n: MessageValue.field('detail.n') }), allow: [SubscriptionConstraint.fieldEquals('detail.list', 'a')] });
    const id = await running.put({ list: Array(100_000).fill(1) });
    expect(await running.deadLetter()).toMatchObject({ event: { id }, code: 'States.QueryEvaluationError', message: expect.stringContaining('Check') });
    await running.put({ list: ['b'] });
    expect(await running.delivered(2)).toMatchObject([{ status: 'FAILED' }, { status: 'SUCCEEDED' }]);
  });

  test('a smaller message of a large event arrives', async () => {
    await start({ message: EventMessage.of({ n: MessageValue.field('detail.n') }) });
    const client = await running.subscriber({ source: ['shop'] });
    await running.put({ n: 7, long: 'x'.repeat(200 * 1024) });
    expect(await client.next()).toEqual({ n: 7 });
  });
});
