import { Service, ServiceFactory } from '../../../../local/kernel/contracts';
import { states } from '../../../../local/services/states';
import { TestKernel } from '../../../support/test-kernel';

/** Stands for a service behind the tasks: answers as it is told, and keeps what it was asked. */
export function fakeService(name: string, answer: (operation: string, input: any) => unknown) {
  const calls: Array<{ operation: string; input: any }> = [];
  const operations = new Proxy({}, {
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    has: () => true,
    get: (_, operation: string) => ({
      permissions: () => [{ action: `${name}:${operation}`, resource: '*' }],
      handle: (input: unknown) => {
        calls.push({ operation, input });
        return answer(operation, input);
      },
    }),
  });
  return { calls, factory: (): Service => ({ name, operations, resourceTypes: {} }) };
}

/** A workflow of one Task. */
export const task = (resource: string, parameters: object, more: object = {}) => ({
  QueryLanguage: 'JSONata', StartAt: 'Task', States: { Task: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Arguments: parameters, End: true, ...more } },
});

/** A state machine whose role may do the actions, and how to run it when it is an express one. */
export async function start(definition: object, { type = 'EXPRESS', services = [] as ServiceFactory[], actions = ['*'] } = {}) {
  const test = new TestKernel(states, ...services);
  const RoleArn = test.role('Machine', 'states.amazonaws.com', ...actions);
  const { ref: stateMachineArn } = await test.create('AWS::StepFunctions::StateMachine', {
    StateMachineName: 'Machine', StateMachineType: type, RoleArn, DefinitionString: JSON.stringify(definition),
  });
  const run = (input: unknown = {}) => test.call('states', 'StartSyncExecution', { stateMachineArn, input: typeof input === 'string' ? input : JSON.stringify(input) });
  return { test, stateMachineArn, run };
}
