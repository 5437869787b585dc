import { states } from '../../../../local/services/states';
import { TestKernel } from '../../../support/test-kernel';

const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:made';
const pass = (result: unknown) => JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', Result: result, End: true } } });

let kernel: TestKernel;
let roleArn: string;
beforeEach(() => {
  kernel = new TestKernel(states);
  roleArn = kernel.role('Machine', 'states.amazonaws.com');
});

const call = (operation: string, input: object) => kernel.call('states', operation, input);
const create = (input: object = {}) => call('CreateStateMachine', { name: 'made', definition: pass(1), roleArn, ...input });

async function output(stateMachineArn = ARN) {
  const { executionArn } = await call('StartExecution', { stateMachineArn });
  await kernel.clock.advance(0);
  return call('DescribeExecution', { executionArn });
}

test('a state machine is made, run, changed and deleted', async () => {
  expect(await create()).toEqual({ stateMachineArn: ARN, creationDate: 1767323045 });
  expect(await output()).toMatchObject({ output: '1' });
  expect(await call('UpdateStateMachine', { stateMachineArn: ARN, definition: pass(2) })).toEqual({ updateDate: 1767323045, revisionId: expect.any(String) });
  expect(await call('DescribeStateMachine', { stateMachineArn: ARN })).toEqual({
    stateMachineArn: ARN,
    name: 'made',
    type: 'STANDARD',
    status: 'ACTIVE',
    creationDate: 1767323045,
    definition: pass(2),
    roleArn,
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  });
  const { executions } = await call('ListExecutions', { stateMachineArn: ARN });
  expect(executions).toHaveLength(1);
  expect(await call('DescribeStateMachineForExecution', { executionArn: executions[0].executionArn })).toMatchObject({ stateMachineArn: ARN, definition: pass(1) });
  expect(await call('DeleteStateMachine', { stateMachineArn: ARN })).toEqual({});
  expect(await call('DeleteStateMachine', { stateMachineArn: ARN })).toEqual({});
  await expect(call('DescribeStateMachine', { stateMachineArn: ARN })).rejects.toMatchObject({ code: 'StateMachineDoesNotExist' });
});

test('the same one again is no error, another of the name is', async () => {
  const first = await create();
  expect(await create()).toEqual(first);
  await expect(create({ definition: pass(2) })).rejects.toMatchObject({ code: 'StateMachineAlreadyExists', message: `State Machine Already Exists: '${ARN}'` });
  expect(await call('DescribeStateMachine', { stateMachineArn: ARN })).toMatchObject({ definition: pass(1) });
});

test('a version is published with it', async () => {
  expect(await create({ publish: true })).toMatchObject({ stateMachineVersionArn: `${ARN}:1` });
  expect(await call('UpdateStateMachine', { stateMachineArn: ARN, definition: pass(2), publish: true })).toMatchObject({ stateMachineVersionArn: `${ARN}:2` });
  expect(await output(`${ARN}:1`)).toMatchObject({ output: '1', stateMachineArn: ARN, stateMachineVersionArn: `${ARN}:1` });
});

const task = (resource: string) => JSON.stringify({ StartAt: 'T', States: { T: { Type: 'Task', Resource: resource, End: true } } });

test.each<[string, object, string]>([
  ['a name with a space', { name: 'a b' }, 'InvalidName'],
  ['no name', { name: undefined }, 'InvalidName'],
  ['a definition that is none', { definition: '{}' }, 'InvalidDefinition'],
  ['a definition that is no text', { definition: {} }, 'ValidationException'],
  ['no role', { roleArn: undefined }, 'ValidationException'],
  ['another type', { type: 'FAST' }, 'ValidationException'],
  ['a token in an express one', { type: 'EXPRESS', definition: task('arn:aws:states:::sqs:sendMessage.waitForTaskToken') }, 'InvalidDefinition'],
  ['a resource that is not emulated', { definition: task('arn:aws:states:::aws-sdk:s3:getObject') }, 'NotImplemented'],
  ['logs to nowhere', { loggingConfiguration: { level: 'ALL' } }, 'InvalidLoggingConfiguration'],
])('%s is refused, and nothing is made', async (_, input, code) => {
  await expect(create(input)).rejects.toMatchObject({ code });
  expect((await call('ListStateMachines', {})).stateMachines).toEqual([]);
});

test.each<[string, object, string]>([
  ['nothing', {}, 'MissingRequiredParameter'],
  ['a definition that is none', { definition: '{' }, 'InvalidDefinition'],
  ['another state machine', { stateMachineArn: `${ARN}s`, definition: pass(1) }, 'StateMachineDoesNotExist'],
])('a change to %s is refused, and nothing is changed', async (_, input, code) => {
  await create();
  await expect(call('UpdateStateMachine', { stateMachineArn: ARN, ...input })).rejects.toMatchObject({ code });
  expect(await call('DescribeStateMachine', { stateMachineArn: ARN })).toMatchObject({ definition: pass(1) });
});

test('who hands a role on has to be allowed to', async () => {
  const principal = kernel.kernel.assumeRole(kernel.role('Maker', 'lambda.amazonaws.com', 'states:CreateStateMachine'), 'lambda.amazonaws.com', 'x');
  await expect(kernel.call('states', 'CreateStateMachine', { name: 'made', definition: pass(1), roleArn }, principal)).rejects.toMatchObject({
    code: 'AccessDeniedException', message: expect.stringContaining(`iam:PassRole on resource: ${roleArn}`),
  });
});

describe('ValidateStateMachineDefinition', () => {
  const validate = (definition: string, more: object = {}) => call('ValidateStateMachineDefinition', { definition, ...more });

  test('tells what CreateStateMachine would refuse, and where', async () => {
    expect(await validate(pass(1))).toEqual({ result: 'OK', diagnostics: [], truncated: false });
    expect(await validate('{"StartAt":"X","States":{"P":{"Type":"Pass","End":true}}}')).toEqual({
      result: 'FAIL',
      diagnostics: expect.arrayContaining([{ severity: 'ERROR', code: 'MISSING_TRANSITION_TARGET', message: expect.any(String), location: '/StartAt' }]),
      truncated: false,
    });
    expect((await validate('{')).diagnostics).toMatchObject([{ code: 'INVALID_JSON_DESCRIPTION' }]);
  });

  test('of a type, and no more than asked for', async () => {
    const waiting = JSON.stringify({
      StartAt: 'A',
      States: Object.fromEntries(['A', 'B'].map(name => [name, { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', ...(name === 'A' ? { Next: 'B' } : { End: true }) }])),
    });
    expect((await validate(waiting)).result).toBe('OK');
    expect(await validate(waiting, { type: 'EXPRESS', maxResults: 1 })).toMatchObject({ result: 'FAIL', diagnostics: [{ location: '/States/A/Resource' }], truncated: true });
  });

  test('what AWS takes and the runtime does not is no mistake', async () => {
    expect((await validate(task('arn:aws:states:::aws-sdk:s3:getObject'))).result).toBe('OK');
  });
});
