/** Where the states of a block lead: targets that exist, states that can be reached, and an end. */
import { DefinitionNode } from './definition-node';

/** Reports states that nothing leads to, or a block that never ends. */
export function checkTransitions(block: DefinitionNode, states: DefinitionNode): void {
  const reachable = new Set<string>();
  const pending = [block.value('StartAt')];
  let ends = false;
  while (pending.length > 0) {
    const name = pending.pop();
    if (typeof name !== 'string' || reachable.has(name) || !states.has(name)) continue;
    reachable.add(name);
    const state = states.object(name);
    if (!state) return;
    const type = state.value('Type');
    ends ||= type === 'Succeed' || type === 'Fail' || state.value('End') === true;
    pending.push(state.value('Next'), state.value('Default'));
    for (const field of ['Choices', 'Catch']) {
      if (Array.isArray(state.value(field))) pending.push(...state.objects(field).map(entry => entry.value('Next')));
    }
  }
  if (reachable.size === 0) return;
  const lost = Object.keys(states.fields).filter(name => !reachable.has(name));
  for (const name of lost) states.report(`State "${name}" is not reachable.`, name, 'MISSING_TRANSITION_TARGET');
  if (lost.length === 0 && !ends) block.reportAt('null', 'Workflow has no terminal state', 'MISSING_END_STATE');
}
