/** The functions a path may call, such as `$.prices.sum()`. */

import { Evaluator } from './evaluation';
import { asNumber, isObject, propertyNames } from './json-model';
import { FunctionArgument, PathToken } from './json-path-syntax';
import { CompileTokens, PathReader, compilePathReader } from './operand';

type FunctionToken = Extract<PathToken, { kind: 'function' }>;

/** Applies a function to a value; undefined when it has no result. */
type PathFunction = (value: unknown, parameters: readonly unknown[]) => unknown;

/** A sum of nothing is an error to Jayway, not zero. */
function aggregate(combine: (numbers: readonly number[]) => number): PathFunction {
  return (value, parameters) => {
    const numbers = [...flatten([value].filter(Array.isArray)), ...flatten(parameters)].map(asNumber).filter((number) => number !== undefined);
    return numbers.length === 0 ? undefined : combine(numbers);
  };
}

function flatten(values: readonly unknown[]): unknown[] {
  return values.flatMap((value) => (Array.isArray(value) ? value as unknown[] : [value]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function average(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}

function standardDeviation(numbers: readonly number[]): number {
  const mean = average(numbers);
  return Math.sqrt(average(numbers.map((number) => number * number)) - mean * mean);
}

function length(value: unknown, [parameter]: readonly unknown[]): unknown {
  const measured = Array.isArray(parameter) ? parameter : value;
  if (Array.isArray(measured)) return measured.length;
  return isObject(measured) ? propertyNames(measured).length : null;
}

function concatenate(value: unknown, parameters: readonly unknown[]): string {
  const own = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  const given = flatten(parameters).filter((item) => typeof item === 'string' || asNumber(item) !== undefined);
  return [...own, ...given].map(String).join('');
}

function itemAt(value: unknown, index: unknown): unknown {
  const position = asNumber(index);
  return Array.isArray(value) && position !== undefined ? value[position < 0 ? value.length + position : position] : undefined;
}

const FUNCTIONS: ReadonlyMap<string, PathFunction> = new Map<string, PathFunction>([
  ['min', aggregate((numbers) => numbers.reduce((least, number) => Math.min(least, number)))],
  ['max', aggregate((numbers) => numbers.reduce((most, number) => Math.max(most, number)))],
  ['sum', aggregate(sum)],
  ['avg', aggregate(average)],
  ['stddev', aggregate(standardDeviation)],
  ['length', length],
  ['size', length],
  ['keys', (value) => (isObject(value) ? propertyNames(value) : null)],
  ['concat', concatenate],
  ['append', (value, parameters) => (Array.isArray(value) ? [...value as unknown[], ...parameters] : value)],
  ['first', (value) => itemAt(value, 0)],
  ['last', (value) => itemAt(value, -1)],
  ['index', (value, [position]) => itemAt(value, position)],
]);

/** Whether there is a function by that name. */
export function isFunction(name: string): boolean {
  return FUNCTIONS.has(name);
}

/** Compiles a call. */
export function compileFunction(token: FunctionToken, compileTokens: CompileTokens, next: Evaluator): Evaluator {
  const apply = FUNCTIONS.get(token.name);
  if (!apply) throw new Error(`There is no function "${token.name}"`);
  const readers = token.arguments.map((argument) => compileArgument(token.name, argument, compileTokens));
  return (value, trail, evaluation) => {
    const result = apply(value, readers.map((read) => read(value, evaluation)));
    if (result === undefined) {
      evaluation.failure = `The function ${token.name}() has nothing to work on`;
    } else {
      next(result, trail, evaluation);
    }
  };
}

/** `length($..book)` counts what is inside the books found, which is why a path given to it goes one step further than it says. */
function compileArgument(name: string, argument: FunctionArgument, compileTokens: CompileTokens): PathReader {
  if (argument.kind === 'literal') return () => argument.value;
  const { path } = argument;
  const counts = (name === 'length' || name === 'size') && !path.tokens.some((token) => token.kind === 'function');
  return compilePathReader(counts ? { ...path, tokens: [...path.tokens, { kind: 'wildcard' }] } : path, compileTokens);
}
