import { FakeHost, TASK, run, single } from './fake-host';
import { StatesError, TaskRequest } from '../../../../local/engines/asl';

const EACH = { StartAt: 'T', States: { T: { ...TASK, End: true } } };
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A host that tells how many tasks ran at the same time; tasks take as many seconds as their argument says. */
class CountingHost extends FakeHost {
  running = 0;
  most = 0;

  constructor() {
    super(async ({ arguments: seconds, signal }: TaskRequest) => {
      this.most = Math.max(this.most, ++this.running);
      await this.sleep(1000 * (1 + (seconds as number) % 3), signal);
      this.running--;
      return `${String(seconds)}!`;
    });
  }
}

describe('inline Map', () => {
  test.each<[string, object, number]>([
    ['without MaxConcurrency', {}, 40],
    ['with MaxConcurrency 0', { MaxConcurrency: 0 }, 40],
    ['with MaxConcurrency 3', { MaxConcurrency: 3 }, 3],
    ['with a larger one', { MaxConcurrency: 1000 }, 40],
    ['with MaxConcurrencyPath', { ItemsPath: '$.list', MaxConcurrencyPath: '$.most' }, 7],
  ])('%s', async (_, fields, most) => {
    const host = new CountingHost();
    const input = 'ItemsPath' in fields ? { list: numbers(100), most: 7 } : numbers(100);
    const result = await run(single({ Type: 'Map', ItemProcessor: EACH, ...fields }), input, { host });
    expect(result.output).toEqual(numbers(100).map(value => `${value}!`));
    expect(host.most).toBe(most);
  });

  test('ItemSelector sees the state\'s input and the item', async () => {
    const state = { Type: 'Map', InputPath: '$.in', ItemsPath: '$.list', ItemSelector: { 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index', 'x.$': '$.x' }, ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } } };
    expect((await run(single(state), { in: { list: ['a', 'b'], x: 9 } })).output).toEqual([{ v: 'a', i: 0, x: 9 }, { v: 'b', i: 1, x: 9 }]);
  });

  test('nested Maps see their own item', async () => {
    const inner = { Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', Parameters: { 'i.$': '$$.Map.Item.Index', 'v.$': '$' }, End: true } } }, End: true };
    expect((await run(single({ Type: 'Map', ItemProcessor: { StartAt: 'I', States: { I: inner } } }), [['a'], ['b', 'c']])).output)
      .toEqual([[{ i: 0, v: 'a' }], [{ i: 0, v: 'b' }, { i: 1, v: 'c' }]]);
  });

  test('the first failure stops the other iterations', async () => {
    const signals: AbortSignal[] = [];
    const host = new FakeHost(async ({ arguments: value, signal }) => {
      signals.push(signal);
      await host.sleep(value === 1 ? 10 : 1000, signal);
      throw new StatesError(`E${String(value)}`);
    });
    expect(await run(single({ Type: 'Map', ItemProcessor: EACH }), [0, 1, 2], { host })).toEqual({ status: 'FAILED', error: 'E1' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false, true]);
    expect(host.sleeping).toBe(0);
    expect(host.events.map(({ type }) => type).slice(-8)).toEqual([
      'TaskFailed', 'MapIterationFailed', 'TaskStateAborted', 'MapIterationAborted', 'TaskStateAborted', 'MapIterationAborted', 'MapStateFailed', 'ExecutionFailed',
    ]);
  });

  test.each<[string, unknown, string]>([
    ['no array', { a: 1 }, 'Reference path "$" must point to array.'],
    ['a text', 'abc', 'Reference path "$" must point to array.'],
  ])('%s as items', async (_, input, cause) => {
    expect((await run(single({ Type: 'Map', ItemProcessor: EACH }), input)).cause).toContain(cause);
  });

  test('no items', async () => {
    expect((await run(single({ Type: 'Map', ItemProcessor: EACH }), [])).output).toEqual([]);
  });

  test('very many items that need no waiting neither block nor overflow anything', async () => {
    const state = { Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }, ResultPath: null };
    const host = new FakeHost();
    expect((await run(single(state), numbers(20_000), { host, type: 'EXPRESS' })).status).toBe('SUCCEEDED');
    expect(host.naps.filter(nap => nap === 0).length).toBeGreaterThan(50);
  });
});

describe('distributed Map', () => {
  const failOdd = (): FakeHost => new FakeHost(({ arguments: value }) => {
    if ((value as number) % 2 === 1) throw new StatesError('Odd', String(value));
    return value;
  });
  const state = (fields: object): object => single({ Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...EACH }, ...fields });

  test.each<[string, object, boolean]>([
    ['no limit', {}, false],
    ['a count that is kept', { ToleratedFailureCount: 5 }, true],
    ['a count that is exceeded', { ToleratedFailureCount: 4 }, false],
    ['a percentage that is kept', { ToleratedFailurePercentage: 50 }, true],
    ['a percentage that is exceeded', { ToleratedFailurePercentage: 49.9 }, false],
    ['one of two that is exceeded', { ToleratedFailureCount: 9, ToleratedFailurePercentage: 10 }, false],
  ])('failures under %s', async (_, fields, succeeds) => {
    const result = await run(state(fields), numbers(10), { host: failOdd() });
    if (succeeds) expect((result.output as unknown[]).slice(0, 2)).toEqual([0, { Error: 'Odd', Cause: '1' }]);
    else expect(result).toEqual({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold', cause: 'The specified tolerated failure threshold was exceeded' });
  });

  test('its executions have no part in the history and in the variables around them', async () => {
    const host = new FakeHost();
    const processor = { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'P', States: { P: { Type: 'Pass', Parameters: { 'id.$': '$$.Execution.Id', 'in.$': '$$.Execution.Input' }, End: true } } };
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Assign: { x: 1 }, Next: 'M' }, M: { Type: 'Map', Label: 'L', ItemProcessor: processor, End: true } } };
    const result = await run(definition, [7], { host });
    expect(result.output).toEqual([{ id: `arn:aws:states:eu-west-1:111122223333:execution:machine/L:${host.uuid()}`, in: 7 }]);
    expect(host.events.map(({ type }) => type).slice(3)).toEqual(['MapStateEntered', 'MapStateStarted', 'MapRunStarted', 'MapRunSucceeded', 'MapStateSucceeded', 'MapStateExited', 'ExecutionSucceeded']);
    processor.States.P.Parameters = { 'x.$': '$x' } as never;
    expect((await run(definition, [7])).error).toBe('States.ExceedToleratedFailureThreshold');
  });
});

