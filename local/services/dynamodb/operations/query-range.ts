/** The part of an index that the conditions of a query mean. */
import { validationError } from '../errors';
import { KeyConditions } from '../expressions/key-condition';
import { LegacyCondition } from '../expressions/legacy-conditions';
import { SortRange, StartPlace } from '../tables/key-index';
import { checkKeyValue, KeyAttribute, keyAttributes, KeySchema, sortText } from '../tables/key-schema';

const NOT_INDEXABLE = ['NULL', 'NOT_NULL', 'NE', 'CONTAINS', 'NOT_CONTAINS', 'IN'];

const EVERYTHING: SortRange = { isBelow: () => false, isAbove: () => false };

/** The partition that a query reads; throws when its conditions are none on the key. `visit` is called before each part of the key is looked at. */
export function partitionOf(schema: KeySchema, conditions: KeyConditions, visit: (attribute: KeyAttribute) => void): string {
  const attributes = keyAttributes(schema);
  for (const attribute of attributes) {
    visit(attribute);
    if (conditions.size > attributes.length) {
      throw validationError(`The number of query conditions (${conditions.size}) exceeds the number of key attributes defined in the schema (${attributes.length})`);
    }
    checkKeyCondition(schema, attribute, conditions);
  }
  const { hash } = schema;
  const [value] = conditions.get(hash.name)!.AttributeValueList;
  checkKeyValue(hash, value, true);
  return value[hash.type]!;
}

function checkKeyCondition({ hash }: KeySchema, attribute: KeyAttribute, conditions: KeyConditions): void {
  const condition = conditions.get(attribute.name);
  if (condition) {
    checkCondition(attribute, condition);
  } else if (attribute === hash || conditions.size > 1) {
    throw validationError(`Query condition missed key schema element: ${attribute.name}`);
  }
  if (attribute === hash && condition?.ComparisonOperator !== 'EQ') {
    throw validationError('Query key condition not supported');
  }
}

/** The range of sort keys within the partition. */
export function queryRange({ range }: KeySchema, conditions: KeyConditions): SortRange {
  const condition = range && conditions.get(range.name);
  if (!condition) {
    return EVERYTHING;
  }
  const [value, upper] = condition.AttributeValueList.map(each => sortText(range.type, each));
  switch (condition.ComparisonOperator) {
    case 'EQ':
      return { isBelow: sort => sort < value, isAbove: sort => sort > value };
    case 'LT':
      return { isBelow: () => false, isAbove: sort => sort >= value };
    case 'LE':
      return { isBelow: () => false, isAbove: sort => sort > value };
    case 'GT':
      return { isBelow: sort => sort <= value, isAbove: () => false };
    case 'GE':
      return { isBelow: sort => sort < value, isAbove: () => false };
    case 'BETWEEN':
      return { isBelow: sort => sort < value, isAbove: sort => sort > upper };
    default:
      return { isBelow: sort => sort < value, isAbove: sort => sort > value && !sort.startsWith(value) };
  }
}

/** Refuses a start that the query itself would never have reached; `ranged` tells whether there is a condition on the sort key. */
export function requireWithin(start: StartPlace, hash: string, range: SortRange, ranged: boolean): void {
  if (range.isBelow(start.sort) || range.isAbove(start.sort)) {
    throw validationError('The provided starting key does not match the range key predicate');
  }
  if (start.hash !== hash) {
    throw validationError(ranged
      ? 'The query can return at most one row and cannot be restarted'
      : 'The provided starting key is outside query boundaries based on provided conditions');
  }
}

function checkCondition({ type }: KeyAttribute, condition: Required<LegacyCondition>): void {
  if (NOT_INDEXABLE.includes(condition.ComparisonOperator)) {
    throw validationError('Attempted conditional constraint is not an indexable operation');
  }
  if (condition.AttributeValueList.some(value => value[type] === undefined)) {
    throw validationError('One or more parameter values were invalid: Condition parameter type does not match schema type');
  }
}
