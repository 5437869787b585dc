/** Attribute values, as DynamoDB's JSON writes them. They are never changed once they are read, so that items may share them. */

/** One value: exactly one member is there. Binary is base64 text. */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly L?: readonly AttributeValue[];
  readonly M?: Attributes;
}

/** An item, a key, or a map: values by name. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

export type ValueType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

/** The types that a key can have. */
export type KeyType = 'S' | 'N' | 'B';

/** The order in which DynamoDB's own classes hold them. */
export const VALUE_TYPES: readonly ValueType[] = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'NULL', 'BOOL'];

/** The one type of a checked value. */
export function typeOf(value: AttributeValue): ValueType {
  for (const type in value) {
    return type as ValueType;
  }
  throw new Error('An attribute value has no type.');
}

/** An attribute by its name, which may be anything, `__proto__` and `constructor` too. */
export function attributeOf(attributes: Attributes, name: string): AttributeValue | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/** Sets an own member, whatever its name: an assignment to `__proto__` would do something else. */
export function setMember<Value>(target: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
}
