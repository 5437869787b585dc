import { RunningChat, RunningChatOptions } from './running-chat';
import { AwsError } from '../../../local/kernel/aws-error';

let chat: RunningChat;
afterEach(() => chat.stop());

const start = async (options?: RunningChatOptions) => { chat = await RunningChat.start(options); };
const errorFrame = (code: string, retryable = false) => ({ type: 'error', error: { code, message: expect.any(String), retryable }, requestId: expect.any(String) });

test('a message reaches its recipient alone, and the sender is told so', async () => {
  await start();
  const [ana, ben, cy] = [await chat.connect(), await chat.connect(), await chat.connect()];
  expect(await ana.request({ action: 'chat', to: ben.id, text: 'hi' })).toEqual({ type: 'sent', to: ben.id, requestId: expect.any(String) });
  expect(await ben.next()).toEqual({ from: ana.id, text: 'hi' });
  expect(cy.unread).toEqual([]);
});

test.each([
  ['no recipient', {}], ['null', { to: null }], ['a number', { to: 7 }], ['a list', { to: ['x'] }], ['an object', { to: { S: 'x' } }], ['an empty text', { to: '' }],
  ['a text that is too long', { to: 'x'.repeat(129) }],
])('a message to %s is answered, and goes nowhere', async (_, recipient) => {
  await start();
  const ana = await chat.connect();
  expect(await ana.request({ action: 'chat', text: 'hi', ...recipient })).toEqual(errorFrame('RecipientInvalid'));
  expect(chat.outcomes('GetItem')).toEqual([]);
  expect(chat.outcomes('PostToConnection')).toEqual([]);
});

describe('nobody learns more than that a recipient is not connected:', () => {
  test.each([
    ['an id that never was', () => 'AAAAAAAAAAAAAAA='],
    ['a path', () => '../@connections/AAAAAAAAAAAAAAA='],
    ['a path to another stage', () => '..%2f..%2fprod'],
    ['a key of another row', () => 'x#connection'],
    ['an expression', () => '{% $states.context %}'],
    ['__proto__', () => '__proto__'],
  ])('%s', async (_, to) => {
    await start();
    const ana = await chat.connect();
    expect(await ana.request({ action: 'chat', to: to(), text: 'hi' })).toEqual(errorFrame('NotConnected'));
    expect(chat.outcomes('PostToConnection')).toEqual([]);
  });

  test('a connection of another API, which receives nothing', async () => {
    await start();
    const ana = await chat.connect();
    const neighbour = await chat.connect(undefined, chat.outputs.OtherUrl);
    expect(await ana.request({ action: 'chat', to: neighbour.id, text: 'hi' })).toEqual(errorFrame('NotConnected'));
    expect(chat.outcomes('PostToConnection')).toEqual([]);
    expect(neighbour.unread).toEqual([]);
  });

  test('somebody who has left', async () => {
    await start();
    const [ana, ben] = [await chat.connect(), await chat.connect()];
    await ben.close();
    await chat.until(() => chat.outcomes('DeleteItem').length === 1);
    expect(await ana.request({ action: 'chat', to: ben.id, text: 'hi' })).toEqual(errorFrame('NotConnected'));
  });

  test('somebody who has vanished, whose row goes with the attempt', async () => {
    await start();
    const ana = await chat.connect();
    await chat.leaveBehind('AAAAAAAAAAAAAAA=', 60);
    expect(await ana.request({ action: 'chat', to: 'AAAAAAAAAAAAAAA=', text: 'hi' })).toEqual(errorFrame('NotConnected'));
    expect((await chat.rows()).map(row => row.connectionId.S)).toEqual([ana.id]);
  });

  test('somebody whose row has expired', async () => {
    await start();
    const ana = await chat.connect();
    await chat.leaveBehind('AAAAAAAAAAAAAAA=', 7500);
    expect(await ana.request({ action: 'chat', to: 'AAAAAAAAAAAAAAA=', text: 'hi' })).toEqual(errorFrame('NotConnected'));
    expect(chat.outcomes('PostToConnection')).toEqual([]);
  });
});

