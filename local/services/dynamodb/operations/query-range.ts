/** The part of an index that the conditions of a query mean. */
import { validationError } from '../errors';
import { KeyConditions } from '../expressions/key-condition';
import { LegacyCondition } from '../expressions/legacy-conditions';
import { SortRange, StartPlace } from '../tables/key-index';
import { checkKeyValue, KeyAttribute, keyAttributes, KeySchema, sortText } from '../tables/key-schema';

const NOT_INDEXABLE = ['NULL', 'NOT_NULL', 'NE', 'CONTAINS', 'NOT_CONTAINS', 'IN'];

const EVERYTHING: SortRange = { isBelow: () => false, isAbove: () => false };

/** The partition that a query reads; throws when its conditions are none on the key. */
export function partitionOf(schema: KeySchema, conditions: KeyConditions): string {
  const attributes = keyAttributes(schema);
  if (conditions.size > attributes.length) {
    throw validationError(`The number of query conditions (${conditions.size}) exceeds the number of key attributes defined in the schema (${attributes.length})`);
  }
  const missing = attributes.slice(0, conditions.size).find(({ name }) => !conditions.has(name));
  if (missing) {
    throw validationError(`Query condition missed key schema element: ${missing.name}`);
  }
  const { hash } = schema;
  const condition = conditions.get(hash.name)!;
  checkCondition(hash, condition);
  if (condition.ComparisonOperator !== 'EQ') {
    throw validationError('Query key condition not supported');
  }
  const [value] = condition.AttributeValueList;
  checkKeyValue(hash, value, true);
  return value[hash.type]!;
}

/** The range of sort keys within the partition. */
export function queryRange({ range }: KeySchema, conditions: KeyConditions): SortRange {
  const condition = range && conditions.get(range.name);
  if (!condition) {
    return EVERYTHING;
  }
  checkCondition(range, condition);
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

/** Refuses a start that the query itself would never have reached. */
export function requireWithin(start: StartPlace, hash: string, range: SortRange): void {
  if (start.hash !== hash) {
    throw validationError('The provided starting key is outside query boundaries based on provided conditions');
  }
  if (range.isBelow(start.sort) || range.isAbove(start.sort)) {
    throw validationError('The provided starting key does not match the range key predicate');
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
