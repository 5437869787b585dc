/** Expressions to closures. */

import { Compilation, Evaluate, Test } from './compilation';
import { ARITHMETIC, COMPARISONS } from './operators';
import { compileReference } from './references';
import { compileString } from './string-literal';
import { ArrayList, LinkedHashMap, checkSize } from '../java/collections';
import { intValue, isJavaNumber, makeDouble, parseInteger } from '../java/numbers';
import { limitText, textOrNull } from '../java/values';
import { Block } from '../runtime/block';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';
import { Expression } from '../syntax/nodes';

/** Compiles an expression for its value. */
export function compileExpression(node: Expression, compilation: Compilation): Evaluate {
  switch (node.kind) {
    case 'reference': return compileReference(node, compilation, compileExpression);
    case 'string': return compileString(node, compilation);
    case 'integer': return constant(parseInteger(node.image));
    case 'float': return constant(makeDouble(Number(node.image)));
    case 'boolean': return constant(node.value);
    case 'group': return compileExpression(node.inner, compilation);
    case 'list': return compileList(node.items, compilation);
    case 'map': return compileMap(node.entries, compilation);
    case 'range': return compileRange(node, compilation);
    case 'not': return compileCondition(node, compilation);
    case 'binary': return compileBinary(node, compilation);
  }
}

/** Compiles an expression for whether it holds. Only references, comparisons and the like can: a literal never does, not even "true". */
export function compileCondition(node: Expression, compilation: Compilation): Test {
  switch (node.kind) {
    case 'reference': {
      const evaluate = compileReference(node, compilation, compileExpression);
      return (scope) => holds(evaluate(scope));
    }
    case 'boolean': return () => node.value;
    case 'group': return compileCondition(node.inner, compilation);
    case 'not': {
      const operand = compileCondition(node.operand, compilation);
      return (scope) => !operand(scope);
    }
    case 'binary': return compileComparison(node, compilation) ?? never(compileExpression(node, compilation));
    default: return never(compileExpression(node, compilation));
  }
}

function holds(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value instanceof Block) return value.toText() !== null;
  return value !== null && value !== undefined;
}

/** The expression was compiled for its errors only. */
function never(_: Evaluate): Test {
  return () => false;
}

function constant(value: unknown): Evaluate {
  return () => value;
}

type BinaryNode = Extract<Expression, { kind: 'binary' }>;

function compileComparison({ operator, left, right }: BinaryNode, compilation: Compilation): Test | undefined {
  if (operator === '&&' || operator === '||') {
    const [first, second] = [compileCondition(left, compilation), compileCondition(right, compilation)];
    return operator === '&&' ? (scope) => first(scope) && second(scope) : (scope) => first(scope) || second(scope);
  }
  const compare = COMPARISONS[operator];
  if (!compare) return undefined;
  const [first, second] = [compileExpression(left, compilation), compileExpression(right, compilation)];
  return (scope) => compare(first(scope), second(scope));
}

function compileBinary(node: BinaryNode, compilation: Compilation): Evaluate {
  const comparison = compileComparison(node, compilation);
  if (comparison) return comparison;
  const [left, right] = [compileExpression(node.left, compilation), compileExpression(node.right, compilation)];
  const calculate = ARITHMETIC[node.operator];
  if (!calculate) throw new VtlRuntimeError(`There is no operator ${node.operator}`);
  if (node.operator !== '+') return (scope) => calculate(left(scope), right(scope));
  const { stream } = compilation;
  const leftText = stream.literal(node.left.first, node.left.last);
  const rightText = stream.literal(node.right.first, node.right.last);
  return (scope) => {
    const [first, second] = [left(scope) ?? null, right(scope) ?? null];
    if (typeof first !== 'string' && typeof second !== 'string') return calculate(first, second);
    // With a string on either side, what has no value is taken as it was written.
    return limitText(textOf(first, leftText) + textOf(second, rightText));
  };
}

function textOf(value: unknown, literal: string): string {
  return value === null ? literal : textOrNull(value) ?? 'null';
}

function compileList(items: readonly Expression[], compilation: Compilation): Evaluate {
  const evaluators = items.map((item) => compileExpression(item, compilation));
  return (scope) => ArrayList.containing(evaluators.map((evaluate) => evaluate(scope) ?? null));
}

function compileMap(entries: ReadonlyArray<readonly [Expression, Expression]>, compilation: Compilation): Evaluate {
  const evaluators = entries.map(([key, value]) => [compileExpression(key, compilation), compileExpression(value, compilation)] as const);
  return (scope) => {
    const map = new LinkedHashMap();
    for (const [key, value] of evaluators) map.set(key(scope), value(scope) ?? null);
    return map;
  };
}

/** The bounds of a range, both inclusive; undefined when they are not both numbers. */
export function compileBounds(node: Extract<Expression, { kind: 'range' }>, compilation: Compilation): (...scope: Parameters<Evaluate>) => [number, number] | undefined {
  const [from, to] = [compileExpression(node.from, compilation), compileExpression(node.to, compilation)];
  return (scope) => {
    const [first, last] = [from(scope), to(scope)];
    return isJavaNumber(first) && isJavaNumber(last) ? [intValue(first), intValue(last)] : undefined;
  };
}

function compileRange(node: Extract<Expression, { kind: 'range' }>, compilation: Compilation): Evaluate {
  const bounds = compileBounds(node, compilation);
  return (scope) => {
    const range = bounds(scope);
    if (!range) return null;
    const [first, last] = range;
    const length = Math.abs(last - first) + 1;
    checkSize(length);
    return ArrayList.containing(Array.from({ length }, (_, index) => (last >= first ? first + index : first - index)));
  };
}

