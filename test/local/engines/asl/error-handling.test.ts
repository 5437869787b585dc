import { FakeHost, TASK, run, single } from './fake-host';
import { StatesError } from '../../../../local/engines/asl';

/** A host whose task fails a number of times before it succeeds. */
function failing(times: number, error = 'Boom', cause = 'because'): FakeHost {
  return new FakeHost((_, host) => {
    if (host.requests.length <= times) throw new StatesError(error, cause);
    return 'done';
  });
}

const RETRY_ALL = { ErrorEquals: ['States.ALL'] };

describe('Retry', () => {
  test.each<[string, object, number[]]>([
    ['defaults', {}, [1000, 2000, 4000]],
    ['all fields', { IntervalSeconds: 3, MaxAttempts: 4, BackoffRate: 3, MaxDelaySeconds: 20 }, [3000, 9000, 20000, 20000]],
    ['full jitter', { JitterStrategy: 'FULL' }, [500, 1000, 2000]],
    ['no jitter', { JitterStrategy: 'NONE', BackoffRate: 1 }, [1000, 1000, 1000]],
    ['no attempts', { MaxAttempts: 0 }, []],
  ])('waits between attempts: %s', async (_, fields, delays) => {
    const host = failing(99);
    const result = await run(single({ ...TASK, Retry: [{ ...RETRY_ALL, ...fields }] }), {}, { host });
    expect(result).toEqual({ status: 'FAILED', error: 'Boom', cause: 'because' });
    expect(host.naps).toEqual(delays);
  });

  test('goes on with the first success', async () => {
    const host = failing(2);
    expect(await run(single({ ...TASK, Retry: [RETRY_ALL] }), {}, { host })).toEqual({ status: 'SUCCEEDED', output: 'done' });
    expect(host.requests).toHaveLength(3);
  });

  test('counts each retrier by itself and takes the first that names the error', async () => {
    const errors = ['A', 'B', 'A', 'B', 'A'];
    const host = new FakeHost((_, { requests }) => { throw new StatesError(errors[requests.length - 1]); });
    const retry = [{ ErrorEquals: ['A'], MaxAttempts: 2, IntervalSeconds: 1 }, { ErrorEquals: ['B', 'A'], MaxAttempts: 2, IntervalSeconds: 5 }];
    expect((await run(single({ ...TASK, Retry: retry }), {}, { host })).error).toBe('A');
    expect(host.naps).toEqual([1000, 5000, 2000, 10000]);
  });

  test('the context object counts the attempts', async () => {
    const host = failing(2);
    await run(single({ ...TASK, Parameters: { 'n.$': '$$.State.RetryCount' }, Retry: [RETRY_ALL] }), {}, { host });
    expect(host.requests.map(({ arguments: value }) => value)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
  });
});

describe('Catch', () => {
  async function caught(errorEquals: string[], error?: string): Promise<boolean> {
    const host = new FakeHost(() => { throw new StatesError(error, 'c'); });
    const definition = { StartAt: 'S', States: { S: { ...TASK, Catch: [{ ErrorEquals: errorEquals, Next: 'H' }], End: true }, H: { Type: 'Succeed' } } };
    return (await run(definition, {}, { host })).status === 'SUCCEEDED';
  }

  test.each<[string[], string | undefined, boolean]>([
    [['Boom'], 'Boom', true],
    [['Bo'], 'Boom', false],
    [['X', 'Boom'], 'Boom', true],
    [['States.ALL'], 'Boom', true],
    [['States.ALL'], undefined, true],
    [['States.ALL'], 'States.Timeout', true],
    [['States.ALL'], 'States.DataLimitExceeded', true],
    [['States.TaskFailed'], 'Boom', true],
    [['States.TaskFailed'], 'States.Timeout', false],
    [['States.ALL'], 'States.Runtime', false],
    [['States.Runtime'], 'States.Runtime', false],
  ])('%j catches %s: %s', async (errorEquals, error, expected) => {
    expect(await caught(errorEquals, error)).toBe(expected);
  });

  test('hands the error on under its ResultPath, past the OutputPath, and assigns', async () => {
    const definition = {
      StartAt: 'S',
      States: {
        S: { ...TASK, OutputPath: '$.never', Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Assign: { 'why.$': '$.Cause' }, Next: 'H' }], End: true },
        H: { Type: 'Pass', Parameters: { 'in.$': '$', 'why.$': '$why' }, End: true },
      },
    };
    expect((await run(definition, { a: 1 }, { host: failing(9) })).output).toEqual({ in: { a: 1, error: { Error: 'Boom', Cause: 'because' } }, why: 'because' });
  });

  test('comes after Retry, and has Output and Assign in JSONata', async () => {
    const host = failing(9);
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'S',
      States: {
        S: {
          ...TASK,
          Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['Other'], Next: 'H' }, { ErrorEquals: ['Boom'], Output: { e: '{% $states.errorOutput %}', i: '{% $states.input.a %}' }, Assign: { x: '{% $states.errorOutput.Error %}' }, Next: 'H' }],
          End: true,
        },
        H: { Type: 'Pass', Output: ['{% $states.input %}', '{% $x %}'], End: true },
      },
    };
    expect((await run(definition, { a: 1 }, { host })).output).toEqual([{ e: { Error: 'Boom', Cause: 'because' }, i: 1 }, 'Boom']);
    expect(host.requests).toHaveLength(2);
  });

  test('a mistake inside it fails the state', async () => {
    const state = { ...TASK, Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $nothing %}', Next: 'H' }], End: true };
    const result = await run({ QueryLanguage: 'JSONata', StartAt: 'S', States: { S: state, H: { Type: 'Succeed' } } }, {}, { host: failing(9) });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError', cause: expect.stringContaining('for the field \'Catch[0]/Output\'') as string });
  });

  test('catches what a branch or an iteration fails with', async () => {
    const fail = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E', Cause: 'C' } } };
    const handler = { Catch: [{ ErrorEquals: ['E'], Next: 'H' }], End: true };
    for (const state of [{ Type: 'Parallel', Branches: [fail], ...handler }, { Type: 'Map', ItemProcessor: fail, ...handler }]) {
      expect(await run({ StartAt: 'S', States: { S: state, H: { Type: 'Succeed' } } }, [1])).toEqual({ status: 'SUCCEEDED', output: { Error: 'E', Cause: 'C' } });
    }
  });

  test('does not catch what ends the execution, however deep it happens', async () => {
    const broken = { StartAt: 'B', States: { B: { Type: 'Pass', InputPath: '$.nope', End: true } } };
    const definition = { StartAt: 'S', States: { S: { Type: 'Parallel', Branches: [broken], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'H' }], End: true }, H: { Type: 'Succeed' } } };
    const host = new FakeHost();
    expect(await run(definition, {}, { host })).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining('the state \'B\' (entered at the event id #4)') as string });
    expect(host.events.map(({ type }) => type)).toEqual(['ExecutionStarted', 'ParallelStateEntered', 'ParallelStateStarted', 'PassStateEntered', 'ExecutionFailed']);
  });
});

