/** Text to tokens: Velocity 1.7's lexer with its stack of states, whose peculiarities decide what is text and what is template language. */

import { LEXICAL_RULES, LexicalRule, LexicalState, PrefixKind } from './lexical-rules';
import { Token, TokenKind } from './token';
import { VtlSyntaxError } from './vtl-syntax-error';

interface SavedState {
  readonly state: LexicalState;
  readonly openParentheses: number;
  readonly closedParentheses: number;
}

/** What a backslash means depends on how many follow and on what comes after them, so that every one is looked at again for each before it. */
const TOO_MANY_BACKSLASHES = /\\{1001}/;

/** Reads the tokens of a template one after the other. */
export class Lexer {
  /** Set by `#set` and taken back by the parser, because a literal inside it does not end a directive. */
  inSet = false;
  private state: LexicalState = 'DEFAULT';
  private readonly stack: SavedState[] = [];
  private position = 0;
  private openParentheses = 0;
  /** Is not reset when a state is entered; that is how 1.7 counts. */
  private closedParentheses = 0;
  private inComment = false;

  constructor(readonly source: string) {
    const backslashes = source.search(TOO_MANY_BACKSLASHES);
    if (backslashes >= 0) this.fail('There can not be more than 1000 backslashes in a row', backslashes);
  }

  /** The parser decides that what follows a directive's name are its arguments. */
  enterDirective(): void {
    this.state = 'DIRECTIVE';
  }

  /** The parser found that a directive's name stands alone. */
  leaveDirective(): void {
    this.popState();
  }

  /** Whether an opening parenthesis comes next, blanks and line ends aside. */
  isLeftParenthesisNext(): boolean {
    let position = this.position;
    while (/^[ \n\r\t]$/.test(this.source.charAt(position))) position++;
    return this.source.charAt(position) === '(';
  }

  next(): Token {
    const specials: string[] = [];
    for (let offset = this.position; offset < this.source.length; offset = this.position) {
      const token = this.readToken(offset, specials);
      if (token) return token;
    }
    return { kind: 'END_OF_FILE', image: '', offset: this.source.length, specials };
  }

  fail(reason: string, offset: number): never {
    const before = this.source.slice(0, offset).split(/\r\n|\n|\r/);
    throw new VtlSyntaxError(reason, before.length, before[before.length - 1].length + 1);
  }

  /** One token with the prefixes before it; undefined when the characters were skipped or became special. */
  private readToken(offset: number, specials: string[]): Token | undefined {
    for (;;) {
      const { rule, length } = this.longestMatch(offset);
      const begin = this.position;
      this.position += length;
      const image = this.source.slice(offset, this.position);
      switch (rule.outcome.become) {
        case 'nothing':
          return undefined;
        case 'terminator':
          this.position = begin;
          this.popState();
          specials.push(image);
          return undefined;
        case 'prefix':
          this.actOnPrefix(rule.outcome.kind);
          break;
        case 'token':
          return { kind: rule.outcome.kind, image: this.actOnToken(rule.outcome.kind, image), offset, specials };
      }
    }
  }

  private longestMatch(offset: number): { rule: LexicalRule; length: number } {
    let longest: LexicalRule | undefined;
    let length = 0;
    for (const rule of LEXICAL_RULES[this.state]) {
      rule.pattern.lastIndex = this.position;
      const match = rule.pattern.test(this.source) ? rule.pattern.lastIndex - this.position : 0;
      if (match > length) {
        longest = rule;
        length = match;
      }
    }
    if (longest) return { rule: longest, length };
    if (this.position < this.source.length) return this.fail(`Unexpected ${JSON.stringify(this.source.charAt(this.position))}`, this.position);
    return this.fail(`Unexpected end of the template after ${JSON.stringify(this.source.slice(offset).slice(-20))}`, this.position);
  }

