import { stringOf } from './request';
import { InvalidValueError } from '../validation/invalid-value-error';
import { presenceOf } from '../values/presence';
import { Value } from '../values/value';
import { ValueNode } from '../values/value-node';

/** The form fields of message attributes, as SQS and SNS take them: numbered, each with its type. */
export function messageAttributeFields(list: string, attributes: Readonly<Record<string, Value>> = {}): Record<string, Value> {
  return Object.fromEntries(Object.entries(attributes).flatMap(([name, value], index) => {
    if (presenceOf(value._node) !== undefined) {
      throw new InvalidValueError('messageAttributeOptional', `The message attribute ${name} may be missing, but its number in the form may not: make it required, or give it a default.`);
    }
    const attribute = `${list}.${index + 1}`;
    return [
      [`${attribute}.Name`, Value.literal(name)],
      [`${attribute}.Value.DataType`, Value.literal(isNumber(value._node) ? 'Number' : 'String')],
      [`${attribute}.Value.StringValue`, stringOf(value)!],
    ];
  }));
}

function isNumber(node: ValueNode): boolean {
  switch (node.kind) {
    case 'field': return node.type === 'number';
    case 'literal': return typeof node.value === 'number';
    case 'expression': return node.characters === 'digits';
    case 'default': return isNumber(node.value) && isNumber(node.fallback);
    default: return false;
  }
}
