import { randomUUID } from 'crypto';
import { RunningSocket } from './running-socket';
import { Admission } from '../../src';

const SHOP = 'https://shop.example';
const LOCAL = 'http://localhost:3000';

/** An EventSocket for two web pages, whose clients come with tickets. */
let running: RunningSocket;
beforeAll(async () => {
  running = await RunningSocket.start({ props: () => ({ admission: Admission.ticket().withOrigins([SHOP, LOCAL]) }) });
}, 60_000);
afterAll(() => running.stop());

const connect = (ticket: string, headers: Record<string, string>) => running.connect(headers, `?ticket=${ticket}`);

test.each([SHOP, LOCAL])('a page of %s connects', async origin => {
  const client = await connect(await running.ticket(), { Origin: origin });
  expect(await client.request({ action: 'ping' })).toMatchObject({ type: 'pong' });
});

test.each<[string, Record<string, string>]>([
  ['another page', { Origin: 'https://evil.example' }],
  ['a page whose origin begins like that', { Origin: `${SHOP}.evil.example` }],
  ['a page of another scheme', { Origin: 'http://shop.example' }],
  ['a page of another port', { Origin: 'http://localhost:3001' }],
  ['a page without an origin of its own', { Origin: 'null' }],
  ['an empty origin', { Origin: '' }],
  ['both origins at once', { Origin: `${SHOP}, ${LOCAL}` }],
  ['what could end the comparison', { Origin: `${SHOP}" || "a" == "a` }],
  ['no page', {}],
])('%s is refused, and uses no ticket up', async (_who, headers) => {
  const ticket = await running.ticket();
  const { TableName } = running.outputs;
  const rows = async () => (await running.call('dynamodb', 'Scan', { TableName })).Count;
  const before = await rows();
  await expect(connect(ticket, headers)).rejects.toThrow(/Unexpected server response: [45]/);
  const { Item: row } = await running.call('dynamodb', 'GetItem', { TableName, Key: { pk: { S: `ticket#${ticket}` }, sk: { S: 'ticket' } } });
  expect(row).not.toHaveProperty('usedBy');
  expect(await rows()).toBe(before);
});

test('a page that is allowed needs a ticket all the same', async () => {
  await expect(connect(randomUUID(), { Origin: SHOP })).rejects.toThrow(/Unexpected server response: [45]/);
});
