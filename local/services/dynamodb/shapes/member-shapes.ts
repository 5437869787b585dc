/** Members that many requests have. */
import { attributes, attributeValue } from './attribute-shapes';
import { list, map } from './collections';
import { boolean, integer, oneOf, string } from './scalars';
import { required, structure } from './structure';
import { ConditionalOperator, ExpectedValue, LEGACY_OPERATORS, LegacyCondition, LegacyOperator } from '../expressions/legacy-conditions';

export const NAME_PATTERN = '[a-zA-Z0-9_.-]+';
const TABLE_ARN_PATTERN = 'arn:[^:]+:dynamodb:[^:]*:[^:]*:table\\/';

/** A table by its name or its ARN. */
export const tableNameOrArn = string({ pattern: `(?:(?:${TABLE_ARN_PATTERN})?${NAME_PATTERN})?`, shownPattern: NAME_PATTERN, maximum: 255, model: { minimum: 1, maximum: 1024 } });

/** What names a table in a batch. */
export const TABLE_KEYS = { pattern: `(?:${TABLE_ARN_PATTERN})?${NAME_PATTERN}`, shownPattern: NAME_PATTERN, minimum: 3, maximum: 255 };

export const indexName = string({ pattern: NAME_PATTERN, minimum: 3, maximum: 255 });

export type ReturnConsumedCapacity = 'INDEXES' | 'TOTAL' | 'NONE';
export const returnConsumedCapacity = oneOf<ReturnConsumedCapacity>(['INDEXES', 'TOTAL', 'NONE']);

export type ReturnItemCollectionMetrics = 'SIZE' | 'NONE';
export const returnItemCollectionMetrics = oneOf<ReturnItemCollectionMetrics>(['SIZE', 'NONE']);

export type ReturnValues = 'ALL_NEW' | 'UPDATED_OLD' | 'ALL_OLD' | 'NONE' | 'UPDATED_NEW';
const RETURN_VALUES: readonly ReturnValues[] = ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'];
/** With a name that no value has. */
const OTHER_RETURN_VALUES = 'Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]';
export const returnValues = oneOf(RETURN_VALUES, OTHER_RETURN_VALUES);
/** UpdateItem looks at them before anything else. */
export const returnValuesOfUpdate = oneOf(RETURN_VALUES, OTHER_RETURN_VALUES, 'first');

export type ReturnValuesOnConditionCheckFailure = 'ALL_OLD' | 'NONE';
export const returnValuesOnConditionCheckFailure = oneOf<ReturnValuesOnConditionCheckFailure>(['ALL_OLD', 'NONE']);

export type Select = 'SPECIFIC_ATTRIBUTES' | 'COUNT' | 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES';
export const select = oneOf<Select>(['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES']);

export const limit = integer('Integer', { model: { minimum: 1 } });

export const expression = string();
export const expressionAttributeNames = map('java.lang.String', string());
export const expressionAttributeValues = attributes;

export const attributesToGet = list(string(), { minimum: 1, maximum: 255 });

export const conditionalOperator = oneOf<ConditionalOperator>(['OR', 'AND']);
const comparisonOperator = oneOf<LegacyOperator>(LEGACY_OPERATORS);

export const legacyConditions = map('com.amazonaws.dynamodb.v20120810.Condition', structure<LegacyCondition>('Condition', {
  AttributeValueList: list(attributeValue),
  ComparisonOperator: required(comparisonOperator),
}));

export const expectedValues = map('com.amazonaws.dynamodb.v20120810.ExpectedAttributeValue', structure<ExpectedValue>('ExpectedAttributeValue', {
  AttributeValueList: list(attributeValue),
  ComparisonOperator: comparisonOperator,
  Exists: boolean(),
  Value: attributeValue,
}));
