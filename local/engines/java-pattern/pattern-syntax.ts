/** The syntax tree of a Java regular expression. */

import { CharacterSet } from './character-set';

/** How a repetition gives back what it took: all of it in steps, by taking more in steps, or never. */
export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

/** The places an expression can ask for. What counts as the end of a line is resolved by the parser. */
export type Anchor =
  | 'input start' | 'input end' | 'last line end' | 'last unix line end'
  | 'line start' | 'line end' | 'unix line start' | 'unix line end'
  | 'word boundary' | 'no word boundary';

/** A part of an expression. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly min: number; readonly max: number; readonly mode: RepeatMode }
  | { readonly kind: 'group'; readonly index: number; readonly node: PatternNode }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negative: boolean; readonly node: PatternNode; readonly maxLength: number }
  | { readonly kind: 'atomic'; readonly node: PatternNode }
  | { readonly kind: 'backreference'; readonly index: number; readonly ignoreCase: boolean }
  | { readonly kind: 'anchor'; readonly anchor: Anchor };

/** A parsed expression. */
export interface PatternTree {
  readonly root: PatternNode;
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
}

/** Thrown when a text is no regular expression, or one that is not supported. */
export class JavaPatternError extends Error {
  constructor(message: string, readonly pattern: string, readonly position: number) {
    super(`${message} near index ${position} of the regular expression ${pattern.length > 200 ? `${pattern.slice(0, 200)}…` : pattern}`);
    this.name = 'JavaPatternError';
  }
}
