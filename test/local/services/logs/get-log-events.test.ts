import { GROUP, MINUTE, STREAM, TestLogs } from './test-logs';

const PLACE = { logGroupName: GROUP, logStreamName: STREAM };

describe('GetLogEvents', () => {
  let kernel: TestLogs;
  beforeEach(async () => {
    kernel = await TestLogs.start();
    await kernel.ask('CreateLogStream', { logGroupName: GROUP, logStreamName: 'other' });
    await kernel.put([['other', 3 * MINUTE]], 'other');
    await kernel.put([['1', 5 * MINUTE], ['2', 4 * MINUTE], ['3', 3 * MINUTE], ['4', 3 * MINUTE], ['5', 0]]);
  });

  async function read(input: object = {}) {
    const answer = await kernel.ask('GetLogEvents', { ...PLACE, ...input });
    return { ...answer, messages: answer.events.map(({ message }: { message: string }) => message).join('') };
  }

  test('gives the newest events first, and leads backwards', async () => {
    const newest = await read({ limit: 2 });
    expect(newest.messages).toBe('45');
    const older = await read({ limit: 2, nextToken: newest.nextBackwardToken });
    expect(older.messages).toBe('23');
    const oldest = await read({ limit: 2, nextToken: older.nextBackwardToken });
    expect(oldest.messages).toBe('1');
    const beyond = await read({ limit: 2, nextToken: oldest.nextBackwardToken });
    expect(beyond.messages).toBe('');
    expect(beyond.nextBackwardToken).toBe(oldest.nextBackwardToken);
    expect((await read({ limit: 2, nextToken: beyond.nextForwardToken })).messages).toBe('12');
  });

  test('reads from the head, and waits at the end for what is to come', async () => {
    const first = await read({ startFromHead: true, limit: 3 });
    expect(first.messages).toBe('123');
    const second = await read({ startFromHead: true, limit: 3, nextToken: first.nextForwardToken });
    expect(second.messages).toBe('45');
    const end = await read({ startFromHead: true, nextToken: second.nextForwardToken });
    expect(end.messages).toBe('');
    expect(end.nextForwardToken).toBe(second.nextForwardToken);
    await kernel.put([['6', 0]]);
    expect((await read({ startFromHead: true, nextToken: end.nextForwardToken })).messages).toBe('6');
    expect((await read({ nextToken: end.nextBackwardToken, limit: 1 })).messages).toBe('5');
  });

  test('an empty stream has tokens that lead on', async () => {
    await kernel.ask('CreateLogStream', { logGroupName: GROUP, logStreamName: 'new' });
    const { nextForwardToken } = await kernel.ask('GetLogEvents', { ...PLACE, logStreamName: 'new', startFromHead: true });
    await kernel.put([['late', 0]], 'new');
    const { events } = await kernel.ask('GetLogEvents', { ...PLACE, logStreamName: 'new', startFromHead: true, nextToken: nextForwardToken });
    expect(events).toEqual([{ message: 'late', timestamp: kernel.clock.now(), ingestionTime: kernel.clock.now() }]);
  });

  test('a range begins with its start and ends before its end', async () => {
    const now = kernel.clock.now();
    expect((await read({ startTime: now - 4 * MINUTE, endTime: now })).messages).toBe('234');
    expect((await read({ startTime: now - 4 * MINUTE, endTime: now, startFromHead: true })).messages).toBe('234');
    expect((await read({ startTime: now + 1 })).messages).toBe('');
  });

  test('a group may be named by its ARN', async () => {
    const { logGroups: [group] } = await kernel.ask('DescribeLogGroups', { logGroupNamePrefix: GROUP });
    for (const logGroupIdentifier of [group.arn, group.logGroupArn, GROUP]) {
      const { events } = await kernel.ask('GetLogEvents', { logStreamName: STREAM, logGroupIdentifier, limit: 1 });
      expect(events).toHaveLength(1);
    }
    await expect(kernel.ask('GetLogEvents', { ...PLACE, logGroupIdentifier: GROUP })).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(kernel.ask('GetLogEvents', { logStreamName: STREAM })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  test.each(['x', 'f/1/s', `f/${'3'.repeat(55)}/s`, `f/${'4'.repeat(56)}/s`])('%j is no token', async nextToken => {
    await expect(read({ nextToken })).rejects.toMatchObject({ code: 'InvalidParameterException', message: 'The specified nextToken is invalid.' });
  });

  test.each([{ limit: 0 }, { limit: 10_001 }, { startTime: -1 }])('%j is out of bounds', async input => {
    await expect(read(input)).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});
