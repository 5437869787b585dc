/** What the parsers of all expressions share: a cursor over the tokens, paths, and DynamoDB's words for a syntax error. */
import { FunctionNode, Node, PathElement, PathNode } from './syntax';
import { Token, tokenize } from './tokens';
import { validationError } from '../errors';

const MAXIMUM_SIZE = 4096;
const MAXIMUM_OPERATORS = 300;
const NONE: ReadonlySet<string> = new Set();

export abstract class Parser {
  private readonly tokens: readonly Token[];
  private position = 0;
  private operators = 0;
  /** The words of the language that are no names, in capitals. */
  protected readonly keywords: ReadonlySet<string> = NONE;

  /** `kind` is the name of the request's member, such as ConditionExpression. */
  constructor(private readonly kind: string, private readonly source: string) {
    if (source.trim() === '') {
      throw this.error('The expression can not be empty;');
    }
    const size = Buffer.byteLength(source);
    if (size > MAXIMUM_SIZE) {
      throw this.error(`Expression size has exceeded the maximum allowed size;${kind === 'UpdateExpression' ? '' : ` expression size: ${size}`}`);
    }
    this.tokens = tokenize(source);
  }

  protected get token(): Token {
    return this.tokens[this.position];
  }

  protected get nextToken(): Token {
    return this.tokens[Math.min(this.position + 1, this.tokens.length - 1)];
  }

  protected take(): Token {
    const token = this.token;
    this.position = Math.min(this.position + 1, this.tokens.length - 1);
    return token;
  }

  protected isSymbol(text: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === text;
  }

  protected takeSymbol(text: string): void {
    if (!this.isSymbol(text)) {
      throw this.syntaxError();
    }
    this.take();
  }

  /** Whether the token is one of the words of the language, in any case. */
  protected isWord(word: string): boolean {
    return this.token.kind === 'name' && this.token.text.toUpperCase() === word;
  }

  protected takeEnd(): void {
    if (this.token.kind !== 'end') {
      throw this.syntaxError();
    }
  }

  /** Counts operators and functions; their number bounds the depth of an expression. */
  protected countOperator(): void {
    this.operators += 1;
    if (this.operators > MAXIMUM_OPERATORS) {
      throw this.error(`The expression contains too many operators; operator count: ${this.operators}`);
    }
  }

  /** One or more of something, between commas. */
  protected separated<Element>(parse: () => Element): Element[] {
    const elements = [parse()];
    while (this.isSymbol(',')) {
      this.take();
      elements.push(parse());
    }
    return elements;
  }

  protected path(): PathNode {
    const elements: PathElement[] = [this.pathName()];
    for (;;) {
      if (this.isSymbol('.')) {
        this.take();
        elements.push(this.pathName());
      } else if (this.isSymbol('[')) {
        this.take();
        if (this.token.kind !== 'number') {
          throw this.syntaxError();
        }
        elements.push(Number(this.take().text));
        this.takeSymbol(']');
      } else {
        return { kind: 'path', elements };
      }
    }
  }

  /** A path, a value's placeholder, or a function. */
  protected pathOrValueOrFunction(parseArgument: () => Node): Node {
    const { token } = this;
    if (token.kind === 'valuePlaceholder') {
      this.take();
      return { kind: 'value', placeholder: token.text };
    }
    if (token.kind === 'name' && this.nextToken.text === '(') {
      return this.functionCall(parseArgument);
    }
    return this.path();
  }

  /** Names the token that does not fit, between its neighbours. */
  protected syntaxError() {
    const { token, position } = this;
    const before = this.tokens[Math.max(0, position - 1)];
    const near = this.source.slice(before.start, this.nextToken.end).trimEnd();
    return this.error(`Syntax error; token: "${token.text}", near: "${near}"`);
  }

  protected error(message: string) {
    return validationError(`Invalid ${this.kind}: ${message}`);
  }

  private pathName(): PathElement {
    const { kind, text } = this.token;
    if (kind !== 'name' && kind !== 'namePlaceholder' || kind === 'name' && this.keywords.has(text.toUpperCase())) {
      throw this.syntaxError();
    }
    this.take();
    return { name: text, placeholder: kind === 'namePlaceholder' };
  }

  private functionCall(parseArgument: () => Node): FunctionNode {
    const name = this.take().text;
    this.countOperator();
    this.takeSymbol('(');
    const args = this.separated(parseArgument);
    this.takeSymbol(')');
    return { kind: 'function', name, arguments: args };
  }
}
