/**
 * The plainest JSONata expressions, run without JSONata: paths of names, literals, comparisons, concatenations, arithmetic, the time and
 * object constructors make up most of what state machines compute, and cost a fiftieth this way. Whatever JSONata treats
 * specially (arrays inside paths, values of unexpected types) is handed back to it.
 */
import { JsonObject, setMember } from '../json';
import { Visit } from '../state';
import { FUNCTIONS } from './simple-functions';
import { OPERATORS } from './simple-operators';
import { TOO_COMPLEX } from './too-complex';

/** Evaluates an expression for a visit; undefined means that it returns nothing. */
export type SimpleExpression = (visit: Visit) => unknown;

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly lhs?: Node | ReadonlyArray<readonly [Node, Node]>;
  readonly rhs?: Node;
  readonly condition?: Node;
  readonly then?: Node;
  readonly else?: Node;
  readonly procedure?: Node;
  readonly arguments?: readonly Node[];
}

// A node with any further member (a predicate, a grouping, a binding) is not simple.
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  path: ['type', 'steps'],
  name: ['type', 'value', 'position'],
  variable: ['type', 'value', 'position'],
  string: ['type', 'value', 'position'],
  number: ['type', 'value', 'position'],
  value: ['type', 'value', 'position'],
  binary: ['type', 'value', 'position', 'lhs', 'rhs'],
  unary: ['type', 'value', 'position', 'lhs'],
  condition: ['type', 'position', 'condition', 'then', 'else'],
  function: ['type', 'value', 'position', 'name', 'procedure', 'arguments'],
};

// Well within the depth at which JSONata gives up.
const MAX_DEPTH = 20;

/** Compiles a syntax tree; undefined when the expression is not simple. */
export function compileSimple(ast: unknown, depth = 0): SimpleExpression | undefined {
  const node = ast as Node;
  const allowed = MEMBERS[node.type ?? ''];
  if (depth > MAX_DEPTH || !allowed || Object.keys(node).some(member => !allowed.includes(member))) return undefined;
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return () => node.value;
    case 'variable':
      return compileVariable(node);
    case 'path':
      return compilePath(node.steps ?? []);
    case 'binary':
      return compileBinary(node, depth + 1);
    case 'unary':
      return node.value === '{' ? compileObject(node.lhs as ReadonlyArray<readonly [Node, Node]>, depth + 1) : undefined;
    case 'condition':
      return compileCondition(node, depth + 1);
    case 'function':
      return compileFunction(node, depth + 1);
    default:
      return undefined;
  }
}

function compileVariable({ value }: Node): SimpleExpression | undefined {
  if (typeof value !== 'string' || value === '' || value === '$' || value === 'states') return undefined;
  return visit => {
    const found = visit.branch.variables.read(value);
    // The name may be that of a function.
    return found === undefined ? TOO_COMPLEX : found;
  };
}

function compilePath([first, ...rest]: readonly Node[]): SimpleExpression | undefined {
  if (first?.type !== 'variable' || rest.length === 0 || rest.some(step => step.type !== 'name' || !compileable(step))) return undefined;
  const names = rest.map(step => String(step.value));
  if (first.value === 'states') return compileStatesPath(names);
  const variable = compileSimple(first);
  return variable && (visit => follow(variable(visit), names, 0));
}

function compileStatesPath(names: readonly string[]): SimpleExpression | undefined {
  switch (names[0]) {
    case 'input': return visit => follow(visit.input, names, 1);
    case 'result': return visit => follow(visit.result, names, 1);
    case 'errorOutput': return visit => follow(visit.errorOutput, names, 1);
    case 'context': return names.length === 1 ? visit => visit.context : visit => follow(visit.contextMember(names[1]), names, 2);
    default: return undefined;
  }
}

function compileable(node: Node): boolean {
  return Object.keys(node).every(member => MEMBERS.name.includes(member));
}

