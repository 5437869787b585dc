import { RunningSocket } from './running-socket';
import { WebSocketClient } from '../../integ/websocket-client';

/** As many characters as a pattern may have, each of four bytes. */
const LONGEST = { detail: { x: ['😀'.repeat(2048 - '{"detail":{"x":[""]}}'.length)] } };
const MANY = 60;

describe('many subscriptions with the longest patterns', () => {
  let running: RunningSocket;
  let greedy: WebSocketClient;

  beforeAll(async () => {
    running = await RunningSocket.start();
    greedy = await running.connect();
    for (let count = 0; count < MANY; count++) {
      expect(await greedy.request({ action: 'subscribe', pattern: LONGEST })).toMatchObject({ type: 'subscribed' });
    }
  });
  afterAll(() => running.stop());

  test('keep no event from another client', async () => {
    const other = await running.subscriber({ detail: { n: [1] } });
    const id = await running.put({ n: 1 });
    expect((await other.next()).id).toBe(id);
  });

  test('can be listed, page by page', async () => {
    const listed = new Set<string>();
    let startAfter: string | undefined;
    do {
      const page = await greedy.request({ action: 'subscriptions', startAfter });
      expect(page.type).toBe('subscriptions');
      page.subscriptions.forEach(({ subscriptionId }: { subscriptionId: string }) => listed.add(subscriptionId));
      startAfter = page.next;
    } while (startAfter !== undefined);
    expect(listed.size).toBe(MANY);
  });
});