test('somebody who is only just connecting is waited for, and keeps the row', async () => {
  await start();
  const ana = await chat.connect();
  await chat.leaveBehind('AAAAAAAAAAAAAAA=', 1);
  ana.send({ action: 'chat', to: 'AAAAAAAAAAAAAAA=', text: 'hi' });
  await chat.eventually(() => ana.unread.length === 1);
  expect(await ana.next()).toEqual(errorFrame('NotConnected'));
  expect(chat.outcomes('PostToConnection')).toHaveLength(6);
  expect(await chat.rows()).toHaveLength(2);
});

test('a recipient who does not keep up is told apart, and the message may be sent again', async () => {
  await start();
  const [ana, ben] = [await chat.connect(), await chat.connect()];
  chat.faults.next('execute-api:PostToConnection', new AwsError('LimitExceededException', 'Rate exceeded', 429), 5);
  ana.send({ action: 'chat', to: ben.id, text: 'hi' });
  await chat.eventually(() => chat.outcomes('PostToConnection').length === 5);
  expect(await ana.next()).toEqual(errorFrame('RecipientBusy', true));
  expect(ben.unread).toEqual([]);
  expect(await chat.rows()).toHaveLength(2);
});

test('a message that no frame can hold is told apart', async () => {
  await start();
  const ben = await chat.connect();
  expect(await chat.runSync('DirectMessage', { to: ben.id, message: { text: 'x'.repeat(128 * 1024) } })).toMatchObject({ error: { code: 'MessageTooLong' } });
  expect(await chat.runSync('DirectMessage', { to: ben.id, message: { text: 'x'.repeat(128 * 1024 - 11) } })).toEqual({ type: 'sent', to: ben.id, requestId: '' });
  expect((await ben.next()).text).toHaveLength(128 * 1024 - 11);
});

test('when AWS fails the sender is told to try again', async () => {
  await start();
  const [ana, ben] = [await chat.connect(), await chat.connect()];
  chat.faults.next('dynamodb:GetItem', new AwsError('ResourceNotFoundException', 'no', 400));
  expect(await ana.request({ action: 'chat', to: ben.id, text: 'hi' })).toEqual(errorFrame('Unavailable', true));
  expect(await ana.request({ action: 'chat', to: ben.id, text: 'hi' })).toMatchObject({ type: 'sent' });
});

test('what an event could not say is in the dead-letter queue, and is said when it is put back', async () => {
  await start({ greets: true });
  chat.faults.next('execute-api:PostToConnection', new AwsError('ForbiddenException', 'Forbidden', 403));
  const ana = await chat.connect('ana');
  await chat.eventually(() => chat.executions('DirectMessage').length === 1);
  expect(chat.executions('DirectMessage')).toMatchObject([{ status: 'FAILED', error: 'ApiGateway.403' }]);
  const { body, code, hop, target } = await chat.deadLetter('DirectMessage');
  expect({ code, hop, target }).toEqual({ code: 'ApiGateway.403', hop: 'directMessage', target: chat.outputs.DirectMessageArn });
  expect(body).toMatchObject({ template: 'Welcome', event: { 'detail-type': 'ClientJoined', 'detail': { connectionId: ana.id } } });
  expect(ana.unread).toEqual([]);

  await chat.run('DirectMessage', body);
  expect(await ana.next()).toMatchObject({ type: 'welcome', you: ana.id });
});

test.each([
  ['without a recipient', { template: 'Welcome', event: { id: '1', detail: {} } }, 'RecipientInvalid'],
  ['of a rule that is no more', { template: 'Bye', event: { id: '1' } }, 'UnknownTemplate'],
  ['that makes too much', { template: 'Welcome', event: { id: '1', detail: { connectionId: 'x'.repeat(140_000) } } }, 'States.DataLimitExceeded'],
])('an event %s is in the dead-letter queue', async (_, input, error) => {
  await start({ greets: true });
  await chat.run('DirectMessage', input);
  expect(await chat.ended('DirectMessage')).toMatchObject([{ status: 'FAILED', error }]);
  expect(await chat.deadLetter('DirectMessage')).toMatchObject({ body: input, code: error, hop: 'directMessage' });
});
