import { RunningChat, RunningChatOptions } from './running-chat';

let chat: RunningChat;
afterEach(() => chat.stop());

const start = async (options?: RunningChatOptions) => { chat = await RunningChat.start(options); };

describe('the table', () => {
  test('has a row of each connection as long as it lasts, with what the client said of itself', async () => {
    await start();
    const [ana, ben] = [await chat.connect('ana'), await chat.connect()];
    const now = chat.clock.now();
    expect(await chat.rows()).toEqual(expect.arrayContaining([
      {
        pk: { S: `connection#${ana.id}` },
        sk: { S: 'connection' },
        connectionId: { S: ana.id },
        listing: { S: 'connection' },
        nickname: { S: 'ana' },
        connectedAt: { N: String(now) },
        expiresAt: { N: String(Math.floor(now / 1000) + 7500) },
      },
      expect.not.objectContaining({ nickname: expect.anything() }),
    ]));
    await ben.close();
    await chat.until(() => chat.outcomes('DeleteItem').length === 1);
    expect((await chat.rows()).map(row => row.connectionId.S)).toEqual([ana.id]);
  });

  test('lists the connections page by page', async () => {
    await start();
    const clients = [];
    for (const nickname of ['a', 'b', 'c', 'd', undefined]) {
      clients.push(await chat.connect(nickname));
    }
    const first = await clients[0].request({ action: 'list' });
    expect(first).toEqual({ type: 'connections', connections: expect.any(Array), next: expect.any(String), requestId: expect.any(String) });
    const second = await clients[0].request({ action: 'list', after: first.next });
    expect(second.next).toBeUndefined();
    const all = [...first.connections, ...second.connections];
    expect(all).toHaveLength(5);
    expect(all).toEqual(expect.arrayContaining(clients.map(({ id }, index) => ({ connectionId: id, connectedAt: chat.clock.now(), ...index < 4 ? { nickname: 'abcd'[index] } : {} }))));
  });

  test('a nickname may say anything, and one that is too long is not listed', async () => {
    await start();
    const nicknames = ['"},"admin":{"BOOL":true', '${jndi}$input.body #set($a = 1)\\', "it's \u2028 <b>ä😀</b>", 'x'.repeat(256)];
    const [first] = nicknames;
    const client = await chat.connect(first);
    await chat.connect('x'.repeat(257));
    for (const nickname of nicknames.slice(1)) {
      await chat.connect(nickname);
    }
    const listed = [];
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await client.request({ action: 'list', after });
      listed.push(...page.connections);
      after = page.next;
    }
    expect(listed.map(({ nickname }) => nickname).sort()).toEqual([...nicknames].sort());
    expect(await chat.rows()).toHaveLength(5);
  });

  test.each([['a number', 7], ['a list', []], ['an object', { pk: 'x' }]])('a page after %s is refused', async (_, after) => {
    await start();
    const client = await chat.connect();
    expect((await client.request({ action: 'list', after })).message).toBe('Bad request body');
  });

  test('who was never there may be a place to go on from, and one no key can hold is refused', async () => {
    await start();
    const client = await chat.connect();
    expect(await client.request({ action: 'list', after: 'zzz' })).toMatchObject({ connections: [] });
    expect(await client.request({ action: 'list', after: '' })).toMatchObject({ error: { code: 'Rejected' } });
    expect(await client.request({ action: 'list', after: 'x'.repeat(2000) })).toMatchObject({ error: { code: 'Rejected' } });
  });

  test('a row that has expired and is still there is not listed', async () => {
    await start();
    const client = await chat.connect();
    await chat.leaveBehind('AAAAAAAAAAAAAAA=', 7501);
    expect((await client.request({ action: 'list' })).connections).toHaveLength(1);
  });
});
