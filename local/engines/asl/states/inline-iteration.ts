/** Inline Map states: their iterations are part of the execution and of its history. */
import { Cancellation } from '../cancellation';
import { isUncatchable } from '../error-handling';
import { ExecutionStopped } from '../errors';
import { EventDetails } from '../history';
import { MaybePromise, chain } from '../maybe-promise';
import { runParts } from '../parts';
import { Field } from '../query-language';
import { runBlock } from '../run-block';
import { StateBlock, Visit } from '../state';
import { Iteration, MapSettings } from './iteration';

const MAX_CONCURRENCY = 40;

/** Compiles the iterations of an inline Map. */
export function compileInlineIteration(name: string, states: StateBlock, selector: Field<unknown> | undefined): Iteration {
  const run = (visit: Visit, { argument, items, concurrency }: MapSettings): MaybePromise<unknown[]> => {
    const { branch } = visit;
    const cancellation = new Cancellation(branch.cancellation);
    const outputs = new Array<unknown>(items.length).fill(null);

    const runItem = (index: number): MaybePromise<void> => {
      const item = { Index: index, Value: items[index] };
      const details = (): EventDetails => ({ name, index });
      const iteration = branch.inner(cancellation, item);
      const fail = (error: unknown): never => {
        if (!isUncatchable(error) && !cancellation.cancelledBecause) iteration.record('MapIterationFailed', details);
        throw error;
      };
      const succeed = (output: unknown): void => {
        outputs[index] = output;
        iteration.record('MapIterationSucceeded', details);
      };
      iteration.record('MapIterationStarted', details);
      try {
        const input = selector ? selector(visit.forItem(item), argument) : items[index];
        const output = chain(input, value => runBlock(states, iteration, value));
        return output instanceof Promise ? announceAbort(output, cancellation, () => iteration.recordEnd('MapIterationAborted', details)).then(succeed, fail) : succeed(output);
      } catch (error) {
        return fail(error);
      }
    };

    return chain(runParts(items.length, concurrency, cancellation, runItem), () => outputs);
  };
  return { concurrency: MAX_CONCURRENCY, run };
}

/** Tells when an iteration is stopped on its way because another one failed. */
async function announceAbort<T>(pending: Promise<T>, cancellation: Cancellation, announce: () => void): Promise<T> {
  const forget = cancellation.onCancel(reason => {
    if (!(reason instanceof ExecutionStopped)) announce();
  });
  try {
    return await pending;
  } finally {
    forget();
  }
}
