import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { tableKeyPermissions } from './dynamodb-permissions';
import { deleteMembers } from './dynamodb-write-members';
import { DynamoDbDelete } from './dynamodb-writes';
import { requestOf } from './request';

/** Properties of a DynamoDbDeleteItem. */
export interface DynamoDbDeleteItemProps extends DynamoDbDelete, DirectIntegrationOptions {}

/**
 * Deletes an item of a DynamoDB table for each message. That there is no such item is no failure, unless a condition asks for it.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html
 *
 * @example
 * declare const table: dynamodb.ITable;
 * new DynamoDbDeleteItem('Withdraw', {
 *   table,
 *   key: { pk: Value.format('order#{}', Value.body('$.orderId').asString()) },
 *   conditionExpression: 'placedBy = :client',
 *   expressionAttributeValues: { ':client': Value.claim('sub') },
 *   response: Response.ack().withError('ConditionalCheckFailedException', { code: 'NotYours', message: 'You have placed no such order.' }),
 * });
 */
export class DynamoDbDeleteItem extends AwsActionIntegration {
  constructor(id: string, props: DynamoDbDeleteItemProps) {
    const { response, timeout, permissions = [], ...deletion } = props;
    super(id, {
      response,
      timeout,
      service: 'dynamodb',
      action: 'DeleteItem',
      request: requestOf(deleteMembers(deletion)),
      resources: [deletion.table.tableArn],
      permissions: [...tableKeyPermissions(deletion.table), ...permissions],
    });
  }
}
