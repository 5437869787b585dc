import { GROUP, MINUTE, TestLogs } from './test-logs';

describe('FilterLogEvents', () => {
  let kernel: TestLogs;
  beforeEach(async () => {
    kernel = await TestLogs.start();
    await kernel.ask('CreateLogStream', { logGroupName: GROUP, logStreamName: 'two' });
    await kernel.put([['{"status":200}', 3 * MINUTE], ['{"status":500}', MINUTE]]);
    await kernel.put([['ERROR plain', 2 * MINUTE], ['fine', 0]], 'two');
  });

  test('interleaves the streams by time', async () => {
    const { events, nextToken, searchedLogStreams } = await kernel.ask('FilterLogEvents', { logGroupName: GROUP });
    expect(events.map(({ logStreamName, message }: any) => [logStreamName, message])).toEqual([
      ['one', '{"status":200}'], ['two', 'ERROR plain'], ['one', '{"status":500}'], ['two', 'fine'],
    ]);
    expect(new Set(events.map(({ eventId }: any) => eventId)).size).toBe(4);
    expect(nextToken).toBeUndefined();
    expect(searchedLogStreams).toEqual([]);
  });

  test.each([
    [{ filterPattern: '{ $.status = 500 }' }, ['{"status":500}']],
    [{ filterPattern: 'ERROR' }, ['ERROR plain']],
    [{ filterPattern: '' }, ['{"status":200}', 'ERROR plain', '{"status":500}', 'fine']],
    [{ logStreamNames: ['two'] }, ['ERROR plain', 'fine']],
    [{ logStreamNamePrefix: 'tw', filterPattern: '-ERROR' }, ['fine']],
  ])('%j', async (input, expected) => {
    expect(await kernel.find(input)).toEqual(expected);
  });

  test('a range of time', async () => {
    const now = kernel.clock.now();
    expect(await kernel.find({ startTime: now - 2 * MINUTE, endTime: now - 1 })).toEqual(['ERROR plain', '{"status":500}']);
    expect(await kernel.find({ startTime: now - MINUTE, endTime: now })).toEqual(['{"status":500}', 'fine']);
  });

  test('pages meet: each event comes once, also when others come in between', async () => {
    const found: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await kernel.ask('FilterLogEvents', { logGroupName: GROUP, limit: 1, nextToken });
      found.push(...page.events.map(({ message }: any) => message));
      nextToken = page.nextToken;
      if (found.length === 2) {
        await kernel.put([['late', 0]]);
      }
    } while (nextToken);
    expect(found).toEqual(['{"status":200}', 'ERROR plain', '{"status":500}', 'fine', 'late']);
  });

  test('a page is no larger than a megabyte', async () => {
    const message = 'x'.repeat(500_000);
    await kernel.put([[`${message}1`, 0], [`${message}2`, 0]]);
    await kernel.put([[`${message}3`, 0]]);
    const first = await kernel.ask('FilterLogEvents', { logGroupName: GROUP, startTime: kernel.clock.now() });
    expect(first.events).toHaveLength(3);
    const second = await kernel.ask('FilterLogEvents', { logGroupName: GROUP, startTime: kernel.clock.now(), nextToken: first.nextToken });
    expect(second.events).toHaveLength(1);
    expect(second.nextToken).toBeUndefined();
  });

  test('a long search gives way to others, and goes on where it was', async () => {
    const message = 'x'.repeat(900_000);
    for (let batch = 0; batch < 8; batch++) {
      await kernel.put([[message, 0]]);
    }
    await kernel.put([['needle', 0]]);
    const first = await kernel.ask('FilterLogEvents', { logGroupName: GROUP, filterPattern: 'needle' });
    expect(first).toMatchObject({ events: [], nextToken: expect.any(String) });
    const second = await kernel.ask('FilterLogEvents', { logGroupName: GROUP, filterPattern: 'needle', nextToken: first.nextToken });
    expect(second.events.map((event: any) => event.message)).toEqual(['needle']);
  });

  test.each([
    [{ filterPattern: '{ $.a }' }, 'InvalidParameterException', 'Invalid filter pattern'],
    [{ filterPattern: 'a:b' }, 'InvalidParameterException', 'Invalid character(s) in term \'a:b\''],
    [{ filterPattern: 'x'.repeat(1025) }, 'InvalidParameterException', expect.stringContaining('have length less than or equal to 1024')],
    [{ logStreamNames: ['one'], logStreamNamePrefix: 'o' }, 'InvalidParameterException', expect.any(String)],
    [{ logStreamNames: [] }, 'InvalidParameterException', expect.any(String)],
    [{ logStreamNames: ['none'] }, 'ResourceNotFoundException', 'The specified log stream does not exist.'],
    [{ logGroupName: '/none' }, 'ResourceNotFoundException', 'The specified log group does not exist.'],
    [{ nextToken: 'x' }, 'InvalidParameterException', 'The specified nextToken is invalid.'],
  ])('%j is refused', async (input, code, message) => {
    await expect(kernel.find(input)).rejects.toMatchObject({ code, message });
  });
});
