import { DAY, GROUP, HOUR, MINUTE, STREAM, TestLogs } from './test-logs';

const BATCH = { logGroupName: GROUP, logStreamName: STREAM };

describe('PutLogEvents', () => {
  let kernel: TestLogs;
  beforeEach(async () => {
    kernel = await TestLogs.start();
  });

  test('keeps events in the order of their time, whatever came first', async () => {
    await kernel.put([['b', 2 * MINUTE], ['d', 0]]);
    await kernel.put([['a', 3 * MINUTE], ['c', MINUTE]]);
    await kernel.put([['c2', MINUTE]]);
    expect(await kernel.find()).toEqual(['a', 'b', 'c', 'c2', 'd']);
  });

  test('ignores sequence tokens', async () => {
    const { nextSequenceToken } = await kernel.ask('PutLogEvents', { ...BATCH, sequenceToken: 'of long ago', logEvents: [{ message: 'a', timestamp: kernel.clock.now() }] });
    expect(nextSequenceToken).toMatch(/^\d{56}$/);
  });

  test('rejects what is too old and too new, and takes the rest', async () => {
    const answer = await kernel.put([['older', 15 * DAY], ['old', 14 * DAY + 1], ['a', 2 * HOUR], ['b', -2 * HOUR], ['new', -2 * HOUR - 1], ['newer', -3 * HOUR]]);
    expect(answer.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 2, tooNewLogEventStartIndex: 4 });
    expect(await kernel.find()).toEqual(['a', 'b']);
  });

  test('rejects what the retention would not keep', async () => {
    await kernel.ask('PutRetentionPolicy', { logGroupName: GROUP, retentionInDays: 1 });
    const answer = await kernel.put([['expired', DAY + 1], ['kept', DAY]]);
    expect(answer.rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 });
    expect(await kernel.find()).toEqual(['kept']);
  });

  test('a batch of which nothing is accepted is no error', async () => {
    expect((await kernel.put([['old', 20 * DAY]])).rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    expect((await kernel.put([['new', -DAY]])).rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 0 });
    expect(await kernel.find()).toEqual([]);
  });

  test('a day is the longest that a batch may span', async () => {
    await kernel.put([['a', DAY], ['b', 0]]);
    await expect(kernel.put([['a', DAY + 1], ['b', 0]])).rejects.toMatchObject({
      code: 'InvalidParameterException', message: 'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    });
  });

  test('events out of order are refused, with all of their batch', async () => {
    await expect(kernel.put([['a', 0], ['b', 1]])).rejects.toMatchObject({
      code: 'InvalidParameterException', message: 'Log events in a single PutLogEvents request must be in chronological order.',
    });
    expect(await kernel.find()).toEqual([]);
  });

  test('sizes are counted in bytes, with 26 for each event', async () => {
    await kernel.put([['é'.repeat((1_048_576 - 26) / 2), 0]]);
    await expect(kernel.put([['é'.repeat((1_048_576 - 24) / 2), 0]])).rejects.toMatchObject({ message: 'Log event too large: 1048578 bytes exceeds limit of 1048576' });
    const half = 'x'.repeat(1_048_576 / 2 - 26);
    await kernel.put([[half, 0], [half, 0]]);
    await expect(kernel.put([[half, 0], [`${half}x`, 0]])).rejects.toMatchObject({ message: 'Upload too large: 1048577 bytes exceeds limit of 1048576' });
  });

  test.each([
    [undefined, 'InvalidParameterException'],
    [[], 'InvalidParameterException'],
    ['text', 'SerializationException'],
    [[null], 'SerializationException'],
    [['text'], 'SerializationException'],
    [[{ message: 'a' }], 'InvalidParameterException'],
    [[{ timestamp: 1 }], 'InvalidParameterException'],
    [[{ timestamp: -1, message: 'a' }], 'InvalidParameterException'],
    [[{ timestamp: 1, message: '' }], 'InvalidParameterException'],
    [[{ timestamp: 1.5, message: 'a' }], 'SerializationException'],
    [[{ timestamp: '1', message: 'a' }], 'SerializationException'],
    [[{ timestamp: 1, message: {} }], 'SerializationException'],
    [Array.from({ length: 10_001 }, () => ({ timestamp: 1, message: 'a' })), 'InvalidParameterException'],
  ])('%j is refused', async (logEvents, code) => {
    await expect(kernel.ask('PutLogEvents', { ...BATCH, logEvents })).rejects.toMatchObject({ code });
  });

  test.each([
    [{ ...BATCH, logGroupName: '/none' }, 'ResourceNotFoundException', 'The specified log group does not exist.'],
    [{ ...BATCH, logStreamName: 'none' }, 'ResourceNotFoundException', 'The specified log stream does not exist.'],
    [{ ...BATCH, logGroupName: '__proto__' }, 'ResourceNotFoundException', 'The specified log group does not exist.'],
    [{ ...BATCH, logStreamName: 'constructor' }, 'ResourceNotFoundException', 'The specified log stream does not exist.'],
  ])('%j has no such place', async (place, code, message) => {
    await expect(kernel.ask('PutLogEvents', { ...place, logEvents: [{ timestamp: kernel.clock.now(), message: 'a' }] })).rejects.toMatchObject({ code, message });
  });

  test('a flood keeps the newest, within a bound', async () => {
    const message = 'x'.repeat(50_000);
    for (let batch = 0; batch < 40; batch++) {
      await kernel.put(Array.from({ length: 20 }, (_, index) => [`${batch}/${index} ${message}`, 0]));
    }
    const [group] = (await kernel.ask('DescribeLogGroups', {})).logGroups;
    expect(group.storedBytes).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect(group.storedBytes).toBeGreaterThan(31 * 1024 * 1024);
    const { events } = await kernel.ask('GetLogEvents', { ...BATCH, limit: 1 });
    expect(events[0].message).toContain('39/19 ');
    expect((await kernel.find({ limit: 1 }))[0]).not.toContain('0/0 ');
  });

  test('what the retention lets go is gone when its time has come', async () => {
    await kernel.ask('PutRetentionPolicy', { logGroupName: GROUP, retentionInDays: 1 });
    await kernel.put([['a', HOUR], ['b', 0]]);
    await kernel.clock.advance(DAY - HOUR);
    expect(await kernel.find()).toEqual(['a', 'b']);
    await kernel.clock.advance(1);
    expect(await kernel.find()).toEqual(['b']);
    await kernel.ask('DeleteRetentionPolicy', { logGroupName: GROUP });
    await kernel.clock.advance(10 * DAY);
    expect(await kernel.find()).toEqual(['b']);
  });
});
