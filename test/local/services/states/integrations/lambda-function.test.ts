import { states } from '../../../../../local/services/states';
import { TestFunctions } from '../../lambda/test-functions';

const SOURCE = `exports.handler = async event => {
  if (event.fail) throw Object.assign(new Error('sold out'), { name: 'OutOfStock' });
  return { got: event };
};`;

let functions: TestFunctions;
beforeEach(async () => {
  functions = new TestFunctions(states);
  await functions.define(SOURCE);
});
afterEach(() => functions.stop());

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:fn';

async function run(task: object, input: object, actions = ['lambda:InvokeFunction']) {
  const { ref: stateMachineArn } = await functions.create('AWS::StepFunctions::StateMachine', {
    StateMachineName: 'orders',
    StateMachineType: 'EXPRESS',
    RoleArn: functions.role('Machine', 'states.amazonaws.com', ...actions),
    Definition: { StartAt: 'Call', States: { Call: { Type: 'Task', End: true, ...task } } },
  });
  const { output, ...execution } = await functions.call('states', 'StartSyncExecution', { stateMachineArn, input: JSON.stringify(input) });
  return { ...execution, output: output && JSON.parse(output) };
}

const OPTIMIZED = { Resource: 'arn:aws:states:::lambda:invoke', Parameters: { 'FunctionName': 'fn', 'Payload.$': '$' } };

test('a function runs, by its ARN and by lambda:invoke', async () => {
  expect(await run({ Resource: FUNCTION }, { n: 1 })).toMatchObject({ status: 'SUCCEEDED', output: { got: { n: 1 } } });
  expect(await run(OPTIMIZED, { n: 2 })).toMatchObject({ output: { ExecutedVersion: '$LATEST', Payload: { got: { n: 2 } }, StatusCode: 200 } });
});

test.each([['by its ARN', { Resource: FUNCTION }], ['by lambda:invoke', OPTIMIZED]])('what it throws fails the Task %s', async (_, task) => {
  const { status, error, cause } = await run(task, { fail: true });
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'OutOfStock' });
  expect(JSON.parse(cause)).toMatchObject({ errorType: 'OutOfStock', errorMessage: 'sold out' });
});

test('one that is not there, and one that the role may not call', async () => {
  expect(await run({ Resource: `${FUNCTION}s` }, {})).toMatchObject({ error: 'Lambda.ResourceNotFoundException', cause: expect.stringContaining('Service: AWSLambda; Status Code: 404;') });
  expect(await run({ Resource: FUNCTION }, {}, ['sqs:*'])).toMatchObject({ error: 'Lambda.AWSLambdaException', cause: expect.stringContaining(`lambda:InvokeFunction on resource: ${FUNCTION}`) });
});