describe('time limits of a Task', () => {
  const never = (): FakeHost => new FakeHost(async () => new Promise(() => {}));

  test.each<[string, object, number]>([
    ['TimeoutSeconds', { TimeoutSeconds: 5 }, 5000],
    ['TimeoutSecondsPath', { TimeoutSecondsPath: '$.limit' }, 7000],
    ['HeartbeatSeconds', { TimeoutSeconds: 60, HeartbeatSeconds: 3 }, 3000],
  ])('%s', async (_, fields, milliseconds) => {
    const host = never();
    const start = host.time;
    expect(await run(single({ ...TASK, ...fields }), { limit: 7 }, { host })).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(host.time - start).toBe(milliseconds);
    expect(host.requests[0].signal.aborted).toBe(true);
    expect(host.events.map(({ type }) => type).slice(2, 5)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskTimedOut']);
    expect(host.sleeping).toBe(0);
  });

  test('a Task that has ended leaves its limit to no other', async () => {
    const host: FakeHost = new FakeHost(async () => host.sleep(4000));
    const start = host.time;
    const task = { ...TASK, TimeoutSeconds: 5 };
    const definition = { StartAt: 'A', States: { A: { ...task, Next: 'B' }, B: { ...task, Next: 'C' }, C: { ...task, End: true } } };
    expect(await run(definition, {}, { host })).toMatchObject({ status: 'SUCCEEDED' });
    expect(host.time - start).toBe(12_000);
    expect(host.sleeping).toBe(0);
  });

  test.each([[60, 3], [3, 60], [3, 3]])('of Tasks side by side with %i and %i seconds the shorter limit is reached first', async (one, other) => {
    const host = never();
    const start = host.time;
    const branch = (name: string, seconds: number) => ({ StartAt: name, States: { [name]: { ...TASK, TimeoutSeconds: seconds, End: true } } });
    const definition = { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [branch('A', one), branch('B', other)], End: true } } };
    expect(await run(definition, {}, { host })).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(host.time - start).toBe(3000);
    expect(host.sleeping).toBe(0);
  });

  test('a heartbeat starts its time anew', async () => {
    const host = new FakeHost(async (request, { time }) => {
      for (const beat of [2000, 4000, 6000]) {
        await host.sleep(beat - (host.time - time));
        request.heartbeat();
      }
      return new Promise(() => {});
    });
    const start = host.time;
    expect((await run(single({ ...TASK, HeartbeatSeconds: 3 }), {}, { host })).error).toBe('States.Timeout');
    expect(host.time - start).toBe(9000);
  });

  test('a missed heartbeat is caught under its own name as well', async () => {
    const definition = { StartAt: 'S', States: { S: { ...TASK, HeartbeatSeconds: 3, Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'H' }], End: true }, H: { Type: 'Succeed' } } };
    expect((await run(definition, {}, { host: never() })).output).toEqual({ Error: 'States.Timeout', Cause: '' });
  });

  test('each attempt has the whole time', async () => {
    const host = never();
    const start = host.time;
    await run(single({ ...TASK, TimeoutSeconds: 5, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1, IntervalSeconds: 1 }] }), {}, { host });
    expect(host.time - start).toBe(11_000);
  });
});

test('a result that is too large fails the task', async () => {
  const returning = (count: number): FakeHost => new FakeHost(() => 'é'.repeat(count));
  expect((await run(single(TASK), {}, { host: returning(131_071) })).status).toBe('SUCCEEDED');
  expect(await run(single(TASK), {}, { host: returning(131_072) })).toEqual({
    status: 'FAILED',
    error: 'States.DataLimitExceeded',
    cause: `The state/task '${TASK.Resource}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  });
});

test('an error that is none of AWS\'s kind becomes a failure of the state', async () => {
  const host = new FakeHost(() => { throw new TypeError('host is broken'); });
  expect(await run(single(TASK), {}, { host })).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining('host is broken') as string });
});
