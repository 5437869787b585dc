/** State machines: compiled definitions that execute any number of times. */
import { compileTopBlock } from './compile-block';
import { DefinitionNode } from './definition-node';
import { ExecutionStopped, InvalidDefinitionError, StatesError } from './errors';
import { Branch, Execution } from './execution';
import { jsonDetails } from './history';
import { ExecutionHost, ExecutionRequest, ExecutionResult } from './host';
import { isObject } from './json';
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
    const branch = new Branch(execution, new VariableScope(), execution.cancellation);
    const abort = (): void => execution.cancellation.cancel(new ExecutionStopped('ABORTED'));
    if (request.signal?.aborted) abort();
    request.signal?.addEventListener('abort', abort, { once: true });
    branch.record('ExecutionStarted', execution.recording ? { ...jsonDetails('input', request.input), roleArn: request.context.Execution.RoleArn } : undefined);
    try {
      const pending = runBlock(this.block, branch, request.input);
      const output = isPromise(pending) ? await pending : pending;
      branch.recordEnd('ExecutionSucceeded', execution.recording ? jsonDetails('output', output) : undefined);
      return { status: 'SUCCEEDED', output };
    } catch (error) {
      return end(branch, error);
    } finally {
      request.signal?.removeEventListener('abort', abort);
      execution.cancellation.cancel(new ExecutionStopped('ABORTED'));
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
  branch.recordEnd(END_EVENTS[status], status === 'TIMED_OUT' ? { error: 'States.Timeout' } : details);
  return { status, ...details };
}

/** Compiles a definition. @throws InvalidDefinitionError with AWS's message, or UnsupportedDefinitionError */
export function compileStateMachine(definition: string | object): StateMachine {
  const document: unknown = typeof definition === 'string' ? parse(definition) : definition;
  if (!isObject(document)) throw new InvalidDefinitionError(['SCHEMA_VALIDATION_FAILED: Expected value of type Object at /']);
  const problems: string[] = [];
  const node = new DefinitionNode(document, '', problems);
  const block = compileTopBlock(node);
  const timeoutSeconds = node.integer('TimeoutSeconds', 1, 99_999_999);
  if (problems.length > 0) throw new InvalidDefinitionError(problems);
  return new StateMachine(block, timeoutSeconds);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidDefinitionError([`INVALID_JSON_DESCRIPTION: ${(error as Error).message} at /`]);
  }
}
