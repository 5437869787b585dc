import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { Value } from '../values/value';

/** Properties of a DynamoDbPutItem. */
export interface DynamoDbPutItemProps extends DirectIntegrationOptions {
  /** The table. */
  readonly table: ITable;

  /** The item's attributes. Each value's type is the attribute's: strings, numbers, booleans, lists and maps; fields of the message say theirs. */
  readonly item: { [attribute: string]: Value };
}

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
  constructor(id: string, { table, item, ...options }: DynamoDbPutItemProps) {
    super(id, {
      ...options,
      service: 'dynamodb',
      action: 'PutItem',
      request: Value.object({ TableName: Value.literal(table.tableName), Item: Value.dynamoDbAttributes(item) }),
      resources: [table.tableArn],
    });
  }
}
