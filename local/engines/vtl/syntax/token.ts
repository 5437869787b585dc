/** What the lexer hands to the parser. */

/** The kinds of token, by the names Velocity's grammar gives them. */
export type TokenKind =
  | 'END_OF_FILE'
  | 'TEXT' | 'ESCAPE' | 'DOUBLE_ESCAPE' | 'ESCAPE_DIRECTIVE' | 'EMPTY_INDEX' | 'TEXTBLOCK'
  | 'SINGLE_LINE_COMMENT_START' | 'SINGLE_LINE_COMMENT' | 'MULTI_LINE_COMMENT' | 'FORMAL_COMMENT'
  | 'IF_DIRECTIVE' | 'ELSEIF_DIRECTIVE' | 'ELSE_DIRECTIVE' | 'END' | 'SET_DIRECTIVE' | 'WORD' | 'BRACKETED_WORD'
  | 'IDENTIFIER' | 'DOT' | 'LCURLY' | 'RCURLY' | 'INDEX_LBRACKET' | 'INDEX_RBRACKET' | 'REFMOD2_RPAREN'
  | 'LPAREN' | 'RPAREN' | 'LBRACKET' | 'RBRACKET' | 'LEFT_CURLEY' | 'RIGHT_CURLEY' | 'COMMA' | 'COLON' | 'DOUBLEDOT' | 'WHITESPACE'
  | 'STRING_LITERAL' | 'INTEGER_LITERAL' | 'FLOATING_POINT_LITERAL' | 'TRUE' | 'FALSE'
  | 'PLUS' | 'MINUS' | 'MULTIPLY' | 'DIVIDE' | 'MODULUS' | 'EQUALS'
  | 'LOGICAL_AND' | 'LOGICAL_OR' | 'LOGICAL_NOT' | 'LOGICAL_EQUALS' | 'LOGICAL_NOT_EQUALS'
  | 'LOGICAL_LT' | 'LOGICAL_LE' | 'LOGICAL_GT' | 'LOGICAL_GE';

/**
 * A token. Its image is longer than the characters of its kind where prefixes ran into it: in `#$a` the identifier's image is `#$a`.
 * Characters that turned out to start nothing (a lone `$` or `#`) come as the images of special tokens before it.
 */
export interface Token {
  readonly kind: TokenKind;
  /** The parser takes escaping backslashes off as it understands them. */
  image: string;
  readonly offset: number;
  readonly specials: readonly string[];
}

/** The text a token stands for when it is printed as it was written. */
export function tokenLiteral(token: Token): string {
  if (token.kind === 'MULTI_LINE_COMMENT') return '';
  const { specials } = token;
  if (specials.length === 0 || specials[specials.length - 1].startsWith('##')) return token.image;
  return specials.map(specialText).join('') + token.image;
}

/**
 * Of a special token only `#`, `$` and the backslashes before a `$` are text: whatever else it holds was given back to the lexer. After
 * such backslashes 1.7 loses one character more.
 */
function specialText(image: string): string {
  return (image.match(/\\+\$[^]?|[#$]/g) ?? []).map((part) => (part.startsWith('\\') ? part.slice(0, part.indexOf('$') + 1) : part)).join('');
}
