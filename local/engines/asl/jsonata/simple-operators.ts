/** The operators of plain JSONata expressions, for the values that need nothing of what JSONata makes of others. */
import { TOO_COMPLEX } from './too-complex';

type Operator = (left: unknown, right: unknown) => unknown;

/** By what they are written as. */
export const OPERATORS: ReadonlyMap<unknown, Operator> = new Map<unknown, Operator>([
  ['=', (left, right) => compare(left, right, (a, b) => a === b)],
  ['!=', (left, right) => compare(left, right, (a, b) => a !== b)],
  ['<', (left, right) => order(left, right, (a, b) => a < b)],
  ['<=', (left, right) => order(left, right, (a, b) => a <= b)],
  ['>', (left, right) => order(left, right, (a, b) => a > b)],
  ['>=', (left, right) => order(left, right, (a, b) => a >= b)],
  ['+', (left, right) => calculate(left, right, (a, b) => a + b)],
  ['-', (left, right) => calculate(left, right, (a, b) => a - b)],
  ['*', (left, right) => calculate(left, right, (a, b) => a * b)],
  ['/', (left, right) => calculate(left, right, (a, b) => a / b)],
  ['&', concatenate],
]);

function compare(left: unknown, right: unknown, test: (left: unknown, right: unknown) => boolean): unknown {
  if (left === undefined || right === undefined) return false;
  return isScalar(left) && isScalar(right) ? test(left, right) : TOO_COMPLEX;
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function order(left: unknown, right: unknown, test: (left: number, right: number) => boolean): unknown {
  if (typeof left !== typeof right || (typeof left !== 'string' && typeof left !== 'number')) return TOO_COMPLEX;
  return test(left as number, right as number);
}

function calculate(left: unknown, right: unknown, operation: (left: number, right: number) => number): unknown {
  if (typeof left !== 'number' || typeof right !== 'number') return TOO_COMPLEX;
  const result = operation(left, right);
  return Number.isFinite(result) ? result : TOO_COMPLEX;
}

function concatenate(left: unknown, right: unknown): unknown {
  const leftText = left === undefined ? '' : left;
  const rightText = right === undefined ? '' : right;
  return typeof leftText === 'string' && typeof rightText === 'string' ? leftText + rightText : TOO_COMPLEX;
}
