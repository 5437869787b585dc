/** Conditions to closures, with Jayway's comparisons: strings and numbers are equal when their texts or values are, order is within a type. */

import { Evaluation } from './evaluation';
import { asNumber, deepEqual, isObject, propertyNames } from './json-model';
import { FilterNode, FilterOperand, FilterOperator } from './json-path-syntax';
import { CompileTokens, PathReader, compilePathReader } from './operand';
import { JavaPattern, compileJavaPattern } from '../java-pattern';

/** Whether a value passes a filter. */
export type FilterTest = (value: unknown, evaluation: Evaluation) => boolean;

/** Compiles a condition. */
export function compileFilter(node: FilterNode, compileTokens: CompileTokens): FilterTest {
  switch (node.kind) {
    case 'or': {
      const [left, right] = [compileFilter(node.left, compileTokens), compileFilter(node.right, compileTokens)];
      return (value, evaluation) => left(value, evaluation) || right(value, evaluation);
    }
    case 'and': {
      const [left, right] = [compileFilter(node.left, compileTokens), compileFilter(node.right, compileTokens)];
      return (value, evaluation) => left(value, evaluation) && right(value, evaluation);
    }
    case 'not': {
      const condition = compileFilter(node.condition, compileTokens);
      return (value, evaluation) => !condition(value, evaluation);
    }
    case 'exists': {
      const read = compilePathReader(node.path, compileTokens);
      return (value, evaluation) => (read(value, evaluation) !== undefined) === node.expected;
    }
    case 'compare': return compileComparison(node, compileTokens);
  }
}

function compileComparison({ operator, left, right }: Extract<FilterNode, { kind: 'compare' }>, compileTokens: CompileTokens): FilterTest {
  if (operator === '=~') return compileMatch(left, right, compileTokens);
  const compare = COMPARISONS[operator];
  const readLeft = compileOperand(left, compileTokens);
  const readRight = compileOperand(right, compileTokens);
  return (value, evaluation) => compare(readLeft(value, evaluation), readRight(value, evaluation));
}

function compileOperand(operand: FilterOperand, compileTokens: CompileTokens): PathReader {
  switch (operand.kind) {
    case 'literal': return () => operand.value;
    case 'path': return compilePathReader(operand.path, compileTokens);
    case 'pattern': {
      const pattern = compileJavaPattern(operand.source, operand.flags);
      return () => pattern;
    }
  }
}

/** The pattern may stand on either side, and must match the whole text. */
function compileMatch(left: FilterOperand, right: FilterOperand, compileTokens: CompileTokens): FilterTest {
  const [patternSide, textSide] = right.kind === 'pattern' ? [right, left] : [left, right];
  if (patternSide.kind !== 'pattern' || textSide.kind === 'pattern') return () => false;
  const pattern = compileJavaPattern(patternSide.source, patternSide.flags);
  const readText = compileOperand(textSide, compileTokens);
  return (value, evaluation) => {
    const text = readText(value, evaluation);
    return Array.isArray(text) ? text.some((item) => matchesText(pattern, item)) : matchesText(pattern, text);
  };
}

function matchesText(pattern: JavaPattern, value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || asNumber(value) !== undefined
    ? pattern.matches(String(value))
    : pattern.matches('');
}

function equals(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return false;
  if (typeof left === 'string') return left === (typeof right === 'string' ? right : String(asNumber(right)));
  const number = asNumber(left);
  if (number !== undefined) return number === (typeof right === 'string' && right.trim() !== '' ? Number(right) : asNumber(right));
  return deepEqual(left, right);
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : asNumber(value) !== undefined ? 'number' : typeof value;
}

function sameTypeEquals(left: unknown, right: unknown): boolean {
  return typeOf(left) === typeOf(right) && equals(left, right);
}

/** Zero, negative or positive; undefined where the two have no order. */
function order(left: unknown, right: unknown): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  const [first, second] = [asNumber(left), asNumber(right)];
  return first === undefined || second === undefined ? undefined : first - second;
}

function ordered(test: (comparison: number) => boolean): Comparison {
  return (left, right) => {
    const comparison = order(left, right);
    return comparison !== undefined && test(comparison);
  };
}

function listContains(list: unknown, value: unknown): boolean {
  return Array.isArray(list) && list.some((item) => equals(item, value));
}

/** Jayway makes a list operand of the right side; what is not a list contains nothing. */
function lists(test: (left: readonly unknown[], right: readonly unknown[]) => boolean): Comparison {
  return (left, right) => Array.isArray(left) && Array.isArray(right) && test(left, right);
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isObject(value) ? propertyNames(value).length : undefined;
}

type Comparison = (left: unknown, right: unknown) => boolean;

const COMPARISONS: Readonly<Record<Exclude<FilterOperator, '=~'>, Comparison>> = {
  '==': equals,
  '!=': (left, right) => !equals(left, right),
  '===': sameTypeEquals,
  '!==': (left, right) => !sameTypeEquals(left, right),
  '<': ordered((comparison) => comparison < 0),
  '<=': ordered((comparison) => comparison <= 0),
  '>': ordered((comparison) => comparison > 0),
  '>=': ordered((comparison) => comparison >= 0),
  'in': (left, right) => listContains(right, left),
  'nin': (left, right) => !listContains(right, left),
  'subsetof': lists((left, right) => left.every((item) => listContains(right, item))),
  'anyof': lists((left, right) => left.some((item) => listContains(right, item))),
  'noneof': lists((left, right) => !left.some((item) => listContains(right, item))),
  'all': lists((left, right) => right.every((item) => listContains(left, item))),
  'contains': (left, right) => (typeof left === 'string' ? typeof right === 'string' && left.includes(right) : listContains(left, right)),
  'size': (left, right) => sizeOf(left) !== undefined && sizeOf(left) === asNumber(right),
  'empty': (left, right) => sizeOf(left) !== undefined && (sizeOf(left) === 0) === right,
  'exists': (left, right) => (left !== undefined) === right,
};
