/** The names of variables: their form, and that inner scopes do not hide those of outer ones. */
import { DefinitionNode } from './definition-node';
import { isObject } from './json';

const NAME = /^[\p{ID_Start}][\p{ID_Continue}]*$/u;
const MAX_NAME_LENGTH = 80;
const RESERVED = 'states';

/** Reports bad names in a block, given those that the blocks around it assign; comes to all names the block's states may read. */
export function checkVariableNames(states: DefinitionNode, outer: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set(outer);
  for (const stateName of Object.keys(states.fields)) {
    const state = isObject(states.value(stateName)) ? states.object(stateName) : undefined;
    if (!state) continue;
    for (const assigning of [state, ...entries(state, 'Choices'), ...entries(state, 'Catch')]) checkAssign(assigning, outer, names);
  }
  return names;
}

function entries(state: DefinitionNode, field: string): DefinitionNode[] {
  return Array.isArray(state.value(field)) ? state.objects(field) : [];
}

function checkAssign(node: DefinitionNode, outer: ReadonlySet<string>, names: Set<string>): void {
  const assign = node.value('Assign');
  if (!isObject(assign)) return;
  for (const field of Object.keys(assign)) {
    const name = field.endsWith('.$') ? field.slice(0, -2) : field;
    if (!NAME.test(name) || name.length > MAX_NAME_LENGTH || name === RESERVED) node.report(`Invalid workflow variable name: ${name}`, `Assign/${field}`);
    else if (outer.has(name)) node.report(`The variable name '${name}' was already defined in a parent scope.`, `Assign/${field}`, 'DUPLICATE_VARIABLE_NAME');
    names.add(name);
  }
}
