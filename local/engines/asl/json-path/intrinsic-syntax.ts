/** Parses intrinsic function calls such as `States.Format('Hello {}', $.name)`. */

/** A call or one of its arguments. */
export type IntrinsicNode =
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly IntrinsicNode[]; readonly text: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'path'; readonly text: string };

/** A text that is no intrinsic function call. */
export class IntrinsicSyntaxError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'IntrinsicSyntaxError';
  }
}

const MAX_NESTING = 10;
const CALL = /States\.([A-Za-z0-9]+)\s*\(/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const KEYWORD = /(?:true|false|null)\b/y;
const SPACE = /\s*/y;

/** Parses a whole text as one call. */
export function parseIntrinsic(text: string): IntrinsicNode {
  const parser = new IntrinsicParser(text.trim());
  const call = parser.readCall(0);
  parser.expectEnd();
  return call;
}

class IntrinsicParser {
  private position = 0;

  constructor(private readonly text: string) {}

  expectEnd(): void {
    this.skipSpace();
    if (this.position < this.text.length) this.fail();
  }

  readCall(depth: number): IntrinsicNode {
    const start = this.position;
    const name = this.match(CALL)?.[1];
    if (name === undefined || depth > MAX_NESTING) return this.fail();
    const values: IntrinsicNode[] = [];
    this.skipSpace();
    if (!this.take(')')) {
      do {
        values.push(this.readArgument(depth));
        this.skipSpace();
      } while (this.take(','));
      if (!this.take(')')) this.fail();
    }
    return { kind: 'call', name, arguments: values, text: this.text.slice(start, this.position) };
  }

  private readArgument(depth: number): IntrinsicNode {
    this.skipSpace();
    const first = this.text[this.position];
    if (first === '\'') return { kind: 'literal', value: this.readString() };
    if (first === '$') return { kind: 'path', text: this.readPath() };
    if (first === 'S') return this.readCall(depth + 1);
    const keyword = this.match(KEYWORD)?.[0];
    if (keyword !== undefined) return { kind: 'literal', value: JSON.parse(keyword) as boolean | null };
    const number = this.match(NUMBER)?.[0];
    return number === undefined ? this.fail() : { kind: 'literal', value: Number(number) };
  }

  /** Keeps `\{` and `\}` as they are: only Format gives braces a meaning. */
  private readString(): string {
    let value = '';
    for (this.position++; this.position < this.text.length; this.position++) {
      const character = this.text[this.position];
      if (character === '\'') {
        this.position++;
        return value;
      }
      if (character === '\\' && this.position + 1 < this.text.length) {
        const escaped = this.text[++this.position];
        value += escaped === '\'' ? escaped : `\\${escaped}`;
      } else {
        value += character;
      }
    }
    return this.fail();
  }

  /** A path ends at the comma or parenthesis that is not inside brackets of its own. */
  private readPath(): string {
    const start = this.position;
    let depth = 0;
    let quote: string | undefined;
    for (; this.position < this.text.length; this.position++) {
      const character = this.text[this.position];
      if (quote !== undefined) {
        if (character === '\\') this.position++;
        else if (character === quote) quote = undefined;
      } else if (depth > 0 && (character === '\'' || character === '"')) {
        quote = character;
      } else if (character === '[' || character === '(') {
        depth++;
      } else if (depth === 0 && (character === ',' || character === ')')) {
        break;
      } else if (character === ']' || character === ')') {
        depth--;
      }
    }
    return this.text.slice(start, this.position).trimEnd();
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match) this.position = pattern.lastIndex;
    return match;
  }

  private skipSpace(): void {
    this.match(SPACE);
  }

  private take(character: string): boolean {
    if (this.text[this.position] !== character) return false;
    this.position++;
    return true;
  }

  private fail(): never {
    throw new IntrinsicSyntaxError(`Not a valid intrinsic function call: ${this.text}`);
  }
}
