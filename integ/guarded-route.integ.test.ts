import { SignatureV4 } from '@smithy/signature-v4';
import { Deployment } from './deployment';
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

    test('the token in the query string is no header', async () => {
      await expect(WebSocketClient.connect(`${url(name)}?token=hello`)).rejects.toThrow('Unexpected server response');
    });
  });

  describe('Iam', () => {
    const credentials = { accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? 'test', secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? 'test' };

    async function signed(secretAccessKey = credentials.secretAccessKey): Promise<Record<string, string>> {
      const { hostname, host, pathname } = new URL(url('Iam'));
      const signer = new SignatureV4({ service: 'execute-api', region: process.env.AWS_REGION ?? 'us-east-1', credentials: { ...credentials, secretAccessKey }, sha256: Sha256 as never });
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
});
