/** Conditions as they were before there were expressions: Expected, QueryFilter, ScanFilter and KeyConditions. */
import { beginsWith, comparison, contains, Predicate } from './condition';
import { validationError } from '../errors';
import { Comparator } from './syntax';
import { attributeOf, AttributeValue, typeOf, ValueType } from '../values/attribute-value';
import { checkValue } from '../values/check-value';
import { orderValues } from '../values/compare';

export type LegacyOperator =
  'EQ' | 'NE' | 'LE' | 'LT' | 'GE' | 'GT' | 'NOT_NULL' | 'NULL' | 'CONTAINS' | 'NOT_CONTAINS' | 'BEGINS_WITH' | 'IN' | 'BETWEEN';

/** A condition of a filter or a key. */
export interface LegacyCondition {
  readonly ComparisonOperator: LegacyOperator;
  readonly AttributeValueList?: readonly AttributeValue[];
}

/** A condition of a write. */
export interface ExpectedValue {
  readonly ComparisonOperator?: LegacyOperator;
  readonly AttributeValueList?: readonly AttributeValue[];
  readonly Exists?: boolean;
  readonly Value?: AttributeValue;
}

export type ConditionalOperator = 'AND' | 'OR';

/** The order in which DynamoDB names them. */
export const LEGACY_OPERATORS: readonly LegacyOperator[] = [
  'IN', 'NULL', 'BETWEEN', 'LT', 'NOT_CONTAINS', 'EQ', 'GT', 'NOT_NULL', 'NE', 'LE', 'BEGINS_WITH', 'GE', 'CONTAINS',
];

const COMPARATORS: Partial<Record<LegacyOperator, Comparator>> = {
  EQ: '=', NE: '<>', LE: '<=', LT: '<', GE: '>=', GT: '>', IN: 'IN', BETWEEN: 'BETWEEN',
};

const SCALARS: readonly ValueType[] = ['S', 'N', 'B'];
const SCALARS_AND_SETS: readonly ValueType[] = ['S', 'N', 'B', 'SS', 'NS', 'BS'];

const ALLOWED_TYPES: Partial<Record<LegacyOperator, readonly ValueType[]>> = {
  LE: SCALARS,
  LT: SCALARS,
  GE: SCALARS,
  GT: SCALARS,
  CONTAINS: SCALARS,
  NOT_CONTAINS: SCALARS,
  IN: SCALARS,
  BETWEEN: SCALARS,
  EQ: SCALARS_AND_SETS,
  NE: SCALARS_AND_SETS,
  BEGINS_WITH: ['S', 'B'],
};

type Conditions<Condition> = Readonly<Record<string, Condition>>;

/** Refuses conditions of a filter or a key that make no sense. */
export function checkConditions(conditions: Conditions<LegacyCondition>): void {
  for (const { ComparisonOperator: operator, AttributeValueList: values = [] } of Object.values(conditions)) {
    values.forEach(value => checkValue(value));
    checkCount(operator, values.length);
    checkTypes(operator, values);
  }
}

/** Refuses conditions of a write that make no sense. */
export function checkExpected(expected: Conditions<ExpectedValue>): void {
  for (const [name, condition] of Object.entries(expected)) {
    checkExpectedValue(name, condition);
  }
}

/** What AND and OR may be said of. */
export function checkConditionalOperator(operator: ConditionalOperator | undefined, conditions: object | undefined): void {
  if (operator === undefined) {
    return;
  }
  if (conditions === undefined) {
    throw validationError('ConditionalOperator cannot be used without Filter or Expected');
  }
  if (Object.keys(conditions).length < 2) {
    throw validationError('ConditionalOperator can only be used when Filter or Expected has two or more elements');
  }
}

/** All conditions, or one of them. */
export function bindConditions(conditions: Conditions<LegacyCondition>, operator: ConditionalOperator = 'AND'): Predicate {
  const predicates = Object.entries(conditions).map(([name, condition]) => bind(name, condition.ComparisonOperator, condition.AttributeValueList ?? []));
  return operator === 'OR' ? item => predicates.some(matches => matches(item)) : item => predicates.every(matches => matches(item));
}

