/** What the operators of expressions do with values. */

import { classOf } from '../java/java-class';
import * as numbers from '../java/numbers';
import { equal, textOrNull } from '../java/values';
import { BinaryOperator } from '../syntax/nodes';

/** `==`: numbers by value, objects of related classes as Java's `equals` has it, all else by what it prints. */
function looselyEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left === 'string' && typeof right === 'string') return false;
  if (left === null || left === undefined || right === null || right === undefined) return (left ?? null) === (right ?? null);
  if (numbers.isJavaNumber(left) && numbers.isJavaNumber(right)) return numbers.compareNumbers(left, right) === 0;
  const [leftClass, rightClass] = [classOf(left), classOf(right)];
  if (leftClass.isSubclassOf(rightClass) || rightClass.isSubclassOf(leftClass)) return equal(left, right);
  return textOrNull(left) === textOrNull(right);
}

/** Orders two numbers; undefined when either is none, in which case no comparison holds. */
function order(left: unknown, right: unknown): number | undefined {
  return numbers.isJavaNumber(left) && numbers.isJavaNumber(right) ? numbers.compareNumbers(left, right) : undefined;
}

/** The operators that give true or false. */
export const COMPARISONS: Readonly<Partial<Record<BinaryOperator, (left: unknown, right: unknown) => boolean>>> = {
  '==': looselyEqual,
  '!=': (left, right) => !looselyEqual(left, right),
  '<': (left, right) => order(left, right) === -1,
  '<=': (left, right) => (order(left, right) ?? 1) <= 0,
  '>': (left, right) => order(left, right) === 1,
  '>=': (left, right) => (order(left, right) ?? -1) >= 0,
};

type Arithmetic = (left: unknown, right: unknown) => unknown;

function ofNumbers(calculate: (left: numbers.JavaNumber, right: numbers.JavaNumber) => numbers.JavaNumber): Arithmetic {
  return (left, right) => (numbers.isJavaNumber(left) && numbers.isJavaNumber(right) ? calculate(left, right) : null);
}

/** By zero there is no result. */
function unlessZero(calculate: (left: numbers.JavaNumber, right: numbers.JavaNumber) => numbers.JavaNumber): Arithmetic {
  return (left, right) => (numbers.isJavaNumber(left) && numbers.isJavaNumber(right) && !numbers.isZero(right) ? calculate(left, right) : null);
}

/** The operators that calculate; there is no result unless both sides are numbers. */
export const ARITHMETIC: Readonly<Partial<Record<BinaryOperator, Arithmetic>>> = {
  '+': ofNumbers(numbers.add),
  '-': ofNumbers(numbers.subtract),
  '*': ofNumbers(numbers.multiply),
  '/': unlessZero(numbers.divide),
  '%': unlessZero(numbers.modulo),
};
