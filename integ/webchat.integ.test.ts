import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { ClientOptions } from 'ws';
import { Deployment } from './deployment';
import { withstandsHostileClients } from './hostile-clients';
import { Transcript } from './transcript';
import { WebSocketClient } from './websocket-client';

const STACK = 'Webchat';

/** Well-formed, and nobody's. */
const NOBODY = 'AAAAAAAAAAAAAAA=';

describe('webchat', () => {
  const deployment = Deployment.fromEnvironment();
  const dynamoDb = new DynamoDBClient({});
  const stepFunctions = new SFNClient({});
  const clients: WebSocketClient[] = [];

  const connect = async (nickname: string, options?: ClientOptions) => {
    const client = await WebSocketClient.connect(`${deployment.output(STACK, 'SocketUrl')}?nickname=${encodeURIComponent(nickname)}`, {}, options);
    clients.push(client);
    return client;
  };
  /** A client that has been greeted, and its connection. */
  const join = async (nickname: string) => {
    const client = await connect(nickname);
    const { connection } = await expectMessage(client, { type: 'welcome', nickname });
    return { client, connection };
  };
  /** The next message that is like this one; others, such as news of who comes and goes, are passed over. */
  const expectMessage = async (client: WebSocketClient, like: object): Promise<any> => {
    for (;;) {
      const message = await client.next();
      if (Object.entries(like).every(([name, value]) => JSON.stringify(message[name]) === JSON.stringify(value))) {
        return message;
      }
    }
  };
  const answer = async (client: WebSocketClient, message: unknown, like: object) => {
    client.send(message);
    return expectMessage(client, like);
  };
  const errorOf = async (client: WebSocketClient, message: unknown): Promise<string> => (await answer(client, message, { type: 'error' })).error.code;
  const refusalOf = async (client: WebSocketClient, message: object): Promise<string> => {
    client.send(message);
    for (;;) {
      const frame = await client.next();
      if (frame.type === undefined && frame.message !== undefined) {
        return frame.message;
      }
    }
  };

  afterEach(async () => {
    await Promise.all(clients.splice(0).filter(client => client.open).map(client => client.close()));
  });
  afterAll(() => {
    [deployment].forEach(each => each.close());
    [dynamoDb, stepFunctions].forEach(each => each.destroy());
  });

  // First, while nobody else comes and goes.
  test.each(Transcript.read('examples/webchat/README.md').map((transcript, index) => [index + 1, transcript]))('transcript %d of the README', async (_number, transcript) => {
    await (transcript as Transcript).play({ connect: client => WebSocketClient.connect(`${deployment.output(STACK, 'SocketUrl')}?nickname=${client}`) });
  });

  test('a message to one reaches nobody else, whatever it says', async () => {
    const [ana, ben, cy] = [await join('ana'), await join('ben'), await join('cy')];
    const message = 'it\'s "me" \\ $input.body #set($a = 1) {% $states.context %} \u2028 😀';
    expect(await answer(ana.client, { action: 'chat', connection: ben.connection, message }, { type: 'sent' })).toMatchObject({ to: ben.connection });
    expect(await expectMessage(ben.client, { type: 'chat' })).toEqual({ type: 'chat', from: ana.connection, message });
    await answer(cy.client, { action: 'list' }, { type: 'connections' });
    expect(cy.client.unread.filter(text => JSON.parse(text).type === 'chat')).toEqual([]);
  });

  test('a nickname may say anything', async () => {
    const nickname = '"},"connection":"x \\ $nick <b>ä😀';
    const { client, connection } = await join(nickname);
    const { connections } = await answer(client, { action: 'list' }, { type: 'connections' });
    expect(connections).toContainEqual({ connectionId: connection, connectedAt: expect.any(Number), nickname });
  });

  test('a message to all reaches everybody else', async () => {
    const [ana, ...others] = [await join('ana'), await join('ben'), await join('cy')];
    await answer(ana.client, { action: 'broadcast', message: 'hi' }, { ok: true });
    for (const { client } of others) {
      expect(await expectMessage(client, { type: 'broadcast' })).toEqual({ type: 'broadcast', from: ana.connection, message: 'hi' });
    }
  });

  test('the others learn who has left, and messages to him are answered', async () => {
    const [ana, ben] = [await join('ana'), await join('ben')];
    await ben.client.close();
    expect(await expectMessage(ana.client, { type: 'left', connection: ben.connection })).toMatchObject({ nickname: 'ben', reason: 'disconnected' });
    expect(await errorOf(ana.client, { action: 'chat', connection: ben.connection, message: 'hi' })).toBe('NotConnected');
  });

  test('who has vanished is found by the sweeper, and the others learn it', async () => {
    const ana = await join('ana');
    const connectedAt = Date.now() - 60_000;
    await dynamoDb.send(new PutItemCommand({
      TableName: deployment.output(STACK, 'ConnectionTableName'),
      Item: {
        pk: { S: `connection#${NOBODY}` },
        sk: { S: 'connection' },
        connectionId: { S: NOBODY },
        listing: { S: 'connection' },
        nickname: { S: 'ghost' },
        connectedAt: { N: String(connectedAt) },
        expiresAt: { N: String(Math.floor(connectedAt / 1000) + 7500) },
      },
    }));
    await stepFunctions.send(new StartExecutionCommand({ stateMachineArn: deployment.output(STACK, 'SweeperArn'), input: '{}' }));
    expect(await expectMessage(ana.client, { type: 'left', connection: NOBODY })).toMatchObject({ nickname: 'ghost', reason: 'vanished' });
  });

  describe('a bad message is answered, and disturbs nobody:', () => {
    test.each([
      ['no recipient', {}], ['a recipient that is a number', { connection: 1 }], ['a recipient that is an object', { connection: { S: 'x' } }], ['an empty recipient', { connection: '' }],
    ])('%s', async (_, fields) => {
      expect(await errorOf((await join('ana')).client, { action: 'chat', message: 'hi', ...fields })).toBe('RecipientInvalid');
    });

    test.each([NOBODY, '../@connections/x', '..%2f..%2f', '__proto__', 'x#connection', '{% $states.context %}'])('a recipient that is nobody: %s', async connection => {
      expect(await errorOf((await join('ana')).client, { action: 'chat', message: 'hi', connection })).toBe('NotConnected');
    });

    test.each([
      ['no message', {}], ['null', { message: null }], ['a number', { message: 1 }], ['an object', { message: {} }], ['an empty message', { message: '' }],
      ['a message that is too long', { message: 'x'.repeat(4001) }],
    ])('%s', async (_, fields) => {
      const { client, connection } = await join('ana');
      expect(await refusalOf(client, { action: 'chat', connection, ...fields })).toBe('Bad request body');
      expect(await refusalOf(client, { action: 'broadcast', ...fields })).toBe('Bad request body');
      await answer(client, { action: 'chat', connection, message: 'x'.repeat(4000) }, { type: 'sent' });
    });

    test.each([['no JSON', 'hello'], ['a list', '[]'], ['no action', '{}'], ['another action', '{"action":"sing"}'], ['the name of a special route', '{"action":"$connect"}']])('%s', async (_, message) => {
      const { client } = await join('ana');
      expect(await errorOf(client, message)).toBe('UnknownAction');
    });
  });

  let listener: WebSocketClient;
  let heard: number;
  withstandsHostileClients({
    connect: options => connect('hostile', options),
    message: { action: 'list' },
    isAnswer: ({ type, ok }) => type === 'connections' || ok === true,
    flood: { action: 'broadcast', message: 'flood' },
    conversation: async () => {
      const [ana, ben] = [await join('ana'), await join('ben')];
      listener = ben.client;
      heard = 0;
      return async () => {
        await answer(ana.client, { action: 'chat', connection: ben.connection, message: 'hi' }, { type: 'sent' });
        for (let message = await ben.client.next(); message.type !== 'chat'; message = await ben.client.next()) {
          heard += message.type === 'broadcast' ? 1 : 0;
        }
      };
    },
    // What was not refused is heard.
    afterFlood: async frames => {
      for (const accepted = frames.filter(({ ok }) => ok).length; heard < accepted; heard++) {
        await expectMessage(listener, { type: 'broadcast', message: 'flood' });
      }
    },
  });

  test('the table keeps no row of those who have left', async () => {
    const ana = await join('ana');
    await ana.client.close();
    const rows = async () => (await dynamoDb.send(new QueryCommand({
      TableName: deployment.output(STACK, 'ConnectionTableName'),
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `connection#${ana.connection}` } },
    }))).Count;
    for (let attempt = 0; attempt < 100 && await rows() !== 0; attempt++) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    expect(await rows()).toBe(0);
  });
});
