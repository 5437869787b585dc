import { fakeService, start, task } from './workflows';

const pass = JSON.stringify({ Type: 'Pass', Result: 1, End: true });
const state = (resource: string, more: object = {}) => JSON.stringify({ Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters: { QueueUrl: 'q', MessageBody: { a: 1 } }, End: true, ...more });

async function tested(input: object, actions = ['*']) {
  const sqs = fakeService('sqs', () => ({ MessageId: 'm' }));
  const { test: kernel } = await start(task('sqs:sendMessage', {}), { services: [sqs.factory], actions });
  return { calls: sqs.calls, answer: await kernel.call('states', 'TestState', { roleArn: 'arn:aws:iam::000000000000:role/Machine', ...input }) };
}

test('runs one state', async () => {
  expect((await tested({ definition: pass })).answer).toEqual({ status: 'SUCCEEDED', output: '1' });
});

test('calls the service of a Task with the role', async () => {
  const { answer, calls } = await tested({ definition: state('sqs:sendMessage') });
  expect(calls).toEqual([{ operation: 'SendMessage', input: { QueueUrl: 'q', MessageBody: '{"a":1}' } }]);
  expect(JSON.parse(answer.output)).toMatchObject({ MessageId: 'm' });
  const denied = await tested({ definition: state('sqs:sendMessage') }, ['sqs:DeleteMessage']);
  expect(denied.calls).toEqual([]);
  expect(denied.answer).toMatchObject({ status: 'FAILED', error: 'SQS.AmazonSQSException', cause: expect.stringContaining('not authorized to perform: sqs:SendMessage') });
});

test('one that waits needs a mock', async () => {
  expect(await tested({ definition: state('sqs:sendMessage.waitForTaskToken') })).toMatchObject({ calls: [], answer: { status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining('needs a mock') } });
  expect((await tested({ definition: state('sqs:sendMessage.waitForTaskToken'), mock: { result: '{"sent":true}' } })).answer).toEqual({ status: 'SUCCEEDED', output: '{"sent":true}' });
});

test.each<[string, object, string]>([
  ['no definition', { definition: undefined }, 'ValidationException'],
  ['a definition that is none', { definition: '{"Type":"Nap"}' }, 'InvalidDefinition'],
  ['an input that is no JSON', { definition: pass, input: '{' }, 'InvalidExecutionInput'],
  ['a state that is not there', { definition: JSON.stringify({ StartAt: 'A', States: { A: JSON.parse(pass) } }), stateName: 'B' }, 'ValidationException'],
])('%s is refused', async (_, input, code) => {
  await expect(tested(input)).rejects.toMatchObject({ code });
});
