import { InvalidFilterPatternError } from './invalid-filter-pattern-error';
import { compileRegularExpression } from './regular-expression';
import { Scanner } from './scanner';

/** Holds a value against what a pattern compares it with: its text, and the number that it is, if it is one. */
export type Comparison = (text: string, number: number | undefined) => boolean;

const OPERATORS = /!=|<=|>=|=|<|>/y;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const WORD = /[^\s"%(){}[\],&|=<>!]+/y;

/** Reads an operator and what it compares with. */
export function readComparison(scanner: Scanner): Comparison {
  scanner.skipSpace();
  const operator = scanner.read(OPERATORS);
  if (operator === undefined) {
    throw new InvalidFilterPatternError();
  }
  if (operator !== '=' && operator !== '!=') {
    return compileOrder(operator, readNumber(scanner));
  }
  const equals = readEquality(scanner);
  return operator === '=' ? equals : (text, number) => !equals(text, number);
}

/** The number that a text is, if it is one. */
export function numberOf(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

function readNumber(scanner: Scanner): number {
  scanner.skipSpace();
  const number = numberOf(scanner.read(WORD) ?? '');
  if (number === undefined) {
    throw new InvalidFilterPatternError();
  }
  return number;
}

function compileOrder(operator: string, limit: number): Comparison {
  const holds = (value: number) => operator === '<' ? value < limit : operator === '>' ? value > limit : operator === '<=' ? value <= limit : value >= limit;
  return (_text, number) => number !== undefined && holds(number);
}

function readEquality(scanner: Scanner): Comparison {
  scanner.skipSpace();
  const expression = scanner.readExpression();
  if (expression !== undefined) {
    return compileRegularExpression(expression);
  }
  const quoted = scanner.readQuoted();
  const word = quoted ?? scanner.read(WORD);
  if (word === undefined) {
    throw new InvalidFilterPatternError();
  }
  const expected = quoted === undefined ? numberOf(word) : undefined;
  const matches = compileWildcard(word);
  return (text, number) => number !== undefined && expected !== undefined ? number === expected : matches(text);
}

/** An asterisk stands for any text at the beginning and at the end, and for itself in between. */
function compileWildcard(word: string): (text: string) => boolean {
  const isOpenStart = word.startsWith('*');
  const isOpenEnd = word.length > 1 && word.endsWith('*');
  const core = word.slice(isOpenStart ? 1 : 0, isOpenEnd ? -1 : undefined);
  if (isOpenStart) {
    return isOpenEnd ? text => text.includes(core) : text => text.endsWith(core);
  }
  return isOpenEnd ? text => text.startsWith(core) : text => text === core;
}
