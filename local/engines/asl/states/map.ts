/** Map states: run a block of states for every item of an array. */
import { Cancellation } from '../cancellation';
import { UnsupportedDefinitionError } from '../errors';
import { Visit } from '../execution';
import { MaybePromise, chain } from '../maybe-promise';
import { runParts } from '../parts';
import { runBlock } from '../run-block';
import { CompiledState } from '../state';
import { StateCompiler } from '../state-compiler';

/** The iterations of an inline Map that run at the same time, whatever MaxConcurrency says. */
export const INLINE_CONCURRENCY = 40;

const CONCURRENCY = { minimum: 0, maximum: 2 ** 31 - 1, integer: true };

/** Compiles a Map state. */
export function compileMap({ node, name, language, successor, errorHandling, block }: StateCompiler): CompiledState {
  const processor = node.object('ItemProcessor') ?? node.object('Iterator');
  if (!processor) node.report('The field "ItemProcessor" is required but was missing');
  if (processor?.object('ProcessorConfig')?.value('Mode') === 'DISTRIBUTED') throw new UnsupportedDefinitionError('ProcessorConfig.Mode DISTRIBUTED', node.path);
  node.rejectUnsupported('ItemReader', 'ItemBatcher', 'ResultWriter');
  const dataFlow = language.dataFlow(node);
  const next = successor();
  const items = language.items(node);
  const selector = language.template(node, 'ItemSelector') ?? (language.name === 'JSONPath' ? language.template(node, 'Parameters') : undefined);
  const maxConcurrency = language.number(node, 'MaxConcurrency', CONCURRENCY);
  const states = processor ? block(processor) : { startAt: {} };

  const iterate = (visit: Visit, argument: unknown, values: readonly unknown[], limit: number): MaybePromise<unknown[]> => {
    const { branch } = visit;
    const { recording } = branch.execution;
    const cancellation = new Cancellation(branch.cancellation);
    const outputs = new Array<unknown>(values.length).fill(null);
    branch.record('MapStateStarted', recording ? { length: values.length } : undefined);
    const done = runParts(values.length, limit, cancellation, index => {
      const item = { Index: index, Value: values[index] };
      const details = recording ? { name, index } : undefined;
      const iteration = branch.inner(cancellation, item);
      iteration.record('MapIterationStarted', details);
      const fail = (error: unknown): never => {
        iteration.record(cancellation.cancelledBecause ? 'MapIterationAborted' : 'MapIterationFailed', details);
        throw error;
      };
      const succeed = (output: unknown): void => {
        outputs[index] = output;
        iteration.record('MapIterationSucceeded', details);
      };
      try {
        const input = selector ? selector(visit.forItem(item), argument) : values[index];
        const output = chain(input, value => runBlock(states, iteration, value));
        return output instanceof Promise ? output.then(succeed, fail) : succeed(output);
      } catch (error) {
        return fail(error);
      }
    });
    return chain(done, () => outputs);
  };

  return {
    name,
    type: 'Map',
    errorHandling: errorHandling(),
    run: visit => {
      visit.next = next.state;
      return chain(dataFlow.argument(visit), argument => chain(items(visit, argument), values => chain(maxConcurrency?.(visit, argument) ?? 0, wanted => {
        const limit = Math.min(wanted === 0 ? INLINE_CONCURRENCY : wanted, INLINE_CONCURRENCY);
        return chain(iterate(visit, argument, values, limit), outputs => {
          visit.branch.record('MapStateSucceeded');
          visit.result = outputs;
          return dataFlow.finish(visit, outputs);
        });
      })));
    },
    recordFailure: visit => { visit.branch.record('MapStateFailed'); },
  };
}
