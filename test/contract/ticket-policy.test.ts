import { App, Stack } from 'aws-cdk-lib';
import { RunningSocket } from './running-socket';
import { WebSocketClient } from '../../integ/websocket-client';
import { Admission, EventSocket, SubscriptionConstraint } from '../../src';

/** An EventSocket whose clients come with tickets, and see what their tickets vouch for. */
let running: RunningSocket;

beforeAll(async () => {
  running = await RunningSocket.start({
    props: () => ({ admission: Admission.ticket({ claims: ['tenantId'] }), allow: [SubscriptionConstraint.fieldEqualsClaim('detail.tenantId', 'tenantId')] }),
  });
}, 60_000);
afterAll(() => running.stop());

async function connect(tenantId: string): Promise<WebSocketClient> {
  return WebSocketClient.connect(`${running.outputs.Url}?ticket=${await running.ticket({ tenantId })}&tenantId=${tenantId}`);
}

test('each client receives the events of the tenant that its ticket vouches for, whatever its pattern says', async () => {
  const [acme, other] = [await connect('acme'), await connect('other')];
  for (const client of [acme, other]) {
    expect(await client.request({ action: 'subscribe', pattern: { 'detail-type': ['Sold'] } })).toMatchObject({ type: 'subscribed' });
    expect(await client.request({ action: 'subscribe', pattern: { detail: { tenantId: ['acme'] } } })).toMatchObject({ type: 'subscribed' });
  }
  const id = await running.put({ tenantId: 'acme' }, 'shop', 'Sold');
  expect([(await acme.next()).id, (await acme.next()).id]).toEqual([id, id]);
  const last = await running.put({ tenantId: 'other' }, 'shop', 'Sold');
  expect((await other.next()).id).toBe(last);
  expect([acme.unread, other.unread]).toEqual([[], []]);
  await acme.close();
  await other.close();
});

test('several fields may have to equal one claim', async () => {
  const socket = await RunningSocket.start({
    props: () => ({ admission: Admission.ticket({ claims: ['tenantId'] }), allow: ['detail.buyer', 'detail.seller'].map(path => SubscriptionConstraint.fieldEqualsClaim(path, 'tenantId')) }),
  });
  const client = await WebSocketClient.connect(`${socket.outputs.Url}?ticket=${await socket.ticket({ tenantId: 'acme' })}&tenantId=acme`);
  expect(await client.request({ action: 'subscribe', pattern: { source: ['shop'] } })).toMatchObject({ type: 'subscribed' });
  await socket.put({ buyer: 'acme', seller: 'other' }, 'shop', 'Sold');
  const id = await socket.put({ buyer: 'acme', seller: 'acme' }, 'shop', 'Sold');
  expect((await client.next()).id).toBe(id);
  await client.close();
  await socket.stop();
});

test('a ticket for another tenant lets nobody in', async () => {
  const ticket = await running.ticket({ tenantId: 'acme' });
  await expect(WebSocketClient.connect(`${running.outputs.Url}?ticket=${ticket}&tenantId=other`)).rejects.toThrow('Unexpected server response');
});

test.each([
  ['no admission', undefined],
  ['a ticket that vouches for something else', Admission.ticket({ claims: ['userId'] })],
  ['a password for all', Admission.header('token', 'hello')],
  ['IAM, which lets in and says no more', Admission.iam()],
])('a policy by a claim needs somebody who gives it: %s', (_case, admission) => {
  const allow = [SubscriptionConstraint.fieldEqualsClaim('detail.tenantId', 'tenantId')];
  expect(() => new EventSocket(new Stack(new App(), 'Stack'), 'Socket', { admission, allow }))
    .toThrow('allow asks for the claim \'tenantId\', which nothing gives: set admission to Admission.custom() with an authorizer that does, or to Admission.ticket({ claims: [\'tenantId\'] }). [cdk-lambdaless-websockets:claimSource]');
});
