import { CONNECTED_AT, connectionKey, HANDSHAKE_MILLISECONDS, PARTITION_KEY, VANISHED } from './connection-row';
import { States } from '../workflows/jsonata-state';
import { PATIENTLY } from '../workflows/retry';

/** A table as workflows name it. */
export interface TableAddress {
  readonly partition: string;
  readonly tableName: string;
}

/** The actions of `forgetConnection` on the table. */
export const FORGET_ACTIONS = ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

/**
 * States, from `Forget` on, that delete the row of a connection of which `@connections` says that it is gone; then they go on to `next`. A client whose handshake
 * may still be under way keeps its row: it is said to be gone as well.
 *
 * The row is marked first, so that its deletion tells why the client left.
 *
 * @param connectionId JSONata of the input.
 * @param failed What catches a failure.
 */
export function forgetConnection({ partition, tableName }: TableAddress, connectionId: string, next: string, failed: object): States {
  const row = { TableName: tableName, Key: connectionKey(connectionId) };
  return {
    Forget: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::aws-sdk:dynamodb:updateItem`,
      Arguments: {
        ...row,
        UpdateExpression: `SET ${VANISHED} = :true`,
        ConditionExpression: `attribute_exists(${PARTITION_KEY}) AND ${CONNECTED_AT} < :settled`,
        ExpressionAttributeValues: { ':true': { BOOL: true }, ':settled': { N: `{% $string($millis() - ${HANDSHAKE_MILLISECONDS}) %}` } },
      },
      Output: '{% $states.input %}',
      ...PATIENTLY,
      Catch: [{ ErrorEquals: ['DynamoDb.ConditionalCheckFailedException'], Output: {}, Next: next }, failed],
      Next: 'Delete',
    },
    Delete: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::aws-sdk:dynamodb:deleteItem`,
      Arguments: row,
      Output: {},
      ...PATIENTLY,
      Catch: [failed],
      Next: next,
    },
  };
}
