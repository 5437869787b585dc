import { parseResource, runTask } from './integrations';
import { StateMachines } from './state-machines';
import { SampleTask, sampleTasks } from '../../engines/asl';
import { Rehearsal, ServiceContext } from '../../kernel/contracts';

/** It leaves this machine. */
const NOT_REHEARSED = /:http:invoke$/;

/** The connection that a message is posted to is known only when it is. */
const SOME_CONNECTION = '/@connections/{connectionId}';

/** The calls that the tasks of state machines make, each with the role of its machine. */
export async function* rehearsals(context: ServiceContext, stateMachines: StateMachines): AsyncGenerator<Rehearsal> {
  for (const { arn, constructPath, definition, roleArn } of stateMachines.all()) {
    for (const task of await sampleTasks(JSON.parse(definition))) {
      const by = `${constructPath.replace(/\/Resource$/, '')}, state ${task.state}`;
      const principal = () => context.assumeRole(roleArn, 'states.amazonaws.com', arn);
      if (!NOT_REHEARSED.test(task.resource)) {
        yield { by, call: () => runTask(context, { ...task, arguments: argumentsOf(task), principal: principal() }) };
      }
      for (const call of callsOnExecutionOf(task)) {
        yield { by, call: () => context.invoke({ principal: principal(), service: 'states', ...call }) };
      }
    }
  }
}

/** Who waits for an execution asks how it has ended, and stops it when the waiting is over before. */
function callsOnExecutionOf({ resource, arguments: known }: SampleTask): Array<{ readonly operation: string; readonly input: object }> {
  const { StateMachineArn: arn } = (known ?? {}) as { readonly StateMachineArn?: unknown };
  if (!parseResource(resource).pattern?.startsWith('sync') || typeof arn !== 'string') {
    return [];
  }
  const input = { executionArn: `${arn.replace(':stateMachine:', ':execution:')}:*` };
  return ['DescribeExecution', 'StopExecution'].map(operation => ({ operation, input }));
}

function argumentsOf({ resource, arguments: known }: SampleTask): unknown {
  const { Path: path = '@connections/', ...others } = (known ?? {}) as { readonly Path?: string };
  return resource.endsWith(':apigateway:invoke') && path.endsWith('@connections/') ? { ...others, Path: SOME_CONNECTION } : known;
}
