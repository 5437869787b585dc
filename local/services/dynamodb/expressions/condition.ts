/** Conditions and filters, bound to their placeholders and ready to be asked of any number of items. */
import { Binder } from './binder';
import { ConditionKind, parseCondition } from './parse';
import { equalPaths, Path, printPath, valueAt } from './path';
import { Placeholders } from './placeholders';
import { Comparator, ComparisonNode, FunctionNode, Node } from './syntax';
import { AttributeValue, Attributes, typeOf, VALUE_TYPES, ValueType } from '../values/attribute-value';
import { equalValues, orderValues } from '../values/compare';
import { binarySize } from '../values/item-size';

/** Something that holds for an item or not. */
export type Predicate = (item: Attributes) => boolean;

/** A condition with what it speaks of. */
export interface Condition {
  readonly matches: Predicate;
  readonly paths: readonly Path[];
}

/** What DynamoDB tells first when several things are wrong. */
const UNKNOWN_FUNCTION = 1;
const MISUSED_FUNCTION = 2;
const RESERVED_WORD = 3;
const OPERAND = 4;

/** The types that have an order. */
const ORDERED: readonly ValueType[] = ['S', 'N', 'B'];

const OPERAND_COUNTS = new Map([
  ['attribute_exists', 1], ['attribute_not_exists', 1], ['attribute_type', 2], ['begins_with', 2], ['contains', 2], ['size', 1],
]);

/** Binds a condition; throws what is wrong with it. */
export function bindCondition(kind: ConditionKind, source: string, placeholders: Placeholders): Condition {
  const syntax = parseCondition(kind, source);
  const binding = new ConditionBinder(new Binder(kind, placeholders));
  const matches = binding.condition(syntax);
  binding.binder.throwIfAny();
  return { matches, paths: binding.paths };
}

/** An operand: where it is a path or a constant, that is known before any item is. */
export interface Operand {
  readonly path?: Path;
  readonly constant?: AttributeValue;
  /** The type of what a function gives. */
  readonly type?: ValueType;
  readonly evaluate: (item: Attributes) => AttributeValue | undefined;
}

/** Binds the nodes of a condition. */
export class ConditionBinder {
  readonly paths: Path[] = [];

  constructor(readonly binder: Binder) {}

  condition(node: Node): Predicate {
    switch (node.kind) {
      case 'and': {
        const conditions = node.operands.map(operand => this.condition(operand));
        return item => conditions.every(matches => matches(item));
      }
      case 'or': {
        const conditions = node.operands.map(operand => this.condition(operand));
        return item => conditions.some(matches => matches(item));
      }
      case 'not': {
        const matches = this.condition(node.operand);
        return item => !matches(item);
      }
      case 'comparison':
        return comparison(node.operator, this.comparisonOperands(node));
      case 'function':
        return this.functionCondition(node);
      default:
        throw new Error(`A ${node.kind} is no condition.`);
    }
  }

  /** The operands of a comparison, once their types are found to suit it. */
  comparisonOperands({ operator, operands: nodes }: ComparisonNode): Operand[] {
    const operands = nodes.map(node => this.operand(node));
    this.requireDistinct(operator, operands);
    if (operator !== '=' && operator !== '<>' && operator !== 'IN') {
      operands.forEach(({ constant }) => constant && this.binder.requireType(OPERAND, operator, constant, ORDERED));
    }
    if (operator === 'BETWEEN') {
      this.checkBounds(operands[1].constant, operands[2].constant);
    }
    return operands;
  }

  /** The operands of a function, once their number and types are found to suit it. */
  functionOperands({ name, arguments: nodes }: FunctionNode): Operand[] {
    const count = OPERAND_COUNTS.get(name);
    const operands = nodes.map(node => this.operand(node));
    if (count === undefined) {
      this.binder.report(UNKNOWN_FUNCTION, `Invalid function name; function: ${name}`);
    } else if (count !== operands.length) {
      this.binder.report(OPERAND, `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`);
    } else {
      this.requireDistinct(name, operands);
      this.checkFunctionOperands(name, operands);
    }
    return operands;
  }

  private operand(node: Node): Operand {
    switch (node.kind) {
      case 'path': {
        const path = this.binder.path(node, { reserved: RESERVED_WORD, undefined: OPERAND });
        this.paths.push(path);
        return { path, evaluate: item => valueAt(item, path) };
      }
      case 'value': {
        const constant = this.binder.value(node.placeholder, OPERAND);
        return { constant, evaluate: () => constant };
      }
      case 'function': {
        const [first] = this.functionOperands(node);
        if (node.name !== 'size' && OPERAND_COUNTS.has(node.name)) {
          this.binder.report(MISUSED_FUNCTION, `The function is not allowed to be used this way in an expression; function: ${node.name}`);
        }
        return { type: 'N', evaluate: item => sizeOf(first.evaluate(item)) };
      }
      default:
        throw new Error(`A ${node.kind} is no operand.`);
    }
  }

  private functionCondition(node: FunctionNode): Predicate {
    const [first, second] = this.functionOperands(node);
    switch (node.name) {
      case 'attribute_exists':
        return item => first.evaluate(item) !== undefined;
      case 'attribute_not_exists':
        return item => first.evaluate(item) === undefined;
      case 'attribute_type':
        return item => {
          const value = first.evaluate(item);
          return value !== undefined && typeOf(value) === second.constant!.S;
        };
      case 'begins_with':
        return item => beginsWith(first.evaluate(item), second.evaluate(item));
      case 'contains':
        return item => contains(first.evaluate(item), second.evaluate(item));
      default:
        if (node.name === 'size') {
          this.binder.report(MISUSED_FUNCTION, 'The function is not allowed to be used this way in an expression; function: size');
        }
        return () => false;
    }
  }

