/** Succeed states: end their branch with their output. */
import { chain } from '../maybe-promise';
import { CompiledState } from '../state';
import { StateCompiler } from '../state-compiler';

/** Compiles a Succeed state. */
export function compileSucceed({ node, name, language }: StateCompiler): CompiledState {
  const dataFlow = language.dataFlow(node);
  return {
    name,
    type: 'Succeed',
    run: visit => {
      visit.next = undefined;
      return chain(dataFlow.argument(visit), value => dataFlow.finish(visit, value));
    },
  };
}
