import { MockIntegration, Response, Value } from '../../../src';
import { ACKNOWLEDGED, BAD_REQUEST_BODY, IntegrationApp } from '../../support/integration-app';

const app = new IntegrationApp(() => ({
  $connect: () => new MockIntegration('Connect'),
  $disconnect: () => new MockIntegration('Disconnect', { response: Response.none() }),
  $default: () => MockIntegration.echo('Echo'),
  ack: () => new MockIntegration('Ack'),
  static: () => new MockIntegration('Static', { response: Response.json(Value.literal({ text: 'it\'s "$static" #if', list: [1, null] })) }),
  pong: () => new MockIntegration('Pong', { response: Response.json(Value.object({ pong: Value.body('$.id').withDefault(null), at: Value.requestTime() })) }),
  greet: () => new MockIntegration('Greet', { response: Response.json(Value.object({ hello: Value.body('$.name').asString() })) }),
  silent: () => new MockIntegration('Silent', { response: Response.none() }),
}), ['$disconnect', 'silent']);

beforeAll(() => app.start(), 60_000);
afterAll(() => app.stop());

test.each([
  'hello', '', ' ', '"', '\\', '\'', '{"action":"none","a":[1,{"b":"it\'s"}]}', '{"statusCode":500}', '{"frame":"forged"}', '[1]', 'null', '$input.body #set($a = 1) ## #* ${context.stage}',
  'é 😀 \u2028\u2029 \t\r\n', 'a'.repeat(30_000),
].filter(text => text !== ''))('echoes %j to the byte', async text => {
  const client = await app.connect();
  client.send(text);
  expect(await client.nextText()).toBe(text);
  await client.close();
});

test('acknowledges', async () => {
  expect(await app.ask({ action: 'ack' })).toBe(ACKNOWLEDGED);
});

test('answers what the author wrote', async () => {
  expect(JSON.parse(await app.ask({ action: 'static' }))).toEqual({ text: 'it\'s "$static" #if', list: [1, null] });
});

test.each([1, 'x"\'\\', null, [1.5, { a: 'b' }], { $a: '#b' }])('answers with a field of the message: %j', async id => {
  expect(JSON.parse(await app.ask({ action: 'pong', id }))).toEqual({ pong: id, at: app.clock.now() });
});

test('refuses a message that lacks what it answers with', async () => {
  expect(await app.ask({ action: 'greet', name: 'Ada' })).toBe('{"hello":"Ada"}');
  expect(await app.ask({ action: 'greet' })).toBe(BAD_REQUEST_BODY);
});

test('says nothing where nothing is to be said', async () => {
  const client = await app.connect();
  client.send({ action: 'silent' });
  client.send({ action: 'ack' });
  expect(await client.next()).toMatchObject({ ok: true });
  expect(client.unread).toEqual([]);
});
