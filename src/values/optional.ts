import { nodesOf, ValueNode, withChildren } from './value-node';
import { InvalidValueError } from '../validation/invalid-value-error';

/** The same value, which may be missing: what it is made of may be. */
export function optionalNode(node: ValueNode): ValueNode {
  if (['list', 'each', 'default'].includes(node.kind) || !nodesOf(node).some(mayBeMissing)) {
    throw new InvalidValueError('valueOptional', 'Only what a client, an authorizer or a service may leave out can be optional or have a default.');
  }
  return withoutNeed(node);
}

function withoutNeed(node: ValueNode): ValueNode {
  switch (node.kind) {
    case 'field':
    case 'expression':
    case 'parameter': return { ...node, isOptional: true };
    case 'object': return { ...withChildren(node, withoutNeed), isWhole: true } as ValueNode;
    case 'json text':
    case 'base64':
    case 'text':
    case 'attribute': return withChildren(node, withoutNeed);
    default: return node;
  }
}

function mayBeMissing({ kind }: ValueNode): boolean {
  return ['field', 'expression', 'parameter', 'text'].includes(kind);
}
