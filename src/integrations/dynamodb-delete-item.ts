import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { Value } from '../values/value';

/** Properties of a DynamoDbDeleteItem. */
export interface DynamoDbDeleteItemProps extends DirectIntegrationOptions {
  /** The table. */
  readonly table: ITable;

  /** The primary key of the item. */
  readonly key: { [attribute: string]: Value };
}

/**
 * Deletes an item of a DynamoDB table for each message. That there is no such item is no failure.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html
 */
export class DynamoDbDeleteItem extends AwsActionIntegration {
  constructor(id: string, { table, key, ...options }: DynamoDbDeleteItemProps) {
    super(id, {
      ...options,
      service: 'dynamodb',
      action: 'DeleteItem',
      request: Value.object({ TableName: Value.literal(table.tableName), Key: Value.dynamoDbAttributes(key) }),
      resources: [table.tableArn],
    });
  }
}
