import { Executions, StopReason } from './executions';
import { Operation, ServiceContext } from '../../kernel/contracts';

interface StopInput extends StopReason {
  readonly executionArn?: string;
}

/** Ends a standard execution. One that has ended stays as it is. */
export function stopExecution(context: ServiceContext, executions: Executions): Operation<StopInput> {
  return {
    permissions: input => [{ action: 'states:StopExecution', resource: executions.arnOf(input.executionArn) }],
    handle: async ({ executionArn, error, cause }) => {
      const execution = executions.get(executionArn);
      if (!execution.result) {
        execution.stop({ error, cause });
        await execution.finished;
      }
      return { stopDate: (execution.result?.stoppedAt ?? context.clock.now()) / 1000 };
    },
  };
}
