/** How DynamoDB compares values: only those of one type, and in an order only texts, numbers and binaries. */
import { AttributeValue, typeOf } from './attribute-value';
import { compareNumbers } from './decimal';

/** Whether two values are the same: sets in any order, documents in depth. */
export function equalValues(left: AttributeValue, right: AttributeValue): boolean {
  const type = typeOf(left);
  if (type !== typeOf(right)) {
    return false;
  }
  switch (type) {
    case 'SS':
    case 'NS':
    case 'BS':
      return equalSets(left[type]!, right[type]!);
    case 'L':
      return left.L!.length === right.L!.length && left.L!.every((element, index) => equalValues(element, right.L![index]));
    case 'M': {
      const names = Object.keys(left.M!);
      return names.length === Object.keys(right.M!).length && names.every(name => Object.hasOwn(right.M!, name) && equalValues(left.M![name], right.M![name]));
    }
    default:
      return left[type] === right[type];
  }
}

/** Negative, zero or positive; undefined where there is no order between the two. */
export function orderValues(left: AttributeValue, right: AttributeValue): number | undefined {
  if (left.S !== undefined && right.S !== undefined) {
    return compareTexts(sortableText(left.S), sortableText(right.S));
  }
  if (left.N !== undefined && right.N !== undefined) {
    return compareNumbers(left.N, right.N);
  }
  if (left.B !== undefined && right.B !== undefined) {
    return compareTexts(sortableBinary(left.B), sortableBinary(right.B));
  }
  return undefined;
}

/** A text whose UTF-16 order is the order of the given one in UTF-8, DynamoDB's own: the two differ from the surrogates on. */
export function sortableText(text: string): string {
  return SURROGATES_AND_ABOVE.test(text) ? text.replace(EACH_SURROGATE_AND_ABOVE, unit => String.fromCharCode(swapped(unit.charCodeAt(0)))) : text;
}

/** A text for a base64 text; such texts are in the order of the bytes. */
export function sortableBinary(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}

/** Plain comparison, as sorting wants it. */
export function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

const SURROGATES_AND_ABOVE = /[\ud800-\uffff]/;
const EACH_SURROGATE_AND_ABOVE = /[\ud800-\uffff]/g;

function swapped(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

function equalSets(left: readonly string[], right: readonly string[]): boolean {
  const members = new Set(left);
  return left.length === right.length && right.every(member => members.has(member));
}