  private checkFunctionOperands(name: string, operands: readonly Operand[]): void {
    const [first, second] = operands;
    switch (name) {
      case 'attribute_exists':
      case 'attribute_not_exists':
        if (!first.path) {
          this.binder.report(OPERAND, `Operator or function requires a document path; operator or function: ${name}`);
        }
        break;
      case 'attribute_type':
        this.checkTypeName(second);
        break;
      case 'begins_with':
        operands.forEach(operand => this.requireTextOrBinary(name, operand));
        break;
      case 'size':
        if (first.constant) {
          this.binder.requireType(OPERAND, name, first.constant, VALUE_TYPES.filter(type => type !== 'N' && type !== 'BOOL' && type !== 'NULL'));
        } else if (first.type) {
          this.reportType(name, first.type);
        }
        break;
    }
  }

  private requireTextOrBinary(name: string, { constant, type }: Operand): void {
    const given = constant ? typeOf(constant) : type;
    if (given !== undefined && given !== 'S' && given !== 'B') {
      this.reportType(name, given);
    }
  }

  private reportType(name: string, type: string): void {
    this.binder.report(OPERAND, `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`);
  }

  private checkTypeName({ constant, type }: Operand): void {
    if (constant?.S === undefined) {
      this.reportType('attribute_type', constant ? typeOf(constant) : type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
    } else if (!VALUE_TYPES.includes(constant.S as ValueType)) {
      this.binder.report(OPERAND, `Invalid attribute type name found; type: ${constant.S}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`);
    }
  }

  private requireDistinct(operator: string, [first, second, third]: readonly Operand[]): void {
    if (!third && first?.path && second?.path && equalPaths(first.path, second.path)) {
      this.binder.report(OPERAND, 'The first operand must be distinct from the remaining operands for this operator or function; '
        + `operator: ${operator}, first operand: ${printPath(first.path)}`);
    }
  }

  private checkBounds(lower: AttributeValue | undefined, upper: AttributeValue | undefined): void {
    if (!lower || !upper) {
      return;
    }
    const bounds = `lower bound operand: ${printValue(lower)}, upper bound operand: ${printValue(upper)}`;
    if (typeOf(lower) !== typeOf(upper)) {
      this.binder.report(OPERAND, `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
    } else if ((orderValues(lower, upper) ?? 0) > 0) {
      this.binder.report(OPERAND, `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`);
    }
  }
}

/** The predicate of a comparison; a missing operand is in no relation, and different from everything. */
export function comparison(operator: Comparator, operands: readonly Pick<Operand, 'evaluate'>[]): Predicate {
  const [left, ...others] = operands.map(({ evaluate }) => evaluate);
  const [right, upper] = others;
  switch (operator) {
    case '=':
      return item => equal(left(item), right(item));
    case '<>':
      return item => !equal(left(item), right(item));
    case '<':
      return ordered(left, right, order => order < 0);
    case '<=':
      return ordered(left, right, order => order <= 0);
    case '>':
      return ordered(left, right, order => order > 0);
    case '>=':
      return ordered(left, right, order => order >= 0);
    case 'BETWEEN': {
      const [atLeast, atMost] = [comparison('>=', [{ evaluate: left }, { evaluate: right }]), comparison('<=', [{ evaluate: left }, { evaluate: upper }])];
      return item => atLeast(item) && atMost(item);
    }
    case 'IN':
      return item => {
        const value = left(item);
        return others.some(other => equal(value, other(item)));
      };
  }
}

/** Whether a text begins with a text, or a binary with a binary. */
export function beginsWith(value: AttributeValue | undefined, prefix: AttributeValue | undefined): boolean {
  if (value?.S !== undefined && prefix?.S !== undefined) {
    return value.S.startsWith(prefix.S);
  }
  return value?.B !== undefined && prefix?.B !== undefined && bytes(value.B).startsWith(bytes(prefix.B));
}

/** Whether a text or binary has a part, or a set or list a member. */
export function contains(container: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (!container || !part) {
    return false;
  }
  if (container.S !== undefined && part.S !== undefined) {
    return container.S.includes(part.S);
  }
  if (container.B !== undefined && part.B !== undefined) {
    return bytes(container.B).includes(bytes(part.B));
  }
  return container.L?.some(element => equalValues(element, part))
    ?? (part.S !== undefined && container.SS?.includes(part.S)
      || part.N !== undefined && container.NS?.includes(part.N)
      || part.B !== undefined && container.BS?.includes(part.B)
      || false);
}

function equal(left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  return left !== undefined && right !== undefined && equalValues(left, right);
}

function ordered(left: Operand['evaluate'], right: Operand['evaluate'], holds: (order: number) => boolean): Predicate {
  return item => {
    const [one, other] = [left(item), right(item)];
    const order = one && other && orderValues(one, other);
    return order !== undefined && holds(order);
  };
}

function sizeOf(value: AttributeValue | undefined): AttributeValue | undefined {
  const size = value && measure(value);
  return size === undefined ? undefined : { N: String(size) };
}

function measure(value: AttributeValue): number | undefined {
  if (value.S !== undefined) {
    // In UTF-16, other than everywhere else.
    return value.S.length;
  }
  if (value.B !== undefined) {
    return binarySize(value.B);
  }
  if (value.M !== undefined) {
    return Object.keys(value.M).length;
  }
  return (value.L ?? value.SS ?? value.NS ?? value.BS)?.length;
}

function bytes(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}

function printValue(value: AttributeValue): string {
  const type = typeOf(value);
  const member = value[type];
  return `AttributeValue: {${type}:${typeof member === 'object' ? JSON.stringify(member) : String(member)}}`;
}
