import {
  ESCAPED_CLASSES, complementSource, escapeCharacter, intersectionSource, rangeSource, unionSource,
} from './character-set';
import { PatternScanner } from './pattern-scanner';

/** Reads classes such as `[a-z&&[^aeiou]]` into classes of JavaScript's. */
export class ClassParser {
  constructor(private readonly scanner: PatternScanner) {}

  read(): string {
    const { scanner } = this;
    scanner.expect('[');
    const negated = scanner.accept('^');
    const source = scanner.nest(() => this.readIntersection());
    if (!scanner.accept(']')) scanner.fail('Unclosed character class');
    return negated ? complementSource(source) : source;
  }

  private readIntersection(): string {
    const { scanner } = this;
    let source = this.readUnion(true);
    while (scanner.accept('&&')) {
      const right = this.readUnion(false);
      if (right !== '[]') source = source === '[]' ? right : intersectionSource(source, right);
    }
    return source;
  }

  /** A closing bracket at the very beginning is one of the characters. */
  private readUnion(first: boolean): string {
    const { scanner } = this;
    const parts: string[] = [];
    for (scanner.skipComments(); !scanner.rest.startsWith('&&'); scanner.skipComments()) {
      if (scanner.atEnd) scanner.fail('Unclosed character class');
      if (scanner.current === ']' && !(first && parts.length === 0)) break;
      parts.push(this.readPart());
    }
    return unionSource(parts);
  }

  private readPart(): string {
    const { scanner } = this;
    if (scanner.current === '[') return this.read();
    const start = this.readCharacterOrClass();
    if (typeof start === 'string') return start;
    if (scanner.current !== '-' || /^-(?:\]|\[|&&)/.test(scanner.rest) || scanner.rest === '-') return escapeCharacter(start);
    scanner.take();
    const end = this.readCharacterOrClass();
    if (typeof end === 'string' || end < start) return scanner.fail('Illegal character range');
    return rangeSource(start, end);
  }

  private readCharacterOrClass(): number | string {
    const { scanner } = this;
    if (!scanner.accept('\\')) return scanner.takeCodePoint();
    const letter = scanner.current;
    if (Object.hasOwn(ESCAPED_CLASSES, letter)) {
      scanner.take();
      return ESCAPED_CLASSES[letter];
    }
    return letter === 'p' || letter === 'P' ? scanner.readProperty() : scanner.readEscapedCharacter();
  }
}
