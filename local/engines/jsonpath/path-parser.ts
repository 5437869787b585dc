/** Text to tokens, by Jayway's grammar. */

import { readFilter } from './filter-parser';
import { isFunction } from './functions';
import { FunctionArgument, PathNode, PathToken, isDefinite } from './json-path-syntax';
import { readLiteral } from './literal-parser';
import { PathScanner } from './path-scanner';

/**
 * Which Jayway release to follow. Step Functions still runs 2.0, which has no functions (`length()` is a property by that name), no
 * escapes in names but those of their quotes, and allows several names in one bracket at the end of a path only.
 */
export type JsonPathEdition = '2.0' | '2.9';

/** Where a path stands decides which characters end a name in it. */
type Setting = 'alone' | 'filter' | 'argument';

const NAME_END: Readonly<Record<Setting, RegExp>> = {
  alone: /[.[]/,
  filter: /[.[\s()<>=~!,]/,
  argument: /[.[\s(),]/,
};

const MAX_TEXT_LENGTH = 10_000;

/** Parses a whole text. One that does not start with `$` or `@` is taken to continue `$.`. */
export function parsePath(text: string, edition: JsonPathEdition): PathNode {
  const trimmed = text.trim();
  const scanner = new PathScanner(/^[$@]/.test(trimmed) ? trimmed : `$.${trimmed}`);
  if (trimmed === '') scanner.fail('A path can not be empty', 0);
  if (text.length > MAX_TEXT_LENGTH) scanner.fail(`A path can not be longer than ${MAX_TEXT_LENGTH} characters`, MAX_TEXT_LENGTH);
  if (trimmed.endsWith('.')) scanner.fail('A path can not end with "."', trimmed.length - 1);
  const path = new PathParser(scanner, 'alone', edition).read();
  if (!scanner.atEnd) scanner.fail(`Unexpected "${scanner.current}"`);
  return path;
}

class PathParser {
  private readonly tokens: PathToken[] = [];

  constructor(private readonly scanner: PathScanner, private readonly setting: Setting, private readonly edition: JsonPathEdition) {}

  read(): PathNode {
    const { scanner, tokens } = this;
    const start = scanner.current === '@' ? 'current' : 'document';
    scanner.position++;
    while (scanner.current === '.' || scanner.current === '[') {
      if (scanner.current === '.') {
        this.readDotToken();
      } else {
        this.readBracketToken();
      }
    }
    if (this.edition === '2.0' && tokens.slice(0, -1).some((token) => token.kind === 'properties' && token.names.length > 1)) {
      scanner.fail('Multi properties can only be used as path leafs', 0);
    }
    return { start, tokens: invertScannedFunction(start, tokens) };
  }

  private readDotToken(): void {
    const { scanner } = this;
    scanner.position++;
    if (scanner.current === '.') {
      scanner.position++;
      this.tokens.push({ kind: 'scan' });
    }
    if (scanner.current === '.') scanner.fail('Unexpected "."');
    if (scanner.current === '[') {
      this.readBracketToken();
    } else if (scanner.current === '*') {
      scanner.position++;
      this.tokens.push({ kind: 'wildcard' });
    } else {
      this.readNameToken();
    }
  }

  private readNameToken(): void {
    const { scanner, setting } = this;
    const start = scanner.position;
    const end = NAME_END[setting];
    const callable = this.edition !== '2.0';
    const name = scanner.readWhile((character) => !end.test(character) && !(callable && character === '(') && !(setting === 'filter' && this.atConnective()));
    if (callable && scanner.current === '(') {
      if (!isFunction(name)) scanner.fail(`There is no function "${name}"`, start);
      this.tokens.push({ kind: 'function', name, arguments: this.readArguments() });
      return;
    }
    if (name === '') scanner.fail(scanner.atEnd ? 'Expected a name before the end' : 'Expected a name');
    if (setting === 'alone' && name.includes(' ')) {
      scanner.fail('A name that contains blanks needs brackets and quotes', start + name.indexOf(' '));
    }
    this.tokens.push({ kind: 'properties', names: [name] });
  }

  private atConnective(): boolean {
    return this.scanner.startsWith('&&') || this.scanner.startsWith('||');
  }

  private readArguments(): FunctionArgument[] {
    const { scanner, edition } = this;
    return scanner.nest(() => {
      const result: FunctionArgument[] = [];
      scanner.expect('(');
      if (scanner.accept(')')) return result;
      do {
        scanner.skipBlanks();
        result.push(scanner.current === '$' || scanner.current === '@'
          ? { kind: 'path', path: new PathParser(scanner, 'argument', edition).read() }
          : { kind: 'literal', value: readLiteral(scanner) });
      } while (scanner.accept(','));
      scanner.expect(')');
      return result;
    });
  }

  private readBracketToken(): void {
    const { scanner } = this;
    scanner.expect('[');
    scanner.skipBlanks();
    if (scanner.current === '\'' || scanner.current === '"') {
      this.tokens.push(this.readNames());
    } else if (scanner.accept('*')) {
      this.tokens.push({ kind: 'wildcard' });
    } else if (scanner.accept('?')) {
      this.tokens.push(this.readFilterToken());
    } else {
      this.tokens.push(this.readArrayToken());
    }
    scanner.expect(']');
  }

  private readNames(): PathToken {
    const { scanner, edition } = this;
    const names: string[] = [];
    do {
      scanner.skipBlanks();
      if (scanner.current !== '\'' && scanner.current !== '"') scanner.fail('Expected a quoted name');
      names.push(edition === '2.0' ? scanner.readQuoted() : scanner.readString());
    } while (scanner.accept(','));
    return { kind: 'properties', names };
  }

  private readFilterToken(): PathToken {
    const { scanner, edition } = this;
    scanner.skipBlanks();
    if (scanner.current !== '(') scanner.fail('A filter needs parentheses: [?( )]; placeholders are not supported');
    return scanner.nest(() => {
      scanner.expect('(');
      const condition = readFilter(scanner, (inner) => new PathParser(inner, 'filter', edition).read());
      scanner.expect(')');
      return { kind: 'filter', condition };
    });
  }

  private readArrayToken(): PathToken {
    const { scanner } = this;
    const start = scanner.position;
    const text = scanner.readWhile((character) => /[-\d,: ]/.test(character));
    if (text.trim() === '') scanner.fail('Expected a quoted name, an index, a slice, "*" or a filter', start);
    return text.includes(':') ? this.parseSlice(text, start) : { kind: 'indexes', indexes: text.split(',').map((part) => this.parseIndex(part, start)) };
  }

  /** Jayway knows no step: what follows a second colon is ignored. */
  private parseSlice(text: string, start: number): PathToken {
    const [from, to] = text.split(':').map((part) => (part.trim() === '' ? undefined : this.parseIndex(part, start)));
    if (from === undefined && to === undefined) this.scanner.fail('A slice needs a beginning or an end', start);
    return { kind: 'slice', from, to };
  }

  private parseIndex(text: string, start: number): number {
    const index = /^\s*-?\d+\s*$/.test(text) ? Number(text) : NaN;
    if (!(Math.abs(index) <= 0x7fffffff)) this.scanner.fail(`"${text.trim()}" is not an index`, start);
    return index;
  }
}

/** `$..price.sum()` asks for the sum of all prices, not for the sums of each: the scan becomes the function's argument. */
function invertScannedFunction(start: PathNode['start'], tokens: readonly PathToken[]): readonly PathToken[] {
  const last = tokens[tokens.length - 1];
  if (tokens[0]?.kind !== 'scan' || last.kind !== 'function' || isDefinite(tokens)) return tokens;
  const at = tokens.findIndex((token) => token.kind === 'function');
  const call = tokens[at] as Extract<PathToken, { kind: 'function' }>;
  return [{ ...call, arguments: [{ kind: 'path', path: { start, tokens: tokens.slice(0, at) } }] }, ...tokens.slice(at + 1)];
}
