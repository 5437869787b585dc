import { App, Stack } from 'aws-cdk-lib';
import { startLocal, LocalApp, LocalFaults } from '../../../local/testing';
import { EventSocket } from '../../../src';

let local: LocalApp;
beforeAll(async () => {
  const stack = new Stack(new App(), 'Shop');
  new EventSocket(stack, 'Socket');
  local = await startLocal(stack, { faults: { rules: [{ name: 'from the start', service: 'events', operation: 'PutEvents', error: 'throttled', times: 1 }] }, patience: 20_000 });
}, 60_000);
afterAll(() => local?.stop());

const put = () => local.call('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: '{}' }] });

test('faults happen from the start, and are counted', async () => {
  await expect(put()).rejects.toMatchObject({ code: 'ThrottlingException' });
  await expect(put()).resolves.toMatchObject({ FailedEntryCount: 0 });
  expect(local.faults).toEqual([{ name: 'from the start', enabled: true, seen: expect.any(Number), injected: 1 }]);
});

test('others take their place while the app runs, are switched off, and end', async () => {
  local.setFaults({ rules: [{ name: 'down', service: 'events', error: { code: 'Down', status: 503, message: 'later' } }] });
  await expect(put()).rejects.toMatchObject({ code: 'Down' });
  local.enableFault('down', false);
  await expect(put()).resolves.toBeDefined();
  local.enableFault('down', true);
  await expect(put()).rejects.toMatchObject({ code: 'Down' });
  local.setFaults({ rules: [] });
  await expect(put()).resolves.toBeDefined();
  expect(local.faults).toEqual([]);
});

test('a connection is lost as the rules say', async () => {
  local.setFaults({ rules: [{ socket: 'message', connection: 'lost' }] });
  const client = await local.connect();
  client.send({ action: 'ping' });
  expect((await client.closed).code).toBe(1006);
  local.setFaults({ rules: [] });
});

test.each<[LocalFaults, RegExp]>([
  [{ rules: [{ service: 'dynamo', error: 'throttled' }] }, /^the faults: .*dynamo/],
  [{ rules: [{ service: 'events', share: 2, error: 'throttled' }] }, /share/],
  [{ rules: [{ service: 'events', process: 'killed' } as any] }, /^A fault that kills the process would kill the tests/],
])('%j is refused, and what was there before stays', (faults, why) => {
  local.setFaults({ rules: [{ name: 'kept', service: 'sqs', error: 'throttled' }] });
  expect(() => local.setFaults(faults)).toThrow(why);
  expect(() => local.enableFault('nope', true)).toThrow('No fault has the name nope; there are: kept.');
  expect(local.faults).toMatchObject([{ name: 'kept' }]);
});
