/** Templates: text, references and directives. */

import { parseExpression, parseReference, parseValue } from './expression-parser';
import { Lexer } from './lexer';
import { BlockNode, DirectiveArgument, DirectiveNode, Expression, Statement } from './nodes';
import { isReferenceNext } from './reference-parser';
import { Token, TokenKind, tokenLiteral } from './token';
import { TokenStream } from './token-stream';

/** The directives that are not control structures of the grammar, and whether they have a body. */
const DIRECTIVES: ReadonlyMap<string, 'block' | 'line'> = new Map<string, 'block' | 'line'>([
  ['foreach', 'block'], ['macro', 'block'], ['literal', 'block'], ['define', 'block'],
  ['include', 'line'], ['parse', 'line'], ['evaluate', 'line'], ['break', 'line'], ['stop', 'line'],
]);
const CONTROL_STRUCTURES: ReadonlySet<string> = new Set(['if', 'end', 'set', 'else', 'elseif']);

const TEXT_TOKENS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'TEXT', 'DOT', 'RPAREN', 'LPAREN', 'INTEGER_LITERAL', 'FLOATING_POINT_LITERAL', 'STRING_LITERAL', 'ESCAPE', 'LCURLY', 'RCURLY', 'EMPTY_INDEX',
]);

/** A parsed template, with the tokens that its nodes point to. */
export interface SyntaxTree {
  readonly root: BlockNode;
  readonly stream: TokenStream;
}

/** Parses a template. Macros known by name make a difference to what a backslash before `#name` means; those found are added. */
export function parseTemplate(source: string, macroNames: Set<string>): SyntaxTree {
  const stream = new TokenStream(new Lexer(source));
  const root = new TemplateParser(stream, macroNames).parseBlock();
  stream.expect('END_OF_FILE');
  return { root, stream };
}

class TemplateParser {
  constructor(private readonly stream: TokenStream, private readonly macroNames: Set<string>) {}

  parseBlock(): BlockNode {
    const { stream } = this;
    return stream.nest(() => {
      const first = stream.position;
      const statements: Statement[] = [];
      for (let statement = this.parseStatement(); statement; statement = this.parseStatement()) statements.push(statement);
      return { statements, first, last: stream.position - 1 };
    });
  }

  private parseStatement(): Statement | undefined {
    const { stream } = this;
    const { kind } = stream.peek();
    if (kind === 'IF_DIRECTIVE') return this.parseIf();
    if (isReferenceNext(stream)) return parseReference(stream);
    switch (kind) {
      case 'SINGLE_LINE_COMMENT_START': return this.parseLineComment();
      case 'MULTI_LINE_COMMENT':
      case 'FORMAL_COMMENT': return { kind: 'text', text: textBeforeComment(stream.take()) };
      case 'TEXTBLOCK': return { kind: 'text', text: stream.take().image.slice('#[['.length, -']]#'.length) };
      case 'SET_DIRECTIVE': return this.parseSet();
      case 'ESCAPE_DIRECTIVE': return this.parseEscapedDirective(stream.take());
      case 'DOUBLE_ESCAPE': return this.parseEscape();
      case 'WORD':
      case 'BRACKETED_WORD': return this.parseDirective();
    }
    return TEXT_TOKENS.has(kind) ? { kind: 'text', text: tokenLiteral(stream.take()) } : undefined;
  }

  private parseLineComment(): Statement {
    const { stream } = this;
    const text = textBeforeComment(stream.take());
    stream.accept('SINGLE_LINE_COMMENT');
    return { kind: 'text', text };
  }

  private parseIf(): Statement {
    const { stream } = this;
    const branches = [this.parseBranch()];
    while (stream.at('ELSEIF_DIRECTIVE')) branches.push(this.parseBranch());
    const otherwise = stream.accept('ELSE_DIRECTIVE') ? this.parseBlock() : undefined;
    stream.expect('END');
    return { kind: 'if', branches, otherwise };
  }

  private parseBranch(): { condition: Expression; body: BlockNode } {
    const { stream } = this;
    stream.take();
    stream.skipWhitespace();
    stream.expect('LPAREN');
    const condition = parseExpression(stream);
    stream.expect('RPAREN');
    return { condition, body: this.parseBlock() };
  }

  private parseSet(): Statement {
    const { stream } = this;
    stream.take();
    stream.skipWhitespace();
    const target = parseReference(stream);
    stream.skipWhitespace();
    stream.expect('EQUALS');
    const value = parseExpression(stream);
    stream.expect('RPAREN');
    stream.lexer.inSet = false;
    return { kind: 'set', target, value };
  }

