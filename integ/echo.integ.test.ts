import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { Deployment } from './deployment';
import { Transcript } from './transcript';
import { WebSocketClient } from './websocket-client';

const STACK = 'Echo';

describe('echo', () => {
  const deployment = Deployment.fromEnvironment();
  const logs = new CloudWatchLogsClient({});
  const connect = () => WebSocketClient.connect(deployment.output(STACK, 'SocketUrl'));

  afterAll(() => {
    logs.destroy();
    deployment.close();
  });

  /** Logs come a while after what they tell of. */
  async function logged(group: string, text: string): Promise<string> {
    for (let attempt = 0; attempt < 60; attempt++) {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: deployment.output(STACK, group), filterPattern: `"${text}"` }));
      if (events.length > 0) {
        return events.map(({ message }) => message).join('\n');
      }
      await new Promise(resolve => setTimeout(resolve, 250));
    }
    throw new Error(`Nothing in ${group} holds ${text}.`);
  }

  test.each(Transcript.read('examples/echo/README.md').map((transcript, index) => [index + 1, transcript]))('transcript %d of the README', async (_number, transcript) => {
    await (transcript as Transcript).play({ connect });
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

  test('a frame of more than 32 KB ends the connection, and nobody else\'s', async () => {
    const [client, other] = [await connect(), await connect()];
    const closed = client.closed();
    client.send({ action: 'echo', text: 'x'.repeat(40_000) });
    expect(await closed).toBe(1009);
    expect(await other.request({ action: 'echo' })).toEqual({ action: 'echo' });
    await other.close();
  });

  test('a flood is answered, message for message', async () => {
    const client = await connect();
    const count = 500;
    for (let number = 0; number < count; number++) {
      client.send({ action: 'echo', number });
    }
    const numbers = new Set<number>();
    for (let received = 0; received < count; received++) {
      numbers.add((await client.next()).number);
    }
    expect(numbers.size).toBe(count);
    await client.close();
  });

  test('access logs and execution logs tell of each request', async () => {
    const client = await connect();
    const { connectionId } = await client.request({ action: 'echo', version: 2, message: 'logged' });
    await client.close();
    const lines = (await logged('AccessLogGroup', connectionId)).split('\n').map(line => JSON.parse(line));
    expect(lines).toContainEqual(expect.objectContaining({ connectionId, routeKey: 'echo2', status: '200' }));
    expect(await logged('ExecutionLogGroup', connectionId)).toContain(connectionId);
  });
});
