import { Lexer } from './lexer';
import { Token, TokenKind, tokenLiteral } from './token';
import { VtlSyntaxError } from './vtl-syntax-error';

const MAX_NESTING = 250;

/** The tokens of a template, read no further ahead than the parser looks: the lexer's state depends on what the parser does. */
export class TokenStream {
  private readonly tokens: Token[] = [];
  private consumed = 0;
  private nesting = 0;

  constructor(readonly lexer: Lexer) {}

  /** The index of the token that comes next. */
  get position(): number {
    return this.consumed;
  }

  /** The token `distance` ahead; one is the next. */
  peek(distance = 1): Token {
    while (this.tokens.length < this.consumed + distance) this.tokens.push(this.lexer.next());
    return this.tokens[this.consumed + distance - 1];
  }

  at(kind: TokenKind, distance = 1): boolean {
    return this.peek(distance).kind === kind;
  }

  take(): Token {
    const token = this.peek();
    this.consumed++;
    return token;
  }

  accept(kind: TokenKind): boolean {
    if (!this.at(kind)) return false;
    this.consumed++;
    return true;
  }

  expect(kind: TokenKind): Token {
    return this.at(kind) ? this.take() : this.unexpected();
  }

  skipWhitespace(): void {
    this.accept('WHITESPACE');
  }

  unexpected(): never {
    const token = this.peek();
    return this.lexer.fail(token.kind === 'END_OF_FILE' ? 'Unexpected end of the template' : `Unexpected ${JSON.stringify(token.image)}`, token.offset);
  }

  /** The text from one token to another as it was written. */
  literal(first: number, last: number): string {
    return this.tokens.slice(first, last + 1).map(tokenLiteral).join('');
  }

  /** The same without characters that became special tokens, which is how a macro that does not exist prints itself. */
  images(first: number, last: number): string {
    return this.tokens.slice(first, last + 1).map((token) => token.image).join('');
  }

  tokenAt(index: number): Token {
    return this.tokens[index];
  }

  location(token: Token): { line: number; column: number } {
    const before = this.lexer.source.slice(0, token.offset).split(/\r\n|\n|\r/);
    return { line: before.length, column: before[before.length - 1].length + 1 };
  }

  /** Keeps a template from exhausting the stack. */
  nest<T>(parse: () => T): T {
    if (++this.nesting > MAX_NESTING) {
      const { line, column } = this.location(this.peek());
      throw new VtlSyntaxError(`The template is nested more than ${MAX_NESTING} levels deep`, line, column);
    }
    const result = parse();
    this.nesting--;
    return result;
  }
}
