/** The syntax tree of a template. */

/** Where a node stands; both indexes are of tokens. Velocity prints nodes that have no value as they were written. */
export interface TokenRange {
  readonly first: number;
  readonly last: number;
}

/** One step of a reference: `.name`, `.name(…)` or `[…]`. */
export type ReferenceStep =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'method'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'index'; readonly index: Expression };

/** `$name.step…` in any of its notations. */
export interface ReferenceNode extends TokenRange {
  readonly kind: 'reference';
  readonly name: string;
  readonly steps: readonly ReferenceStep[];
  /** The first token's image less its `$`: the name as `#set`, `#define` and `#macro` see it, which is not `name` in `${name}`. */
  readonly imageName: string;
  /** A word without `$` where a reference could stand: it has no value, and prints itself. */
  readonly runt: boolean;
  /** `$\!name` has no value in an expression. */
  readonly computable: boolean;
  readonly escaped: boolean;
  /** The backslashes left over from `\\$name`. */
  readonly escapePrefix: string;
  /** Text that ran into the reference, such as the first `$` of `$$name`. */
  readonly textPrefix: string;
  /** What is printed instead of a missing value. */
  readonly nullText: string;
}

/** The operators that take two sides. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';

/** What has a value. */
export type Expression =
  | ReferenceNode
  | (TokenRange & { readonly kind: 'string'; readonly image: string })
  | (TokenRange & { readonly kind: 'integer' | 'float'; readonly image: string })
  | (TokenRange & { readonly kind: 'boolean'; readonly value: boolean })
  | (TokenRange & { readonly kind: 'list'; readonly items: readonly Expression[] })
  | (TokenRange & { readonly kind: 'map'; readonly entries: ReadonlyArray<readonly [Expression, Expression]> })
  | (TokenRange & { readonly kind: 'range'; readonly from: Expression; readonly to: Expression })
  | (TokenRange & { readonly kind: 'not'; readonly operand: Expression })
  | (TokenRange & { readonly kind: 'group'; readonly inner: Expression })
  | (TokenRange & { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression });

/** An argument of a directive or macro; a word is one without `$`, such as the `in` of `#foreach`. */
export type DirectiveArgument = Expression | (TokenRange & { readonly kind: 'word'; readonly word: string });

/** Whatever is not one of the control structures below: the other directives, calls of macros, and text that looks like either. */
export interface DirectiveNode extends TokenRange {
  readonly kind: 'directive';
  readonly name: string;
  readonly arguments: readonly DirectiveArgument[];
  readonly body: BlockNode | undefined;
}

/** A sequence of statements. */
export interface BlockNode extends TokenRange {
  readonly statements: readonly Statement[];
}

/** What can stand in a template. */
export type Statement =
  | { readonly kind: 'text'; readonly text: string }
  | ReferenceNode
  | DirectiveNode
  | { readonly kind: 'set'; readonly target: ReferenceNode; readonly value: Expression }
  | {
    readonly kind: 'if';
    readonly branches: ReadonlyArray<{ readonly condition: Expression; readonly body: BlockNode }>;
    readonly otherwise: BlockNode | undefined;
  };
