import { EACH, Step } from './body-path';
import { presenceOf } from './presence';
import { EachNode, ValueNode, withChildren } from './value-node';
import { InvalidValueError } from '../validation/invalid-value-error';

/** A list with a value for each element of a list in the service's answer. */
export function eachNode(steps: readonly Step[], element: ValueNode): EachNode {
  if (presenceOf(element) !== undefined) {
    throw new InvalidValueError('eachOptional', 'Value.each() makes something of every element: one that may be missing as a whole needs a default.');
  }
  return { kind: 'each', steps, element: inList(steps, element) };
}

/** Fields of the element lead to it through the list. */
function inList(list: readonly Step[], node: ValueNode): ValueNode {
  if (node.kind === 'each') {
    throw new InvalidValueError('eachInEach', 'Value.each() cannot stand within another one: Velocity numbers the elements of the innermost loop alone.');
  }
  return node.kind === 'field' && node.document === 'element'
    ? { ...node, document: 'answer', steps: [...list, EACH, ...node.steps] }
    : withChildren(node, child => inList(list, child));
}
