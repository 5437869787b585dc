const { App, Stack } = require('aws-cdk-lib');
const { EventSocket } = require('cdk-lambdaless-websockets');
const { startLocal } = require('cdk-lambdaless-websockets/testing');

let local;
beforeAll(async () => {
  const stack = new Stack(new App(), 'Shop');
  new EventSocket(stack, 'Socket');
  local = await startLocal(stack);
}, 60_000);
afterAll(() => local?.stop());

test('a connection that is idle ends after ten minutes', async () => {
  const client = await local.connect();
  await local.advance(10 * 60_000 + 1000);
  expect(await client.closed).toMatchObject({ code: 1001 });
});

test('what went wrong is in the error', async () => {
  const client = await local.connect();
  client.send({ action: 'nonsense' });
  await expect(client.next(message => message.type === 'pong', { patience: 500 })).rejects.toThrow(/Unread instead:\n.*UnknownAction/);
});
