/** Parallel states: run several branches on the same input and gather their outputs. */
import { Cancellation } from '../cancellation';
import { MaybePromise, chain } from '../maybe-promise';
import { runParts } from '../parts';
import { runBlock } from '../run-block';
import { Visit, CompiledState } from '../state';
import { StateCompiler } from '../state-compiler';

/** Compiles a Parallel state. */
export function compileParallel(state: StateCompiler): CompiledState {
  const { node, name, language } = state;
  const dataFlow = language.dataFlow(node);
  const next = state.successor();
  if (!node.has('Branches')) node.report('The field "Branches" is required but was missing');
  const branches = node.objects('Branches').map(branch => state.block(branch));
  if (Array.isArray(node.value('Branches')) && branches.length === 0) node.report('Value cannot be empty', 'Branches');

  const runBranches = (visit: Visit, argument: unknown): MaybePromise<unknown> => {
    if (visit.mock) return visit.mock.run(branches.length, {});
    const { branch } = visit;
    const cancellation = new Cancellation(branch.cancellation);
    const outputs = new Array<unknown>(branches.length).fill(null);
    branch.record('ParallelStateStarted');
    const done = runParts(branches.length, branches.length, cancellation, index => chain(
      runBlock(branches[index], branch.inner(cancellation), argument),
      output => { outputs[index] = output; },
    ));
    return chain(done, () => outputs);
  };

  return {
    name,
    type: 'Parallel',
    errorHandling: state.errorHandling(),
    run: visit => {
      visit.next = next.state;
      visit.retryCount ??= 0;
      return chain(dataFlow.argument(visit), argument => chain(runBranches(visit, argument), outputs => {
        visit.branch.rejoin();
        visit.branch.record('ParallelStateSucceeded');
        visit.result = outputs;
        return dataFlow.finish(visit, outputs);
      }));
    },
    recordFailure: visit => {
      visit.branch.rejoin();
      visit.branch.record('ParallelStateFailed');
    },
  };
}
