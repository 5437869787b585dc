/** Which tokens exist in which state of the lexer: Velocity 1.7's token productions. */

import { TokenKind } from './token';

/** The lexer's states. What a character means depends on whether it stands in text, in a directive, or in which part of a reference. */
export type LexicalState =
  | 'DEFAULT' | 'PRE_DIRECTIVE' | 'DIRECTIVE' | 'REFERENCE' | 'REFMODIFIER' | 'REFMOD2' | 'REFINDEX'
  | 'IN_TEXTBLOCK' | 'IN_FORMAL_COMMENT' | 'IN_MULTI_LINE_COMMENT' | 'IN_SINGLE_LINE_COMMENT';

/** Prefixes are no tokens: they stay at the beginning of whichever token follows. */
export type PrefixKind = 'DOLLAR' | 'HASH' | 'TEXTBLOCK_START' | 'FORMAL_COMMENT_START' | 'MULTI_LINE_COMMENT_START' | 'TEXTBLOCK_CHARACTER';

/** What a match becomes: a token, a prefix of the next one, nothing, or the sign that a reference or directive ended before this character. */
export type RuleOutcome =
  | { readonly become: 'token'; readonly kind: TokenKind }
  | { readonly become: 'prefix'; readonly kind: PrefixKind }
  | { readonly become: 'nothing' }
  | { readonly become: 'terminator' };

/** A production. The longest match wins; of equally long ones the first. */
export interface LexicalRule {
  readonly pattern: RegExp;
  readonly outcome: RuleOutcome;
}

const ALL: readonly LexicalState[] = [
  'DEFAULT', 'PRE_DIRECTIVE', 'DIRECTIVE', 'REFERENCE', 'REFMODIFIER', 'REFMOD2', 'REFINDEX',
  'IN_TEXTBLOCK', 'IN_FORMAL_COMMENT', 'IN_MULTI_LINE_COMMENT', 'IN_SINGLE_LINE_COMMENT',
];
const COMMENTS: readonly LexicalState[] = ['IN_SINGLE_LINE_COMMENT', 'IN_FORMAL_COMMENT', 'IN_MULTI_LINE_COMMENT'];
const ARGUMENTS: readonly LexicalState[] = ['DIRECTIVE', 'REFMOD2'];
const VALUES: readonly LexicalState[] = ['DIRECTIVE', 'REFMOD2', 'REFINDEX'];

const WORD = '[a-zA-Z_@][a-zA-Z0-9_@]*';
const BRACKETED_WORD = '\\{[a-zA-Z_][a-zA-Z0-9_@]*\\}';
const LINE_END = '(?:[ \\t]*(?:\\r\\n|\\n|\\r))?';
const EXPONENT = '[eE][+-]?[0-9]+';

type Production = readonly [states: readonly LexicalState[], pattern: string, outcome: RuleOutcome];

function token(kind: TokenKind, states: readonly LexicalState[], pattern: string): Production {
  return [states, pattern, { become: 'token', kind }];
}

function prefix(kind: PrefixKind, states: readonly LexicalState[], pattern: string): Production {
  return [states, pattern, { become: 'prefix', kind }];
}

