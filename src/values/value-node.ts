import { Step } from './body-path';
import { Characters } from './context-variable';

/** What a value is known to be. */
export type ValueType = 'json' | 'string' | 'number' | 'boolean' | 'object';

/** A field of the client's message, of the service's answer, or of an element of a list in that. */
export interface FieldNode {
  readonly kind: 'field';
  readonly document: 'message' | 'answer' | 'element';
  readonly steps: readonly Step[];
  readonly type: ValueType;
  readonly isOptional: boolean;
}

/** What a Velocity expression gives: a text, or a number. */
export interface ExpressionNode {
  readonly kind: 'expression';
  readonly expression: string;
  /** The directive that gives the expression's variable its value, where it is not API Gateway's. */
  readonly assigns?: string;
  readonly characters: Characters;
  readonly isOptional: boolean;
}

/** A header or a query string parameter of the handshake. */
export interface ParameterNode {
  readonly kind: 'parameter';
  readonly location: 'header' | 'querystring';
  readonly name: string;
  readonly isOptional: boolean;
}

/** The message as the client sent it, JSON or not. */
export interface MessageTextNode {
  readonly kind: 'message text';
}

/** What the author wrote: any JSON value. */
export interface LiteralNode {
  readonly kind: 'literal';
  readonly value: unknown;
}

/** An object whose members are values. */
export interface ObjectNode {
  readonly kind: 'object';
  readonly members: ReadonlyArray<readonly [name: string, value: ValueNode]>;
  /** Whether it is there only when all of its members are. */
  readonly isWhole?: boolean;
}

/** A list of values. */
export interface ListNode {
  readonly kind: 'list';
  readonly elements: readonly ValueNode[];
}

/** A list with a value for each element of a list in the service's answer. */
export interface EachNode {
  readonly kind: 'each';
  readonly steps: readonly Step[];
  /** Its fields lead through the list. */
  readonly element: ValueNode;
}

/** A text with values in it. */
export interface TextNode {
  readonly kind: 'text';
  readonly parts: readonly ValueNode[];
}

/** A string that holds the JSON of a value. */
export interface JsonTextNode {
  readonly kind: 'json text';
  readonly value: ValueNode;
}

/** The Base64 text of a value. */
export interface Base64Node {
  readonly kind: 'base64';
  readonly value: ValueNode;
}

/** A value of DynamoDB, which names its type: it is there when what it holds is. */
export interface AttributeNode {
  readonly kind: 'attribute';
  readonly type: string;
  readonly value: ValueNode;
}

/** A value, and what takes its place when it is missing. */
export interface DefaultNode {
  readonly kind: 'default';
  readonly value: ValueNode;
  readonly fallback: ValueNode;
}

/** JSON that a service vouches for, as the Velocity expression of its text. */
export interface TrustedJsonNode {
  readonly kind: 'trusted json';
  readonly expression: string;
}

/** Velocity that the author answers for. */
export interface UnsafeNode {
  readonly kind: 'unsafe';
  readonly template: string;
}

/** A value in a template. */
export type ValueNode =
  | FieldNode | ExpressionNode | ParameterNode | MessageTextNode | LiteralNode | ObjectNode | ListNode | EachNode | TextNode | JsonTextNode | Base64Node
  | AttributeNode | DefaultNode | TrustedJsonNode | UnsafeNode;

/** The values inside of a value. */
export function childrenOf(node: ValueNode): readonly ValueNode[] {
  switch (node.kind) {
    case 'object': return node.members.map(([, member]) => member);
    case 'list': return node.elements;
    case 'each': return [node.element];
    case 'text': return node.parts;
    case 'json text':
    case 'base64':
    case 'attribute':
    case 'default': return [node.value];
    default: return [];
  }
}

/** A value and everything inside of it. */
export function nodesOf(node: ValueNode): ValueNode[] {
  return [node, ...childrenOf(node).flatMap(nodesOf)];
}

/** The same value with other values inside of it. */
export function withChildren(node: ValueNode, change: (child: ValueNode) => ValueNode): ValueNode {
  switch (node.kind) {
    case 'object': return { ...node, members: node.members.map(([name, member]) => [name, change(member)]) };
    case 'list': return { ...node, elements: node.elements.map(change) };
    case 'each': return { ...node, element: change(node.element) };
    case 'text': return { ...node, parts: node.parts.map(change) };
    case 'json text':
    case 'base64':
    case 'attribute':
    case 'default': return { ...node, value: change(node.value) };
    default: return node;
  }
}

/** An object of values. */
export function objectNode(members: Readonly<Record<string, ValueNode | undefined>>): ObjectNode {
  return { kind: 'object', members: Object.entries(members).filter((member): member is [string, ValueNode] => member[1] !== undefined) };
}

/** A literal value. */
export function literalNode(value: unknown): LiteralNode {
  return { kind: 'literal', value };
}
