import { InvalidFilterPatternError } from './invalid-filter-pattern-error';

/** Reads a pattern from left to right. */
export class Scanner {
  private position = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position === this.text.length;
  }

  skipSpace(): void {
    this.read(/\s*/y);
  }

  /** Takes a text if it comes next, after any space. */
  accept(expected: string): boolean {
    this.skipSpace();
    return this.acceptHere(expected);
  }

  acceptHere(expected: string): boolean {
    const found = this.text.startsWith(expected, this.position);
    this.position += found ? expected.length : 0;
    return found;
  }

  expect(expected: string): void {
    if (!this.accept(expected)) {
      throw new InvalidFilterPatternError();
    }
  }

  /** What a sticky expression matches here; undefined when it does not. */
  read(expression: RegExp): string | undefined {
    expression.lastIndex = this.position;
    const match = expression.exec(this.text)?.[0];
    this.position += match?.length ?? 0;
    return match;
  }

  /** A text in double quotes, which a backslash lets it hold; undefined when none begins here. */
  readQuoted(): string | undefined {
    const literal = this.read(/"(?:[^"\\]|\\[^])*"/y);
    return literal?.slice(1, -1).replace(/\\(["\\])/g, '$1');
  }

  /** A regular expression between percent signs; undefined when none begins here. */
  readExpression(): string | undefined {
    return this.read(/%(?:[^%\\]|\\[^])*%/y)?.slice(1, -1);
  }
}
