import { randomUUID } from 'crypto';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import { Deployment } from './deployment';
import { inHaste, textFrame, withstandsHostileClients } from './hostile-clients';
import { Transcript } from './transcript';
import { WebSocketClient } from './websocket-client';
import { Sha256 } from '../test/support/sha256';

const STACK = 'GuardedRoute';

describe('guarded-route', () => {
  const deployment = Deployment.fromEnvironment();
  const url = (name: string) => deployment.output(STACK, `${name}Url`);

  afterAll(() => deployment.close());

  test.each(Transcript.read('examples/guarded-route/README.md').map((transcript, index) => [index + 1, transcript]))('transcript %d of the README', async (_number, transcript) => {
    await (transcript as Transcript).play({ connect: () => WebSocketClient.connect(url('Header'), { token: 'hello' }) });
  });

  describe.each(['Header', 'Function'])('%s', name => {
    test('admits the token, and the reply reaches the client', async () => {
      const client = await WebSocketClient.connect(url(name), { token: 'hello' });
      const message = '{"action":"sendmessage","message":"it\'s \\"quoted\\" \\\\ $context.stage #end \\u2028"}';
      const reply = await client.request(message);
      expect(reply).toMatchObject({ reply: 'You are in.', heard: message, auth: name === 'Function' ? 'ana' : '' });
      expect(reply.requestContext).toMatchObject({ routeKey: 'sendmessage', eventType: 'MESSAGE', messageDirection: 'IN', stage: 'live', token: name === 'Function' ? 'hello' : '' });
      expect(Object.values(reply.requestContext).slice(0, 13).every(value => value !== '')).toBe(true);
      await client.close();
    });

    test.each([
      ['without the header', {}],
      ['with another token', { token: 'hallo' }],
      ['with an empty token', { token: '' }],
      ['with a token that only begins so', { token: 'hello2' }],
      ['with Velocity in the token', { token: '" || "a" == "a' }],
    ])('refuses a client %s', async (_case, headers) => {
      await expect(WebSocketClient.connect(url(name), headers as Record<string, string>)).rejects.toThrow('Unexpected server response');
    });

    test('what a refused client said meanwhile reaches nobody', async () => {
      const admitted = await WebSocketClient.connect(url(name), { token: 'hello' });
      const early = inHaste(textFrame(JSON.stringify({ action: 'sendmessage' })));
      await expect(WebSocketClient.connect(url(name), {}, early)).rejects.toThrow('Unexpected server response');
      expect(await admitted.request({ action: 'sendmessage' })).toMatchObject({ reply: 'You are in.' });
      await admitted.close();
      expect(admitted.unread).toEqual([]);
    });

    test('the token in the query string is no header', async () => {
      await expect(WebSocketClient.connect(`${url(name)}?token=hello`)).rejects.toThrow('Unexpected server response');
    });
  });

  describe('Ticket', () => {
    const dynamodb = new DynamoDBClient({});
    const table = () => deployment.output(STACK, 'TableName');
    afterAll(() => dynamodb.destroy());

    /** What a backend does for a client that it knows. */
    async function issue(lifetimeSeconds = 60): Promise<string> {
      const ticket = randomUUID();
      const expiresAt = Math.floor(Date.now() / 1000) + lifetimeSeconds;
      await dynamodb.send(new PutItemCommand({
        TableName: table(),
        Item: { pk: { S: `ticket#${ticket}` }, sk: { S: 'ticket' }, expiresAt: { N: `${expiresAt}` }, tenantId: { S: 'acme' } },
      }));
      return ticket;
    }
    const connect = (query: string) => WebSocketClient.connect(`${url('Ticket')}${query}`);

    test('lets in once, and the connection has what it vouches for', async () => {
      const ticket = await issue();
      const client = await connect(`?ticket=${ticket}&tenantId=acme`);
      const { requestContext: { connectionId } } = await client.request({ action: 'sendmessage' });
      const { Item: row } = await dynamodb.send(new GetItemCommand({ TableName: table(), Key: { pk: { S: `connection#${connectionId}` }, sk: { S: 'connection' } } }));
      expect(row).toMatchObject({ tenantId: { S: 'acme' }, connectionId: { S: connectionId } });
      await expect(connect(`?ticket=${ticket}&tenantId=acme`)).rejects.toThrow('Unexpected server response');
      await client.close();
      await expect(connect(`?ticket=${ticket}&tenantId=acme`)).rejects.toThrow('Unexpected server response');
    });

    test('of many who try the same ticket at once, one gets in', async () => {
      const ticket = await issue();
      const attempts = await Promise.allSettled(Array.from({ length: 10 }, () => connect(`?ticket=${ticket}&tenantId=acme`)));
      const clients = attempts.filter(attempt => attempt.status === 'fulfilled').map(({ value }) => value);
      expect(clients).toHaveLength(1);
      await clients[0].close();
    });

    test.each([
      ['without a ticket', (_ticket: string) => '?tenantId=acme'],
      ['without what it vouches for', (ticket: string) => `?ticket=${ticket}`],
      ['with another tenant', (ticket: string) => `?ticket=${ticket}&tenantId=other`],
      ['with a ticket that nobody issued', () => `?ticket=${randomUUID()}&tenantId=acme`],
      ['with an empty ticket', () => '?ticket=&tenantId=acme'],
      ['with the key of another row', (ticket: string) => `?ticket=${ticket}%22%7D&tenantId=acme`],
    ])('a client %s is refused, and the ticket stays good', async (_case, query) => {
      const ticket = await issue();
      await expect(connect(query(ticket))).rejects.toThrow('Unexpected server response');
      await (await connect(`?ticket=${ticket}&tenantId=acme`)).close();
    });

    test('an expired ticket is worth nothing', async () => {
      await expect(connect(`?ticket=${await issue(-1)}&tenantId=acme`)).rejects.toThrow('Unexpected server response');
    });
  });

  describe('Iam', () => {
    const credentials = { accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? 'test', secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? 'test' };

    async function signed(secretAccessKey = credentials.secretAccessKey): Promise<Record<string, string>> {
      const { hostname, host, pathname } = new URL(url('Iam'));
      const signer = new SignatureV4({ service: 'execute-api', region: process.env.AWS_REGION ?? 'us-east-1', credentials: { ...credentials, secretAccessKey }, sha256: Sha256 });
      const { headers } = await signer.sign({ method: 'GET', protocol: 'https:', hostname, path: pathname, headers: { host } });
      return headers;
    }

    test('admits who signs the handshake', async () => {
      const client = await WebSocketClient.connect(url('Iam'), await signed());
      expect(await client.request({ action: 'sendmessage' })).toMatchObject({ reply: 'You are in.' });
      await client.close();
    });

    test('refuses who does not sign', async () => {
      await expect(WebSocketClient.connect(url('Iam'))).rejects.toThrow('403');
    });

    test('refuses a signature with another key', async () => {
      await expect(WebSocketClient.connect(url('Iam'), await signed('wrong'))).rejects.toThrow('403');
    });
  });

  withstandsHostileClients({
    connect: options => WebSocketClient.connect(url('Header'), { token: 'hello' }, options),
    message: { action: 'sendmessage' },
    isAnswer: ({ reply }) => reply === 'You are in.',
    // The throttle of a route counts all its clients: to be safe from each other, they need sockets of their own.
    conversation: async () => {
      const client = await WebSocketClient.connect(url('Function'), { token: 'hello' });
      return async () => {
        expect(await client.request({ action: 'sendmessage' })).toMatchObject({ reply: 'You are in.' });
        await client.close();
      };
    },
  });
});
