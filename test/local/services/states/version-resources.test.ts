import { states } from '../../../../local/services/states';
import { TestKernel } from '../../../support/test-kernel';

const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:shop';
const definition = (result: number) => JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', Result: result, End: true } } });

let kernel: TestKernel;
beforeEach(() => {
  kernel = new TestKernel(states);
});

const machine = (result: number) => kernel.create('AWS::StepFunctions::StateMachine', {
  StateMachineName: 'shop', RoleArn: kernel.role('Machine', 'states.amazonaws.com'), DefinitionString: definition(result),
}, 'Shop');
const publish = async () => (await kernel.create('AWS::StepFunctions::StateMachineVersion', { StateMachineArn: ARN })).ref;
const alias = (properties: object) => kernel.create('AWS::StepFunctions::StateMachineAlias', { Name: 'live', ...properties });

async function run(stateMachineArn: string) {
  const { executionArn } = await kernel.call('states', 'StartExecution', { stateMachineArn });
  await kernel.clock.advance(0);
  return kernel.call('states', 'DescribeExecution', { executionArn });
}

test('a version stays as it was when it was published', async () => {
  await machine(1);
  expect(await publish()).toBe(`${ARN}:1`);
  expect(await publish()).toBe(`${ARN}:1`);
  await machine(2);
  expect(await publish()).toBe(`${ARN}:2`);
  expect(await run(`${ARN}:1`)).toMatchObject({ output: '1', stateMachineArn: ARN, stateMachineVersionArn: `${ARN}:1`, executionArn: expect.stringContaining(':execution:shop:') });
  expect(await run(`${ARN}:2`)).toMatchObject({ output: '2' });
  expect(await run(ARN)).not.toHaveProperty('stateMachineVersionArn');
});

test('an alias leads to its versions, by their weights', async () => {
  await machine(1);
  const first = await publish();
  await machine(2);
  const second = await publish();
  const { ref } = await alias({ RoutingConfiguration: [{ StateMachineVersionArn: first, Weight: 0 }, { StateMachineVersionArn: second, Weight: 100 }] });
  expect(ref).toBe(`${ARN}:live`);
  expect(await run(ref)).toMatchObject({ output: '2', stateMachineVersionArn: second, stateMachineAliasArn: ref });
  await alias({ DeploymentPreference: { StateMachineVersionArn: first } });
  expect(await run(ref)).toMatchObject({ output: '1', stateMachineVersionArn: first });
});

test('a policy has to allow the alias as such', async () => {
  await machine(1);
  const { ref } = await alias({ DeploymentPreference: { StateMachineVersionArn: await publish() } });
  const arn = 'arn:aws:iam::000000000000:role/Starter';
  kernel.kernel.roles.define({
    arn,
    name: 'Starter',
    trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    policies: [{ name: 'P', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: ref }] } }],
  });
  const principal = kernel.kernel.assumeRole(arn, 'lambda.amazonaws.com', 'x');
  await expect(kernel.call('states', 'StartExecution', { stateMachineArn: ARN }, principal)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  expect(await kernel.call('states', 'StartExecution', { stateMachineArn: ref }, principal)).toHaveProperty('executionArn');
});

test('they go with their state machine', async () => {
  const { ref } = await machine(1);
  const version = await publish();
  await alias({ DeploymentPreference: { StateMachineVersionArn: version } });
  await kernel.call('states', 'DeleteStateMachine', { stateMachineArn: ref });
  for (const stateMachineArn of [version, `${ARN}:live`, ref]) {
    await expect(kernel.call('states', 'StartExecution', { stateMachineArn })).rejects.toMatchObject({ code: 'StateMachineDoesNotExist' });
  }
});

test.each<[string, object, RegExp]>([
  ['no version', { RoutingConfiguration: [] }, /one or two versions/],
  ['weights of less than 100', { RoutingConfiguration: [{ StateMachineVersionArn: `${ARN}:1`, Weight: 99 }] }, /sum up to 100/],
  ['a version that is not there', { RoutingConfiguration: [{ StateMachineVersionArn: `${ARN}:7`, Weight: 100 }] }, /Version not found: '.*:7'/],
])('an alias of %s is refused', async (_, properties, message) => {
  await machine(1);
  await publish();
  await expect((async () => alias(properties))()).rejects.toThrow(message);
  await expect(kernel.call('states', 'StartExecution', { stateMachineArn: `${ARN}:live` })).rejects.toMatchObject({ code: 'StateMachineDoesNotExist' });
});
