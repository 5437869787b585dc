/** Update expressions, bound to their placeholders. */
import { Binder } from './binder';
import { parseUpdate } from './parse';
import { Path, valueAt } from './path';
import { Placeholders } from './placeholders';
import { reportCollisions } from './projection';
import { ActionNode, FunctionNode, Node } from './syntax';
import { addAction, deleteAction, removeAction, setAction, Update, UpdateAction } from './update-actions';
import { validationError } from '../errors';
import { AttributeValue, Attributes, typeOf, ValueType } from '../values/attribute-value';
import { addNumbers, subtractNumbers } from '../values/decimal';

/** What DynamoDB tells first when several things are wrong. */
const RESERVED_WORD = 0;
const UNKNOWN_FUNCTION = 1;
const REPEATED_SECTION = 2;
const UNDEFINED_NAME = 3;
const UNDEFINED_VALUE = 4;
const OVERLAP = 5;
const CONFLICT = 6;
const OPERAND = 7;
const FUNCTION = 8;

const WRONG_OPERAND = 'An operand in the update expression has an incorrect data type';

/** How the errors of ADD and DELETE name the types. */
const TYPE_NAMES: Partial<Record<ValueType, string>> = { S: 'STRING', N: 'NUMBER', B: 'BINARY', NULL: 'NULL', BOOL: 'BOOLEAN', L: 'LIST', M: 'MAP' };

/** Binds an update expression; throws what is wrong with it. */
export function bindUpdate(source: string, placeholders: Placeholders): Update {
  const { actions: nodes, repeatedSection } = parseUpdate(source);
  const binding = new UpdateBinder(new Binder('UpdateExpression', placeholders));
  if (repeatedSection !== undefined) {
    binding.binder.report(REPEATED_SECTION, `The "${repeatedSection}" section can only be used once in an update expression;`);
  }
  const actions = nodes.map(node => binding.action(node));
  reportCollisions(binding.binder, actions.map(({ path }) => path), { overlap: OVERLAP, conflict: CONFLICT });
  binding.binder.throwIfAny();
  return { actions, operands: binding.operands };
}

interface Operand {
  /** Where the request alone tells it. */
  readonly type?: ValueType;
  /** Undefined where a path leads nowhere. */
  readonly evaluate: (item: Attributes) => AttributeValue | undefined;
}

class UpdateBinder {
  readonly operands: Path[] = [];

  constructor(readonly binder: Binder) {}

  action({ section, path: pathNode, value }: ActionNode): UpdateAction {
    const path = this.path(pathNode);
    switch (section) {
      case 'SET': {
        const operand = this.operand(value!);
        return setAction(path, item => present(operand.evaluate(item)), operand.type);
      }
      case 'REMOVE':
        return removeAction(path);
      case 'ADD':
        return this.change(section, path, value!, ['N', 'SS', 'NS', 'BS'], addAction);
      case 'DELETE':
        return this.change(section, path, value!, ['SS', 'NS', 'BS'], deleteAction);
    }
  }

  private path(node: Node): Path {
    if (node.kind !== 'path') {
      throw new Error(`A ${node.kind} is no path.`);
    }
    return this.binder.path(node, { reserved: RESERVED_WORD, undefined: UNDEFINED_NAME });
  }

  private change(section: string, path: Path, node: Node, allowed: readonly ValueType[], make: typeof addAction | typeof deleteAction): UpdateAction {
    if (node.kind !== 'value') {
      throw new Error(`A ${node.kind} is no value.`);
    }
    const value = this.binder.value(node.placeholder, UNDEFINED_VALUE);
    const type = typeOf(value);
    if (allowed.includes(type)) {
      return make(path, value, WRONG_OPERAND);
    }
    this.binder.report(OPERAND, `Incorrect operand type for operator or function; operator: ${section}, operand type: ${TYPE_NAMES[type]}`);
    return removeAction(path);
  }

  private operand(node: Node): Operand {
    switch (node.kind) {
      case 'path': {
        const path = this.path(node);
        this.operands.push(path);
        return { evaluate: item => valueAt(item, path) };
      }
      case 'value': {
        const value = this.binder.value(node.placeholder, UNDEFINED_VALUE);
        return { type: typeOf(value), evaluate: () => value };
      }
      case 'arithmetic': {
        const [left, right] = node.operands.map(operand => this.typedOperand(operand, node.operator, 'N'));
        const combine = node.operator === '+' ? addNumbers : subtractNumbers;
        return { type: 'N', evaluate: item => ({ N: combine(memberOf(left, item, 'N'), memberOf(right, item, 'N')) }) };
      }
      case 'function':
        return this.functionCall(node);
      default:
        throw new Error(`A ${node.kind} is no operand.`);
    }
  }

  private functionCall({ name, arguments: nodes }: FunctionNode): Operand {
    if (name !== 'if_not_exists' && name !== 'list_append') {
      this.binder.report(UNKNOWN_FUNCTION, `Invalid function name; function: ${name}`);
      return { evaluate: () => undefined };
    }
    if (nodes.length !== 2) {
      this.binder.report(FUNCTION, `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${nodes.length}`);
      nodes.forEach(node => this.operand(node));
      return { evaluate: () => undefined };
    }
    if (name === 'list_append') {
      const [left, right] = nodes.map(node => this.typedOperand(node, name, 'L'));
      return { type: 'L', evaluate: item => ({ L: [...memberOf(left, item, 'L'), ...memberOf(right, item, 'L')] }) };
    }
    if (nodes[0].kind !== 'path') {
      this.binder.report(FUNCTION, `Operator or function requires a document path; operator or function: ${name}`);
    }
    const [existing, otherwise] = nodes.map(node => this.operand(node));
    return { type: otherwise.type, evaluate: item => existing.evaluate(item) ?? otherwise.evaluate(item) };
  }

  private typedOperand(node: Node, operator: string, type: ValueType): Operand {
    const operand = this.operand(node);
    if (operand.type !== undefined && node.kind === 'value' && operand.type !== type) {
      this.binder.report(FUNCTION, `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${operand.type}`);
    }
    return operand;
  }
}

function present(value: AttributeValue | undefined): AttributeValue {
  if (!value) {
    throw validationError('The provided expression refers to an attribute that does not exist in the item');
  }
  return value;
}

function memberOf<Type extends 'N' | 'L'>(operand: Operand, item: Attributes, type: Type): NonNullable<AttributeValue[Type]> {
  const member = present(operand.evaluate(item))[type];
  if (member === undefined) {
    throw validationError(WRONG_OPERAND);
  }
  return member as NonNullable<AttributeValue[Type]>;
}
