/** Distributed Map states over an array: every item is an execution of its own, and some of them may fail. */
import { Cancellation } from '../cancellation';
import type { DefinitionNode } from '../definition-node';
import { ExecutionStopped, StatesError } from '../errors';
import { Branch, Execution, Visit } from '../execution';
import { MaybePromise, chain } from '../maybe-promise';
import { runParts } from '../parts';
import type { Field } from '../query-language';
import { runBlock } from '../run-block';
import type { StateBlock } from '../state';
import type { StateCompiler } from '../state-compiler';
import { VariableScope } from '../variables';
import type { Iteration } from './map';

const MAX_CONCURRENCY = 10_000;
const COUNT = { minimum: 0, maximum: Infinity, integer: true };
const PERCENTAGE = { minimum: 0, maximum: 100, integer: false };

/** The failures a run of the Map has had and may have. */
class FailureTolerance {
  private failures = 0;

  constructor(private readonly total: number, private readonly count: number | undefined, private readonly percentage: number | undefined) {}

  /** Counts a failure; whether there are too many now. */
  isExceeded(): boolean {
    this.failures++;
    if (this.count === undefined && this.percentage === undefined) return true;
    return this.failures > (this.count ?? Infinity) || (this.failures / this.total) * 100 > (this.percentage ?? Infinity);
  }
}

/** Compiles the child executions of a distributed Map. */
export function compileDistributedIteration(
  { node, name, language }: StateCompiler, config: DefinitionNode, states: StateBlock, selector: Field<unknown> | undefined,
): Iteration {
  const type = config.value('ExecutionType') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  const label = node.text('Label') ?? name;
  const toleratedCount = language.number(node, 'ToleratedFailureCount', COUNT);
  const toleratedPercentage = language.number(node, 'ToleratedFailurePercentage', PERCENTAGE);

  const runChild = (visit: Visit, cancellation: Cancellation, input: unknown): MaybePromise<unknown> => {
    const child = visit.branch.execution.startChild(input, type, label, cancellation);
    return chain(runBlock(states, new Branch(child, new VariableScope(), child.cancellation), input), output => output);
  };

  const runAll = (visit: Visit, argument: unknown, items: readonly unknown[], concurrency: number, tolerance: FailureTolerance): MaybePromise<unknown[]> => {
    const { branch } = visit;
    const { recording } = branch.execution;
    const cancellation = new Cancellation(branch.cancellation);
    const outputs = new Array<unknown>(items.length).fill(null);
    branch.record('MapStateStarted', recording ? { length: items.length } : undefined);
    branch.record('MapRunStarted', recording ? { mapRunArn: mapRunArn(branch.execution, label) } : undefined);

    const runItem = (index: number): MaybePromise<void> => {
      const settle = (error: unknown): void => {
        if (cancellation.cancelledBecause) throw cancellation.cancelledBecause;
        outputs[index] = failureOutput(error);
        if (!tolerance.isExceeded()) return;
        const failure = new StatesError('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');
        branch.record('MapRunFailed', recording ? { error: failure.error, cause: failure.cause } : undefined);
        throw failure;
      };
      // What goes wrong before a child starts is the Map state's own failure.
      const input = selector ? selector(visit.forItem({ Index: index, Value: items[index] }), argument) : items[index];
      return chain(input, value => {
        try {
          const output = runChild(visit, cancellation, value);
          if (output instanceof Promise) return output.then(result => { outputs[index] = result; }, settle);
          outputs[index] = output;
          return undefined;
        } catch (error) {
          return settle(error);
        }
      });
    };

    return chain(runParts(items.length, concurrency, cancellation, runItem), () => {
      branch.record('MapRunSucceeded');
      return outputs;
    });
  };

  return {
    concurrency: MAX_CONCURRENCY,
    run: (visit, argument, items, concurrency) => chain(toleratedCount?.(visit, argument), count => chain(toleratedPercentage?.(visit, argument), percentage =>
      runAll(visit, argument, items, concurrency, new FailureTolerance(items.length, count, percentage)))),
  };
}

function failureOutput(error: unknown): unknown {
  if (!(error instanceof StatesError) && !(error instanceof ExecutionStopped)) throw error;
  return { Error: error.error ?? null, Cause: error.cause ?? null };
}

function mapRunArn({ context, host }: Execution, label: string): string {
  return `${context.StateMachine.Id.replace(':stateMachine:', ':mapRun:')}/${label}:${host.uuid()}`;
}
