/** Pass states: hand on their input, a fixed result, or what their fields make of them. */
import { MaybePromise, chain } from '../maybe-promise';
import { CompiledState } from '../state';
import { StateCompiler } from '../state-compiler';

/** Compiles a Pass state. */
export function compilePass(state: StateCompiler): CompiledState {
  const { node, name, language } = state;
  const dataFlow = language.dataFlow(node);
  const next = state.successor();
  const hasResult = language.name === 'JSONPath' && node.has('Result');
  const result = node.value('Result');
  return {
    name,
    type: 'Pass',
    run: (visit): MaybePromise<void> => {
      visit.next = next.state;
      if (!hasResult) return chain(dataFlow.argument(visit), value => dataFlow.finish(visit, value));
      if (visit.inspection) visit.inspection.result = result;
      return dataFlow.finish(visit, result);
    },
  };
}
