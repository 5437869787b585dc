/** State machines: compiled definitions that execute any number of times. */
import { compileDefinition, parseDefinition, throwProblems } from './definition';
import { ExecutionStopped, StatesError } from './errors';
import { Branch, Execution } from './execution';
import { jsonDetails } from './history';
import { ExecutionHost, ExecutionRequest, ExecutionResult } from './host';
import { isPromise } from './maybe-promise';
import { runBlock } from './run-block';
import { StateBlock } from './state';
import { VariableScope } from './variables';

/** A compiled state machine. */
export class StateMachine {
  constructor(private readonly block: StateBlock, private readonly timeoutSeconds: number | undefined) {}

  /** Runs the state machine to its end; failures of the execution are part of the result. */
  async execute(request: ExecutionRequest, host: ExecutionHost): Promise<ExecutionResult> {
    const execution = new Execution(host, request, this.timeoutSeconds);
    const start = new Branch(execution, new VariableScope(), execution.cancellation);
    // In AWS's histories the first state does not follow the start of the execution.
    const branch = new Branch(execution, new VariableScope(), execution.cancellation);
    request.stoppedBy?.(() => execution.cancellation.cancel(new ExecutionStopped('ABORTED')));
    start.record('ExecutionStarted', () => ({ ...jsonDetails('input', request.input), roleArn: request.context.Execution.RoleArn }));
    try {
      const pending = runBlock(this.block, branch, request.input);
      const output = isPromise(pending) ? await pending : pending;
      branch.recordEnd('ExecutionSucceeded', () => jsonDetails('output', output));
      return { status: 'SUCCEEDED', output };
    } catch (error) {
      return end(branch, error);
    } finally {
      execution.end();
    }
  }
}

const END_EVENTS = { FAILED: 'ExecutionFailed', ABORTED: 'ExecutionAborted', TIMED_OUT: 'ExecutionTimedOut' };

function end(branch: Branch, thrown: unknown): ExecutionResult {
  if (!(thrown instanceof StatesError) && !(thrown instanceof ExecutionStopped)) throw thrown;
  const { error, cause } = thrown;
  const status = thrown instanceof ExecutionStopped ? thrown.status : 'FAILED';
  const details = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  // Only the history tells the error of a timeout; DescribeExecution does not.
  branch.recordEnd(END_EVENTS[status], () => status === 'TIMED_OUT' ? { error: 'States.Timeout' } : details);
  return { status, ...details };
}

/** Compiles a definition. @throws InvalidDefinitionError with AWS's message, or UnsupportedDefinitionError */
export function compileStateMachine(definition: string | object): StateMachine {
  const { block, node } = compileDefinition(parseDefinition(definition), false);
  const timeoutSeconds = node.integer('TimeoutSeconds', 1, 99_999_999);
  throwProblems(node);
  return new StateMachine(block, timeoutSeconds);
}
