/**
 * How much of a page an item takes: pages of queries and scans are measured by how DynamoDB stores items, where a name takes one byte. It was found out
 * by others.
 */
import { AttributeValue, Attributes } from './attribute-value';
import { numberSize } from './decimal';
import { binarySize, itemSize, textSize } from './item-size';

/** An item is stored in pieces, each with the sort key before it. */
const PIECE = 3072;
const PIECE_HEAD = 18;

/** The bytes of an item, whose sort key has a name where there is one. */
export function storedSize(item: Attributes, sortKey: string | undefined): number {
  let size = 0;
  let sortKeySize = 0;
  for (const name in item) {
    if (name === sortKey) {
      sortKeySize = itemSize({ '': item[name] });
    } else {
      size += 1 + valueSize(item[name]);
    }
  }
  return 2 + size + (1 + Math.floor((1 + size) / PIECE)) * (PIECE_HEAD + sortKeySize);
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) {
    const size = textSize(value.S);
    return size + (size < 128 ? 1 : size < 16384 ? 2 : 3);
  }
  if (value.N !== undefined) {
    return numberSize(value.N) + 1;
  }
  if (value.B !== undefined) {
    return binarySize(value.B) + 1;
  }
  if (value.M !== undefined) {
    return Object.values(value.M).reduce((size, member) => size + 2 + valueSize(member), 3);
  }
  if (value.L !== undefined) {
    return value.L.reduce((size, element) => size + 1 + valueSize(element), 3);
  }
  if (value.NULL !== undefined) {
    return 0;
  }
  return value.BOOL !== undefined ? 1 : setSize(value);
}

function setSize({ SS: texts, NS: numbers, BS: binaries }: AttributeValue): number {
  const members = texts?.map(textSize) ?? numbers?.map(numberSize) ?? binaries!.map(binarySize);
  return members.reduce((size, member) => size + member + 1, 1);
}
