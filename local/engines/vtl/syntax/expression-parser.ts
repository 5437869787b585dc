/** Expressions, by the precedence of Velocity's grammar. */

import { BinaryOperator, Expression, ReferenceNode } from './nodes';
import { isReferenceNext, measureReference, readReference } from './reference-parser';
import { TokenKind } from './token';
import { TokenStream } from './token-stream';

type Operators = Readonly<Partial<Record<TokenKind, BinaryOperator>>>;

/** From the loosest to the tightest. */
const LEVELS: readonly Operators[] = [
  { LOGICAL_OR: '||' },
  { LOGICAL_AND: '&&' },
  { LOGICAL_EQUALS: '==', LOGICAL_NOT_EQUALS: '!=' },
  { LOGICAL_LT: '<', LOGICAL_LE: '<=', LOGICAL_GT: '>', LOGICAL_GE: '>=' },
  { PLUS: '+', MINUS: '-' },
  { MULTIPLY: '*', DIVIDE: '/', MODULUS: '%' },
];

/** Reads the expression of `#set`, `#if` or `#elseif`. */
export function parseExpression(stream: TokenStream): Expression {
  return stream.nest(() => {
    const first = stream.position;
    const inner = parseLevel(stream, 0);
    return { kind: 'group', inner, first, last: stream.position - 1 };
  });
}

function parseLevel(stream: TokenStream, level: number): Expression {
  if (level === LEVELS.length) return parseUnary(stream);
  let left = parseLevel(stream, level + 1);
  for (;;) {
    const operator = LEVELS[level][stream.peek().kind];
    if (operator === undefined) return left;
    stream.take();
    // The node begins after the operator: 1.7 prints only that part of it where it must print it.
    const first = stream.position;
    const right = parseLevel(stream, level + 1);
    left = { kind: 'binary', operator, left, right, first, last: stream.position - 1 };
  }
}

function parseUnary(stream: TokenStream): Expression {
  const distance = stream.at('WHITESPACE') ? 2 : 1;
  if (!stream.at('LOGICAL_NOT', distance)) return parsePrimary(stream);
  return stream.nest(() => {
    const first = stream.position;
    stream.skipWhitespace();
    stream.take();
    return { kind: 'not', operand: parseUnary(stream), first, last: stream.position - 1 };
  });
}

function parsePrimary(stream: TokenStream): Expression {
  stream.skipWhitespace();
  let result: Expression;
  if (stream.accept('LPAREN')) {
    result = parseExpression(stream);
    stream.expect('RPAREN');
  } else {
    result = parseValue(stream) ?? stream.unexpected();
  }
  stream.skipWhitespace();
  return result;
}

/** Reads a parameter of a method, or an item of a list or map: a value without operators. */
export function parseParameter(stream: TokenStream): Expression {
  stream.skipWhitespace();
  const result = parseValue(stream) ?? stream.unexpected();
  stream.skipWhitespace();
  return result;
}

/** Reads a reference. */
export function parseReference(stream: TokenStream): ReferenceNode {
  return readReference(stream, parseParameter);
}

/** Reads a literal or a reference; undefined when there is neither. */
export function parseValue(stream: TokenStream): Expression | undefined {
  const position = { first: stream.position, last: stream.position };
  switch (stream.peek().kind) {
    case 'STRING_LITERAL': return { kind: 'string', image: stream.take().image, ...position };
    case 'INTEGER_LITERAL': return { kind: 'integer', image: stream.take().image, ...position };
    case 'FLOATING_POINT_LITERAL': return { kind: 'float', image: stream.take().image, ...position };
    case 'TRUE':
    case 'FALSE': return { kind: 'boolean', value: stream.take().kind === 'TRUE', ...position };
    case 'LBRACKET': return stream.nest(() => (isRangeNext(stream) ? parseRange(stream) : parseList(stream)));
    case 'LEFT_CURLEY': return stream.nest(() => parseMap(stream));
    case 'IDENTIFIER':
    case 'LCURLY': return parseReference(stream);
    default: return undefined;
  }
}

/** A range is told from a list by looking as far as its two dots. */
function isRangeNext(stream: TokenStream): boolean {
  let distance = stream.at('WHITESPACE', 2) ? 3 : 2;
  const length = stream.at('INTEGER_LITERAL', distance) ? 1 : measureReference(stream, distance);
  if (length === 0) return false;
  distance += length;
  if (stream.at('WHITESPACE', distance)) distance++;
  return stream.at('DOUBLEDOT', distance);
}

function parseRange(stream: TokenStream): Expression {
  const first = stream.position;
  stream.expect('LBRACKET');
  const from = parseBound(stream);
  stream.expect('DOUBLEDOT');
  const to = parseBound(stream);
  stream.expect('RBRACKET');
  return { kind: 'range', from, to, first, last: stream.position - 1 };
}

function parseBound(stream: TokenStream): Expression {
  stream.skipWhitespace();
  if (!stream.at('INTEGER_LITERAL') && !isReferenceNext(stream)) return stream.unexpected();
  return parseParameter(stream);
}

function parseList(stream: TokenStream): Expression {
  const first = stream.position;
  stream.expect('LBRACKET');
  const items: Expression[] = [];
  if (!stream.accept('RBRACKET')) {
    do items.push(parseParameter(stream)); while (stream.accept('COMMA'));
    stream.expect('RBRACKET');
  }
  return { kind: 'list', items, first, last: stream.position - 1 };
}

function parseMap(stream: TokenStream): Expression {
  const first = stream.position;
  stream.expect('LEFT_CURLEY');
  const entries: Array<readonly [Expression, Expression]> = [];
  if (isMapEnd(stream, 1) || (stream.at('WHITESPACE') && isMapEnd(stream, 2))) {
    stream.skipWhitespace();
  } else {
    do {
      const key = parseParameter(stream);
      stream.expect('COLON');
      entries.push([key, parseParameter(stream)]);
    } while (stream.accept('COMMA'));
  }
  // After a reference the brace is read in another state, and is another token.
  if (!stream.accept('RCURLY')) stream.expect('RIGHT_CURLEY');
  return { kind: 'map', entries, first, last: stream.position - 1 };
}

function isMapEnd(stream: TokenStream, distance: number): boolean {
  return stream.at('RIGHT_CURLEY', distance) || stream.at('RCURLY', distance);
}
