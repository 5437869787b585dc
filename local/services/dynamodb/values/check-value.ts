/** What DynamoDB asks of a value beyond its type, and the normal form of its numbers. */
import { AttributeValue, Attributes, typeOf } from './attribute-value';
import { normalizeNumber } from './decimal';
import { uncountedError, validationError, WordedError } from '../errors';

/** How deep a document may be, counting the attribute itself. */
export const MAXIMUM_DEPTH = 32;

/** Checks all values of an item, a key or the like, and brings their numbers into normal form. */
export function checkAttributes(attributes: Attributes): void {
  for (const name in attributes) {
    if (name === '') {
      throw validationError('Empty attribute name');
    }
    checkValue(attributes[name]);
  }
}

/** Checks one value and brings its numbers into normal form. */
export function checkValue(value: AttributeValue, depth = 1): void {
  if (depth > MAXIMUM_DEPTH) {
    throw tooDeep();
  }
  let types = 0;
  for (const type in value) {
    checkMember(value, type, depth);
    types += 1;
  }
  if (types === 0) {
    throw uncountedError('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
  if (types > 1) {
    throw uncountedError('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  }
}

/** Refuses a value that would be too deep at its place, as an update may put it there. */
export function checkDepth(value: AttributeValue, depth: number): void {
  if (depth > MAXIMUM_DEPTH) {
    throw tooDeep();
  }
  const type = typeOf(value);
  if (type === 'L') {
    value.L!.forEach(element => checkDepth(element, depth + 1));
  } else if (type === 'M') {
    Object.values(value.M!).forEach(element => checkDepth(element, depth + 1));
  }
}

function tooDeep() {
  return validationError('Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit');
}

/** The value is still the reader's own, hence it may be changed. */
type Unchecked = { -readonly [Member in keyof AttributeValue]: AttributeValue[Member] };

function checkMember(value: Unchecked, type: string, depth: number): void {
  switch (type) {
    case 'N':
      value.N = normalizeNumber(value.N!);
      break;
    case 'NULL':
      if (value.NULL !== true) {
        throw invalid('Null attribute value types must have the value of true');
      }
      break;
    case 'SS':
      refuseEmpty(value.SS!, 'An string set  may not be empty');
      refuseDuplicates(value.SS!, 'utf8', ', ', ' contains duplicates.');
      break;
    case 'BS':
      refuseEmpty(value.BS!, 'Binary sets should not be empty');
      refuseDuplicates(value.BS!, 'base64', ',', 'of type BS contains duplicates.');
      break;
    case 'NS':
      refuseEmpty(value.NS!, 'An number set  may not be empty');
      value.NS = value.NS!.map(normalizeNumber);
      if (new Set(value.NS).size < value.NS.length) {
        throw new WordedError(`${INVALID}Input collection contains duplicates.`, 'Input collection contains duplicates');
      }
      break;
    case 'L':
      value.L!.forEach(element => checkValue(element, depth + 1));
      break;
    case 'M':
      for (const name in value.M) {
        if (name === '') {
          throw validationError('Empty attribute name');
        }
        checkValue(value.M[name], depth + 1);
      }
      break;
  }
}

const INVALID = 'One or more parameter values were invalid: ';

function invalid(message: string) {
  return validationError(INVALID + message);
}

function refuseEmpty(members: readonly string[], message: string): void {
  if (members.length === 0) {
    throw invalid(message);
  }
}

function refuseDuplicates(members: readonly string[], encoding: 'utf8' | 'base64', separator: string, end: string): void {
  const seen = new Set<string>();
  for (const [index, member] of members.entries()) {
    if (seen.has(member)) {
      // DynamoDB has sorted what it had read by then.
      const sorted = [...seen].sort((left, right) => Buffer.compare(Buffer.from(left, encoding), Buffer.from(right, encoding)));
      const quoted = [...sorted, ...members.slice(index)].map(each => `"${each}"`);
      throw new WordedError(`${INVALID}Input collection [${quoted.join(separator)}]${end}`, `${INVALID}Input collection [${members.join(', ')}]${end}`);
    }
    seen.add(member);
  }
}
