import { parseFaults } from '../../../../../local/faults/read-faults';
import { eventually, TestKernel } from '../../../../support/test-kernel';
import { start } from '../workflows';

const CHILD = 'arn:aws:states:us-east-1:000000000000:stateMachine:Child';
const CHILD_RUN = 'arn:aws:states:us-east-1:000000000000:execution:Child:one';
const pass = { StartAt: 'P', States: { P: { Type: 'Pass', Result: { done: true }, End: true } } };
const wait = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } };
const fail = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' } } };

async function run(child: object, { resource = 'states:startExecution.sync', more = {} as object, actions = ['*'], childType = 'STANDARD', faults = [] as object[] } = {}) {
  const parent = {
    StartAt: 'Start',
    States: { Start: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters: { 'StateMachineArn': CHILD, 'Name': 'one', 'Input.$': '$' }, End: true, ...more } },
  };
  const { test: kernel, stateMachineArn } = await start(parent, { type: 'STANDARD', actions });
  await kernel.create('AWS::StepFunctions::StateMachine', {
    StateMachineName: 'Child', StateMachineType: childType, RoleArn: kernel.role('Child', 'states.amazonaws.com'), DefinitionString: JSON.stringify(child),
  });
  kernel.faults.replace(parseFaults(JSON.stringify({ rules: faults }), 'faults', kernel.kernel.services));
  const { executionArn } = await kernel.call('states', 'StartExecution', { stateMachineArn, input: '{"n":1}' });
  return { kernel, executionArn };
}

const ended = async (kernel: TestKernel, executionArn: string) => {
  let description: any;
  await eventually(() => {
    void kernel.call('states', 'DescribeExecution', { executionArn }).then(each => {
      description = each;
    }, () => {});
    return description !== undefined && description.status !== 'RUNNING';
  });
  return description;
};

const DESCRIPTION = {
  ExecutionArn: CHILD_RUN,
  InputDetails: { Included: true },
  Name: 'one',
  OutputDetails: { Included: true },
  RedriveCount: 0,
  RedriveStatus: 'NOT_REDRIVABLE',
  RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  StartDate: 1767323045000,
  StateMachineArn: CHILD,
  Status: 'SUCCEEDED',
  StopDate: 1767323045000,
};

test('.sync gives the description of the execution, with texts', async () => {
  const { kernel, executionArn } = await run(pass);
  const { output } = await ended(kernel, executionArn);
  expect(JSON.parse(output)).toEqual({ ...DESCRIPTION, Input: '{"n":1}', Output: '{"done":true}' });
  const { events } = await kernel.call('states', 'GetExecutionHistory', { executionArn });
  expect(JSON.parse(events.find(({ type }: any) => type === 'TaskSubmitted').taskSubmittedEventDetails.output)).toMatchObject({
    ExecutionArn: CHILD_RUN, StartDate: 1767323045000, SdkHttpMetadata: { HttpStatusCode: 200 },
  });
});

test('.sync:2 gives it with JSON', async () => {
  const { kernel, executionArn } = await run(pass, { resource: 'states:startExecution.sync:2' });
  expect(JSON.parse((await ended(kernel, executionArn)).output)).toEqual({ ...DESCRIPTION, Input: { n: 1 }, Output: { done: true } });
});

test.each([[null, '{}'], ['text', 'text'], [[1], '[1]']])('the input %p is %s', async (given, text) => {
  const { kernel, executionArn } = await run(wait, { more: { Parameters: { StateMachineArn: CHILD, Name: 'one', Input: given } } });
  await kernel.clock.advance(1);
  const described = await kernel.call('states', 'DescribeExecution', { executionArn: text === 'text' ? executionArn : CHILD_RUN });
  expect(described).toMatchObject(text === 'text' ? { error: 'StepFunctions.InvalidExecutionInputException' } : { input: text });
});

