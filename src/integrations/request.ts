import { stringNode } from '../values/placed';
import { Value } from '../values/value';

/** A request of the members that there are. */
export function requestOf(members: Readonly<Record<string, Value | undefined>>): Value {
  return Value.object(fieldsOf(members));
}

/** What the author wrote, if anything. */
export function literalOf(value: unknown): Value | undefined {
  return value === undefined ? undefined : Value.literal(value);
}

/** A value where the service takes nothing but a string, if there is one. */
export function stringOf(value: Value | undefined): Value | undefined {
  return value && Value._of(stringNode(value._node));
}

/** The fields of a form that there are. */
export function fieldsOf(fields: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, Value] => field[1] !== undefined));
}
