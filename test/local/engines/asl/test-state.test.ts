import { FakeHost, TASK } from './fake-host';
import { InvalidDefinitionError, TestStateRequest, TestStateResponse, testState } from '../../../../local/engines/asl';

async function run(definition: object, request: Omit<TestStateRequest, 'definition'> = {}, host = new FakeHost()): Promise<TestStateResponse> {
  return host.finish(testState({ definition: JSON.stringify(definition), ...request }, { host, region: 'eu-west-1', account: '111122223333' }));
}

const INPUT = JSON.stringify({ a: { b: 1 }, list: [1, 2] });
const MAP = { Type: 'Map', ItemsPath: '$.list', ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } } };
const mocked = (result: unknown, mode?: 'STRICT' | 'PRESENT' | 'NONE'): Pick<TestStateRequest, 'mock'> => ({ mock: { result: JSON.stringify(result), fieldValidationMode: mode } });

describe('answers', () => {
  test('a Pass state and where it leads, though there is no such state', async () => {
    expect(await run({ Type: 'Pass', Next: 'Elsewhere' }, { input: INPUT })).toEqual({ status: 'SUCCEEDED', output: INPUT, nextState: 'Elsewhere' });
  });

  test('a Fail state', async () => {
    expect(await run({ Type: 'Fail', Error: 'E', Cause: 'C' })).toEqual({ status: 'FAILED', error: 'E', cause: 'C' });
  });

  test('a Choice', async () => {
    expect(await run({ Type: 'Choice', Choices: [{ Variable: '$.a.b', NumericEquals: 1, Next: 'One' }], Default: 'Other' }, { input: INPUT })).toMatchObject({ nextState: 'One' });
  });

  test('a failure without the place in a history', async () => {
    expect(await run({ Type: 'Pass', Parameters: { 'x.$': '$.nope' }, End: true }, { input: '{}' })).toEqual({
      status: 'FAILED', error: 'States.Runtime', cause: 'The JSONPath \'$.nope\' specified for the field \'x.$\' could not be found in the input \'{}\'',
    });
  });

  test('a Task that calls the host', async () => {
    expect(await run({ ...TASK, End: true }, { input: INPUT, roleArn: 'arn:aws:iam::1:role/r' })).toEqual({ status: 'SUCCEEDED', output: INPUT });
  });

  test('a state inside a state machine', async () => {
    const machine = { StartAt: 'M', States: { M: { ...MAP, End: true } } };
    expect(await run(machine, { stateName: 'P', input: '5' })).toEqual({ status: 'SUCCEEDED', output: '5' });
  });

  test('variables and context of the request', async () => {
    const state = { Type: 'Pass', Parameters: { 'v.$': '$v', 'n.$': '$$.Execution.Name', 't.$': '$$.Task.Token' }, End: true };
    expect(await run(state, { variables: '{"v":7}', context: '{"Execution":{"Name":"given"},"Task":{"Token":"tok"}}' })).toEqual({ status: 'SUCCEEDED', output: '{"v":7,"n":"given","t":"tok"}' });
  });
});

describe('mocks', () => {
  const handled = { Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 2, IntervalSeconds: 2 }], Catch: [{ ErrorEquals: ['Other'], Next: 'A' }, { ErrorEquals: ['States.ALL'], ResultPath: '$.e', Next: 'B' }], End: true };
  const failure = { mock: { errorOutput: { error: 'Boom', cause: 'c' } } };

  test('a result of a Task', async () => {
    expect(await run({ ...TASK, ResultSelector: { 'code.$': '$.StatusCode' }, End: true }, mocked({ StatusCode: 200 }))).toEqual({ status: 'SUCCEEDED', output: '{"code":200}' });
  });

  test('an error that is retried, then caught', async () => {
    expect(await run({ ...TASK, ...handled }, { ...failure, inspectionLevel: 'DEBUG' })).toMatchObject({
      status: 'RETRIABLE', error: 'Boom', cause: 'c', inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 2 } },
    });
    expect(await run({ ...TASK, ...handled }, { ...failure, stateConfiguration: { retrierRetryCount: 1 }, inspectionLevel: 'DEBUG' }))
      .toMatchObject({ inspectionData: { errorDetails: { retryBackoffIntervalSeconds: 4 } } });
    expect(await run({ ...TASK, ...handled }, { ...failure, stateConfiguration: { retrierRetryCount: 2 }, input: '{"x":1}', inspectionLevel: 'DEBUG' })).toMatchObject({
      status: 'CAUGHT_ERROR', error: 'Boom', output: '{"x":1,"e":{"Error":"Boom","Cause":"c"}}', nextState: 'B', inspectionData: { errorDetails: { catchIndex: 1 } },
    });
  });

  test('the iterations of a Map', async () => {
    expect(await run({ ...MAP, End: true }, { input: INPUT, ...mocked(['x', 'y']) })).toEqual({ status: 'SUCCEEDED', output: '["x","y"]' });
  });

  test('failed iterations of a Map', async () => {
    const state = { ...MAP, ItemProcessor: { ...MAP.ItemProcessor, ProcessorConfig: { Mode: 'DISTRIBUTED' } }, ToleratedFailureCount: 1, End: true };
    const test = async (mapIterationFailureCount: number): Promise<TestStateResponse> =>
      run(state, { input: INPUT, ...mocked([1, 2]), stateConfiguration: { mapIterationFailureCount } });
    expect((await test(1)).status).toBe('SUCCEEDED');
    expect(await test(2)).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  test('the items of an ItemReader', async () => {
    const state = { ...MAP, ItemsPath: undefined, ItemReader: { Resource: 'arn:aws:states:::s3:getObject' }, End: true };
    expect((await run(state, { ...mocked([1]), stateConfiguration: { mapItemReaderData: '[1]' } })).output).toBe('[1]');
    await expect(run(state, mocked([1]))).rejects.toThrow('ItemReader data must be specified');
  });
});

