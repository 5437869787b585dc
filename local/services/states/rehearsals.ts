import { runTask } from './integrations';
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
      if (!NOT_REHEARSED.test(task.resource)) {
        yield {
          by: `${constructPath.replace(/\/Resource$/, '')}, state ${task.state}`,
          call: () => runTask(context, { ...task, arguments: argumentsOf(task), principal: context.assumeRole(roleArn, 'states.amazonaws.com', arn) }),
        };
      }
    }
  }
}

function argumentsOf({ resource, arguments: known }: SampleTask): unknown {
  const { Path: path = '@connections/', ...others } = (known ?? {}) as { readonly Path?: string };
  return resource.endsWith(':apigateway:invoke') && path.endsWith('@connections/') ? { ...others, Path: SOME_CONNECTION } : known;
}
