import { RunningSocket } from './running-socket';

const EVERYTHING = { version: ['0'] };

let running: RunningSocket;
afterEach(() => running.stop());

test('a filter is no permission: whoever asks for everything gets it, unless the socket itself lets less out', async () => {
  running = await RunningSocket.start({ props: () => ({ eventPattern: { source: ['shop'] } }) });
  const curious = await running.connect();
  expect(await curious.request({ action: 'subscribe', pattern: EVERYTHING })).toMatchObject({ type: 'subscribed' });
  expect(await curious.request({ action: 'subscribe', pattern: { source: ['payroll'] } })).toMatchObject({ type: 'subscribed' });
  await running.put({}, 'payroll');
  await running.put({}, 'shop');
  expect(await curious.next()).toMatchObject({ source: 'shop' });
  expect(await running.delivered(1)).toHaveLength(1);
  expect(curious.unread).toEqual([]);
});

test('a subscriber that has gone is found out with 410, and its subscription forgotten', async () => {
  running = await RunningSocket.start();
  const [gone, stays] = [await running.connect(), await running.connect()];
  for (const client of [gone, stays]) {
    await client.request({ action: 'subscribe', pattern: EVERYTHING });
  }
  await gone.close();
  await running.put();
  await stays.next();
  expect(await running.delivered(1)).toMatchObject([{ status: 'SUCCEEDED' }]);
  expect(running.outcomes('PostToConnection').sort()).toEqual(['GoneException', 'ok']);

  await running.put();
  await stays.next();
  expect(await running.delivered(2)).toMatchObject([{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }]);
  expect(running.outcomes('PostToConnection').sort()).toEqual(['GoneException', 'ok', 'ok']);
});

test('a pattern that EventBridge refuses is never stored', async () => {
  running = await RunningSocket.start();
  const client = await running.connect();
  for (const pattern of [{ source: [] }, { source: ['x'.repeat(2048)] }, 'text']) {
    expect(await client.request({ action: 'subscribe', pattern })).toMatchObject({ error: { code: expect.stringMatching(/Pattern/) } });
  }
  expect(running.outcomes('TransactWriteItems')).toEqual([]);
  await client.request({ action: 'subscribe', pattern: EVERYTHING });
  expect(running.outcomes('TransactWriteItems')).toEqual(['ok']);
});