describe('inspection data', () => {
  test('nothing at INFO', async () => {
    expect(await run({ Type: 'Succeed' }, { inspectionLevel: 'INFO' })).toEqual({ status: 'SUCCEEDED', output: '{}' });
  });

  test('all steps of a JSONPath Task', async () => {
    const state = { ...TASK, InputPath: '$.a', Parameters: { 'n.$': '$.b' }, ResultSelector: { 'p.$': '$.Payload' }, ResultPath: '$.r', OutputPath: '$.r', Assign: { v: 1 }, End: true };
    const { inspectionData } = await run(state, { input: INPUT, inspectionLevel: 'TRACE', ...mocked({ Payload: 5 }) });
    expect(inspectionData).toEqual({
      input: INPUT,
      afterInputPath: '{"b":1}',
      afterParameters: '{"n":1}',
      result: '{"Payload":5}',
      afterResultSelector: '{"p":5}',
      afterResultPath: '{"a":{"b":1},"list":[1,2],"r":{"p":5}}',
      variables: '{"v":1}',
    });
  });

  test('a JSONata Task and a Map', async () => {
    expect((await run({ ...TASK, QueryLanguage: 'JSONata', Arguments: { x: '{% 1 + 1 %}' }, End: true }, { inspectionLevel: 'DEBUG', ...mocked({}) })).inspectionData)
      .toEqual({ input: '{}', afterArguments: '{"x":2}', result: '{}' });
    expect((await run({ ...MAP, MaxConcurrency: 4, End: true }, { input: INPUT, inspectionLevel: 'DEBUG', ...mocked([]) })).inspectionData)
      .toMatchObject({ afterItemsPath: '[1,2]', maxConcurrency: 4 });
  });
});

describe('refusals', () => {
  const parallel = { Type: 'Parallel', Branches: [{ StartAt: 'B', States: { B: { Type: 'Succeed' } } }], End: true };

  test.each<[string, object, Omit<TestStateRequest, 'definition'>, string]>([
    ['a Task without a role', { ...TASK, End: true }, {}, 'RoleArn must be specified when testing a Task state'],
    ['a Map without a mock', { ...MAP, End: true }, {}, 'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]'],
    ['a failure count without a mock', { ...MAP, End: true }, { stateConfiguration: { mapIterationFailureCount: 1 } }, 'TestState does not support MapIterationFailureCount when a mock is not specified.'],
    ['a mock of a Pass', { Type: 'Pass', End: true }, mocked(1), 'State type \'Pass\' is not supported when a mock is specified'],
    ['two mocks', { ...TASK, End: true }, { mock: { result: '1', errorOutput: {} } }, 'A test mock should have only one of the following fields: [result, errorOutput].'],
    ['a mock that is no JSON', { ...TASK, End: true }, { mock: { result: '{' } }, 'Mocked result must be valid JSON'],
    ['secrets of a mock', { ...TASK, End: true }, { ...mocked({}), revealSecrets: true }, 'TestState does not support RevealSecrets when a mock is specified.'],
    ['an object for a Map', { ...MAP, End: true }, mocked({}), 'Mocked result must be an array.'],
    ['an object for a Parallel', parallel, mocked({}), 'Mocked result must be an array.'],
    ['too many results', parallel, mocked([1, 2]), 'Mocked result must contain the same number of items as number of Parallel branches.'],
    ['a number as text', { ...TASK, End: true }, mocked({ StatusCode: '200' }), 'Mock result schema validation error: Field \'StatusCode\' must be a number'],
    ['a missing field', { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution', End: true }, mocked({ ExecutionArn: 'a' }), 'Mock result schema validation error: Required field \'StartDate\' is missing'],
    ['a deep field', { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:eventbridge:putEvents', End: true }, mocked({ Entries: [{ EventId: 1 }] }), 'Mock result schema validation error: Field \'EventId\' must be a string'],
    ['input that is no JSON', { Type: 'Succeed' }, { input: '{' }, 'Invalid State Machine Execution Input'],
    ['context that is no object', { Type: 'Succeed' }, { context: '1' }, 'Context must be a JSON object'],
  ])('%s', async (_, definition, request, message) => {
    await expect(run(definition, request)).rejects.toThrow(message);
  });

  test('a state that is not there', async () => {
    await expect(run({ StartAt: 'A', States: { A: { Type: 'Succeed' } } }, { stateName: 'B' })).rejects.toThrow('State not found in definition');
  });

  test('PRESENT mode wants no fields, NONE mode nothing', async () => {
    const state = { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution', End: true };
    expect((await run(state, mocked({}, 'PRESENT'))).status).toBe('SUCCEEDED');
    await expect(run(state, mocked({ ExecutionArn: 1 }, 'PRESENT'))).rejects.toThrow('must be a string');
    expect((await run(state, mocked({ ExecutionArn: 1 }, 'NONE'))).status).toBe('SUCCEEDED');
  });

  test('a definition that is wrong', async () => {
    await expect(run({ ...parallel, Branches: [] }, mocked([]))).rejects.toThrow(InvalidDefinitionError);
    await expect(run({ ...parallel, Branches: [] }, mocked([]))).rejects.toThrow('Invalid State Machine Definition: \'SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/StateName/Branches\'');
  });
});
