import { complementSource, propertySource } from './character-set';
import { JavaPatternError } from './pattern-syntax';

const CONTROL_ESCAPES: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 };
const FLAGS = 'idmsuxU';
const MAX_NESTING = 200;

/** A cursor over the text of an expression, with the flags that hold where it stands. */
export class PatternScanner {
  position = 0;
  private nesting = 0;

  constructor(readonly pattern: string, public flags: string) {
    for (const flag of flags) {
      if (!FLAGS.includes(flag)) this.fail(`Unknown flag "${flag}"`);
    }
  }

  get current(): string {
    return this.pattern.charAt(this.position);
  }

  get rest(): string {
    return this.pattern.slice(this.position);
  }

  get atEnd(): boolean {
    return this.position >= this.pattern.length;
  }

  has(flag: string): boolean {
    return this.flags.includes(flag);
  }

  fail(message: string): never {
    throw new JavaPatternError(message, this.pattern, this.position);
  }

  nest<T>(read: () => T): T {
    if (++this.nesting > MAX_NESTING) this.fail('The expression is nested too deeply');
    const result = read();
    this.nesting--;
    return result;
  }

  take(): string {
    if (this.atEnd) this.fail('The expression ends too early');
    return this.pattern.charAt(this.position++);
  }

  takeCodePoint(): number {
    const codePoint = this.pattern.codePointAt(this.position);
    if (codePoint === undefined) return this.fail('The expression ends too early');
    this.position += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  accept(text: string): boolean {
    if (!this.pattern.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.fail(`Expected "${text}"`);
  }

  /** With the flag x, blanks and comments mean nothing. */
  skipComments(): void {
    if (!this.has('x')) return;
    this.position += /^(?:[ \t\n\u000b\f\r]|#[^\n\r]*)*/.exec(this.rest)?.[0].length ?? 0;
  }

  readName(): string {
    const name = /^[a-zA-Z][a-zA-Z0-9]*/.exec(this.rest)?.[0];
    if (name === undefined) return this.fail('A group needs a name of letters and digits');
    this.position += name.length;
    this.expect('>');
    return name;
  }

  /** The flags after a change such as `im-s`. */
  readFlags(): string {
    const [, added, removed = ''] = /^([a-zA-Z]*)(?:-([a-zA-Z]*))?/.exec(this.rest) ?? [];
    const text = added + removed;
    for (const flag of text) {
      if (!FLAGS.includes(flag)) this.fail(`Unknown inline modifier "${flag}"`);
    }
    this.position += text.length + (this.rest.startsWith(`${added}-`) ? 1 : 0);
    return Array.from(new Set(this.flags + added)).filter((flag) => !removed.includes(flag)).join('');
  }

  /** The class of `p{…}` or `P{…}`, the backslash taken. */
  readProperty(): string {
    const negated = this.take() === 'P';
    const name = this.accept('{') ? this.readFamilyName() : this.take();
    const source = propertySource(name);
    if (source === undefined) return this.fail(`Unknown character property {${name}}`);
    return negated ? complementSource(source) : `[${source}]`;
  }

  private readFamilyName(): string {
    const match = /^([^}]*)\}/.exec(this.rest);
    if (!match) return this.fail('Unclosed character family');
    this.position += match[0].length;
    return match[1];
  }

  /** The character of an escape, the backslash taken. A letter without a meaning is an error, anything else stands for itself. */
  readEscapedCharacter(): number {
    const letter = this.current;
    if (Object.hasOwn(CONTROL_ESCAPES, letter)) {
      this.position++;
      return CONTROL_ESCAPES[letter];
    }
    switch (letter) {
      case '0': return this.readDigits(/^0([0-3]?[0-7]{1,2})/, 8);
      case 'x': return this.rest.startsWith('x{') ? this.readDigits(/^x\{([0-9a-fA-F]+)\}/, 16) : this.readDigits(/^x([0-9a-fA-F]{2})/, 16);
      case 'u': return this.readDigits(/^u([0-9a-fA-F]{4})/, 16);
      case 'c':
        this.position++;
        // The letter's bit 6 is turned over.
        return this.takeCodePoint() ^ 0x40;
    }
    return /[a-zA-Z]/.test(letter) ? this.fail('Illegal or unsupported escape sequence') : this.takeCodePoint();
  }

  private readDigits(expression: RegExp, radix: number): number {
    const match = expression.exec(this.rest);
    const codePoint = match ? parseInt(match[1], radix) : NaN;
    if (!match || !(codePoint <= 0x10ffff)) return this.fail('Illegal escape sequence');
    this.position += match[0].length;
    return codePoint;
  }
}