/** All conditions of a write, or one of them. */
export function bindExpected(expected: Conditions<ExpectedValue>, operator?: ConditionalOperator): Predicate {
  const conditions = Object.entries(expected).map(([name, condition]): [string, LegacyCondition] => {
    const values = condition.AttributeValueList ?? (condition.Value ? [condition.Value] : []);
    const comparisonOperator = condition.ComparisonOperator ?? (condition.Exists === false ? 'NULL' : 'EQ');
    return [name, { ComparisonOperator: comparisonOperator, AttributeValueList: values }];
  });
  return bindConditions(Object.fromEntries(conditions), operator);
}

function bind(name: string, operator: LegacyOperator, values: readonly AttributeValue[]): Predicate {
  switch (operator) {
    case 'NULL':
      return item => attributeOf(item, name) === undefined;
    case 'NOT_NULL':
      return item => attributeOf(item, name) !== undefined;
    case 'CONTAINS':
      return item => contains(attributeOf(item, name), values[0]);
    case 'NOT_CONTAINS':
      return item => !contains(attributeOf(item, name), values[0]);
    case 'BEGINS_WITH':
      return item => beginsWith(attributeOf(item, name), values[0]);
    default:
      return comparison(COMPARATORS[operator]!, [{ evaluate: item => attributeOf(item, name) }, ...values.map(value => ({ evaluate: () => value }))]);
  }
}

function checkExpectedValue(name: string, condition: ExpectedValue): void {
  const { ComparisonOperator: operator, AttributeValueList: list, Exists: exists, Value: value } = condition;
  if (list && value) {
    throw invalid(`Value and AttributeValueList cannot be used together for Attribute: ${name}`);
  }
  [...list ?? [], ...value ? [value] : []].forEach(each => checkValue(each));
  if (operator !== undefined) {
    if (exists !== undefined) {
      throw invalid(`Exists and ComparisonOperator cannot be used together for Attribute: ${name}`);
    }
    if (operator !== 'NULL' && operator !== 'NOT_NULL' && !list && !value) {
      throw invalid(`Value or AttributeValueList must be used with ComparisonOperator: ${operator} for Attribute: ${name}`);
    }
    checkCount(operator, list?.length ?? (value ? 1 : 0));
    checkTypes(operator, list ?? (value ? [value] : []));
  } else if (list) {
    throw invalid(`AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`);
  } else if (exists !== false && !value) {
    throw invalid(`Value must be provided when Exists is ${exists ?? 'null'} for Attribute: ${name}`);
  } else if (exists === false && value) {
    throw invalid(`Value cannot be used when Exists is false for Attribute: ${name}`);
  }
}

function checkCount(operator: LegacyOperator, count: number): void {
  const right = operator === 'NULL' || operator === 'NOT_NULL' ? count === 0
    : operator === 'BETWEEN' ? count === 2
      : operator === 'IN' ? count > 0 : count === 1;
  if (!right) {
    throw invalid(`Invalid number of argument(s) for the ${operator} ComparisonOperator`);
  }
}

function checkTypes(operator: LegacyOperator, values: readonly AttributeValue[]): void {
  if (values.length === 0) {
    return;
  }
  const types = values.map(typeOf);
  if (types.some(type => type !== types[0])) {
    throw invalid('AttributeValues inside AttributeValueList must be of same type');
  }
  if (!ALLOWED_TYPES[operator]!.includes(types[0])) {
    throw invalid(`ComparisonOperator ${operator} is not valid for ${types[0]} AttributeValue type`);
  }
  if (operator === 'BETWEEN' && orderValues(values[0], values[1])! > 0) {
    throw validationError('The BETWEEN condition was provided a range where the lower bound is greater than the upper bound');
  }
}

function invalid(message: string) {
  return validationError(`One or more parameter values were invalid: ${message}`);
}
