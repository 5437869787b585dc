import { fakeService, start } from './workflows';
import { eventually, TestKernel } from '../../../support/test-kernel';

const waiting = (more: object = {}, resource = 'sqs:sendMessage.waitForTaskToken') => ({
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: `arn:aws:states:::${resource}`,
      Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
      Catch: [{ ErrorEquals: ['Refused'], Next: 'Caught' }],
      End: true,
      ...more,
    },
    Caught: { Type: 'Pass', End: true },
  },
});

/** An execution whose message has been sent, and the token in it. */
async function ask(definition: object = waiting(), answer: () => unknown = () => ({ MessageId: 'm' }), actions?: string[]) {
  const sqs = fakeService('sqs', answer);
  const { test: kernel, stateMachineArn } = await start(definition, { type: 'STANDARD', services: [sqs.factory], ...(actions && { actions }) });
  const { executionArn } = await kernel.call('states', 'StartExecution', { stateMachineArn });
  await eventually(() => sqs.calls.length > 0);
  const { token } = JSON.parse(sqs.calls[0].input.MessageBody) as { token: string };
  return { kernel, executionArn, stateMachineArn, token, send: (operation: string, input: object = {}) => kernel.call('states', operation, { taskToken: token, ...input }) };
}

async function end(kernel: TestKernel, executionArn: string) {
  await eventually(() => kernel.entries.find(each => each.kind === 'execution'));
  return kernel.call('states', 'DescribeExecution', { executionArn });
}

const GONE = { code: 'TaskTimedOut', message: "Task Timed Out: 'Provided task does not exist anymore'" };

test('what is sent for the token is the output of the Task', async () => {
  const { kernel, executionArn, send } = await ask();
  expect(await kernel.call('states', 'DescribeExecution', { executionArn })).toMatchObject({ status: 'RUNNING' });
  expect(await send('SendTaskSuccess', { output: '{"ok":[1]}' })).toEqual({});
  expect(await end(kernel, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"ok":[1]}' });
  const { events } = await kernel.call('states', 'GetExecutionHistory', { executionArn });
  expect(events.map(({ type }: any) => type)).toEqual([
    'ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded',
  ]);
  expect(JSON.parse(events[4].taskSubmittedEventDetails.output)).toMatchObject({ MessageId: 'm', SdkHttpMetadata: { HttpStatusCode: 200 } });
  await expect(send('SendTaskSuccess', { output: '1' })).rejects.toMatchObject(GONE);
  await expect(send('SendTaskHeartbeat')).rejects.toMatchObject(GONE);
});

test('a failure is one of the Task, with what names it has', async () => {
  const { kernel, executionArn, send } = await ask();
  await send('SendTaskFailure', { error: 'Refused', cause: 'on purpose' });
  expect(JSON.parse((await end(kernel, executionArn)).output)).toEqual({ Error: 'Refused', Cause: 'on purpose' });
  const nameless = await ask();
  await nameless.send('SendTaskFailure');
  const failed = await end(nameless.kernel, nameless.executionArn);
  expect(failed).toMatchObject({ status: 'FAILED', error: undefined, cause: undefined });
});

test('an answer that is faster than the service itself is not lost', async () => {
  let kernel: TestKernel;
  const sqs = fakeService('sqs', async (_, { MessageBody: body }) => {
    await kernel.call('states', 'SendTaskFailure', { taskToken: JSON.parse(body).token, error: 'Refused' });
    await new Promise(resolve => setImmediate(resolve));
    return {};
  });
  const { test: started, stateMachineArn } = await start(waiting(), { type: 'STANDARD', services: [sqs.factory] });
  kernel = started;
  const { executionArn } = await kernel.call('states', 'StartExecution', { stateMachineArn });
  expect(JSON.parse((await end(kernel, executionArn)).output)).toMatchObject({ Error: 'Refused' });
});

test('heartbeats keep the Task waiting, and without one it times out', async () => {
  const { kernel, executionArn, send } = await ask(waiting({ HeartbeatSeconds: 10, Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], ResultPath: '$.caught', Next: 'Caught' }] }));
  await kernel.clock.advance(8_000);
  await send('SendTaskHeartbeat');
  await kernel.clock.advance(8_000);
  expect(await kernel.call('states', 'DescribeExecution', { executionArn })).toMatchObject({ status: 'RUNNING' });
  await kernel.clock.advance(2_000);
  expect(JSON.parse((await end(kernel, executionArn)).output).caught).toEqual({ Error: 'States.Timeout', Cause: '' });
  await expect(send('SendTaskSuccess', { output: '1' })).rejects.toMatchObject(GONE);
});

