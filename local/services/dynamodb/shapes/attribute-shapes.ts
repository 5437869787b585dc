/** Attribute values in requests. */
import { map, printed } from './collections';
import { readText, readTruth } from './scalars';
import { Position, refuseCollection, serializationError, Shape } from './shape';
import { AttributeValue, Attributes, setMember, ValueType } from '../values/attribute-value';
import { MAXIMUM_DEPTH } from '../values/check-value';

const JAVA_NAME = 'com.amazonaws.dynamodb.v20120810.AttributeValue';

/** Reading stops there: the value is refused for its depth anyway, and must not exhaust the stack before. */
const BOTTOM: AttributeValue = {};

/** What Java prints of a value: it has more types there than elsewhere. */
const PRINTED = ['S', 'N', 'B', 'INT', 'DECIMAL', 'DOUBLE', 'SS', 'NS', 'BS', 'INTSET', 'DECIMALSET', 'DOUBLESET', 'M', 'L', 'NULL', 'BOOL'];

/** One attribute value. */
export const attributeValue: Shape<AttributeValue> = {
  read: (value, position) => readValue(value, position, 1),
  print: value => {
    const members = PRINTED.map(type => `${type.charAt(0).toLowerCase()}${type.slice(1)}=${printMember(value[type as ValueType])}`);
    return `AttributeValue(${members.join(', ')})`;
  },
};

/** An item, a key, or the values of expressions. */
export const attributes: Shape<Attributes> = map(JAVA_NAME, attributeValue);

function readValue(value: unknown, position: Position, depth: number): AttributeValue {
  if (depth > MAXIMUM_DEPTH) {
    return BOTTOM;
  }
  if (typeof value !== 'object' || value === null) {
    throw serializationError(position === 'member' ? 'Unexpected field type' : 'Unexpected value type in payload');
  }
  if (Array.isArray(value)) {
    throw serializationError(`Unrecognized collection type class ${JAVA_NAME}`);
  }
  const result: Record<string, unknown> = {};
  for (const type in value) {
    const member = (value as Record<string, unknown>)[type];
    if (member !== null && member !== undefined && Object.hasOwn(READERS, type)) {
      result[type] = READERS[type as ValueType](member, depth);
    }
  }
  return result;
}

const READERS: Record<ValueType, (value: unknown, depth: number) => unknown> = {
  S: readText,
  N: readText,
  B: readBinary,
  BOOL: readTruth,
  NULL: readTruth,
  SS: value => readList(value, readText),
  NS: value => readList(value, readText),
  BS: value => readList(value, readBinary),
  L: (value, depth) => readList(value, element => readValue(element, 'element', depth + 1)),
  M: (value, depth) => readMap(value, depth),
};

function readBinary(value: unknown): string {
  refuseCollection(value, 'java.nio.ByteBuffer');
  if (typeof value !== 'string') {
    throw serializationError('only base-64-encoded strings are convertible to bytes');
  }
  if (value.length % 4 !== 0) {
    throw serializationError(`Base64 encoded length is expected a multiple of 4 bytes but found: ${value.length}`);
  }
  if (Buffer.from(value, 'base64').toString('base64') !== value) {
    throw serializationError('Invalid last non-pad Base64 character dectected');
  }
  return value;
}

function readList<Element>(value: unknown, read: (element: unknown) => Element): Element[] {
  if (!Array.isArray(value)) {
    throw serializationError(typeof value === 'object' ? 'Start of structure or map found where not expected' : 'Unexpected field type');
  }
  return value.filter(element => element !== null).map(read);
}

function readMap(value: unknown, depth: number): Attributes {
  if (Array.isArray(value)) {
    throw serializationError(`Unrecognized collection type java.util.Map<java.lang.String, ${JAVA_NAME}>`);
  }
  if (typeof value !== 'object') {
    throw serializationError('Unexpected field type');
  }
  const result: Record<string, AttributeValue> = {};
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (member !== null && member !== undefined) {
      setMember(result, name, readValue(member, 'element', depth + 1));
    }
  }
  return result;
}

function printMember(member: AttributeValue[ValueType] | undefined): string {
  if (member === undefined) {
    return 'null';
  }
  if (Array.isArray(member)) {
    return `[${printed(member as readonly unknown[], element => typeof element === 'string' ? element : attributeValue.print(element as AttributeValue))}]`;
  }
  return typeof member === 'object' ? attributes.print(member as Attributes) : String(member);
}
