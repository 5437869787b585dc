/** Task states: have the host call their resource. */
import { MaybePromise, chain } from '../maybe-promise';
import { Field } from '../query-language';
import { Visit, CompiledState } from '../state';
import { StateCompiler } from '../state-compiler';
import { TaskCall } from './task-call';
import { parseTaskResource } from './task-resource';

const SECONDS = { minimum: 1, maximum: 99_999_999, integer: true };

/** Compiles a Task state. */
export function compileTask(state: StateCompiler): CompiledState {
  const { node, name, language } = state;
  const dataFlow = language.dataFlow(node);
  const next = state.successor();
  const resource = parseTaskResource(node.requiredText('Resource'));
  const timeout = language.number(node, 'TimeoutSeconds', SECONDS);
  const heartbeat = language.number(node, 'HeartbeatSeconds', SECONDS);
  const credentials = language.template(node, 'Credentials');
  const simple = !timeout && !heartbeat && !credentials;
  const finish = (visit: Visit, result: unknown): MaybePromise<void> => {
    visit.result = result;
    if (visit.inspection) visit.inspection.result = result;
    return dataFlow.finish(visit, result);
  };
  return {
    name,
    type: 'Task',
    errorHandling: state.errorHandling(),
    run: async visit => {
      visit.next = next.state;
      visit.retryCount ??= 0;
      // AWS hands a token to `.sync` calls as well, though nothing waits for it.
      if (resource.submits) visit.taskToken = visit.host.uuid();
      let call: TaskCall;
      if (simple) {
        const argument = dataFlow.argument(visit);
        call = new TaskCall(visit, resource, argument instanceof Promise ? await argument : argument);
      } else {
        const timeoutSeconds = await read(timeout, visit);
        const heartbeatSeconds = await read(heartbeat, visit);
        const argument = await dataFlow.argument(visit);
        call = new TaskCall(visit, resource, argument, await read(credentials, visit), timeoutSeconds, heartbeatSeconds);
      }
      return chain(await call.run(), result => finish(visit, result));
    },
  };
}

function read<T>(field: Field<T> | undefined, visit: Visit): MaybePromise<T | undefined> {
  return field?.(visit, visit.input);
}
