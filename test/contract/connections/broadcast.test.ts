import { RunningChat, RunningChatOptions } from './running-chat';
import { AwsError } from '../../../local/kernel/aws-error';

let chat: RunningChat;
afterEach(() => chat.stop());

const start = async (options?: RunningChatOptions) => { chat = await RunningChat.start(options); };

async function connectAll(count: number) {
  const clients = [];
  for (let each = 0; each < count; each++) {
    clients.push(await chat.connect());
  }
  return clients;
}

test('a message reaches everybody, and its sender is told that it is on its way', async () => {
  await start();
  const [ana, ben, cy] = await connectAll(3);
  const message = { from: ana.id, text: 'it\'s "all" $fine #set($a=1)\\ \u2028 😀' };
  ana.send({ action: 'broadcast', text: message.text });
  expect(await ben.next()).toEqual(message);
  expect(await cy.next()).toEqual(message);
  const received = [await ana.next(), await ana.next()];
  expect(received).toEqual(expect.arrayContaining([{ ok: true, requestId: expect.any(String) }, message]));
});

test('everybody may mean everybody else', async () => {
  await start();
  const [ana, ben] = await connectAll(2);
  ana.send({ action: 'others', text: 'hi' });
  expect(await ben.next()).toEqual({ from: ana.id, text: 'hi' });
  await chat.ended('Broadcast');
  expect(ana.unread).toEqual([]);
  expect(chat.outcomes('PostToConnection')).toEqual(['ok']);
});

test.each([['a list', [1, null, { a: null }]], ['an object', { b: null, c: { d: [] } }], ['a number', 1e21], ['false', false]])('%s arrives as it is', async (_, text) => {
  await start();
  const [ana, ben] = await connectAll(2);
  ana.send({ action: 'others', text });
  expect((await ben.next()).text).toEqual(text);
});

test.each([['no text', {}], ['null', { text: null }]])('a message with %s is refused, and sent to nobody', async (_, message) => {
  await start();
  const [ana] = await connectAll(2);
  expect((await ana.request({ action: 'broadcast', ...message })).message).toBe('Bad request body');
  expect(chat.outcomes('StartExecution')).toEqual([]);
});

