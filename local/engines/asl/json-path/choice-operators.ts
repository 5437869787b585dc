/** The comparison operators of JSONPath Choice rules. */
import { parseTimestamp } from '../timestamp';

/** Compares the variable's value with the rule's. */
export type Comparison = (actual: unknown, expected: unknown) => boolean;

/** A comparison with another value. */
export interface ChoiceOperator {
  readonly compare: Comparison;
  /** Whether a rule may hold this value, for AWS checks constants when the state machine is created. */
  accepts(expected: unknown): boolean;
}

type Order = (left: number | string, right: number | string) => boolean;

const ORDERS: ReadonlyArray<readonly [string, Order]> = [
  ['Equals', (left, right) => left === right],
  ['LessThan', (left, right) => left < right],
  ['GreaterThan', (left, right) => left > right],
  ['LessThanEquals', (left, right) => left <= right],
  ['GreaterThanEquals', (left, right) => left >= right],
];

const isString = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const instant = (value: unknown): number | undefined => typeof value === 'string' ? parseTimestamp(value) : undefined;

/** Operators that also exist with `Path` at their end. */
export const COMPARISONS: ReadonlyMap<string, ChoiceOperator> = new Map([
  ['BooleanEquals', { accepts: isBoolean, compare: (actual, expected) => isBoolean(actual) && actual === expected }],
  ...ORDERS.flatMap(([suffix, order]): Array<[string, ChoiceOperator]> => [
    [`String${suffix}`, { accepts: isString, compare: (actual, expected) => typeof actual === 'string' && typeof expected === 'string' && order(actual, expected) }],
    [`Numeric${suffix}`, { accepts: isNumber, compare: (actual, expected) => typeof actual === 'number' && typeof expected === 'number' && order(actual, expected) }],
    [`Timestamp${suffix}`, {
      accepts: value => instant(value) !== undefined,
      compare: (actual, expected) => {
        const left = instant(actual);
        const right = instant(expected);
        return left !== undefined && right !== undefined && order(left, right);
      },
    }],
  ]),
]);

/** Operators that ask for the type of a value: `true` wants it, `false` wants any other. */
export const TYPE_TESTS: ReadonlyMap<string, (actual: unknown) => boolean> = new Map([
  ['IsNull', actual => actual === null],
  ['IsString', isString],
  ['IsNumeric', isNumber],
  ['IsBoolean', isBoolean],
  ['IsTimestamp', actual => instant(actual) !== undefined],
]);

/** Compiles StringMatches: `*` stands for any characters, `\*` for an asterisk, `\\` for a backslash. */
export function compileStringMatches(pattern: string): (actual: unknown) => boolean {
  const pieces = [''];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index];
    if (character === '*') pieces.push('');
    else pieces[pieces.length - 1] += character === '\\' && index + 1 < pattern.length ? pattern[++index] : character;
  }
  return actual => typeof actual === 'string' && containsPieces(actual, pieces);
}

/** Whether the pieces follow one another in the text, the first at its start and the last at its end. */
function containsPieces(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0];
  if (pieces.length === 1) return text === first;
  const last = pieces[pieces.length - 1];
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let position = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return position <= text.length - last.length;
}
