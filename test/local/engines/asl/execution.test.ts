import { CONTEXT, FakeHost, TASK, run, single } from './fake-host';
import { StatesError, compileStateMachine, detailsMember } from '../../../../local/engines/asl';

const LOOP = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Choice', Choices: [{ Variable: '$.stop', IsPresent: true, Next: 'Z' }], Default: 'A' }, Z: { Type: 'Succeed' } } };
const HANGING = (): FakeHost => new FakeHost(async () => new Promise(() => {}));

describe('limits', () => {
  test('TimeoutSeconds of the state machine', async () => {
    const host = new FakeHost();
    const start = host.time;
    const result = await run({ TimeoutSeconds: 5, ...(single({ Type: 'Wait', Seconds: 60 })) }, {}, { host });
    expect(result).toEqual({ status: 'TIMED_OUT' });
    expect(host.time - start).toBe(5000);
    expect(host.events.at(-1)).toMatchObject({ type: 'ExecutionTimedOut', details: { error: 'States.Timeout' } });
    expect(host.sleeping).toBe(0);
  });

  test('no catcher sees the end of the execution\'s time', async () => {
    const definition = { TimeoutSeconds: 5, StartAt: 'S', States: { S: { ...TASK, Retry: [{ ErrorEquals: ['States.ALL'] }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'H' }], End: true }, H: { Type: 'Succeed' } } };
    expect(await run(definition, {}, { host: HANGING() })).toEqual({ status: 'TIMED_OUT' });
  });

  test('EXPRESS executions end after five minutes, STANDARD ones do not', async () => {
    const definition = single({ Type: 'Wait', Seconds: 301 });
    expect(await run(definition, {}, { type: 'EXPRESS' })).toEqual({ status: 'TIMED_OUT' });
    expect((await run(definition)).status).toBe('SUCCEEDED');
  });

  test('EXPRESS executions that only loop end, too', async () => {
    const host = new FakeHost();
    host.now = () => host.time++;
    expect(await run(LOOP, {}, { host, type: 'EXPRESS' })).toEqual({ status: 'TIMED_OUT' });
  });

  test('the history has room for 25,000 events, the last of which is the failure', async () => {
    const host = new FakeHost();
    const result = await run(LOOP, {}, { host });
    expect(result).toEqual({ status: 'FAILED', error: 'States.Runtime', cause: 'The execution reached the maximum number of history events (25000).' });
    expect(host.events).toHaveLength(25_000);
    expect(host.events.at(-1)).toMatchObject({ id: 25_000, previousEventId: 24_999, type: 'ExecutionFailed' });
  });

  test.each<[string, object]>([
    ['a Pass', { Type: 'Pass', Parameters: { 'a.$': 'States.Array($, $)' } }],
    ['a Map', { Type: 'Map', ItemsPath: '$.ones', ItemSelector: { 'x.$': '$.big' }, ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Succeed' } } } }],
    ['a JSONata Output', { Type: 'Pass', QueryLanguage: 'JSONata', Output: ['{% $states.input %}', '{% $states.input %}'] }],
    ['an Assign', { Type: 'Pass', Assign: { 'v.$': 'States.Array($, $)' } }],
  ])('more than 262,144 bytes from %s', async (_, state) => {
    expect(await run(single(state), { big: 'x'.repeat(200_000), ones: [1, 1] })).toEqual({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause: 'The state/task \'S\' returned a result with a size exceeding the maximum number of bytes service limit.',
    });
  });
});

describe('stopping', () => {
  test.each<[string, object]>([
    ['a wait', { Type: 'Wait', Seconds: 60 }],
    ['a task', TASK],
    ['a pause before a retry', { Type: 'Parallel', Branches: [{ StartAt: 'F', States: { F: { Type: 'Fail' } } }], Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 100 }] }],
    ['tasks inside', { Type: 'Map', ItemProcessor: { StartAt: 'T', States: { T: { ...TASK, End: true } } } }],
  ])('%s', async (_, state) => {
    const host = HANGING();
    let stop: () => void;
    const execution = compileStateMachine(single(state)).execute({ input: [1], type: 'STANDARD', context: CONTEXT, stoppedBy: given => { stop = given; } }, host);
    await host.settle();
    stop!();
    expect(await execution).toEqual({ status: 'ABORTED' });
    expect(host.events.at(-1)?.type).toBe('ExecutionAborted');
    expect(host.requests.every(({ signal }) => signal.aborted)).toBe(true);
    expect(host.sleeping).toBe(0);
  });

  test('an endless loop can be stopped', async () => {
    const host = new FakeHost();
    let stop: () => void;
    const execution = compileStateMachine(LOOP).execute({ input: {}, type: 'STANDARD', context: CONTEXT, stoppedBy: given => { stop = given; } }, host);
    stop!();
    expect(await execution).toEqual({ status: 'ABORTED' });
    expect(host.events.length).toBeLessThan(500);
  });

  test('a Task whose arguments come too late is not called', async () => {
    const host = new FakeHost(({ arguments: value }) => {
      throw new StatesError('Broken', String(value));
    });
    const branch = (name: string, argument: string): object => ({ StartAt: name, States: { [name]: { ...TASK, Arguments: argument, End: true } } });
    const branches = [branch('Fails', 'at once'), branch('Late', '{% $reduce([1..1000], function($sum, $each) { $sum + $each }) %}')];
    expect(await run(single({ Type: 'Parallel', Branches: branches }, 'JSONata'), {}, { host })).toEqual({ status: 'FAILED', error: 'Broken', cause: 'at once' });
    await host.settle();
    expect(host.requests.map(({ stateName }) => stateName)).toEqual(['Fails']);
    expect(host.events.at(-1)?.type).toBe('ExecutionFailed');
    expect(host.sleeping).toBe(0);
  });

  test('before the start', async () => {
    expect(await run(LOOP, {}, { stoppedBy: stop => stop() })).toEqual({ status: 'ABORTED' });
  });
});

