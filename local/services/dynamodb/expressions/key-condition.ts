/** Key conditions: which attributes a query names, and what it asks of each. */
import { Binder } from './binder';
import { ConditionBinder, Operand } from './condition';
import { LegacyCondition, LegacyOperator } from './legacy-conditions';
import { parseCondition } from './parse';
import { Placeholders } from './placeholders';
import { Comparator, Node } from './syntax';
import { validationError } from '../errors';

/** What a query asks of its attributes, in the terms of KeyConditions. */
export type KeyConditions = ReadonlyMap<string, Required<LegacyCondition>>;

const KIND = 'KeyConditionExpression';

const OPERATORS: Partial<Record<Comparator, LegacyOperator>> = { '=': 'EQ', '<': 'LT', '<=': 'LE', '>': 'GT', '>=': 'GE', 'BETWEEN': 'BETWEEN' };
const MIRRORED: Partial<Record<LegacyOperator, LegacyOperator>> = { EQ: 'EQ', LT: 'GT', LE: 'GE', GT: 'LT', GE: 'LE' };

/** Binds a key condition; throws what is wrong with the expression. What the function returned throws is told after all other expressions. */
export function bindKeyCondition(source: string, placeholders: Placeholders): () => KeyConditions {
  const binding = new ConditionBinder(new Binder(KIND, placeholders));
  const clauses = clausesOf(parseCondition(KIND, source)).map(node => ({ node, operands: operandsOf(node, binding) }));
  binding.binder.throwIfAny();
  return () => conditionsOf(clauses);
}

function conditionsOf(clauses: ReadonlyArray<{ readonly node: Node; readonly operands: readonly Operand[] }>): KeyConditions {
  const conditions = new Map<string, Required<LegacyCondition>>();
  for (const { node, operands } of clauses) {
    const [name, condition] = clause(node, operands);
    if (conditions.has(name)) {
      throw validationError(`Invalid ${KIND}: KeyConditionExpressions must only contain one condition per key`);
    }
    conditions.set(name, condition);
  }
  return conditions;
}

/** What an unchecked key condition compares an attribute with, if the placeholders tell it. */
export function equalityOperand(source: string, name: string, placeholders: { readonly [member: string]: unknown }): unknown {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = placeholders;
  let clauses: Node[];
  try {
    clauses = clausesOf(parseCondition(KIND, source));
  } catch {
    return undefined;
  }
  for (const node of clauses) {
    const operands = node.kind === 'comparison' && node.operator === '=' ? node.operands : [];
    const path = operands.find(operand => operand.kind === 'path');
    const value = operands.find(operand => operand.kind === 'value');
    const [element] = path?.elements ?? [];
    if (value && typeof element === 'object' && (element.placeholder ? ownMember(names, element.name) : element.name) === name) {
      return ownMember(values, value.placeholder);
    }
  }
  return undefined;
}

function ownMember(members: unknown, name: string): unknown {
  return typeof members === 'object' && members !== null && Object.hasOwn(members, name) ? (members as Record<string, unknown>)[name] : undefined;
}

function clausesOf(node: Node): Node[] {
  return node.kind === 'and' ? node.operands.flatMap(clausesOf) : [node];
}

function operandsOf(node: Node, binding: ConditionBinder): Operand[] {
  switch (node.kind) {
    case 'comparison':
      return binding.comparisonOperands(node);
    case 'function':
      return binding.functionOperands(node);
    default:
      binding.condition(node);
      return [];
  }
}

function operatorOf(node: Node): LegacyOperator {
  if (node.kind === 'comparison' && OPERATORS[node.operator]) {
    return OPERATORS[node.operator]!;
  }
  if (node.kind === 'function' && node.name === 'begins_with') {
    return 'BEGINS_WITH';
  }
  throw invalidOperator(node.kind === 'function' ? node.name : node.kind === 'comparison' ? node.operator : node.kind.toUpperCase());
}

function clause(node: Node, operands: readonly Operand[]): [string, Required<LegacyCondition>] {
  const operator = operatorOf(node);
  const [first] = operands;
  const mustBeFirst = operator === 'BETWEEN' || operator === 'BEGINS_WITH';
  if (mustBeFirst && !first.path) {
    throw invalidCondition(`${operator === 'BETWEEN' ? operator : 'begins_with'} operator must have the key attribute as its first operand`);
  }
  const key = keyOf(operands);
  const values = operands.filter(operand => operand !== key).map(({ constant }) => constant!);
  return [String(key.path![0]), { ComparisonOperator: key === first ? operator : MIRRORED[operator]!, AttributeValueList: values }];
}

/** The one operand that names an attribute; what is wrong is told in the order of the operands. */
function keyOf(operands: readonly Operand[]): Operand {
  let key: Operand | undefined;
  for (const operand of operands) {
    if (operand.path && key) {
      throw invalidCondition('Multiple attribute names used in one condition');
    }
    if (operand.path && operand.path.length > 1) {
      throw validationError(`Invalid ${KIND}: KeyConditionExpressions cannot have conditions on nested attributes`);
    }
    if (!operand.path && !operand.constant) {
      throw validationError(`Invalid ${KIND}: KeyConditionExpressions cannot contain nested operations`);
    }
    key = operand.path ? operand : key;
  }
  if (!key) {
    throw invalidCondition('No key attribute specified');
  }
  return key;
}

function invalidOperator(operator: string) {
  return validationError(`Invalid operator used in ${KIND}: ${operator}`);
}

function invalidCondition(message: string) {
  return validationError(`Invalid condition in ${KIND}: ${message}`);
}
