/** Map states: run a block of states for every item of an array. */
import { DefinitionNode } from '../definition-node';
import { FailureLimits, Inspection } from '../inspection';
import { MaybePromise, chain } from '../maybe-promise';
import { CompiledState, Visit } from '../state';
import { StateCompiler } from '../state-compiler';
import { compileDistributedIteration } from './distributed-iteration';
import { compileInlineIteration } from './inline-iteration';
import { Iteration, MapSettings } from './iteration';

const CONCURRENCY = { minimum: 0, maximum: Infinity, integer: true };
const COUNT = { minimum: 0, maximum: Infinity, integer: true };
const PERCENTAGE = { minimum: 0, maximum: 100, integer: false };

/** Compiles a Map state. */
export function compileMap(state: StateCompiler): CompiledState {
  const { node, name, language } = state;
  // AWS reads these from and writes them to S3.
  node.rejectUnsupported('ItemReader', 'ItemBatcher', 'ResultWriter');
  const dataFlow = language.dataFlow(node);
  const next = state.successor();
  const itemsOf = node.has('ItemReader') ? readItems : language.items(node);
  const maxConcurrency = language.number(node, 'MaxConcurrency', CONCURRENCY);
  const maxCount = language.number(node, 'ToleratedFailureCount', COUNT);
  const maxPercentage = language.number(node, 'ToleratedFailurePercentage', PERCENTAGE);
  const iteration = compileIteration(state);

  const limitsOf = (visit: Visit, argument: unknown): MaybePromise<FailureLimits> => {
    if (!maxCount && !maxPercentage) return NO_LIMITS;
    return chain(maxCount?.(visit, argument), count => chain(maxPercentage?.(visit, argument), percentage => ({ count, percentage })));
  };
  const iterate = (visit: Visit, argument: unknown, items: readonly unknown[], wanted: number): MaybePromise<unknown> => {
    visit.branch.record('MapStateStarted', () => ({ length: items.length }));
    return chain(limitsOf(visit, argument), limits => {
      const concurrency = wanted === 0 ? iteration.concurrency : Math.min(wanted, iteration.concurrency);
      const settings = { argument, items, concurrency, limits };
      if (visit.inspection) inspect(visit.inspection, settings, wanted, language.name);
      return visit.mock ? visit.mock.run(items.length, limits) : iteration.run(visit, settings);
    });
  };

  return {
    name,
    type: 'Map',
    errorHandling: state.errorHandling(),
    run: visit => {
      visit.next = next.state;
      visit.retryCount ??= 0;
      return chain(dataFlow.argument(visit), argument => chain(itemsOf(visit, argument), items => chain(maxConcurrency?.(visit, argument) ?? 0, wanted =>
        chain(iterate(visit, argument, items, wanted), outputs => {
          visit.branch.rejoin();
          visit.branch.record('MapStateSucceeded');
          visit.result = outputs;
          return dataFlow.finish(visit, outputs);
        }))));
    },
    recordFailure: visit => {
      visit.branch.rejoin();
      visit.branch.record('MapStateFailed');
    },
  };
}

const NO_LIMITS: FailureLimits = {};

function readItems({ mock }: Visit): unknown[] {
  return [...mock?.items ?? []];
}

function inspect(inspection: Inspection, { items, limits: { count, percentage } }: MapSettings, maxConcurrency: number, language: string): void {
  if (language === 'JSONPath') inspection.afterItemsPath = items;
  inspection.maxConcurrency = maxConcurrency;
  if (count !== undefined) inspection.toleratedFailureCount = count;
  if (percentage !== undefined) inspection.toleratedFailurePercentage = percentage;
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