/** In the order of the grammar, which decides between matches of the same length. */
const PRODUCTIONS: readonly Production[] = [
  token('INDEX_LBRACKET', ['REFERENCE', 'REFMODIFIER'], '\\['),
  token('INDEX_RBRACKET', ['REFINDEX'], '\\]'),
  token('LBRACKET', ARGUMENTS, '\\['),
  token('RBRACKET', ARGUMENTS, '\\]'),
  token('COMMA', ARGUMENTS, ','),
  token('DOUBLEDOT', ARGUMENTS, '\\.\\.'),
  token('COLON', ARGUMENTS, ':'),
  token('LEFT_CURLEY', ARGUMENTS, '\\{'),
  token('RIGHT_CURLEY', ARGUMENTS, '\\}'),
  token('LPAREN', ['DIRECTIVE', 'REFMODIFIER'], '\\('),
  token('RPAREN', ['DIRECTIVE'], `\\)${LINE_END}`),
  token('REFMOD2_RPAREN', ['REFMOD2'], '\\)'),
  token('ESCAPE_DIRECTIVE', ['DEFAULT'], `(?:\\\\\\\\)*\\\\#(?:${WORD}|${BRACKETED_WORD})`),
  token('SET_DIRECTIVE', ['DEFAULT', 'REFERENCE', 'REFMODIFIER', 'REFMOD2'], '[ \\t]*(?:#set|#\\{set\\}) *\\('),
  prefix('DOLLAR', ALL, '\\\\*\\$(?:\\\\*!)?'),
  prefix('TEXTBLOCK_START', ALL, '#\\[\\['),
  prefix('FORMAL_COMMENT_START', ALL, '#\\*\\*[^#]'),
  prefix('MULTI_LINE_COMMENT_START', ALL, '#\\*'),
  prefix('HASH', ALL, '#'),
  token('SINGLE_LINE_COMMENT_START', ['DEFAULT', 'PRE_DIRECTIVE', 'DIRECTIVE', 'REFERENCE'], '##'),
  token('DOUBLE_ESCAPE', ['DEFAULT'], '\\\\\\\\'),
  token('ESCAPE', ['DEFAULT'], '\\\\'),
  token('TEXT', ['DEFAULT'], '[^$#\\\\]+'),
  token('SINGLE_LINE_COMMENT', ['IN_SINGLE_LINE_COMMENT'], '\\r\\n|\\n|\\r'),
  token('FORMAL_COMMENT', ['IN_FORMAL_COMMENT'], '\\*#'),
  token('MULTI_LINE_COMMENT', ['IN_MULTI_LINE_COMMENT'], '\\*#'),
  token('TEXTBLOCK', ['IN_TEXTBLOCK'], '\\]\\]#'),
  [COMMENTS, '[^]', { become: 'nothing' }],
  prefix('TEXTBLOCK_CHARACTER', ['IN_TEXTBLOCK'], '[^]'),
  token('WHITESPACE', VALUES, '[ \\t\\n\\r]+'),
  token('STRING_LITERAL', VALUES, '"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\''),
  token('TRUE', [...VALUES, 'REFERENCE', 'REFMODIFIER'], 'true'),
  token('FALSE', [...VALUES, 'REFERENCE', 'REFMODIFIER'], 'false'),
  token('MINUS', ['DIRECTIVE'], '-'),
  token('PLUS', ['DIRECTIVE'], '\\+'),
  token('MULTIPLY', ['DIRECTIVE'], '\\*'),
  token('DIVIDE', ['DIRECTIVE'], '/'),
  token('MODULUS', ['DIRECTIVE'], '%'),
  token('LOGICAL_AND', ['DIRECTIVE'], '&&|and'),
  token('LOGICAL_OR', ['DIRECTIVE'], '\\|\\||or'),
  token('LOGICAL_LT', ['DIRECTIVE'], '<|lt'),
  token('LOGICAL_LE', ['DIRECTIVE'], '<=|le'),
  token('LOGICAL_GT', ['DIRECTIVE'], '>|gt'),
  token('LOGICAL_GE', ['DIRECTIVE'], '>=|ge'),
  token('LOGICAL_EQUALS', ['DIRECTIVE'], '==|eq'),
  token('LOGICAL_NOT_EQUALS', ['DIRECTIVE'], '!=|ne'),
  token('LOGICAL_NOT', ['DIRECTIVE'], '!|not'),
  token('EQUALS', ['DIRECTIVE'], '='),
  token('END', ['PRE_DIRECTIVE'], `(?:end|\\{end\\})${LINE_END}`),
  token('IF_DIRECTIVE', ['PRE_DIRECTIVE'], 'if|\\{if\\}'),
  token('ELSEIF_DIRECTIVE', ['PRE_DIRECTIVE'], 'elseif|\\{elseif\\}'),
  token('ELSE_DIRECTIVE', ['PRE_DIRECTIVE'], `(?:else|\\{else\\})${LINE_END}`),
  // Two dots after an integer belong to the match so that `1..3` does not begin with the number `1.`; the lexer gives them back.
  token('INTEGER_LITERAL', ['PRE_DIRECTIVE', ...VALUES], '-?[0-9]+(?:\\.\\.)?'),
  token('FLOATING_POINT_LITERAL', ['PRE_DIRECTIVE', ...VALUES], `-?[0-9]+\\.[0-9]*(?:${EXPONENT})?|-?\\.[0-9]+(?:${EXPONENT})?|-?[0-9]+${EXPONENT}`),
  token('WORD', ['PRE_DIRECTIVE', 'DIRECTIVE'], WORD),
  token('BRACKETED_WORD', ['PRE_DIRECTIVE', 'DIRECTIVE'], BRACKETED_WORD),
  token('IDENTIFIER', ['REFERENCE', 'REFMODIFIER', 'REFMOD2'], '[a-zA-Z_][a-zA-Z0-9_-]*'),
  // The letter is given back: it is there to tell `$a.b` from the full stop at the end of a sentence.
  token('DOT', ['REFERENCE', 'REFMODIFIER', 'REFMOD2'], '\\.[a-zA-Z]'),
  token('LCURLY', ['REFERENCE', 'REFMODIFIER'], '\\{'),
  token('RCURLY', ['REFERENCE', 'REFMODIFIER'], '\\}'),
  [['REFERENCE', 'REFMODIFIER', 'PRE_DIRECTIVE'], '[^]', { become: 'terminator' }],
  token('EMPTY_INDEX', ['DEFAULT', 'REFERENCE'], '\\$\\[|\\$!\\[|\\$\\\\!\\[|\\$\\.'),
];

/** The productions of each state. */
export const LEXICAL_RULES: Readonly<Record<LexicalState, readonly LexicalRule[]>> = Object.fromEntries(ALL.map((state) => [
  state,
  PRODUCTIONS.filter(([states]) => states.includes(state)).map(([, pattern, outcome]) => ({ pattern: new RegExp(pattern, 'y'), outcome })),
])) as unknown as Record<LexicalState, readonly LexicalRule[]>;
