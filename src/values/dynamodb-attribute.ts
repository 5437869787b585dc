import { literalNode, ValueNode } from './value-node';

/** A value as DynamoDB writes it, with its type; a string where the type cannot be told, which says why. */
export function attributeOf(node: ValueNode): ValueNode | string {
  switch (node.kind) {
    case 'literal': return literalAttribute(node.value);
    case 'object': return collection('M', node.members.map(([, value]) => value), values => ({ ...node, members: node.members.map(([name], index) => [name, values[index]]) }));
    case 'list': return collection('L', node.elements, elements => ({ kind: 'list', elements }));
    case 'expression': return node.characters === 'digits' ? number(node) : { kind: 'attribute', type: 'S', value: node };
    case 'field': switch (node.type) {
      case 'number': return number(node);
      case 'boolean': return { kind: 'attribute', type: 'BOOL', value: node };
      case 'string': return { kind: 'attribute', type: 'S', value: node };
      default: return 'an attribute needs a type: say asString(), asNumber() or asBoolean(), or keep its JSON with Value.jsonText()';
    }
    case 'default': return defaultAttribute(node.value, node.fallback);
    case 'trusted json': return 'the output of a workflow is of no type that DynamoDB knows';
    case 'unsafe':
    case 'attribute': return node;
    default: return { kind: 'attribute', type: 'S', value: node };
  }
}

/** Numbers are strings of digits there. */
function number(value: ValueNode): ValueNode {
  return { kind: 'attribute', type: 'N', value: { kind: 'json text', value } };
}

function literalAttribute(value: unknown): ValueNode | string {
  if (value === null) {
    return { kind: 'attribute', type: 'NULL', value: literalNode(true) };
  }
  if (Array.isArray(value)) {
    return collection('L', value.map(literalNode), elements => ({ kind: 'list', elements }));
  }
  switch (typeof value) {
    case 'string': return { kind: 'attribute', type: 'S', value: literalNode(value) };
    case 'number': return number(literalNode(value));
    case 'boolean': return { kind: 'attribute', type: 'BOOL', value: literalNode(value) };
    case 'object': {
      const members = Object.entries(value).filter(([, member]) => member !== undefined);
      return collection('M', members.map(([, member]) => literalNode(member)), values => ({ kind: 'object', members: members.map(([name], index) => [name, values[index]]) }));
    }
    default: return `a ${typeof value} is no JSON value`;
  }
}

function collection(type: string, values: readonly ValueNode[], make: (attributes: ValueNode[]) => ValueNode): ValueNode | string {
  const attributes = values.map(attributeOf);
  const problem = attributes.find(attribute => typeof attribute === 'string');
  return problem ?? { kind: 'attribute', type, value: make(attributes as ValueNode[]) };
}

/** Both of the type that the value has. */
function defaultAttribute(value: ValueNode, fallback: ValueNode): ValueNode | string {
  const attribute = attributeOf(value);
  const otherwise = attributeOf(fallback);
  if (typeof attribute === 'string' || typeof otherwise === 'string') {
    return typeof attribute === 'string' ? attribute : otherwise;
  }
  return { kind: 'default', value: attribute, fallback: otherwise };
}
