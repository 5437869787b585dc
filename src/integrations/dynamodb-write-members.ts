import { expressionMembers, wholeAttributes } from './dynamodb-expression-members';
import { DynamoDbDelete, DynamoDbPut, DynamoDbUpdate } from './dynamodb-writes';
import { Value } from '../values/value';

/** The members of a request that puts an item. */
export function putMembers({ table, item, conditionExpression, ...expressions }: DynamoDbPut): Record<string, Value | undefined> {
  return {
    TableName: Value.literal(table.tableName),
    Item: Value.dynamoDbAttributes(item),
    ...expressionMembers({ ConditionExpression: conditionExpression }, expressions),
  };
}

/** The members of a request that deletes an item, or checks one. */
export function deleteMembers({ table, key, conditionExpression, ...expressions }: DynamoDbDelete): Record<string, Value | undefined> {
  return {
    TableName: Value.literal(table.tableName),
    Key: wholeAttributes('key', key),
    ...expressionMembers({ ConditionExpression: conditionExpression }, expressions),
  };
}

/** The members of a request that changes an item. */
export function updateMembers({ table, key, updateExpression, conditionExpression, ...expressions }: DynamoDbUpdate): Record<string, Value | undefined> {
  return {
    TableName: Value.literal(table.tableName),
    Key: wholeAttributes('key', key),
    ...expressionMembers({ UpdateExpression: updateExpression, ConditionExpression: conditionExpression }, expressions),
  };
}
