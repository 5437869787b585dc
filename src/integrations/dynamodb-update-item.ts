import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { tableKeyPermissions } from './dynamodb-permissions';
import { updateMembers } from './dynamodb-write-members';
import { DynamoDbReturnValues, DynamoDbUpdate } from './dynamodb-writes';
import { literalOf, requestOf } from './request';

/** Properties of a DynamoDbUpdateItem. */
export interface DynamoDbUpdateItemProps extends DynamoDbUpdate, DirectIntegrationOptions {
  /**
   * What is there of the item for the response, under `$.Attributes`.
   *
   * @default DynamoDbReturnValues.NONE
   */
  readonly returnValues?: DynamoDbReturnValues;
}

/**
 * Changes an item of a DynamoDB table for each message. Where there is no such item one is made, unless a condition such as `attribute_exists(pk)` is against
 * it.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
 *
 * @example
 * declare const table: dynamodb.ITable;
 * new DynamoDbUpdateItem('Vote', {
 *   table,
 *   key: { pk: Value.format('poll#{}', Value.body('$.poll').asString()) },
 *   updateExpression: 'ADD votes :one SET lastVoter = :voter',
 *   conditionExpression: 'attribute_exists(pk)',
 *   expressionAttributeValues: { ':one': Value.literal(1), ':voter': Value.connectionId() },
 *   returnValues: DynamoDbReturnValues.UPDATED_NEW,
 *   response: Response.json(Value.object({ votes: Value.answer('$.Attributes.votes.N').asNumber() })),
 * });
 */
export class DynamoDbUpdateItem extends AwsActionIntegration {
  constructor(id: string, props: DynamoDbUpdateItemProps) {
    const { returnValues, response, timeout, permissions = [], ...update } = props;
    super(id, {
      response,
      timeout,
      service: 'dynamodb',
      action: 'UpdateItem',
      request: requestOf({ ...updateMembers(update), ReturnValues: literalOf(returnValues) }),
      resources: [update.table.tableArn],
      permissions: [...tableKeyPermissions(update.table), ...permissions],
    });
  }
}
