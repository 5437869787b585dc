const { App, CfnOutput, Stack } = require('aws-cdk-lib');
const { EventSocket } = require('cdk-lambdaless-websockets');
const { startLocal } = require('cdk-lambdaless-websockets/testing');

let local;
beforeAll(async () => {
  const stack = new Stack(new App(), 'Shop');
  const socket = new EventSocket(stack, 'Socket');
  new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
  local = await startLocal(stack);
}, 60_000);
afterAll(() => local?.stop());

test('a subscriber receives what matches', async () => {
  const client = await local.connect();
  expect(await client.request({ action: 'subscribe', pattern: { source: ['shop'] } })).toMatchObject({ type: 'subscribed' });
  await local.call('events', 'PutEvents', { Entries: [{ EventBusName: local.output('BusName'), Source: 'shop', DetailType: 'Sold', Detail: '{"total":7}' }] });
  expect(await client.next(message => message.detail.total === 7)).toMatchObject({ source: 'shop' });
});