  private actOnPrefix(kind: PrefixKind): void {
    if (this.inComment) return;
    switch (kind) {
      case 'DOLLAR':
        if (this.state === 'REFERENCE') this.popState();
        this.pushState('REFERENCE');
        break;
      case 'HASH':
        if (this.state === 'REFERENCE' || this.state === 'REFMODIFIER') this.popState();
        this.pushState('PRE_DIRECTIVE');
        break;
      case 'TEXTBLOCK_START':
        this.enterComment('IN_TEXTBLOCK');
        break;
      case 'FORMAL_COMMENT_START':
        this.position--;
        this.enterComment('IN_FORMAL_COMMENT');
        break;
      case 'MULTI_LINE_COMMENT_START':
        this.enterComment('IN_MULTI_LINE_COMMENT');
        break;
      case 'TEXTBLOCK_CHARACTER':
        break;
    }
  }

  /** Changes state as the token demands; returns its image, which is shorter where characters were given back. */
  private actOnToken(kind: TokenKind, image: string): string {
    switch (kind) {
      case 'INDEX_LBRACKET':
        this.pushState('REFINDEX');
        break;
      case 'LPAREN':
        this.openParentheses++;
        if (this.state === 'REFMODIFIER') this.state = 'REFMOD2';
        break;
      case 'RPAREN':
        this.closeParenthesis();
        break;
      case 'REFMOD2_RPAREN':
        this.state = 'REFERENCE';
        break;
      case 'SET_DIRECTIVE':
        this.pushState('DIRECTIVE');
        this.inSet = true;
        this.openParentheses++;
        break;
      case 'SINGLE_LINE_COMMENT_START':
        if (this.state === 'REFERENCE') this.popState();
        this.enterComment('IN_SINGLE_LINE_COMMENT');
        break;
      case 'SINGLE_LINE_COMMENT':
      case 'FORMAL_COMMENT':
      case 'MULTI_LINE_COMMENT':
      case 'TEXTBLOCK':
        this.inComment = false;
        this.popState();
        break;
      case 'STRING_LITERAL':
        if (this.state === 'DIRECTIVE' && !this.inSet && this.openParentheses === 0) this.popState();
        break;
      case 'INTEGER_LITERAL':
        return this.endInteger(image);
      case 'FLOATING_POINT_LITERAL':
        if (this.openParentheses === 0 && !this.inSet && this.state !== 'REFMOD2') this.popState();
        break;
      case 'IF_DIRECTIVE':
      case 'ELSEIF_DIRECTIVE':
        this.state = 'DIRECTIVE';
        break;
      case 'END':
      case 'ELSE_DIRECTIVE':
      case 'INDEX_RBRACKET':
      case 'RCURLY':
        this.popState();
        break;
      case 'DOT':
        this.position--;
        this.state = 'REFMODIFIER';
        return '.';
    }
    return image;
  }

  private endInteger(image: string): string {
    const isRange = image.endsWith('..');
    if (isRange) this.position -= 2;
    if (this.openParentheses === 0 && !this.inSet && this.state !== 'REFMOD2' && this.state !== 'REFINDEX') this.popState();
    return isRange ? image.slice(0, -2) : image;
  }

  private enterComment(state: LexicalState): void {
    this.inComment = true;
    this.pushState(state);
  }

  private pushState(state: LexicalState): void {
    this.stack.push({ state: this.state, openParentheses: this.openParentheses, closedParentheses: this.closedParentheses });
    this.openParentheses = 0;
    this.state = state;
  }

  private popState(): boolean {
    const saved = this.stack.pop();
    if (!saved) {
      this.openParentheses = 0;
      this.state = 'DEFAULT';
      return false;
    }
    this.openParentheses = saved.openParentheses;
    this.closedParentheses = saved.closedParentheses;
    this.state = saved.state;
    return true;
  }

  /** A closing parenthesis ends every state down to the one that has an open one, and that one too if it was its last. */
  private closeParenthesis(): void {
    while (this.openParentheses === 0) {
      if (!this.popState()) return;
    }
    if (this.openParentheses === this.closedParentheses + 1) {
      this.popState();
    } else {
      this.closedParentheses++;
    }
  }
}
