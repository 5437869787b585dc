/** Conditions of JSONPath Choice rules. */
import { DefinitionNode } from '../definition-node';
import { runtimeFault } from '../errors';
import { isObject } from '../json';
import { Visit } from '../state';
import { COMPARISONS, TYPE_TESTS, compileStringMatches } from './choice-operators';
import { PathReference, compilePath } from './path-reference';

/** Whether a rule applies to the data of a visit. */
export type ChoiceCondition = (visit: Visit, root: unknown) => boolean;

const NOT_OPERATORS: ReadonlySet<string> = new Set(['Variable', 'Next', 'Assign', 'Comment']);
const MAX_NESTING = 50;

/** Compiles a rule or a part of one. */
export function compileCondition(node: DefinitionNode, depth = 0): ChoiceCondition {
  if (depth > MAX_NESTING) {
    node.report(`Conditions must not be nested more than ${MAX_NESTING} deep`);
    return () => false;
  }
  const operators = Object.keys(node.fields).filter(name => !NOT_OPERATORS.has(name));
  if (operators.length !== 1) {
    node.report(`Expected exactly one comparison operator but found: [${operators.join(', ')}]`);
    return () => false;
  }
  const [operator] = operators;
  if (operator === 'And' || operator === 'Or') {
    const parts = node.objects(operator).map(part => compileCondition(part, depth + 1));
    if (parts.length === 0) node.report('Value cannot be empty', operator);
    return operator === 'And' ? (visit, root) => parts.every(part => part(visit, root)) : (visit, root) => parts.some(part => part(visit, root));
  }
  if (operator === 'Not') {
    const part = node.object('Not');
    const condition = part && compileCondition(part, depth + 1);
    if (!isObject(node.value('Not'))) return () => false;
    return (visit, root) => !condition!(visit, root);
  }
  return compileTest(node, operator);
}

function compileTest(node: DefinitionNode, operator: string): ChoiceCondition {
  const variable = pathField(node, 'Variable');
  const expected = node.value(operator);
  if (!variable) return () => false;

  if (operator === 'IsPresent') {
    expectBoolean(node, operator);
    return (visit, root) => (variable.read(visit, root) !== undefined) === expected;
  }
  const typeTest = TYPE_TESTS.get(operator);
  if (typeTest) {
    expectBoolean(node, operator);
    return (visit, root) => typeTest(read(variable, visit, root)) === expected;
  }
  if (operator === 'StringMatches') {
    const matches = compileStringMatches(node.requiredText(operator));
    return (visit, root) => matches(read(variable, visit, root));
  }
  const comparison = COMPARISONS.get(operator);
  if (comparison) {
    if (!comparison.accepts(expected)) node.report('Value has the wrong type for this operator', operator);
    return (visit, root) => comparison.compare(read(variable, visit, root), expected);
  }
  const pathComparison = operator.endsWith('Path') ? COMPARISONS.get(operator.slice(0, -4)) : undefined;
  if (!pathComparison) {
    node.report(`Field "${operator}" is not supported`);
    return () => false;
  }
  const other = pathField(node, operator);
  return (visit, root) => other !== undefined && pathComparison.compare(read(variable, visit, root), read(other, visit, root));
}

function pathField(node: DefinitionNode, field: string): PathReference | undefined {
  const text = node.requiredText(field);
  try {
    return compilePath(text);
  } catch {
    if (node.has(field)) node.report('Value is not a Reference Path', field);
    return undefined;
  }
}

function expectBoolean(node: DefinitionNode, field: string): void {
  if (typeof node.value(field) !== 'boolean') node.report('Expected value of type Boolean', field);
}

function read(path: PathReference, visit: Visit, root: unknown): unknown {
  const value = path.read(visit, root);
  if (value === undefined) throw runtimeFault(`Invalid path '${path.text}': The choice state's condition path references an invalid value.`);
  return value;
}
