/** How many bytes DynamoDB counts an item for. */
import { AttributeValue, Attributes } from './attribute-value';
import { numberSize } from './decimal';
import { uncountedError } from '../errors';

/** The most bytes that an item may have: names and values. */
export const MAXIMUM_ITEM_SIZE = 400 * 1024;

/** The size of an item: its names in UTF-8 and its values. */
export function itemSize(item: Attributes): number {
  let size = 0;
  for (const name in item) {
    size += textSize(name) + valueSize(item[name]);
  }
  return size;
}

/** Refuses an item that is too large to be put. */
export function checkItemSize(size: number, message = 'Item size has exceeded the maximum allowed size'): void {
  if (size > MAXIMUM_ITEM_SIZE) {
    throw uncountedError(message);
  }
}

/** How many bytes a base64 text stands for. */
export function binarySize(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return base64.length / 4 * 3 - padding;
}

/** The bytes of a text in UTF-8. */
export function textSize(text: string): number {
  return Buffer.byteLength(text);
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) {
    return textSize(value.S);
  }
  if (value.N !== undefined) {
    return numberSize(value.N);
  }
  if (value.B !== undefined) {
    return binarySize(value.B);
  }
  if (value.M !== undefined) {
    return mapSize(value.M);
  }
  if (value.L !== undefined) {
    return value.L.reduce((size, element) => size + 1 + valueSize(element), 3);
  }
  if (value.SS !== undefined) {
    return sum(value.SS, textSize);
  }
  if (value.NS !== undefined) {
    return sum(value.NS, numberSize);
  }
  if (value.BS !== undefined) {
    return sum(value.BS, binarySize);
  }
  return 1;
}

function mapSize(map: Attributes): number {
  let size = 3;
  for (const name in map) {
    size += 1 + textSize(name) + valueSize(map[name]);
  }
  return size;
}

function sum(elements: readonly string[], sizeOf: (element: string) => number): number {
  return elements.reduce((size, element) => size + sizeOf(element), 0);
}
