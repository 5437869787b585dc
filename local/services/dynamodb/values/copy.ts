/** Copies what leaves the tables, so that nobody who does something with an item does it to the table. */
import { AttributeValue, setMember } from './attribute-value';

/** A deep copy, without members that are undefined. */
export function copyOf<Value>(value: Value): Value {
  return copy(value) as Value;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Array.isArray(value) ? value.map(copy) : copyScalar(value) ?? copyMembers(value);
}

/** Nearly everything in an item is one of these, and a literal is made much faster than an object of unknown members. */
function copyScalar({ S: text, N: number, B: binary }: AttributeValue): AttributeValue | undefined {
  if (typeof text === 'string') {
    return { S: text };
  }
  if (typeof number === 'string') {
    return { N: number };
  }
  return typeof binary === 'string' ? { B: binary } : undefined;
}

function copyMembers(value: object): object {
  const result: Record<string, unknown> = {};
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined) {
      setMember(result, name, copy(member));
    }
  }
  return result;
}