test('one that fails fails the Task, and its description is the cause', async () => {
  const { kernel, executionArn } = await run(fail);
  const { status, error, cause } = await ended(kernel, executionArn);
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.TaskFailed' });
  expect(JSON.parse(cause)).toEqual({
    Cause: 'on purpose',
    Error: 'Broken',
    ExecutionArn: CHILD_RUN,
    Input: '{"n":1}',
    InputDetails: { Included: true },
    Name: 'one',
    RedriveCount: 0,
    RedriveStatus: 'REDRIVABLE',
    StartDate: 1767323045000,
    StateMachineArn: CHILD,
    Status: 'FAILED',
    StopDate: 1767323045000,
  });
});

test.each(['StopExecution', 'TimeoutSeconds'])('after %s of the one that waits, the other is stopped', async how => {
  const { kernel, executionArn } = await run(wait, { more: how === 'TimeoutSeconds' ? { TimeoutSeconds: 5 } : {} });
  await kernel.clock.advance(1_000);
  expect(await kernel.call('states', 'DescribeExecution', { executionArn: CHILD_RUN })).toMatchObject({ status: 'RUNNING' });
  if (how === 'TimeoutSeconds') {
    await kernel.clock.advance(5_000);
  } else {
    await kernel.call('states', 'StopExecution', { executionArn });
  }
  expect((await ended(kernel, executionArn)).status).not.toBe('SUCCEEDED');
  expect(await ended(kernel, CHILD_RUN)).toMatchObject({ status: 'ABORTED' });
});

test('one of which the Task hears only when its time is over is stopped, and is no event of it any more', async () => {
  const { kernel, executionArn } = await run(wait, {
    more: { TimeoutSeconds: 5 }, faults: [{ service: 'states', operation: 'StartExecution', caller: 'states', when: 'after', delay: 10_000 }],
  });
  await kernel.clock.advance(6_000);
  expect(await ended(kernel, executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(await kernel.call('states', 'DescribeExecution', { executionArn: CHILD_RUN })).toMatchObject({ status: 'RUNNING' });
  await kernel.clock.advance(6_000);
  expect(await ended(kernel, CHILD_RUN)).toMatchObject({ status: 'ABORTED' });
  const { events } = await kernel.call('states', 'GetExecutionHistory', { executionArn });
  expect(events.at(-1).type).toBe('ExecutionFailed');
});

test('a role that may not describe the other fails the Task', async () => {
  const { kernel, executionArn } = await run(pass, { actions: ['states:StartExecution'] });
  expect(await ended(kernel, executionArn)).toMatchObject({
    status: 'FAILED', error: 'StepFunctions.AWSStepFunctionsException', cause: expect.stringContaining(`states:DescribeExecution on resource: ${CHILD_RUN}`),
  });
});

test('one that cannot be started fails the Task at once', async () => {
  const { kernel, executionArn } = await run(pass, { more: { Parameters: { StateMachineArn: `${CHILD}s` } } });
  expect(await ended(kernel, executionArn)).toMatchObject({ status: 'FAILED', error: 'StepFunctions.StateMachineDoesNotExistException' });
});

test('an express one cannot be waited for', async () => {
  const { kernel, executionArn } = await run(pass, { childType: 'EXPRESS' });
  expect(await ended(kernel, executionArn)).toMatchObject({ status: 'FAILED', error: 'StepFunctions.ExecutionDoesNotExistException' });
});

test('the token of a .sync is good as well: what is sent for it ends the Task, and the other goes on', async () => {
  const { kernel, executionArn } = await run(wait, { more: { Parameters: { StateMachineArn: CHILD, Name: 'one', Input: { 'token.$': '$$.Task.Token' } } } });
  await kernel.clock.advance(1);
  const { input } = await kernel.call('states', 'DescribeExecution', { executionArn: CHILD_RUN });
  await kernel.call('states', 'SendTaskSuccess', { taskToken: JSON.parse(input).token, output: '"sent"' });
  expect(await ended(kernel, executionArn)).toMatchObject({ output: '"sent"' });
  expect(await kernel.call('states', 'DescribeExecution', { executionArn: CHILD_RUN })).toMatchObject({ status: 'RUNNING' });
});
