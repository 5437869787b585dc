/** Map states: run a block of states for every item of an array. */
import type { DefinitionNode } from '../definition-node';
import type { Visit } from '../execution';
import { MaybePromise, chain } from '../maybe-promise';
import type { CompiledState } from '../state';
import type { StateCompiler } from '../state-compiler';
import { compileDistributedIteration } from './distributed-iteration';
import { compileInlineIteration } from './inline-iteration';

/** Runs the block for all items, and comes to their outputs in the items' order. */
export interface Iteration {
  /** The most iterations at the same time, whatever MaxConcurrency says. */
  readonly concurrency: number;
  run(visit: Visit, argument: unknown, items: readonly unknown[], concurrency: number): MaybePromise<unknown[]>;
}

const CONCURRENCY = { minimum: 0, maximum: Infinity, integer: true };

/** Compiles a Map state. */
export function compileMap(state: StateCompiler): CompiledState {
  const { node, name, language, successor, errorHandling } = state;
  // AWS reads these from and writes them to S3.
  node.rejectUnsupported('ItemReader', 'ItemBatcher', 'ResultWriter');
  const dataFlow = language.dataFlow(node);
  const next = successor();
  const items = language.items(node);
  const maxConcurrency = language.number(node, 'MaxConcurrency', CONCURRENCY);
  const iteration = compileIteration(state);

  return {
    name,
    type: 'Map',
    errorHandling: errorHandling(),
    run: visit => {
      visit.next = next.state;
      return chain(dataFlow.argument(visit), argument => chain(items(visit, argument), values => chain(maxConcurrency?.(visit, argument) ?? 0, wanted => {
        const concurrency = wanted === 0 ? iteration.concurrency : Math.min(wanted, iteration.concurrency);
        return chain(iteration.run(visit, argument, values, concurrency), outputs => {
          visit.branch.record('MapStateSucceeded');
          visit.result = outputs;
          return dataFlow.finish(visit, outputs);
        });
      })));
    },
    recordFailure: visit => { visit.branch.record('MapStateFailed'); },
  };
}

function compileIteration(state: StateCompiler): Iteration {
  const { node, language } = state;
  const processor = processorOf(node);
  const selector = language.template(node, 'ItemSelector') ?? (language.name === 'JSONPath' ? language.template(node, 'Parameters') : undefined);
  const states = processor ? state.block(processor) : { startAt: {} };
  const config = processor?.object('ProcessorConfig');
  const isDistributed = config?.value('Mode') === 'DISTRIBUTED';
  return isDistributed ? compileDistributedIteration(state, config, states, selector) : compileInlineIteration(state.name, states, selector);
}

function processorOf(node: DefinitionNode): DefinitionNode | undefined {
  const processor = node.object('ItemProcessor') ?? node.object('Iterator');
  if (!processor) node.report('The field "ItemProcessor" is required but was missing');
  return processor;
}
