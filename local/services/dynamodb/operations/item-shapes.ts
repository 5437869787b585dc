/** The requests that write one item. */
import { KeyedInput, PutInput, UpdateInput } from './write';
import { AttributeUpdate } from '../expressions/legacy-updates';
import { attributes, attributeValue } from '../shapes/attribute-shapes';
import { map } from '../shapes/collections';
import {
  conditionalOperator, expectedValues, expression, expressionAttributeNames, expressionAttributeValues, ReturnConsumedCapacity, returnConsumedCapacity,
  ReturnItemCollectionMetrics, returnItemCollectionMetrics, ReturnValues, returnValues, returnValuesOfUpdate,
  returnValuesOnConditionCheckFailure, tableNameOrArn,
} from '../shapes/member-shapes';
import { oneOf } from '../shapes/scalars';
import { required, structure } from '../shapes/structure';

/** What an answer to a write may tell beside the item. */
interface ReturnInput {
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ReturnItemCollectionMetrics?: ReturnItemCollectionMetrics;
  readonly ReturnValues?: ReturnValues;
}

export interface PutItemInput extends PutInput, ReturnInput {}
export interface UpdateItemInput extends UpdateInput, ReturnInput {}
export interface DeleteItemInput extends KeyedInput, ReturnInput {}

const CONDITION = {
  ConditionalOperator: conditionalOperator,
  Expected: expectedValues,
  ConditionExpression: expression,
  ExpressionAttributeValues: expressionAttributeValues,
  ExpressionAttributeNames: expressionAttributeNames,
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
};

export const putItemInput = structure<PutItemInput>('PutItemInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  TableName: required(tableNameOrArn),
  Item: required(attributes),
  ReturnValues: returnValues,
  ReturnItemCollectionMetrics: returnItemCollectionMetrics,
  ...CONDITION,
});

const attributeUpdates = map('com.amazonaws.dynamodb.v20120810.AttributeValueUpdate', structure<AttributeUpdate>('AttributeValueUpdate', {
  Value: attributeValue,
  Action: oneOf(['ADD', 'PUT', 'DELETE']),
}));

export const updateItemInput = structure<UpdateItemInput>('UpdateItemInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  TableName: required(tableNameOrArn),
  ReturnValues: returnValuesOfUpdate,
  Key: required(attributes),
  ReturnItemCollectionMetrics: returnItemCollectionMetrics,
  AttributeUpdates: attributeUpdates,
  UpdateExpression: expression,
  ...CONDITION,
});

export const deleteItemInput = structure<DeleteItemInput>('DeleteItemInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  TableName: required(tableNameOrArn),
  Key: required(attributes),
  ReturnValues: returnValues,
  ReturnItemCollectionMetrics: returnItemCollectionMetrics,
  ...CONDITION,
});
