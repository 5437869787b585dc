import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { expressionMembers, wholeAttributes } from './dynamodb-expression-members';
import { tableKeyPermissions } from './dynamodb-permissions';
import { literalOf, requestOf } from './request';
import { AnswerFailure } from '../responses/answer-failure';
import { NOT_FOUND } from '../responses/error-frames';
import { Response } from '../responses/response';
import { Value } from '../values/value';

/** Properties of a DynamoDbGetItem. */
export interface DynamoDbGetItemProps extends DirectIntegrationOptions {
  /** The table. */
  readonly table: ITable;

  /** The primary key of the item. */
  readonly key: { [attribute: string]: Value };

  /**
   * Whether the item is read as the last write left it, at twice the price.
   *
   * @default false
   */
  readonly consistentRead?: boolean;

  /**
   * The attributes that are read, such as `title, #status`.
   *
   * @default - all of them
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html
   */
  readonly projectionExpression?: string;

  /**
   * Attribute names by placeholders such as `#status`, for names that are reserved words.
   *
   * @default - the projection has no such placeholders
   */
  readonly expressionAttributeNames?: { [placeholder: string]: string };
}

/**
 * Gets an item of a DynamoDB table for each message. That there is no such item is a failure: the client is told the code `NotFound`, and on `$connect` it is
 * refused.
 *
 * Without a response of its own the client gets the item in DynamoDB's JSON, which names the type of each attribute.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
 *
 * @example
 * declare const table: dynamodb.ITable;
 * new DynamoDbGetItem('Order', {
 *   table,
 *   key: { pk: Value.format('order#{}', Value.body('$.orderId').asString()) },
 *   response: Response.json(Value.object({
 *     status: Value.answer('$.Item.status.S'),
 *     amount: Value.answer('$.Item.amount.N').asNumber(),
 *   })).withError('NotFound', { code: 'NoSuchOrder', message: 'There is no such order.' }),
 * });
 */
export class DynamoDbGetItem extends AwsActionIntegration {
  constructor(id: string, props: DynamoDbGetItemProps) {
    const { table, key, consistentRead, projectionExpression, expressionAttributeNames, response, timeout, permissions = [] } = props;
    super(id, {
      response: response ?? Response.json(Value.answer('$.Item')),
      timeout,
      service: 'dynamodb',
      action: 'GetItem',
      request: requestOf({
        TableName: Value.literal(table.tableName),
        Key: wholeAttributes('key', key),
        ConsistentRead: literalOf(consistentRead),
        ...expressionMembers({ ProjectionExpression: projectionExpression }, { expressionAttributeNames }),
      }),
      resources: [table.tableArn],
      permissions: [...tableKeyPermissions(table), ...permissions],
      failures: [AnswerFailure.whenMissing('$.Item', { frame: NOT_FOUND })],
    });
  }
}
