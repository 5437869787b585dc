import { ACCOUNT_ARN, TestEvents } from './test-events';

const MINUTE = 60_000;

async function start(schedule: string) {
  const bridge = new TestEvents();
  const Arn = await bridge.queue('q', { attributes: { VisibilityTimeout: '43200' } });
  await bridge.call('PutRule', { Name: 'tick', ScheduleExpression: schedule });
  await bridge.call('PutTargets', { Rule: 'tick', Targets: [{ Id: 'q', Arn }] });
  const count = async () => Number((await bridge.test.call('sqs', 'GetQueueAttributes', { QueueUrl: '/000000000000/q', AttributeNames: ['ApproximateNumberOfMessages'] }))
    .Attributes.ApproximateNumberOfMessages);
  return { bridge, count };
}

describe('a rule with a schedule', () => {
  test('tells its targets the time', async () => {
    const { bridge } = await start('rate(1 minute)');
    await bridge.test.clock.advance(MINUTE);
    expect(JSON.parse((await bridge.messages('q'))[0].Body)).toEqual({
      'version': '0',
      'id': expect.any(String),
      'detail-type': 'Scheduled Event',
      'source': 'aws.events',
      'account': '000000000000',
      'time': '2026-01-02T03:05:05Z',
      'region': 'us-east-1',
      'resources': [ACCOUNT_ARN('events', 'rule/tick')],
      'detail': {},
    });
  });

  test('does so as often as it says', async () => {
    const { bridge, count } = await start('rate(5 minutes)');
    await bridge.test.clock.advance(5 * MINUTE - 1);
    expect(await count()).toBe(0);
    await bridge.test.clock.advance(10 * MINUTE + 1);
    expect(await count()).toBe(3);
  });

  test('may be a month away', async () => {
    const { bridge, count } = await start('cron(0 0 1 * ? *)');
    await bridge.test.clock.advance(Date.UTC(2026, 1, 1) - bridge.test.clock.now() - 1);
    expect(await count()).toBe(0);
    await bridge.test.clock.advance(1);
    expect(await count()).toBe(1);
  });

  test('is silent while it is disabled, and once it is deleted', async () => {
    const { bridge, count } = await start('rate(1 minute)');
    await bridge.call('DisableRule', { Name: 'tick' });
    await bridge.test.clock.advance(10 * MINUTE);
    expect(await count()).toBe(0);
    await bridge.call('EnableRule', { Name: 'tick' });
    await bridge.test.clock.advance(MINUTE);
    expect(await count()).toBe(1);
    await bridge.call('RemoveTargets', { Rule: 'tick', Ids: ['q'] });
    await bridge.call('DeleteRule', { Name: 'tick' });
    expect(bridge.test.clock.pending).toBe(0);
  });

  test('goes on from where it began when something else of it changes', async () => {
    const { bridge, count } = await start('rate(5 minutes)');
    await bridge.test.clock.advance(4 * MINUTE);
    await bridge.call('PutRule', { Name: 'tick', ScheduleExpression: 'rate(5 minutes)', Description: 'new' });
    await bridge.test.clock.advance(MINUTE);
    expect(await count()).toBe(1);
  });

  test('does not stand in for a pattern: what others put does not fire it', async () => {
    const { bridge, count } = await start('rate(1 day)');
    await bridge.put({ DetailType: 'Scheduled Event' });
    await bridge.test.clock.advance(MINUTE);
    expect(await count()).toBe(0);
  });

  test.each(['cron(INVALID)', 'rate(1 minutes)', 'at(2026-06-01T12:00:00)', 'now'])('refuses %s', async schedule => {
    await expect(start(schedule)).rejects.toMatchObject({ code: 'ValidationException', message: 'Parameter ScheduleExpression is not valid.' });
  });
});
