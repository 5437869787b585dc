/** What a parsed JsonPath consists of: the words that the parser and the compiler share. */

/** One step of a path. */
export type PathToken =
  | { readonly kind: 'properties'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'scan' }
  | { readonly kind: 'filter'; readonly condition: FilterNode }
  | { readonly kind: 'function'; readonly name: string; readonly arguments: readonly FunctionArgument[] };

/** A path and the value it starts from: the document (`$`) or the value under test (`@`). */
export interface PathNode {
  readonly start: 'document' | 'current';
  readonly tokens: readonly PathToken[];
}

/** A function takes JSON literals and paths. */
export type FunctionArgument =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'path'; readonly path: PathNode };

/** Either side of a comparison. */
export type FilterOperand =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'path'; readonly path: PathNode }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string };

/** The operators of a filter, in the spelling they are normalized to. */
export type FilterOperator =
  | '==' | '===' | '!=' | '!==' | '<' | '<=' | '>' | '>=' | '=~'
  | 'in' | 'nin' | 'subsetof' | 'anyof' | 'noneof' | 'all' | 'contains' | 'size' | 'empty' | 'exists';

/** What stands inside `[?( )]`. */
export type FilterNode =
  | { readonly kind: 'or' | 'and'; readonly left: FilterNode; readonly right: FilterNode }
  | { readonly kind: 'not'; readonly condition: FilterNode }
  | { readonly kind: 'exists'; readonly path: PathNode; readonly expected: boolean }
  | { readonly kind: 'compare'; readonly operator: FilterOperator; readonly left: FilterOperand; readonly right: FilterOperand };

/** Thrown when a text is no JsonPath. */
export class JsonPathSyntaxError extends Error {
  constructor(message: string, readonly text: string, readonly position: number) {
    super(`${message} (at position ${position} of "${text.length > 200 ? `${text.slice(0, 200)}…` : text}")`);
    this.name = 'JsonPathSyntaxError';
  }
}

/** Thrown when evaluating a path would take more steps than any sensible document needs. */
export class JsonPathLimitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'JsonPathLimitError';
  }
}

/** A path is definite when it can name one value at most. A multi-property token at the end merges its properties into one object. */
export function isDefinite(tokens: readonly PathToken[]): boolean {
  return tokens.every((token, index) => isDefiniteToken(token, index === tokens.length - 1));
}

/** Whether a token passes on one value at most for each value it is given. */
export function isDefiniteToken(token: PathToken, isLast: boolean): boolean {
  switch (token.kind) {
    case 'properties': return token.names.length === 1 || isLast;
    case 'indexes': return token.indexes.length === 1;
    case 'function': return true;
    default: return false;
  }
}

/** A token in the bracket notation Jayway uses in its messages, such as `['name']` or `[0]`. */
export function tokenText(token: PathToken): string {
  switch (token.kind) {
    case 'properties': return `[${token.names.map((name) => `'${name}'`).join(', ')}]`;
    case 'indexes': return `[${token.indexes.join(',')}]`;
    case 'slice': return `[${token.from ?? ''}:${token.to ?? ''}]`;
    case 'wildcard': return '[*]';
    case 'scan': return '..';
    case 'filter': return '[?]';
    case 'function': return `.${token.name}()`;
  }
}
