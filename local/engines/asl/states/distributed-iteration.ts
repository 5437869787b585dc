/** Distributed Map states over an array: every item is an execution of its own, and some of them may fail. */
import { Cancellation } from '../cancellation';
import { DefinitionNode } from '../definition-node';
import { ExecutionStopped, StatesError } from '../errors';
import { Branch, Execution } from '../execution';
import { FailureLimits } from '../inspection';
import { MaybePromise, chain, isPromise } from '../maybe-promise';
import { runParts } from '../parts';
import { Field } from '../query-language';
import { runBlock } from '../run-block';
import { Visit, StateBlock } from '../state';
import { StateCompiler } from '../state-compiler';
import { VariableScope } from '../variables';
import { Iteration, MapSettings } from './iteration';

const MAX_CONCURRENCY = 10_000;

/** Whether that many failures are more than a run of the Map may have. */
export function exceedsLimits(failures: number, total: number, { count, percentage }: FailureLimits): boolean {
  if (count === undefined && percentage === undefined) return failures > 0;
  return failures > (count ?? Infinity) || (failures / total) * 100 > (percentage ?? Infinity);
}

/** The failure of a Map that had too many failures. */
export function toleranceExceeded(): StatesError {
  return new StatesError('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');
}

/** Compiles the child executions of a distributed Map. */
export function compileDistributedIteration(
  { node, name }: StateCompiler, config: DefinitionNode, states: StateBlock, selector: Field<unknown> | undefined,
): Iteration {
  const type = config.value('ExecutionType') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  const label = node.text('Label') ?? name;

  const runChild = (visit: Visit, cancellation: Cancellation, input: unknown): MaybePromise<unknown> => {
    const child = visit.branch.execution.startChild(input, type, label, cancellation);
    const output = runBlock(states, new Branch(child, new VariableScope(), child.cancellation), input);
    // Nothing watches a child that did not have to wait.
    return isPromise(output) ? output.finally(() => child.end()) : output;
  };

  const run = (visit: Visit, { argument, items, concurrency, limits }: MapSettings): MaybePromise<unknown[]> => {
    const { branch } = visit;
    const cancellation = new Cancellation(branch.cancellation);
    const outputs = new Array<unknown>(items.length).fill(null);
    const runArn = mapRunArn(branch.execution, label);
    let failures = 0;
    branch.record('MapRunStarted', () => ({ mapRunArn: runArn }));

    const runItem = (index: number): MaybePromise<void> => {
      const settle = (error: unknown): void => {
        if (cancellation.cancelledBecause) throw cancellation.cancelledBecause;
        outputs[index] = failureOutput(error);
        if (!exceedsLimits(++failures, items.length, limits)) return;
        const failure = toleranceExceeded();
        branch.record('MapRunFailed', () => ({ error: failure.error, cause: failure.cause }));
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

  return { concurrency: MAX_CONCURRENCY, run };
}

function failureOutput(error: unknown): unknown {
  if (!(error instanceof StatesError) && !(error instanceof ExecutionStopped)) throw error;
  return { Error: error.error ?? null, Cause: error.cause ?? null };
}

function mapRunArn({ context, host }: Execution, label: string): string {
  return `${context.StateMachine.Id.replace(':stateMachine:', ':mapRun:')}/${label}:${host.uuid()}`;
}
