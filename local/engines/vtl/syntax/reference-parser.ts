/** References: `$name`, `${name}`, `$!name.property.method($argument)[0]`. */

import { Expression, ReferenceNode, ReferenceStep } from './nodes';
import { Token, TokenKind, tokenLiteral } from './token';
import { TokenStream } from './token-stream';

const PARAMETER_START: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'WHITESPACE', 'STRING_LITERAL', 'INTEGER_LITERAL', 'FLOATING_POINT_LITERAL', 'LBRACKET', 'LEFT_CURLEY', 'TRUE', 'FALSE', 'IDENTIFIER', 'LCURLY',
]);

/** Whether a reference begins here; `${` alone is text. */
export function isReferenceNext(stream: TokenStream): boolean {
  return stream.at('IDENTIFIER') || (stream.at('LCURLY') && stream.at('IDENTIFIER', 2));
}

/** Reads a parameter or an index; handed in because parameters can be references in turn. */
export type ReadParameter = (stream: TokenStream) => Expression;

/** Reads a reference. */
export function readReference(stream: TokenStream, readParameter: ReadParameter): ReferenceNode {
  return stream.nest(() => {
    const first = stream.position;
    const formal = stream.accept('LCURLY');
    stream.expect('IDENTIFIER');
    const steps: ReferenceStep[] = [];
    readIndexes(stream, steps, readParameter);
    while (stream.at('DOT') && stream.at('IDENTIFIER', 2)) {
      stream.take();
      steps.push(isMethodNext(stream) ? readMethod(stream, readParameter) : { kind: 'property', name: stream.take().image });
      readIndexes(stream, steps, readParameter);
    }
    if (formal) stream.expect('RCURLY');
    return interpretReference(stream, steps, first, stream.position - 1);
  });
}

/** How many tokens a reference that begins here takes, found without consuming any; zero when there is none. */
export function measureReference(stream: TokenStream, distance: number): number {
  const formal = stream.at('LCURLY', distance);
  let end = formal ? distance + 1 : distance;
  if (!stream.at('IDENTIFIER', end)) return 0;
  end++;
  for (let depth = 0; depth > 0 || !isReferenceEnd(stream, end, formal); end++) {
    if (stream.at('END_OF_FILE', end)) return 0;
    if (stream.at('INDEX_LBRACKET', end) || stream.at('LPAREN', end)) depth++;
    if (stream.at('INDEX_RBRACKET', end) || stream.at('REFMOD2_RPAREN', end)) depth--;
  }
  if (formal && !stream.at('RCURLY', end)) return 0;
  return end + (formal ? 1 : 0) - distance;
}

function isReferenceEnd(stream: TokenStream, distance: number, formal: boolean): boolean {
  if (formal && stream.at('RCURLY', distance)) return true;
  return !(['INDEX_LBRACKET', 'DOT', 'IDENTIFIER', 'LPAREN'] as const).some((kind) => stream.at(kind, distance));
}

function isMethodNext(stream: TokenStream): boolean {
  return stream.at('LPAREN', 2) && (stream.at('REFMOD2_RPAREN', 3) || PARAMETER_START.has(stream.peek(3).kind));
}

function readMethod(stream: TokenStream, readParameter: ReadParameter): ReferenceStep {
  const name = stream.take().image;
  stream.expect('LPAREN');
  const parameters: Expression[] = [];
  if (!stream.accept('REFMOD2_RPAREN')) {
    do parameters.push(readParameter(stream)); while (stream.accept('COMMA'));
    stream.expect('REFMOD2_RPAREN');
  }
  return { kind: 'method', name, arguments: parameters };
}

function readIndexes(stream: TokenStream, steps: ReferenceStep[], readParameter: ReadParameter): void {
  while (stream.accept('INDEX_LBRACKET')) {
    steps.push({ kind: 'index', index: readIndex(stream, readParameter) });
    stream.expect('INDEX_RBRACKET');
  }
}

function readIndex(stream: TokenStream, readParameter: ReadParameter): Expression {
  stream.skipWhitespace();
  const simple = (['STRING_LITERAL', 'INTEGER_LITERAL', 'TRUE', 'FALSE'] as const).some((kind) => stream.at(kind));
  if (!simple && !isReferenceNext(stream)) return stream.unexpected();
  return readParameter(stream);
}

/**
 * Takes the first token apart: backslashes before the `$` escape the reference, other text may have run into it, and the notation decides
 * what a missing value prints. What is understood is taken off the token, for the reference is also printed as it was written.
 */
function interpretReference(stream: TokenStream, steps: readonly ReferenceStep[], first: number, last: number): ReferenceNode {
  const token = stream.tokenAt(first);
  const blank = {
    kind: 'reference', steps, first, last, runt: false, computable: true, escaped: false, escapePrefix: '', textPrefix: '',
  } as const;
  if (token.image.includes('\\!')) {
    const nullText = withoutLastSlash(token.image);
    return { ...blank, name: nullText, imageName: token.image.slice(1), nullText, computable: false };
  }
  const slashes = /^\\*/.exec(token.image)?.[0].length ?? 0;
  token.image = token.image.slice(slashes);
  const dollar = token.image.lastIndexOf('$');
  const textPrefix = dollar > 0 ? token.image.slice(0, dollar) : '';
  token.image = token.image.slice(textPrefix.length);
  const escaped = slashes % 2 !== 0;
  const quiet = token.image.startsWith('$!');
  return {
    ...blank,
    name: referenceName(token, stream.tokenAt(first + 1)),
    imageName: token.image.slice(1),
    runt: !token.image.startsWith('$'),
    escaped,
    escapePrefix: '\\'.repeat(Math.floor(slashes / 2)),
    textPrefix,
    nullText: quiet && !escaped ? '' : literalFrom(stream, first, last),
  };
}

function referenceName(token: Token, next: Token | undefined): string {
  const { image } = token;
  if (image.startsWith('$!{') || image === '${') return next?.image ?? '';
  if (image.startsWith('$!')) return image.slice(2);
  return image.startsWith('$') ? image.slice(1) : image;
}

function withoutLastSlash(image: string): string {
  const start = image.indexOf('\\', image.indexOf('$'));
  const slashes = /^\\*/.exec(image.slice(start))?.[0].length ?? 0;
  return image.slice(0, start) + '\\'.repeat(slashes - 1) + image.slice(start + slashes);
}

function literalFrom(stream: TokenStream, first: number, last: number): string {
  return first === last ? tokenLiteral(stream.tokenAt(first)) : stream.literal(first, last);
}