describe('Wait', () => {
  test.each<[string, object, number]>([
    ['Seconds', { Seconds: 7 }, 7000],
    ['SecondsPath', { SecondsPath: '$.n' }, 3000],
    ['Timestamp', { Timestamp: '2026-01-01T00:00:05Z' }, 5000],
    ['Timestamp with an offset', { Timestamp: '2026-01-01T01:00:05+01:00' }, 5000],
    ['a Timestamp that has gone by', { Timestamp: '2016-03-14T01:59:00Z' }, 0],
    ['TimestampPath', { TimestampPath: '$.at' }, 1500],
    ['Seconds in JSONata', { QueryLanguage: 'JSONata', Seconds: '{% $states.input.n + 1 %}' }, 4000],
    ['Timestamp in JSONata', { QueryLanguage: 'JSONata', Timestamp: '{% $states.input.at %}' }, 1500],
  ])('%s', async (_, fields, milliseconds) => {
    const host = new FakeHost();
    const start = host.time;
    const input = { n: 3, at: '2026-01-01T00:00:01.500Z' };
    expect(await run(single({ Type: 'Wait', ...fields }), input, { host })).toEqual({ status: 'SUCCEEDED', output: input });
    expect(host.time - start).toBe(milliseconds);
  });

  test.each(['2026-01-01 00:00:00Z', '2026-01-01T00:00:00', '2026-13-01T00:00:00Z', '2026-02-29T00:00:00Z', '2026-01-01T25:00:00Z', '01-01-2026T00:00:00Z', '2026-01-01T00:00:00+25:00', ''])('not until %j', async at => {
    expect((await run(single({ Type: 'Wait', TimestampPath: '$.at' }), { at })).cause)
      .toContain(`The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.at == ${at}`);
  });

  test('not for longer than AWS can count', async () => {
    expect((await run(single({ Type: 'Wait', TimestampPath: '$.at' }), { at: '2094-12-09T12:58:04Z' })).cause).toContain('Wait state delay is too long.');
  });
});

