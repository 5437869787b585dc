import { Value } from '../values/value';

/** What stands in the place of the placeholders in expressions. */
export interface DynamoDbExpressionOptions {
  /**
   * Attribute names by placeholders such as `#status`, for names that are reserved words.
   *
   * @default - the expressions have no such placeholders
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeNames.html
   */
  readonly expressionAttributeNames?: { [placeholder: string]: string };

  /**
   * Values by placeholders such as `:status`: the one way for what a client sends into an expression. None may be missing.
   *
   * @default - the expressions have no such placeholders
   */
  readonly expressionAttributeValues?: { [placeholder: string]: Value };
}

/** A condition that an item has to meet. */
export interface DynamoDbConditionOptions extends DynamoDbExpressionOptions {
  /**
   * What has to be true of the item, such as `attribute_not_exists(pk)`. When it is not, the error is `ConditionalCheckFailedException`.
   *
   * @default - nothing
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html
   */
  readonly conditionExpression?: string;
}
