import { InvalidFilterPatternError } from './invalid-filter-pattern-error';
import { compileRegularExpression } from './regular-expression';
import { Scanner } from './scanner';

type Test = (message: string) => boolean;

/** Compiles terms: those that have to be there, those after `-` that must not, and those after `?` of which one has to. */
export function compileTermPattern(pattern: string): Test {
  const scanner = new Scanner(pattern);
  const required: Test[] = [];
  const excluded: Test[] = [];
  const optional: Test[] = [];
  for (scanner.skipSpace(); !scanner.isAtEnd; scanner.skipSpace()) {
    const tests = scanner.acceptHere('-') ? excluded : scanner.acceptHere('?') ? optional : required;
    scanner.skipSpace();
    tests.push(readTerm(scanner));
  }
  // Beside terms of the other kinds, optional ones say nothing.
  if (required.length + excluded.length === 0) {
    return message => optional.some(test => test(message));
  }
  return message => required.every(test => test(message)) && !excluded.some(test => test(message));
}

function readTerm(scanner: Scanner): Test {
  const expression = scanner.readExpression();
  if (expression !== undefined) {
    return compileRegularExpression(expression);
  }
  const term = scanner.readQuoted() ?? readWord(scanner);
  return message => message.includes(term);
}

function readWord(scanner: Scanner): string {
  const word = scanner.read(/\S+/y) ?? '';
  if (!/^\w+$/.test(word)) {
    throw new InvalidFilterPatternError(`Invalid character(s) in term '${word}'`);
  }
  return word;
}
