/**
 * Texts of a policy in which `*`, `?` and policy variables (`${aws:username}`) may stand: compiled once, matched often. Matching takes time
 * proportional to the lengths of text and pattern at worst, whatever the pattern.
 */
import { RequestContext } from './request-context';

/** One token: a character code, or one of the wildcards. */
type Token = number;
const ANY: Token = -1;
const ONE: Token = -2;
/** A `*` that does not cross a colon: in an ARN, one that is not the last character of its segment. */
const ANY_WITHIN_SEGMENT: Token = -3;
const COLON = ':'.charCodeAt(0);

/** Longer than any variable with its default; bounds the search for the closing brace. */
const MAXIMUM_VARIABLE_LENGTH = 2048;

interface Variable {
  readonly key: string;
  readonly fallback?: string;
}

/** How the text of a pattern is read. */
export interface PatternOptions {
  /** `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  /** `${…}` is a variable: in policies of version 2012-10-17. */
  readonly variables: boolean;
  /** `*` follows the rules for ARNs. */
  readonly arn?: boolean;
  readonly ignoreCase?: boolean;
}

/** A compiled text. */
export interface Pattern {
  /** Whether a text matches; undefined when the request lacks a variable of the pattern. */
  matches(text: string, context: RequestContext): boolean | undefined;
}

/** Compiles a text of a policy. */
export function compilePattern(source: string, options: PatternOptions): Pattern {
  const parts = tokenize(options.ignoreCase ? source.toLowerCase() : source, options);
  if (!parts.some(part => typeof part !== 'number')) {
    const matcher = compileTokens(parts as Token[]);
    return { matches: options.ignoreCase ? text => matcher(text.toLowerCase()) : matcher };
  }
  return {
    matches(text, context) {
      const tokens = substitute(parts, context, options.ignoreCase ?? false);
      return tokens === undefined ? undefined : matchTokens(tokens, options.ignoreCase ? text.toLowerCase() : text);
    },
  };
}

function tokenize(source: string, options: PatternOptions): (Token | Variable)[] {
  const parts: (Token | Variable)[] = [];
  for (let position = 0; position < source.length; position += 1) {
    const variable = options.variables && source.startsWith('${', position) ? readVariable(source, position) : undefined;
    if (variable !== undefined) {
      parts.push(variable.part);
      position = variable.end;
    } else if (options.wildcards && source[position] === '*') {
      const endsSegment = position + 1 === source.length || source[position + 1] === ':' || source[position + 1] === '*';
      parts.push(options.arn && !endsSegment ? ANY_WITHIN_SEGMENT : ANY);
    } else {
      parts.push(options.wildcards && source[position] === '?' ? ONE : source.charCodeAt(position));
    }
  }
  return parts;
}

/** Reads `${key}`, `${key, 'default'}` or one of the escapes `${*}`, `${?}`, `${$}`; what is not closed is plain text. */
function readVariable(source: string, start: number): { part: Token | Variable; end: number } | undefined {
  const length = source.slice(start, start + MAXIMUM_VARIABLE_LENGTH).indexOf('}');
  if (length < 0) return undefined;
  const end = start + length;
  const content = source.slice(start + 2, end);
  if (content === '*' || content === '?' || content === '$') return { part: content.charCodeAt(0), end };
  const [, key, fallback] = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)'\s*)?$/.exec(content) ?? [];
  return key === undefined ? undefined : { part: { key: key.toLowerCase(), fallback }, end };
}

/** Values stand for themselves: a `*` in a value is no wildcard. */
function substitute(parts: readonly (Token | Variable)[], context: RequestContext, ignoreCase: boolean): Token[] | undefined {
  const tokens: Token[] = [];
  for (const part of parts) {
    if (typeof part === 'number') {
      tokens.push(part);
      continue;
    }
    const values = context.get(part.key);
    // A key with several values cannot be used as a variable.
    const value = values?.length === 1 ? values[0] : part.fallback;
    if (value === undefined) return undefined;
    const text = ignoreCase ? value.toLowerCase() : value;
    for (let position = 0; position < text.length; position += 1) tokens.push(text.charCodeAt(position));
  }
  return tokens;
}

function compileTokens(tokens: readonly Token[]): (text: string) => boolean {
  const firstWildcard = tokens.findIndex(token => token < 0);
  const literal = textOf(firstWildcard < 0 ? tokens : tokens.slice(0, firstWildcard));
  if (firstWildcard < 0) return text => text === literal;
  if (firstWildcard === tokens.length - 1 && tokens[firstWildcard] === ANY) return text => text.startsWith(literal);
  return text => text.startsWith(literal) && matchTokens(tokens, text);
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(token => String.fromCharCode(token)).join('');
}

/** Going back to the last `*` only is fast and finds a match in all but odd cases; it misses none where every `*` may match anything. */
function matchTokens(tokens: readonly Token[], text: string): boolean {
  if (matchGreedily(tokens, text, false)) return true;
  return tokens.includes(ANY_WITHIN_SEGMENT) && matchGreedily(tokens, text, true) && matchExhaustively(tokens, text);
}

/** With `crossing`, a `*` may cross colons whatever its place: what does not match then does not match at all. */
function matchGreedily(tokens: readonly Token[], text: string, crossing: boolean): boolean {
  let token = 0;
  let position = 0;
  let lastAny = -1;
  let resumeAt = 0;
  while (position < text.length) {
    const current = tokens[token];
    if (current === ANY || current === ANY_WITHIN_SEGMENT) {
      lastAny = token;
      resumeAt = position;
      token += 1;
    } else if (current === ONE || current === text.charCodeAt(position)) {
      token += 1;
      position += 1;
    } else if (lastAny >= 0 && (crossing || tokens[lastAny] === ANY || text.charCodeAt(resumeAt) !== COLON)) {
      resumeAt += 1;
      position = resumeAt;
      token = lastAny + 1;
    } else {
      return false;
    }
  }
  while (tokens[token] === ANY || tokens[token] === ANY_WITHIN_SEGMENT) token += 1;
  return token === tokens.length;
}

/** Follows all the ways at once: `reachable[n]` tells whether the text so far can be matched by the first n tokens. */
function matchExhaustively(tokens: readonly Token[], text: string): boolean {
  let reachable = new Uint8Array(tokens.length + 1);
  reachable[0] = 1;
  skipEmpty(reachable, tokens);
  for (let position = 0; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    const next = new Uint8Array(tokens.length + 1);
    for (let index = 0; index < tokens.length; index += 1) {
      if (reachable[index] === 0) continue;
      const token = tokens[index];
      if (token === ANY || (token === ANY_WITHIN_SEGMENT && code !== COLON)) next[index] = 1;
      else if (token === ONE || token === code) next[index + 1] = 1;
    }
    skipEmpty(next, tokens);
    reachable = next;
  }
  return reachable[tokens.length] === 1;
}

function skipEmpty(reachable: Uint8Array, tokens: readonly Token[]): void {
  for (let index = 0; index < tokens.length; index += 1) {
    if (reachable[index] === 1 && (tokens[index] === ANY || tokens[index] === ANY_WITHIN_SEGMENT)) reachable[index + 1] = 1;
  }
}