function follow(start: unknown, names: readonly string[], from: number): unknown {
  let value = start;
  for (let index = from; index < names.length; index++) {
    if (typeof value !== 'object' || value === null) return value === TOO_COMPLEX ? value : undefined;
    // Names reach into the items of an array, and what they find there becomes a sequence.
    if (Array.isArray(value)) return TOO_COMPLEX;
    if (!Object.hasOwn(value, names[index])) return undefined;
    value = (value as JsonObject)[names[index]];
  }
  return value;
}

function compileBinary({ value, lhs, rhs }: Node, depth: number): SimpleExpression | undefined {
  const left = compileSimple(lhs, depth);
  const right = rhs && compileSimple(rhs, depth);
  if (!left || !right) return undefined;
  if (value === 'and' || value === 'or') return compileLogic(left, right, value === 'or');
  const operator = OPERATORS.get(value);
  return operator && (visit => {
    const leftValue = left(visit);
    if (leftValue === TOO_COMPLEX) return TOO_COMPLEX;
    const rightValue = right(visit);
    return rightValue === TOO_COMPLEX ? TOO_COMPLEX : operator(leftValue, rightValue);
  });
}

function compileLogic(left: SimpleExpression, right: SimpleExpression, decisive: boolean): SimpleExpression {
  return visit => {
    const leftValue = left(visit);
    if (typeof leftValue !== 'boolean') return TOO_COMPLEX;
    if (leftValue === decisive) return decisive;
    const rightValue = right(visit);
    return typeof rightValue === 'boolean' ? rightValue : TOO_COMPLEX;
  };
}

function compileCondition(node: Node, depth: number): SimpleExpression | undefined {
  const condition = node.condition && compileSimple(node.condition, depth);
  const simpleThen = node.then && compileSimple(node.then, depth);
  const simpleOtherwise = node.else ? compileSimple(node.else, depth) : () => undefined;
  if (!condition || (!simpleThen && !simpleOtherwise)) return undefined;
  // What is not simple may be what is hardly ever asked for.
  const then = simpleThen ?? leaveToJsonata;
  const otherwise = simpleOtherwise ?? leaveToJsonata;
  return visit => {
    const test = condition(visit);
    if (typeof test !== 'boolean') return TOO_COMPLEX;
    return test ? then(visit) : otherwise(visit);
  };
}

const leaveToJsonata: SimpleExpression = () => TOO_COMPLEX;

function compileFunction({ procedure, arguments: given = [] }: Node, depth: number): SimpleExpression | undefined {
  if (procedure?.type !== 'variable') return undefined;
  const call = compileCall(procedure.value, given.map(each => compileSimple(each, depth)));
  // The name may be that of a variable.
  return call && (visit => visit.branch.variables.read(String(procedure.value)) === undefined ? call(visit) : TOO_COMPLEX);
}

function compileCall(name: unknown, given: ReadonlyArray<SimpleExpression | undefined>): SimpleExpression | undefined {
  if (name === 'millis' && given.length === 0) return visit => visit.host.now();
  const call = FUNCTIONS.get(name);
  if (!call || given.length !== call.length || !given.every(isSimple)) return undefined;
  const [first, second] = given;
  return second ? visit => call(first(visit), second(visit)) : visit => call(first(visit), undefined);
}

function isSimple(expression: SimpleExpression | undefined): expression is SimpleExpression {
  return expression !== undefined;
}

function compileObject(pairs: ReadonlyArray<readonly [Node, Node]>, depth: number): SimpleExpression | undefined {
  const members: Array<readonly [string, SimpleExpression]> = [];
  for (const [key, value] of pairs) {
    const compiled = compileSimple(value, depth);
    if (key.type !== 'string' || !compiled) return undefined;
    members.push([String(key.value), compiled]);
  }
  const names = new Set(members.map(([name]) => name));
  // JSONata refuses names that occur twice, and those it uses itself.
  if (names.size < members.length || names.has('_jsonata_lambda') || names.has('_jsonata_function')) return undefined;
  return visit => {
    const result: JsonObject = {};
    for (const [name, evaluate] of members) {
      const value = evaluate(visit);
      if (value === TOO_COMPLEX) return TOO_COMPLEX;
      if (value !== undefined) setMember(result, name, value);
    }
    return result;
  };
}
