/** Splits an expression into tokens. */

export interface Token {
  readonly kind: 'name' | 'namePlaceholder' | 'valuePlaceholder' | 'number' | 'symbol' | 'unknown' | 'end';
  /** As written; `<EOF>` at the end. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|([0-9]+)|(<>|<=|>=|[=<>(),.[\]+-])|(\S))/y;
const KINDS = ['name', 'namePlaceholder', 'valuePlaceholder', 'number', 'symbol', 'unknown'] as const;

/** All tokens of an expression, and one for its end. */
export function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(expression); match; match = TOKEN.exec(expression)) {
    const group = match.findIndex((text, index) => index > 0 && text !== undefined);
    const end = match.index + match[0].length;
    tokens.push({ kind: KINDS[group - 1], text: match[group], start: end - match[group].length, end });
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: expression.length, end: expression.length });
  return tokens;
}
