import { RunningChat, RunningChatOptions } from './running-chat';
import { AwsError } from '../../../local/kernel/aws-error';

let chat: RunningChat;
afterEach(() => chat.stop());

const start = async (options?: RunningChatOptions) => { chat = await RunningChat.start(options); };
const MINUTES = 60_000;

test('from time to time what is gone is removed, and what is there stays', async () => {
  await start();
  const [ana, ben] = [await chat.connect(), await chat.connect()];
  await chat.leaveBehind('AAAAAAAAAAAAAAA=', 60);
  await chat.clock.advance(4 * MINUTES);
  expect(await chat.rows()).toHaveLength(3);
  await chat.clock.advance(2 * MINUTES);
  expect(await chat.ended('Sweeper')).toMatchObject([{ status: 'SUCCEEDED' }]);
  expect((await chat.rows()).map(row => row.connectionId.S).sort()).toEqual([ana.id, ben.id].sort());
  expect([ana.open, ben.open, ana.unread, ben.unread]).toEqual([true, true, [], []]);
  expect(chat.outcomes('GetConnection').sort()).toEqual(['GoneException', 'ok', 'ok']);
});

test('who is only just connecting stays', async () => {
  await start();
  await chat.leaveBehind('AAAAAAAAAAAAAAA=', 20);
  await chat.run('Sweeper', {});
  await chat.ended('Sweeper');
  expect(await chat.rows()).toHaveLength(1);
});

test('an answer that is not 410 removes nobody, and the execution says what it was', async () => {
  await start();
  const ana = await chat.connect();
  await chat.leaveBehind('AAAAAAAAAAAAAAA=', 60);
  chat.faults.next('execute-api:GetConnection', new AwsError('ForbiddenException', 'Forbidden', 403));
  await chat.run('Sweeper', {});
  expect(await chat.ended('Sweeper')).toMatchObject([{ status: 'FAILED', error: 'SweepFailed', cause: expect.stringContaining('ApiGateway.403') }]);
  const { body, code, hop } = await chat.deadLetter('Sweeper');
  expect({ body, code, hop }).toEqual({ body: { startKey: null }, code: 'ApiGateway.403', hop: 'connectionSweep' });
  await chat.run('Sweeper', body);
  await chat.ended('Sweeper', 2);
  expect((await chat.rows()).map(row => row.connectionId.S)).toEqual([ana.id]);
});

test('beyond a page the next execution goes on', async () => {
  await start({
    change: template => {
      const [machine] = Object.entries<any>(template.Resources).filter(([id, { Type: type }]) => type === 'AWS::StepFunctions::StateMachine' && id.startsWith('Sweeper'));
      const parts = machine[1].Properties.DefinitionString['Fn::Join'][1];
      machine[1].Properties.DefinitionString['Fn::Join'][1] = parts.map((part: any) => typeof part === 'string' ? part.replace("'Limit': 400", "'Limit': 2") : part);
    },
  });
  for (let each = 0; each < 5; each++) {
    await chat.leaveBehind(`AAAAAAAAAAAAAA${each}=`, 60);
  }
  await chat.run('Sweeper', {});
  await chat.ended('Sweeper', 3);
  expect(await chat.rows()).toEqual([]);
});