  /** Pairs of backslashes become single ones only before something that is a directive. */
  private parseEscape(): Statement {
    const { stream } = this;
    let pairs = 0;
    while (stream.accept('DOUBLE_ESCAPE')) pairs++;
    const { kind, image } = stream.peek();
    const control = kind === 'IF_DIRECTIVE' || kind === 'ELSE_DIRECTIVE' || kind === 'ELSEIF_DIRECTIVE' || kind === 'END';
    return { kind: 'text', text: (control || this.isDirective(image.slice(1)) ? '\\' : '\\\\').repeat(pairs) };
  }

  private parseEscapedDirective(token: Token): Statement {
    token.image = this.unescapeDirective(token.image);
    return { kind: 'text', text: token.image };
  }

  private unescapeDirective(image: string): string {
    const slashes = image.lastIndexOf('\\');
    const directive = image.slice(slashes + 1);
    const name = directive.startsWith('#{') ? directive.slice(2, -1) : directive.slice(1);
    return this.isDirective(name) || CONTROL_STRUCTURES.has(name) ? image.slice(0, Math.floor(slashes / 2)) + directive : image;
  }

  private isDirective(name: string): boolean {
    return DIRECTIVES.has(name) || this.macroNames.has(name);
  }

  private parseDirective(): DirectiveNode {
    const { stream } = this;
    const first = stream.position;
    const token = stream.take();
    const name = token.kind === 'BRACKETED_WORD' ? token.image.slice(2, -1) : token.image.slice(1);
    const hasBody = DIRECTIVES.get(name) === 'block' || (!DIRECTIVES.has(name) && name.startsWith('@'));
    stream.lexer.enterDirective();
    let parameters: DirectiveArgument[] = [];
    let body: BlockNode | undefined;
    if (stream.lexer.isLeftParenthesisNext()) {
      parameters = this.parseArguments(name, token);
      if (hasBody) {
        body = this.parseBlock();
        stream.expect('END');
      }
      if (name === 'macro') this.registerMacro(parameters, token);
    } else if (name === 'macro') {
      stream.lexer.fail('A #macro needs a name in parentheses', token.offset);
    } else {
      stream.lexer.leaveDirective();
    }
    return { kind: 'directive', name, arguments: parameters, body, first, last: stream.position - 1 };
  }

  private parseArguments(name: string, token: Token): DirectiveArgument[] {
    const { stream } = this;
    const parameters: DirectiveArgument[] = [];
    stream.skipWhitespace();
    stream.expect('LPAREN');
    while (this.isArgumentNext()) {
      stream.skipWhitespace();
      if (stream.accept('COMMA')) stream.skipWhitespace();
      const argument = this.parseArgument();
      this.checkArgument(name, token, argument, parameters.length);
      parameters.push(argument);
    }
    stream.skipWhitespace();
    stream.expect('RPAREN');
    return parameters;
  }

  /** The grammar looks two tokens ahead, no further: a comma and a blank are enough for it to expect an argument. */
  private isArgumentNext(): boolean {
    const { stream } = this;
    let distance = 1;
    if (stream.at('WHITESPACE', distance)) distance++;
    if (stream.at('COMMA', distance)) distance++;
    if (distance === 2 && stream.at('COMMA') && stream.at('WHITESPACE', distance)) distance++;
    if (distance > 2) return true;
    switch (stream.peek(distance).kind) {
      case 'LCURLY': return distance === 2 || stream.at('IDENTIFIER', distance + 1);
      case 'IDENTIFIER': case 'WORD': case 'STRING_LITERAL': case 'INTEGER_LITERAL': case 'FLOATING_POINT_LITERAL':
      case 'LBRACKET': case 'LEFT_CURLEY': case 'TRUE': case 'FALSE': return true;
      default: return false;
    }
  }

  private parseArgument(): DirectiveArgument {
    const { stream } = this;
    if (!stream.at('WORD')) return parseValue(stream) ?? stream.unexpected();
    const position = stream.position;
    return { kind: 'word', word: stream.take().image, first: position, last: position };
  }

  private checkArgument(name: string, token: Token, argument: DirectiveArgument, index: number): void {
    const { stream } = this;
    if (argument.kind === 'word') {
      const allowed = name === 'macro' ? index === 0 : name === 'foreach' ? index === 1 : !DIRECTIVES.has(name);
      if (!allowed) stream.lexer.fail(`Argument ${index} of ${token.image} can not be the word "${argument.word}"`, token.offset);
    } else if (name === 'macro' && index === 0) {
      stream.lexer.fail('The first argument of #macro must be a name, without quotes', token.offset);
    }
  }

  private registerMacro(parameters: readonly DirectiveArgument[], token: Token): void {
    const [name] = parameters;
    if (name?.kind !== 'word') this.stream.lexer.fail('A #macro needs a name', token.offset);
    this.macroNames.add(name.word);
  }
}

/** What ran into the beginning of a comment is text. */
function textBeforeComment({ image }: Token): string {
  const lineComment = image.indexOf('##');
  const start = lineComment === -1 ? image.indexOf('#*') : lineComment;
  return start === -1 ? '' : image.slice(0, start);
}
