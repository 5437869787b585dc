import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ClientOptions } from 'ws';
import { Deployment } from './deployment';
import { withstandsHostileClients } from './hostile-clients';
import { ThirdParty } from './third-party';
import { Transcript } from './transcript';
import { WebSocketClient } from './websocket-client';

const STACK = 'Webhook';

describe('webhook', () => {
  const deployment = Deployment.fromEnvironment();
  const connect = (options?: ClientOptions) => WebSocketClient.connect(deployment.output(STACK, 'SocketUrl'), {}, options);
  const callBack = (url: string, body: string) => fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  let thirdParty: ThirdParty;

  beforeAll(async () => {
    thirdParty = await ThirdParty.start('examples/webhook/server.mjs');
  });
  afterAll(async () => {
    await thirdParty?.stop();
    deployment.close();
  });

  /** A client whose order the third party leaves to the test. */
  async function ordered() {
    const client = await connect();
    const { correlationId } = await client.request({ action: 'order', data: { item: 'tea', play: 'silent' } });
    const line = await thirdParty.says(new RegExp(`^${correlationId} waits`));
    return { client, correlationId, callbackUrl: line.slice(line.indexOf('http')) };
  }

  test.each(Transcript.read('examples/webhook/README.md').map((transcript, index) => [index + 1, transcript]))('transcript %d of the README', async (_number, transcript) => {
    await (transcript as Transcript).play({ connect: () => connect() });
  });

  test('a third party that is slow keeps nobody from other orders', async () => {
    const client = await connect();
    const slow = await client.request({ action: 'order', data: { item: 'coffee', play: 'slow' } });
    const tea = await client.request({ action: 'order', data: { item: 'tea' } });
    expect(await client.next()).toMatchObject({ type: 'answer', correlationId: tea.correlationId, data: { item: 'tea' } });
    expect(await client.next()).toMatchObject({ type: 'answer', correlationId: slow.correlationId, data: { item: 'coffee' } });
    await client.close();
  });

  test('the second of two answers is refused', async () => {
    const client = await connect();
    const { correlationId } = await client.request({ action: 'order', data: { item: 'tea', play: 'duplicate' } });
    await client.next();
    await thirdParty.says(new RegExp(`^${correlationId} answered: 409`));
    await client.close();
    expect(client.unread).toEqual([]);
  });

  test('a request that the third party refuses is in the dead-letter queue', async () => {
    const client = await connect();
    const { correlationId } = await client.request({ action: 'order', data: { play: 'refusing' } });
    const sqs = new SQSClient({});
    let body = '';
    while (!body.includes(correlationId)) {
      const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: deployment.output(STACK, 'DeadLetterQueueUrl'), WaitTimeSeconds: 1 }));
      body = message?.Body ?? '';
    }
    sqs.destroy();
    await client.close();
    expect(client.unread).toEqual([]);
  });

  test.each([
    ['another token', (url: string) => url.replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000'), 404],
    ['the correlation id for a token', (url: string, id: string) => url.replace(/[^/]+$/, encodeURIComponent(id)), 404],
    ['a path that leads elsewhere', (url: string) => url.replace(/[^/]+$/, token => `..%2F${token}`), 404],
    ['a quote in it', (url: string) => `${url}%22`, 400],
  ])('a callback that is forged, with %s, reaches nobody', async (_case, forge, status) => {
    const { client, correlationId, callbackUrl } = await ordered();
    expect((await callBack(forge(callbackUrl, correlationId), '"forged"')).status).toBe(status);
    expect((await callBack(callbackUrl, '"genuine"')).status).toBe(200);
    expect(await client.next()).toEqual({ type: 'answer', correlationId, data: 'genuine' });
    await client.close();
  });

  test.each([['no JSON', '{'], ['nothing', ''], ['1 MB', JSON.stringify('x'.repeat(1_000_000))]])('an answer of %s is refused, and a better one delivered', async (_case, body) => {
    const { client, correlationId, callbackUrl } = await ordered();
    expect((await callBack(callbackUrl, body)).status).toBe(400);
    expect((await callBack(callbackUrl, '{"better":true}')).status).toBe(200);
    expect(await client.next()).toEqual({ type: 'answer', correlationId, data: { better: true } });
    await client.close();
  });

  test('an answer for a client that has left is told so', async () => {
    const { client, callbackUrl } = await ordered();
    await client.close();
    expect((await callBack(callbackUrl, '1')).status).toBe(410);
  });

  test.each([
    ['no data', { action: 'order' }],
    ['data that is null', { action: 'order', data: null }],
  ])('a message with %s is refused, and the next one is not', async (_case, message) => {
    const client = await connect();
    expect(await client.request(message)).toMatchObject({ message: 'Bad request body' });
    expect(await client.request({ action: 'order', data: { item: 'tea' } })).toMatchObject({ type: 'accepted' });
    await client.next();
    await client.close();
  });

  test('what a client says of callbacks and connections is data', async () => {
    const client = await connect();
    const other = await connect();
    const data = { item: { correlationId: 'x', callbackUrl: 'https://evil.example', connectionId: 'y' } };
    const { correlationId } = await client.request({ action: 'order', data, correlationId: 'z', connectionId: 'other', callbackUrl: 'https://evil.example' });
    expect(await client.next()).toEqual({ type: 'answer', correlationId, data: { item: data.item, status: 'shipped' } });
    await other.close();
    expect(other.unread).toEqual([]);
    await client.close();
  });

  withstandsHostileClients({
    connect,
    message: { action: 'order', data: { item: 'tea' } },
    isAnswer: ({ type }) => type === 'accepted',
    conversation: async () => {
      const { client, callbackUrl } = await ordered();
      return async () => {
        expect((await callBack(callbackUrl, '"done"')).status).toBe(200);
        expect(await client.next()).toMatchObject({ type: 'answer', data: 'done' });
        await client.close();
      };
    },
    afterFlood: async (frames, client) => {
      const idsOf = (type: string) => frames.filter(frame => frame.type === type).map(({ correlationId }) => correlationId).sort();
      while (idsOf('answer').length < idsOf('accepted').length) {
        frames.push(await client.next());
      }
      expect(idsOf('answer')).toEqual(idsOf('accepted'));
    },
  });
});
