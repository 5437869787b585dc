import { Observer } from './observation';
import { Output } from '../runtime/output';
import { Macro, Scope } from '../runtime/rendering';
import { Symbols } from '../runtime/symbols';
import { TokenStream } from '../syntax/token-stream';

/** Writes a part of a template. */
export type Render = (scope: Scope, output: Output) => void;

/** Finds the value of an expression. */
export type Evaluate = (scope: Scope) => unknown;

/** Finds whether an expression holds. */
export type Test = (scope: Scope) => boolean;

/** How API Gateway's Velocity differs from Apache's. */
export interface Dialect {
  /** What a reference without a value evaluates to: nothing, or the empty string. */
  readonly missingValue: null | '';
  /** How often a `#foreach` goes round before it is ended without a word. */
  readonly maxIterations: number;
}

/** What the parts of a template share while it is compiled. */
export interface Compilation {
  readonly dialect: Dialect;
  readonly symbols: Symbols;
  readonly macros: Map<string, Macro>;
  /** What the template was found to do; known when all of it is compiled. */
  readonly traits: { changesCollections: boolean };
  readonly stream: TokenStream;
  /** Set when somebody wants to see what the statements come to: of the template itself, not of text that it evaluates. */
  readonly observer?: Observer;
  /** Compiles text that is itself a template, such as a string in double quotes. Text found while rendering brings its own names. */
  compileSource(source: string, names?: { readonly symbols: Symbols; readonly macros: Map<string, Macro> }): Render;
}
