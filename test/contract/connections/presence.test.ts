import { RunningChat, RunningChatOptions } from './running-chat';
import { AwsError } from '../../../local/kernel/aws-error';

let chat: RunningChat;
afterEach(() => chat.stop());

const start = async (options?: RunningChatOptions) => { chat = await RunningChat.start({ greets: true, ...options }); };
const told = (client: { unread: readonly string[] }) => client.unread.map(text => JSON.parse(text));

test('whoever joins is greeted, once connected', async () => {
  await start();
  const ana = await chat.connect('ana "x"');
  await chat.eventually(() => ana.unread.length === 1);
  expect(told(ana)).toEqual([{ type: 'welcome', you: ana.id, nickname: 'ana "x"' }]);
  expect(chat.events()).toEqual(['ClientJoined']);
});

test('nobody can be greeted before: a handshake that takes long is waited for', async () => {
  await start();
  chat.faults.next('execute-api:PostToConnection', new AwsError('GoneException', '', 410));
  const ana = await chat.connect();
  await chat.eventually(() => ana.unread.length === 1);
  expect(told(ana)).toEqual([{ type: 'welcome', you: ana.id, nickname: null }]);
  expect(chat.outcomes('PostToConnection')).toEqual(['GoneException', 'ok']);
  expect(await chat.rows()).toHaveLength(1);
});

test('a nickname is told as it is, but never longer than 256 characters', async () => {
  await start();
  const nickname = '\\"},"$x{% 1 %}<aws.events.event.json>';
  const [ana, ben] = [await chat.connect(nickname), await chat.connect('x'.repeat(1000))];
  await chat.eventually(() => ana.unread.length === 1 && ben.unread.length === 1);
  expect(told(ana)[0].nickname).toBe(nickname);
  expect(told(ben)[0].nickname).toBe('x'.repeat(256));
});

test('the others are told who joins, and nobody of himself', async () => {
  await start({ greets: false, announces: true });
  const ana = await chat.connect();
  await chat.eventually(() => chat.executions('Broadcast').length === 1);
  const ben = await chat.connect();
  await chat.eventually(() => chat.executions('Broadcast').length === 2);
  await chat.eventually(() => ana.unread.length === 1);
  expect([told(ana), told(ben)]).toEqual([[{ type: 'joined', who: ben.id }], []]);
});

describe('the others are told when somebody leaves,', () => {
  test.each([
    ['by closing the connection', 'disconnected', async (ben: any) => ben.close()],
    ['by vanishing, as a message finds out', 'vanished', async () => {
      await chat.leaveBehind('AAAAAAAAAAAAAAA=', 60);
      await chat.run('Broadcast', { message: { type: 'message' } });
      await chat.ended('Broadcast', 3);
    }],
    ['by vanishing, as the sweeper finds out', 'vanished', async () => {
      await chat.leaveBehind('AAAAAAAAAAAAAAA=', 60);
      await chat.run('Sweeper', {});
      await chat.ended('Sweeper');
    }],
    ['by vanishing unnoticed, when the row expires', 'expired', async () => {
      await chat.leaveBehind('AAAAAAAAAAAAAAA=', 7490);
      await chat.clock.advance(12_000);
    }],
  ])('%s', async (_, reason, leave) => {
    await start({ greets: false, announces: true });
    const [ana, ben] = [await chat.connect(), await chat.connect()];
    // Otherwise what tells that they joined may find the one first who is gone.
    await chat.eventually(() => chat.executions('Broadcast').length === 2);
    await leave(ben);
    await chat.eventually(() => told(ana).some(({ type }) => type === 'left'));
    expect(told(ana).filter(({ type }) => type === 'left')).toEqual([{ type: 'left', who: reason === 'disconnected' ? ben.id : 'AAAAAAAAAAAAAAA=', reason }]);
    expect(chat.events().filter(event => event === 'ClientLeft')).toEqual(['ClientLeft']);
  });
});

test('rows that are no connections, and changes of those that are, are no events', async () => {
  await start();
  const ana = await chat.connect();
  await chat.eventually(() => chat.events().length === 1);
  const TableName = chat.outputs.TableName;
  await chat.call('dynamodb', 'UpdateItem', {
    TableName, Key: { pk: { S: `connection#${ana.id}` }, sk: { S: 'connection' } }, UpdateExpression: 'SET subscriptions = :one', ExpressionAttributeValues: { ':one': { N: '1' } },
  });
  await chat.call('dynamodb', 'PutItem', { TableName, Item: { pk: { S: `connection#${ana.id}` }, sk: { S: 'subscription#1' } } });
  await chat.clock.advance(5000);
  expect(chat.events()).toEqual(['ClientJoined']);
  expect(chat.executions('Presence')).toHaveLength(1);
});

test('when the bus takes no events they come later, in their order', async () => {
  await start();
  const failures = 7;
  chat.faults.next('events:PutEvents', new AwsError('InternalException', 'no', 500), failures);
  await chat.connect('first');
  await chat.eventually(() => chat.events().length === 1, 5000);
  expect(chat.outcomes('PutEvents')).toEqual([...new Array(failures).fill('InternalException'), 'ok']);
});

test('what the bus has not taken for minutes is in the dead-letter queue, those behind it go on, and it is told of when it is put back', async () => {
  await start({ greets: false });
  chat.faults.next('events:PutEvents', new AwsError('InternalException', 'no', 500), 9);
  await chat.connect('first');
  await chat.eventually(() => chat.executions('Presence').length === 1, 5000);
  const { body, code, hop, target } = await chat.deadLetter('Presence');
  expect({ code, hop, target }).toEqual({ code: 'EventBridge.InternalException', hop: 'presence', target: chat.outputs.PresenceArn });
  expect(body).toMatchObject([{ eventName: 'INSERT', dynamodb: { NewImage: { nickname: { S: 'first' } } } }]);
  await chat.connect('second');
  await chat.eventually(() => chat.events().length === 1);

  await chat.run('Presence', body);
  await chat.eventually(() => chat.events().length === 2);
  expect(chat.events()).toEqual(['ClientJoined', 'ClientJoined']);
});
