import { SubscriptionConstraint } from '../../src';
import { RunningSocket } from '../contract/running-socket';

/** A producer that puts whatever it likes on the bus of a socket that delivers the events of the shop. */
let running: RunningSocket;
beforeAll(async () => {
  running = await RunningSocket.start({ props: () => ({ indexedFields: ['detail.orderId'], allow: [SubscriptionConstraint.fieldEquals('source', 'shop')] }) });
}, 60_000);
afterAll(() => running.stop());

test.each<[string, object]>([
  ['an expression of Step Functions', { text: '{% $states.context %}', orderId: '{% $eval("1") %}' }],
  ['an expression as a name', { '{% $states.input %}': 1, 'orderId': 'a' }],
  ['a template of API Gateway', { text: '$context.connectionId #set($x = 1) $util.parseJson("{}") ${stageVariables.x}', orderId: '#end' }],
  ['a path', { 'a.$': '$$.Execution.Id', 'orderId.$': '$.x' }],
  ['names of JavaScript', JSON.parse('{"__proto__":{"orderId":"x"},"constructor":{"prototype":{"a":1}},"toString":1,"orderId":"__proto__"}')],
  ['the keys of rows', { pk: 'connection#AAAAAAAAAAAAAAA=', sk: 'connection', orderId: 'connection#x', connectionId: 'AAAAAAAAAAAAAAA=' }],
  ['what ends a JSON text', { text: '"}],"Entries":[{"Source":"other"', orderId: '"},{"' }],
  ['what is no character', { text: '\u0000\u2028\u2029\ufeff', orderId: '\u0000' }],
  ['many fields', { orderId: 'many', ...Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`field${index}`, index])) }],
  ['long lists in one another', { orderId: Array.from({ length: 200 }, (_, index) => `o${index}`), list: Array.from({ length: 200 }, () => [[1], [2]]) }],
])('an event with %s arrives as it was put, and no other does', async (_what, detail) => {
  const all = await running.subscriber({ source: ['shop'] });
  const other = await running.subscriber({ detail: { orderId: ['somebody else\'s'] } });
  const id = await running.put(detail);
  const event = await all.next();
  expect([event.id, event.source, JSON.stringify(event.detail)]).toEqual([id, 'shop', JSON.stringify(detail)]);
  const last = await running.put({ orderId: 'somebody else\'s' });
  expect(await other.next()).toMatchObject({ id: last });
  expect(await all.next()).toMatchObject({ id: last });
  expect([all.unread, other.unread]).toEqual([[], []]);
  await Promise.all([all.close(), other.close()]);
});

test('an event of another source reaches nobody, whatever else it says', async () => {
  const client = await running.subscriber({ source: ['shop', 'evil', '{% $states.input %}'] });
  for (const [source, detail] of [['evil', { source: 'shop' }], ['Shop', {}], ['shop ', {}], ['{% "shop" %}', {}]] as const) {
    await running.put(detail, source);
  }
  const id = await running.put({});
  expect(await client.next()).toMatchObject({ id });
  expect(client.unread).toEqual([]);
  await client.close();
});
