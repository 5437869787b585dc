import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ClientOptions } from 'ws';
import { Deployment } from './deployment';
import { withstandsHostileClients } from './hostile-clients';
import { Transcript } from './transcript';
import { WebSocketClient } from './websocket-client';

const STACK = 'Echo';

describe('echo', () => {
  const deployment = Deployment.fromEnvironment();
  const logs = new CloudWatchLogsClient({});
  const connect = (options?: ClientOptions) => WebSocketClient.connect(deployment.output(STACK, 'SocketUrl'), {}, options);

  afterAll(() => {
    logs.destroy();
    deployment.close();
  });

  /** Logs come a while after what they tell of, and each line by itself: the one awaited has to hold all the terms. */
  async function logged(group: string, ...terms: string[]): Promise<string> {
    const filterPattern = terms.map(term => `"${term}"`).join(' ');
    for (let attempt = 0; attempt < 60; attempt++) {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: deployment.output(STACK, group), filterPattern }));
      if (events.length > 0) {
        return events.map(({ message }) => message).join('\n');
      }
      await new Promise(resolve => setTimeout(resolve, 250));
    }
    throw new Error(`No line of ${group} holds ${filterPattern}.`);
  }

  test.each(Transcript.read('examples/echo/README.md').map((transcript, index) => [index + 1, transcript]))('transcript %d of the README', async (_number, transcript) => {
    await (transcript as Transcript).play({ connect: () => connect() });
  });

  test.each([
    ['quotes and backslashes', '{"action":"echo","text":"\\"\' \\\\ $input #set \\u2028"}'],
    ['what looks like Velocity', '{"action":"echo","text":"$util.parseJson() #foreach($x in [1..9])","$context":"##"}'],
    ['a number of many digits', '{"action":"echo","n":12345678901234567890123456789012345678}'],
    ['no more than 32 KB', JSON.stringify({ action: 'echo', text: 'x'.repeat(32_000) })],
  ])('%s come back to the byte', async (_case, message) => {
    const client = await connect();
    client.send(message);
    expect(await client.nextText()).toBe(message);
    await client.close();
  });

  test.each([
    ['no JSON', 'hello "there"'], ['a list', '[1,2]'], ['another action', '{"action":"sing"}'], ['an action that is an object', '{"action":{"a":1}}'],
  ])('%s is told what to say', async (_case, message) => {
    const client = await connect();
    expect(await client.request(message)).toEqual({ hint: 'Say {"action":"echo"}.', youSaid: message });
    await client.close();
  });

  test('a message without the field that its route needs is refused, and the socket stays open', async () => {
    const client = await connect();
    expect((await client.request({ action: 'echo', version: 2 })).message).toBe('Bad request body');
    expect((await client.request({ action: 'echo', version: 2, message: { deep: [null, 1.5] } })).echo).toEqual({ deep: [null, 1.5] });
    await client.close();
  });

  test.each([
    ['one that is answered', { message: 'logged' }, { 'status': '200', 'error.message': '-' }],
    ['one that is refused', {}, { 'status': '400', 'error.message': 'Bad request body' }],
  ])('access logs and execution logs tell of each request: %s', async (_case, members, line) => {
    const client = await connect();
    const { connectionId } = await client.request({ action: 'echo', version: 2, ...members });
    await client.close();
    expect(JSON.parse(await logged('AccessLogGroup', connectionId, 'echo2'))).toMatchObject({ connectionId, routeKey: 'echo2', ...line });
    expect(await logged('ExecutionLogGroup', connectionId)).toContain(connectionId);
  });

  withstandsHostileClients({
    connect,
    message: { action: 'echo', version: 2, message: 'hi' },
    isAnswer: ({ echo }) => echo === 'hi',
    conversation: async () => {
      const client = await connect();
      return async () => {
        expect(await client.request({ action: 'echo' })).toEqual({ action: 'echo' });
        await client.close();
      };
    },
  });
});
