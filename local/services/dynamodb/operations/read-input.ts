/** What Query and Scan have in common in their requests. */
import { prepareProjection, ProjectionInput } from './projection-input';
import { AwsError } from '../../../kernel/aws-error';
import { validationError } from '../errors';
import { bindCondition, Condition } from '../expressions/condition';
import { bindConditions, checkConditionalOperator, checkConditions, ConditionalOperator, LegacyCondition } from '../expressions/legacy-conditions';
import { PlaceholderInput, Placeholders } from '../expressions/placeholders';
import { Projection } from '../expressions/projection';
import { attributes } from '../shapes/attribute-shapes';
import {
  attributesToGet, conditionalOperator, expression, expressionAttributeNames, expressionAttributeValues, indexName, limit, ReturnConsumedCapacity,
  returnConsumedCapacity, Select, select, tableNameOrArn,
} from '../shapes/member-shapes';
import { boolean } from '../shapes/scalars';
import { required } from '../shapes/structure';
import { Attributes } from '../values/attribute-value';
import { checkAttributes } from '../values/check-value';

export interface ReadInput extends ProjectionInput, PlaceholderInput {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly Select?: Select;
  readonly Limit?: number;
  readonly ConsistentRead?: boolean;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ExclusiveStartKey?: Attributes;
  readonly FilterExpression?: string;
  readonly ConditionalOperator?: ConditionalOperator;
}

/** The members of both requests, in DynamoDB's order. */
export const READ_MEMBERS = {
  Select: select,
  IndexName: indexName,
  ReturnConsumedCapacity: returnConsumedCapacity,
  TableName: required(tableNameOrArn),
  ConditionalOperator: conditionalOperator,
  AttributesToGet: attributesToGet,
  Limit: limit,
  ExclusiveStartKey: attributes,
  ConsistentRead: boolean(),
  FilterExpression: expression,
  ProjectionExpression: expression,
  ExpressionAttributeValues: expressionAttributeValues,
  ExpressionAttributeNames: expressionAttributeNames,
};

/** What a read keeps of the rows that it finds. */
export interface Selection {
  readonly filter?: Condition;
  readonly projection?: Projection;
}

/** A filter from before there were expressions. */
export type LegacyFilter = Readonly<Record<string, LegacyCondition>>;

/** Refuses conditions that make no sense, and an operator between them where there is nothing to join. */
export function checkLegacyFilter(filter: LegacyFilter | undefined, operator: ConditionalOperator | undefined): void {
  checkConditionalOperator(operator, filter);
  checkConditions(filter ?? {});
}

/** What is wrong with a number or a set of numbers is told alike wherever it stands. */
const TOLD_ALIKE = /contains duplicates|number set|numeric value|significant digits|number with magnitude/;

/** Refuses a start key with values that no item has. */
export function checkStartKey({ ExclusiveStartKey: key = {} }: ReadInput): void {
  try {
    checkAttributes(key);
  } catch (error) {
    throw error instanceof AwsError && !TOLD_ALIKE.test(error.message) ? validationError(`The provided starting key is invalid: ${error.message}`) : error;
  }
}

/** What is kept of the rows; the request has been checked otherwise. */
export function prepareSelection(input: ReadInput, legacyFilter: LegacyFilter | undefined, placeholders: Placeholders): Selection {
  return { filter: prepareFilter(input, legacyFilter, placeholders), projection: prepareProjection(input, placeholders) };
}

function prepareFilter(input: ReadInput, legacyFilter: LegacyFilter | undefined, placeholders: Placeholders): Condition | undefined {
  if (legacyFilter) {
    return { matches: bindConditions(legacyFilter, input.ConditionalOperator), paths: Object.keys(legacyFilter).map(name => [name] as const) };
  }
  return input.FilterExpression === undefined ? undefined : bindCondition('FilterExpression', input.FilterExpression, placeholders);
}

/** Refuses what is selected in two ways. */
export function checkSelect(input: ReadInput): void {
  const projected = input.ProjectionExpression !== undefined || input.AttributesToGet !== undefined;
  if (input.Select === 'SPECIFIC_ATTRIBUTES' && !projected) {
    throw validationError('Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES');
  }
  if (input.Select === 'ALL_PROJECTED_ATTRIBUTES' && input.IndexName === undefined) {
    throw validationError('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (projected && input.Select !== undefined && input.Select !== 'SPECIFIC_ATTRIBUTES') {
    const member = input.ProjectionExpression === undefined ? 'AttributesToGet' : 'ProjectionExpression';
    throw validationError(`Cannot specify the ${member} when choosing to get ${input.Select === 'COUNT' ? 'only the Count' : input.Select}`);
  }
}