test('pages are served by executions of their own, each client once', async () => {
  await start({ pageSize: 3 });
  const clients = await connectAll(10);
  clients[0].send({ action: 'others', text: 'hi' });
  for (const client of clients.slice(1)) {
    expect((await client.next()).text).toBe('hi');
  }
  const executions = await chat.ended('Broadcast', 4);
  expect(executions.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
  expect(clients.flatMap(client => client.unread)).toEqual([]);
});

test('a connection that is gone is forgotten, and keeps nobody from the message', async () => {
  await start();
  const [ana, ben] = await connectAll(2);
  await chat.leaveBehind('AAAAAAAAAAAAAAA=', 60);
  ana.send({ action: 'others', text: 'hi' });
  await ben.next();
  expect(await chat.ended('Broadcast')).toMatchObject([{ status: 'SUCCEEDED' }]);
  expect((await chat.rows()).map(row => row.connectionId.S).sort()).toEqual([ana.id, ben.id].sort());
});

test('a client whose handshake may still be under way is not forgotten', async () => {
  await start();
  const [ana] = await connectAll(1);
  await chat.leaveBehind('AAAAAAAAAAAAAAA=', 29);
  ana.send({ action: 'others', text: 'hi' });
  expect(await chat.ended('Broadcast')).toMatchObject([{ status: 'SUCCEEDED' }]);
  expect(await chat.rows()).toHaveLength(2);
  await chat.clock.advance(2000);
  ana.send({ action: 'others', text: 'hi' });
  await chat.ended('Broadcast', 2);
  expect(await chat.rows()).toHaveLength(1);
});

test('what is refused for its rate is tried again', async () => {
  await start();
  const [ana, ben] = await connectAll(2);
  chat.faults.next('execute-api:PostToConnection', new AwsError('LimitExceededException', 'Rate exceeded', 429));
  ana.send({ action: 'others', text: 'hi' });
  await chat.until(() => chat.outcomes('PostToConnection').length === 1);
  await chat.eventually(() => ben.unread.length === 1);
  expect(await chat.ended('Broadcast')).toMatchObject([{ status: 'SUCCEEDED' }]);
  expect(chat.outcomes('PostToConnection')).toEqual(['LimitExceededException', 'ok']);
});

test('whom a message does not reach is in the dead-letter queue, with the message; everybody else has it', async () => {
  await start();
  const [ana, ben, cy] = await connectAll(3);
  chat.faults.next('execute-api:PostToConnection', new AwsError('ForbiddenException', 'Forbidden', 403));
  ana.send({ action: 'others', text: 'hi' });
  expect(await chat.ended('Broadcast')).toMatchObject([{ status: 'FAILED', error: 'BroadcastFailed' }]);
  const { body, code } = await chat.deadLetter();
  expect(code).toBe('ApiGateway.403');
  expect(body).toMatchObject({ message: { from: ana.id, text: 'hi' }, startKey: null, except: ana.id, connectionIds: [expect.any(String)] });
  const [missed] = body.connectionIds;
  expect([ben.id, cy.id]).toContain(missed);
  const reached = missed === ben.id ? cy : ben;
  expect((await reached.next()).text).toBe('hi');
  expect(await chat.rows()).toHaveLength(3);

  await chat.run('Broadcast', body);
  expect((await (missed === ben.id ? ben : cy).next()).text).toBe('hi');
  expect(await chat.ended('Broadcast', 2)).toMatchObject([{}, { status: 'SUCCEEDED' }]);
  expect([reached.unread, ana.unread.filter(text => text.includes('hi'))]).toEqual([[], []]);
});

test('a page that cannot be read is in the dead-letter queue', async () => {
  await start();
  const [ana] = await connectAll(1);
  chat.faults.next('dynamodb:Query', new AwsError('ResourceNotFoundException', 'no', 400));
  ana.send({ action: 'others', text: 'hi' });
  const { body, code } = await chat.deadLetter();
  expect(code).toMatch(/^DynamoDb\./);
  expect(body).toMatchObject({ message: { text: 'hi' }, connectionIds: [] });

  const ben = await chat.connect();
  await chat.run('Broadcast', body);
  expect((await ben.next()).text).toBe('hi');
});

test('pages that cannot be handed over are in the dead-letter queue, with the place to go on from; the page at hand is served', async () => {
  await start({
    pageSize: 2,
    change: template => {
      const [id] = Object.keys(template.Resources).filter(each => each.startsWith('BroadcastFurtherPages'));
      template.Resources[id].Properties.PolicyDocument.Statement[0].Action = 'tag:GetResources';
    },
  });
  await connectAll(5);
  await chat.run('Broadcast', { message: { text: 'hi' } });
  await chat.eventually(() => chat.executions('Broadcast').length === 1);
  const { body, code, message } = await chat.deadLetter();
  expect(code).toBe('StepFunctions.AWSStepFunctionsException');
  expect(message).toContain('states:StartExecution');
  expect(body).toMatchObject({ connectionIds: [], startKey: { listing: { S: 'connection' } } });
  expect(chat.outcomes('PostToConnection')).toEqual(['ok', 'ok']);

  await chat.run('Broadcast', body);
  await chat.eventually(() => chat.executions('Broadcast').length === 2, 1000);
  expect(chat.outcomes('PostToConnection')).toHaveLength(4);
});

test('a message that is too long for a frame ends in the dead-letter queue, and nobody is disturbed', async () => {
  await start();
  const [ana, ben] = await connectAll(2);
  await chat.run('Broadcast', { message: { text: 'x'.repeat(128 * 1024) } });
  expect((await chat.deadLetter()).code).toBe('ApiGateway.413');
  expect(await chat.rows()).toHaveLength(2);
  ana.send({ action: 'others', text: 'still here' });
  expect((await ben.next()).text).toBe('still here');
});

test('of an input without a message nothing is sent', async () => {
  await start();
  const [ana] = await connectAll(1);
  await chat.run('Broadcast', {});
  expect(await chat.ended('Broadcast')).toMatchObject([{ status: 'FAILED', error: 'States.QueryEvaluationError' }]);
  expect(ana.unread).toEqual([]);
});

test('connections of another API are not reached', async () => {
  await start();
  const [ana] = await connectAll(1);
  const neighbour = await chat.connect(undefined, chat.outputs.OtherUrl);
  ana.send({ action: 'broadcast', text: 'hi' });
  await chat.ended('Broadcast');
  expect(neighbour.unread).toEqual([]);
});
