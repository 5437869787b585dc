/** The condition inside `[?( )]`, by Jayway's grammar: `||` binds looser than `&&`, and operators made of letters are read without regard to case. */

import { FilterNode, FilterOperand, FilterOperator, PathNode } from './json-path-syntax';
import { readLiteral } from './literal-parser';
import { PathScanner } from './path-scanner';

const OPERATORS: ReadonlySet<string> = new Set<FilterOperator>([
  '==', '===', '!=', '!==', '<', '<=', '>', '>=', '=~', 'in', 'nin', 'subsetof', 'anyof', 'noneof', 'all', 'contains', 'size', 'empty', 'exists',
]);

/** Reads a condition; paths inside it are read by the given function. */
export function readFilter(scanner: PathScanner, readPath: (scanner: PathScanner) => PathNode): FilterNode {
  return new FilterParser(scanner, readPath).readOr();
}

class FilterParser {
  constructor(private readonly scanner: PathScanner, private readonly readPath: (scanner: PathScanner) => PathNode) {}

  readOr(): FilterNode {
    let left = this.readAnd();
    while (this.scanner.accept('||')) left = { kind: 'or', left, right: this.readAnd() };
    return left;
  }

  private readAnd(): FilterNode {
    let left = this.readTerm();
    while (this.scanner.accept('&&')) left = { kind: 'and', left, right: this.readTerm() };
    return left;
  }

  private readTerm(): FilterNode {
    const { scanner } = this;
    return scanner.nest(() => {
      scanner.skipBlanks();
      if (scanner.accept('!')) {
        scanner.skipBlanks();
        if (scanner.current === '@' || scanner.current === '$') return { kind: 'exists', path: this.readPath(scanner), expected: false };
        return { kind: 'not', condition: this.readTerm() };
      }
      if (scanner.accept('(')) {
        const condition = this.readOr();
        scanner.expect(')');
        return condition;
      }
      return this.readComparison();
    });
  }

  private readComparison(): FilterNode {
    const { scanner } = this;
    const start = scanner.position;
    const left = this.readOperand();
    const operator = this.readOperator();
    if (operator === undefined) {
      if (left.kind !== 'path') return scanner.fail('A value alone is no condition', start);
      return { kind: 'exists', path: left.path, expected: true };
    }
    return { kind: 'compare', operator, left, right: this.readOperand() };
  }

  private readOperator(): FilterOperator | undefined {
    const { scanner } = this;
    scanner.skipBlanks();
    const start = scanner.position;
    const text = /[<>=~!]/.test(scanner.current)
      ? scanner.readWhile((character) => /[<>=~!]/.test(character))
      : scanner.readWhile((character) => /[a-zA-Z]/.test(character)).toLowerCase();
    if (text === '') return undefined;
    if (!OPERATORS.has(text)) scanner.fail(`"${text}" is not a filter operator`, start);
    return text as FilterOperator;
  }

  private readOperand(): FilterOperand {
    const { scanner } = this;
    scanner.skipBlanks();
    if (scanner.current === '@' || scanner.current === '$') return { kind: 'path', path: this.readPath(scanner) };
    if (scanner.current === '/') return this.readPattern();
    return { kind: 'literal', value: readLiteral(scanner) };
  }

  private readPattern(): FilterOperand {
    const { scanner } = this;
    const start = scanner.position;
    let source = '';
    for (scanner.position++; scanner.current !== '/'; scanner.position++) {
      if (scanner.atEnd) scanner.fail('The pattern is not terminated', start);
      if (scanner.startsWith('\\/')) scanner.position++;
      source += scanner.current;
      if (scanner.current === '\\') source += scanner.text.charAt(++scanner.position);
    }
    scanner.position++;
    return { kind: 'pattern', source, flags: scanner.readWhile((character) => /[a-zA-Z]/.test(character)) };
  }
}