test.each(['TimeoutSeconds', 'StopExecution'])('after %s the token is good for nothing', async how => {
  const { kernel, executionArn, send } = await ask(waiting(how === 'TimeoutSeconds' ? { TimeoutSeconds: 5 } : {}));
  if (how === 'TimeoutSeconds') {
    await kernel.clock.advance(5_000);
  } else {
    await kernel.call('states', 'StopExecution', { executionArn });
  }
  expect(await end(kernel, executionArn)).toMatchObject({ status: how === 'TimeoutSeconds' ? 'FAILED' : 'ABORTED' });
  await expect(send('SendTaskFailure')).rejects.toMatchObject(GONE);
});

test('a call that fails ends the Task, whose token is good for nothing', async () => {
  const { kernel, executionArn, send } = await ask(waiting(), () => {
    throw new Error('broken');
  });
  expect(await end(kernel, executionArn)).toMatchObject({ status: 'FAILED' });
  await expect(send('SendTaskSuccess', { output: '1' })).rejects.toMatchObject(GONE);
});

test.each<[operation: string, input: object, code: string]>([
  ['SendTaskSuccess', { output: '{' }, 'InvalidOutput'],
  ['SendTaskSuccess', {}, 'ValidationException'],
  ['SendTaskSuccess', { output: JSON.stringify('x'.repeat(262_144)) }, 'ValidationException'],
  ['SendTaskFailure', { error: 'x'.repeat(257) }, 'ValidationException'],
  ['SendTaskFailure', { cause: 5 }, 'SerializationException'],
  ['SendTaskSuccess', { taskToken: 'other', output: '1' }, 'InvalidToken'],
  ['SendTaskHeartbeat', { taskToken: { a: 1 } }, 'InvalidToken'],
  ['SendTaskFailure', { taskToken: '__proto__' }, 'InvalidToken'],
])('%s %p is refused, and the Task goes on waiting', async (operation, input, code) => {
  const { kernel, executionArn, send } = await ask();
  await expect(send(operation, input)).rejects.toMatchObject({ code });
  await send('SendTaskSuccess', { output: '"still"' });
  expect(await end(kernel, executionArn)).toMatchObject({ output: '"still"' });
});

test('who sends has to be allowed to, for the state machine', async () => {
  const { kernel, stateMachineArn, token } = await ask();
  const arn = kernel.role('Worker', 'lambda.amazonaws.com', 'states:SendTaskFailure');
  const principal = kernel.kernel.assumeRole(arn, 'lambda.amazonaws.com', 'x');
  await expect(kernel.call('states', 'SendTaskSuccess', { taskToken: token, output: '1' }, principal)).rejects.toMatchObject({
    code: 'AccessDeniedException', message: expect.stringContaining(`states:SendTaskSuccess on resource: ${stateMachineArn}`),
  });
  expect(await kernel.call('states', 'SendTaskFailure', { taskToken: token }, principal)).toEqual({});
});

test.each([
  ['sqs:sendMessage.waitForTaskToken', "Express state machine does not support '.waitForTaskToken' service integration"],
  ['states:startExecution.sync', "Express state machine does not support '.sync' service integration"],
  ['states:startExecution.sync:2', "Express state machine does not support '.sync' service integration"],
])('%s is refused in an express state machine', async (resource, text) => {
  await expect(start(waiting({}, resource))).rejects.toThrow(`Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ${text} at /States/Ask/Resource'`);
});

test('a Task with credentials of its own is refused', async () => {
  await expect(start(waiting({ Credentials: { RoleArn: 'arn:aws:iam::111122223333:role/Other' } }, 'sqs:sendMessage'))).rejects.toThrow(/does not emulate Credentials, at \/States\/Ask/);
});