describe('history', () => {
  test('numbers events and ties each to the one before', async () => {
    const host = new FakeHost();
    const definition = { StartAt: 'P', States: { P: { Type: 'Pass', Assign: { 'v.$': '$.a' }, Next: 'T' }, T: { ...TASK, Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:f', TimeoutSeconds: 9, End: true } } };
    await run(definition, { a: [1] }, { host });
    const role = CONTEXT.Execution.RoleArn;
    const full = { truncated: false };
    expect(host.events.map(event => JSON.parse(JSON.stringify(event)) as object)).toEqual([
      { id: 1, previousEventId: 0, type: 'ExecutionStarted', details: { input: '{"a":[1]}', inputDetails: full, roleArn: role } },
      { id: 2, previousEventId: 0, type: 'PassStateEntered', details: { name: 'P', input: '{"a":[1]}', inputDetails: full } },
      { id: 3, previousEventId: 2, type: 'PassStateExited', details: { name: 'P', output: '{"a":[1]}', outputDetails: full, assignedVariables: { v: '[1]' }, assignedVariablesDetails: full } },
      { id: 4, previousEventId: 3, type: 'TaskStateEntered', details: { name: 'T', input: '{"a":[1]}', inputDetails: full } },
      { id: 5, previousEventId: 4, type: 'LambdaFunctionScheduled', details: { resource: 'arn:aws:lambda:eu-west-1:111122223333:function:f', input: '{"a":[1]}', inputDetails: full, timeoutInSeconds: 9 } },
      { id: 6, previousEventId: 5, type: 'LambdaFunctionStarted', details: {} },
      { id: 7, previousEventId: 6, type: 'LambdaFunctionSucceeded', details: { output: '{"a":[1]}', outputDetails: full } },
      { id: 8, previousEventId: 7, type: 'TaskStateExited', details: { name: 'T', output: '{"a":[1]}', outputDetails: full } },
      { id: 9, previousEventId: 8, type: 'ExecutionSucceeded', details: { output: '{"a":[1]}', outputDetails: full } },
    ].map(event => ({ ...event, timestamp: host.time })));
  });

  test('a callback task tells what the service first answered', async () => {
    const host = new FakeHost(request => {
      request.submitted({ MessageId: 'm' });
      return { token: request.taskToken };
    });
    const state = { ...TASK, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { 'Token.$': '$$.Task.Token' } };
    expect((await run(single(state), {}, { host })).output).toEqual({ token: host.uuid() });
    expect(host.requests[0].arguments).toEqual({ Token: host.uuid() });
    expect(host.events.map(({ type }) => type)).toContain('TaskSubmitted');
    expect(host.events[2].details).toEqual({ resourceType: 'sqs', resource: 'sendMessage.waitForTaskToken', region: 'eu-west-1', parameters: `{"Token":"${host.uuid()}"}` });
  });

  test.each([
    ['TaskStateEntered', 'stateEnteredEventDetails'], ['MapStateExited', 'stateExitedEventDetails'], ['ExecutionFailed', 'executionFailedEventDetails'],
    ['TaskSubmitted', 'taskSubmittedEventDetails'], ['MapStateStarted', 'mapStateStartedEventDetails'], ['EvaluationFailed', 'evaluationFailedEventDetails'],
  ])('the details of %s are in %s', (type, member) => {
    expect(detailsMember(type)).toBe(member);
  });

  test('those that nobody reads are not made, and the others are what they would have been', async () => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'F' }, F: { Type: 'Fail', Error: 'E' } } };
    const [all, some] = [new FakeHost(), Object.assign(new FakeHost(), { reads: (type: string) => type.includes('Fail') })];
    await run(definition, {}, { host: all });
    await run(definition, {}, { host: some });
    expect(some.events.map(event => event.type)).toEqual(['FailStateEntered', 'ExecutionFailed']);
    expect(JSON.parse(JSON.stringify(some.events))).toEqual(JSON.parse(JSON.stringify(all.events.filter(({ type }) => type.includes('Fail')))));
  });
});

test('one compiled state machine runs many executions at the same time', async () => {
  const host = new FakeHost(async ({ arguments: value, signal }) => {
    await host.sleep(5, signal);
    return value;
  });
  const machine = compileStateMachine({
    QueryLanguage: 'JSONata',
    StartAt: 'A',
    States: { A: { Type: 'Pass', Assign: { mine: '{% $states.input.id %}' }, Next: 'T' }, T: { ...TASK, Next: 'Z' }, Z: { Type: 'Pass', Output: '{% $string($mine) & $states.input.id %}', End: true } },
  });
  const ids = Array.from({ length: 50 }, (_, index) => index);
  const results = await host.finish(Promise.all(ids.map(async id => machine.execute({ input: { id }, type: 'EXPRESS', context: CONTEXT }, host))));
  expect(results.map(({ output }) => output)).toEqual(ids.map(id => `${id}${id}`));
});