describe('Parallel', () => {
  const branch = (value: number): object => ({ StartAt: `B${value}`, States: { [`B${value}`]: { ...TASK, Parameters: { 'n': value, 'in.$': '$.a' }, End: true } } });

  test('runs branches at the same time and keeps their order', async () => {
    const host = new FakeHost(async ({ arguments: value, signal }) => {
      const { n } = value as { n: number };
      await host.sleep(10 - n, signal);
      return n;
    });
    const start = host.time;
    expect((await run(single({ Type: 'Parallel', Branches: [branch(1), branch(2), branch(3)], ResultPath: '$.r' }), { a: 1 }, { host })).output).toEqual({ a: 1, r: [1, 2, 3] });
    expect(host.time - start).toBe(9);
  });

  test('the first failure stops the other branches and is the state\'s', async () => {
    const host: FakeHost = new FakeHost(async ({ arguments: value, signal }) => {
      if ((value as { n: number }).n === 2) throw new StatesError('Two');
      return host.sleep(1000, signal);
    });
    const start = host.time;
    expect(await run(single({ Type: 'Parallel', Branches: [branch(1), branch(2)] }), { a: 1 }, { host })).toEqual({ status: 'FAILED', error: 'Two' });
    expect(host.time).toBe(start);
    expect(host.requests[0].signal.aborted).toBe(true);
  });

  test('Arguments in JSONata', async () => {
    const state = { Type: 'Parallel', Arguments: { x: '{% $states.input.a + 1 %}' }, Branches: [{ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }], Output: '{% $states.result[0].x %}' };
    expect((await run(single(state, 'JSONata'), { a: 1 })).output).toBe(2);
  });
});
