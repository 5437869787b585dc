import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { tableKeyPermissions } from './dynamodb-permissions';
import { putMembers } from './dynamodb-write-members';
import { DynamoDbPut } from './dynamodb-writes';
import { requestOf } from './request';

/** Properties of a DynamoDbPutItem. */
export interface DynamoDbPutItemProps extends DynamoDbPut, DirectIntegrationOptions {}

/**
 * Puts an item into a DynamoDB table for each message.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 *
 * @example
 * declare const api: apigatewayv2.WebSocketApi;
 * declare const table: dynamodb.ITable;
 * api.addRoute('save', {
 *   integration: new DynamoDbPutItem('Save', { table, item: { pk: Value.connectionId(), text: Value.body('$.text').asString() } }),
 *   returnResponse: true,
 * });
 */
export class DynamoDbPutItem extends AwsActionIntegration {
  constructor(id: string, props: DynamoDbPutItemProps) {
    const { response, timeout, permissions = [], ...put } = props;
    super(id, {
      response,
      timeout,
      service: 'dynamodb',
      action: 'PutItem',
      request: requestOf(putMembers(put)),
      resources: [put.table.tableArn],
      permissions: [...tableKeyPermissions(put.table), ...permissions],
    });
  }
}
