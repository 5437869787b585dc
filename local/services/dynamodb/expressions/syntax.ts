/** What an expression says, before its placeholders are looked up. */

/** An element of a document path: a name, a name's placeholder, or an index. */
export type PathElement = { readonly name: string; readonly placeholder: boolean } | number;

export interface PathNode {
  readonly kind: 'path';
  readonly elements: readonly PathElement[];
}

export interface ValueNode {
  readonly kind: 'value';
  readonly placeholder: string;
}

export interface FunctionNode {
  readonly kind: 'function';
  readonly name: string;
  readonly arguments: readonly Node[];
}

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=' | 'BETWEEN' | 'IN';

export interface ComparisonNode {
  readonly kind: 'comparison';
  readonly operator: Comparator;
  readonly operands: readonly Node[];
}

export interface JunctionNode {
  readonly kind: 'and' | 'or';
  readonly operands: readonly Node[];
}

export interface NotNode {
  readonly kind: 'not';
  readonly operand: Node;
}

export interface ArithmeticNode {
  readonly kind: 'arithmetic';
  readonly operator: '+' | '-';
  readonly operands: readonly [Node, Node];
}

export type Node = PathNode | ValueNode | FunctionNode | ComparisonNode | JunctionNode | NotNode | ArithmeticNode;

/** One action of an update expression. */
export interface ActionNode {
  readonly section: 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
  readonly path: PathNode;
  /** Absent in REMOVE. */
  readonly value?: Node;
}

export interface UpdateNode {
  readonly actions: readonly ActionNode[];
  /** A section that comes twice, which is told later than a reserved word. */
  readonly repeatedSection?: string;
}
