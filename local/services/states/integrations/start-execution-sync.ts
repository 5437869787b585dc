import { IntegrationPattern } from './integration';
import { optimizedError } from './optimized';
import { ACTIONS } from './optimized-actions';
import { WaitingTask } from './waiting-task';
import { StatesError } from '../../../engines/asl';
import { AwsError } from '../../../kernel/aws-error';
import { Principal, ServiceContext } from '../../../kernel/contracts';

type Description = Readonly<Record<string, any>>;

/** The end of an execution that a Task has started, as the Task gives it; the execution is stopped when the Task is. */
export async function waitForExecution(
  context: ServiceContext, principal: Principal, answer: unknown, pattern: IntegrationPattern, waiting: WaitingTask,
): Promise<unknown> {
  const { ExecutionArn: executionArn } = answer as { readonly ExecutionArn: string };
  const call = (operation: string) => context.invoke({ principal, service: 'states', operation, input: { executionArn } });
  // Whether the role may stop it or not, the Task is over.
  const stop = () => void call('StopExecution').catch(() => {});
  waiting.signal.addEventListener('abort', stop, { once: true });
  if (waiting.signal.aborted) {
    // The Task has ended while the other was being started.
    stop();
  }
  try {
    await waiting.ended(executionArn);
  } finally {
    waiting.signal.removeEventListener('abort', stop);
  }
  try {
    return resultOf(await call('DescribeExecution') as Description, pattern);
  } catch (error) {
    throw error instanceof AwsError ? optimizedError(context, ACTIONS['states:startExecution'], error) : error;
  }
}

function resultOf(execution: Description, pattern: IntegrationPattern): object {
  const { status, input, output } = execution;
  const texts = { input, output };
  if (status !== 'SUCCEEDED') {
    throw new StatesError('States.TaskFailed', JSON.stringify(describe(execution, texts)));
  }
  return describe(execution, pattern === 'sync:2' ? { input: JSON.parse(input), output: JSON.parse(output) } : texts);
}

function describe(execution: Description, { input, output }: { readonly input: unknown; readonly output: unknown }): object {
  const { cause, error, executionArn, name, redriveCount, redriveStatus, redriveStatusReason, startDate, stateMachineArn, status, stopDate } = execution;
  const members = {
    Cause: cause,
    Error: error,
    ExecutionArn: executionArn,
    Input: input,
    InputDetails: { Included: true },
    Name: name,
    Output: output,
    OutputDetails: output === undefined ? undefined : { Included: true },
    RedriveCount: redriveCount,
    RedriveStatus: redriveStatus,
    RedriveStatusReason: redriveStatusReason,
    StartDate: startDate * 1000,
    StateMachineArn: stateMachineArn,
    Status: status,
    StopDate: stopDate * 1000,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
