import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { startLocal, LocalApp } from '../../../local/testing';
import { EventSocket } from '../../../src';

const started: LocalApp[] = [];
afterAll(() => Promise.all(started.map(local => local.stop())));

async function start(stages: boolean): Promise<LocalApp> {
  const stack = new Stack(new App(), 'Shop');
  const socket = new EventSocket(stack, 'Socket');
  new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
  const local = await startLocal(stack, { stages, patience: 20_000 });
  started.push(local);
  return local;
}

test('a request has its stages, each with what it came to', async () => {
  const local = await start(true);
  const client = await local.connect();
  const { requestId } = await client.request({ action: 'subscribe', pattern: { source: ['shop'] }, subscriptionId: 'orders' });
  const story = await local.story(requestId);
  expect(story.stages.map(({ name }) => name)).toEqual(expect.arrayContaining(['Frame', 'Route selection', 'Request template', 'Frame to the client']));
  expect(story.stage('Route selection')).toMatchObject({ routeKey: '$default' });
  expect(story.stage('Frame to the client').text).toContain('"subscriptionId":"orders"');
  expect(() => story.stage('Nonsense')).toThrow(/^There is no stage Nonsense; there are: Frame, /);
  expect(story.records.map(({ entry }) => entry.kind)).toEqual(expect.arrayContaining(['message', 'call', 'execution', 'evaluation']));
  expect(String(story)).toMatch(/ message \$default of \S+: ok\n {2}Frame: /);
});

test('an event has what it has set off, by its id', async () => {
  const local = await start(true);
  const client = await local.connect();
  await client.request({ action: 'subscribe', pattern: { source: ['shop'] } });
  const { Entries: [{ EventId }] } = await local.call('events', 'PutEvents', { Entries: [{ EventBusName: local.output('BusName'), Source: 'shop', DetailType: 'Sold', Detail: '{}' }] });
  await client.next();
  const { records, stages } = await local.story(EventId);
  expect(records.map(({ entry }) => entry.kind)).toEqual(expect.arrayContaining(['event', 'delivery', 'execution', 'push']));
  expect(stages).toEqual([]);
});

test('stages are there where they are asked for, and of what has happened', async () => {
  const local = await start(false);
  await expect(local.story('any')).rejects.toThrow('Stages are taken down where they are asked for: startLocal(app, { stages: true }).');
  const stack = new Stack(new App(), 'Shop');
  new EventSocket(stack, 'Socket');
  const other = await startLocal(stack, { stages: true, patience: 20 });
  started.push(other);
  await expect(other.story('nope')).rejects.toThrow('Nothing with the identifier nope has happened within 20 ms.');
});
