import { randomUUID } from 'crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { App, Stack } from 'aws-cdk-lib';
import { RunningSocket } from './running-socket';
import { WebSocketClient } from '../../integ/websocket-client';
import { Admission, EventSocket, SubscriptionConstraint } from '../../src';

/** An EventSocket whose clients come with tickets, and see what their tickets vouch for. */
let running: RunningSocket;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  running = await RunningSocket.start({
    props: () => ({ admission: Admission.ticket({ claims: ['tenantId'] }), allow: [SubscriptionConstraint.fieldEqualsClaim('detail.tenantId', 'tenantId')] }),
  });
  dynamodb = new DynamoDBClient({ endpoint: running.runtime.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
}, 60_000);
afterAll(async () => {
  dynamodb.destroy();
  await running.stop();
});

async function issue(tenantId: string): Promise<string> {
  const ticket = randomUUID();
  await dynamodb.send(new PutItemCommand({
    TableName: running.outputs.TableName,
    Item: { pk: { S: `ticket#${ticket}` }, sk: { S: 'ticket' }, expiresAt: { N: `${Math.floor(Date.now() / 1000) + 60}` }, tenantId: { S: tenantId } },
  }));
  return ticket;
}

async function connect(tenantId: string): Promise<WebSocketClient> {
  return WebSocketClient.connect(`${running.outputs.Url}?ticket=${await issue(tenantId)}&tenantId=${tenantId}`);
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

test('a ticket for another tenant lets nobody in', async () => {
  const ticket = await issue('acme');
  await expect(WebSocketClient.connect(`${running.outputs.Url}?ticket=${ticket}&tenantId=other`)).rejects.toThrow('Unexpected server response');
});

test.each([
  ['no admission', undefined],
  ['a ticket that vouches for something else', Admission.ticket({ claims: ['userId'] })],
  ['a password for all', Admission.header('token', 'hello')],
])('a policy by a claim needs somebody who gives it: %s', (_case, admission) => {
  const allow = [SubscriptionConstraint.fieldEqualsClaim('detail.tenantId', 'tenantId')];
  expect(() => new EventSocket(new Stack(new App(), 'Stack'), 'Socket', { admission, allow }))
    .toThrow('allow asks for the claim \'tenantId\', which nothing gives: set admission to Admission.custom() with an authorizer that does, or to Admission.ticket({ claims: [\'tenantId\'] }). [cdk-lambdaless-websockets:claimSource]');
});
