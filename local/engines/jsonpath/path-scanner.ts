import { JsonPathSyntaxError } from './json-path-syntax';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A cursor over the text of a path, with the few things that paths, filters and literals all need. */
export class PathScanner {
  position = 0;
  private depth = 0;

  constructor(readonly text: string) {}

  get current(): string {
    return this.text.charAt(this.position);
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  fail(message: string, position = this.position): never {
    throw new JsonPathSyntaxError(message, this.text, position);
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.position);
  }

  /** Steps over the text if it is next, blanks before it included. */
  accept(text: string): boolean {
    const start = this.position;
    this.skipBlanks();
    if (this.startsWith(text)) {
      this.position += text.length;
      return true;
    }
    this.position = start;
    return false;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.fail(this.atEnd ? `Expected "${text}" before the end` : `Expected "${text}"`);
  }

  skipBlanks(): void {
    while (this.current === ' ' || this.current === '\t' || this.current === '\n' || this.current === '\r') this.position++;
  }

  /** The longest run of characters from here that satisfies the test. */
  readWhile(test: (character: string) => boolean): string {
    const start = this.position;
    while (!this.atEnd && test(this.current)) this.position++;
    return this.text.slice(start, this.position);
  }

  /** A quoted string, in either kind of quotes. */
  readString(): string {
    const start = this.position;
    const quote = this.current;
    let result = '';
    for (this.position++; !this.atEnd; this.position++) {
      const character = this.current;
      if (character === quote) {
        this.position++;
        return result;
      }
      result += character === '\\' ? this.readEscape() : character;
    }
    this.fail('The string is not terminated', start);
  }

  /** The same without escapes, but for those of its own quotes. */
  readQuoted(): string {
    const start = this.position;
    const quote = this.current;
    let result = '';
    for (this.position++; !this.atEnd; this.position++) {
      if (this.current === quote) {
        this.position++;
        return result;
      }
      if (this.startsWith(`\\${quote}`)) this.position++;
      result += this.current;
    }
    return this.fail('The string is not terminated', start);
  }

  /** Keeps nested filters, parentheses and literals from exhausting the stack. */
  nest<T>(read: () => T): T {
    if (++this.depth > 100) this.fail('The path is nested too deeply');
    const result = read();
    this.depth--;
    return result;
  }

  /** Leaves the position on the last character of the escape, as the loop in `readString` steps over it. */
  private readEscape(): string {
    this.position++;
    const character = this.current;
    if (character !== 'u') return ESCAPES[character] ?? character;
    const digits = this.text.slice(this.position + 1, this.position + 5);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail('A \\u escape needs four hexadecimal digits');
    this.position += 4;
    return String.fromCharCode(parseInt(digits, 16));
  }
}
