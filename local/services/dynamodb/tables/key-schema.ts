/** The keys of tables and indexes. */
import { EmptyKeyError, validationError } from '../errors';
import { attributeOf, AttributeValue, Attributes, KeyType, typeOf } from '../values/attribute-value';
import { sortableBinary, sortableText } from '../values/compare';
import { sortableNumber } from '../values/decimal';
import { binarySize, textSize } from '../values/item-size';

/** An attribute that is part of a key. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

/** A partition key, and a sort key where there is one. */
export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range?: KeyAttribute;
}

const MAXIMUM_HASH_SIZE = 2048;
const MAXIMUM_RANGE_SIZE = 1024;

/** How DynamoDB tells a key that is none of the schema. */
export const SCHEMA_MISMATCH = 'The provided key element does not match the schema';

/** The attributes of a key. */
export function keyAttributes({ hash, range }: KeySchema): KeyAttribute[] {
  return range ? [hash, range] : [hash];
}

/** Refuses an item whose key is missing or of another type. */
export function checkItemKey(schema: KeySchema, item: Attributes): void {
  for (const attribute of keyAttributes(schema)) {
    const value = attributeOf(item, attribute.name);
    if (!value) {
      throw validationError(`One or more parameter values were invalid: Missing the key ${attribute.name} in the item`);
    }
    if (value[attribute.type] === undefined) {
      throw validationError('One or more parameter values were invalid: '
        + `Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${typeOf(value)}`);
    }
    checkKeyValue(attribute, value, attribute === schema.hash);
  }
}

/** Refuses a key that is not exactly the key of the schema. */
export function checkKey(schema: KeySchema, key: Attributes): void {
  const attributes = keyAttributes(schema);
  if (Object.keys(key).length !== attributes.length) {
    throw validationError(SCHEMA_MISMATCH);
  }
  for (const attribute of attributes) {
    const value = attributeOf(key, attribute.name);
    if (value?.[attribute.type] === undefined) {
      throw validationError(SCHEMA_MISMATCH);
    }
    checkKeyValue(attribute, value, attribute === schema.hash);
  }
}

/** Refuses an empty key, and one that is too long. */
export function checkKeyValue({ name, type }: KeyAttribute, value: AttributeValue, isHash: boolean): void {
  if (type === 'N') {
    return;
  }
  const text = value[type]!;
  if (text === '') {
    throw new EmptyKeyError(`The AttributeValue for a key attribute cannot contain an empty ${type === 'S' ? 'string' : 'binary'} value. Key: ${name}`);
  }
  const size = type === 'S' ? textSize(text) : binarySize(text);
  if (isHash && size > MAXIMUM_HASH_SIZE) {
    throw validationError('One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes');
  }
  if (!isHash && size > MAXIMUM_RANGE_SIZE) {
    throw validationError('One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
  }
}

/** A text that is different for every key. */
export function keyText({ hash, range }: KeySchema, attributes: Attributes): string {
  const hashText = attributes[hash.name][hash.type]!;
  // The length tells where the one ends, whatever characters there are.
  return range ? `${hashText.length}/${hashText}${attributes[range.name][range.type]!}` : hashText;
}

/** The key among an item's attributes. */
export function keyOf(schema: KeySchema, item: Attributes): Attributes {
  return Object.fromEntries(keyAttributes(schema).map(({ name }) => [name, item[name]]));
}

/** A text for a value of a sort key; such texts are in the order of the values. */
export function sortText(type: KeyType, value: AttributeValue): string {
  switch (type) {
    case 'S':
      return sortableText(value.S!);
    case 'N':
      return sortableNumber(value.N!);
    case 'B':
      return sortableBinary(value.B!);
  }
}
