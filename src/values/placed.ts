import { ValueNode, ValueType } from './value-node';

/** A value where a service takes nothing but a string: a field has to be one, and what is of another type is written as its JSON is. */
export function stringNode(node: ValueNode): ValueNode {
  switch (node.kind) {
    case 'field': return node.type === 'json' ? { ...node, type: 'string' } : node.type === 'string' ? node : { kind: 'text', parts: [node] };
    case 'literal': return typeof node.value === 'string' ? node : { kind: 'json text', value: node };
    case 'expression': return node.characters === 'digits' ? { kind: 'text', parts: [node] } : node;
    case 'object':
    case 'list': return { kind: 'json text', value: node };
    case 'default': return { kind: 'default', value: stringNode(node.value), fallback: stringNode(node.fallback) };
    default: return node;
  }
}

/** A value where a service takes nothing but an object: a field has to be one. */
export function objectOnly(node: ValueNode): ValueNode {
  const type: ValueType = 'object';
  return node.kind === 'field' && node.type === 'json' ? { ...node, type } : node;
}
