/** Choice states: take the first rule that applies. */
import { runtimeFault } from '../errors';
import { MaybePromise, chain, isPromise } from '../maybe-promise';
import { ChoiceRule } from '../query-language';
import { CompiledState, Destination, Visit } from '../state';
import { StateCompiler } from '../state-compiler';

interface Rule extends ChoiceRule {
  readonly next: Destination;
}

/** Compiles a Choice state. */
export function compileChoice(state: StateCompiler): CompiledState {
  const { node, name, language } = state;
  const dataFlow = language.dataFlow(node);
  const rules = node.objects('Choices').map((rule, index): Rule => {
    const next = state.destination(rule);
    return { ...language.choiceRule(rule, node, `Choices[${index}]`), next };
  });
  if (!node.has('Choices')) node.report('The field "Choices" is required but was missing');
  else if (rules.length === 0) node.report('Value cannot be empty', 'Choices');
  const otherwise = node.has('Default') ? state.destination(node, 'Default') : undefined;
  return {
    name,
    type: 'Choice',
    run: visit => chain(dataFlow.argument(visit), argument => chain(firstMatch(rules, 0, visit, argument), rule => {
      if (rule) {
        visit.next = rule.next.state;
        return rule.dataFlow.finish(visit, argument);
      }
      if (!otherwise) throw runtimeFault('Failed to transition out of the state. The state does not point to a next state.');
      visit.next = otherwise.state;
      return dataFlow.finish(visit, argument);
    })),
  };
}

function firstMatch(rules: readonly Rule[], start: number, visit: Visit, argument: unknown): MaybePromise<Rule | undefined> {
  for (let index = start; index < rules.length; index++) {
    const rule = rules[index];
    const applies = rule.applies(visit, argument);
    if (isPromise(applies)) return applies.then(yes => yes ? rule : firstMatch(rules, index + 1, visit, argument));
    if (applies) return rule;
  }
  return undefined;
}
