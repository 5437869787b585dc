import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { tableKeyPermissions } from './dynamodb-permissions';
import { DynamoDbTransactWriteItem } from './dynamodb-transact-write-item';
import { IntegrationDefinition } from './integration-definition';
import { requestOf, stringOf } from './request';
import { InvalidValueError } from '../validation/invalid-value-error';
import { Value } from '../values/value';

/** Properties of a DynamoDbTransactWrite. */
export interface DynamoDbTransactWriteProps extends DirectIntegrationOptions {
  /** What is written, at most 100 items, each once. */
  readonly items: DynamoDbTransactWriteItem[];

  /**
   * What makes a second message with the same token do nothing, for ten minutes: at most 36 characters.
   *
   * @default - every message is a transaction of its own
   */
  readonly clientRequestToken?: Value;
}

const MOST_ITEMS = 100;

/**
 * Writes several items for each message, all of them or none.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 *
 * @example
 * declare const table: dynamodb.ITable;
 * const amount = Value.body('$.amount').asNumber();
 * new DynamoDbTransactWrite('Transfer', {
 *   items: [
 *     DynamoDbTransactWriteItem.update({
 *       table,
 *       key: { pk: Value.format('account#{}', Value.claim('sub')) },
 *       updateExpression: 'SET balance = balance - :amount',
 *       conditionExpression: 'balance >= :amount AND :amount > :nothing',
 *       expressionAttributeValues: { ':amount': amount, ':nothing': Value.literal(0) },
 *     }),
 *     DynamoDbTransactWriteItem.update({
 *       table,
 *       key: { pk: Value.format('account#{}', Value.body('$.to').asString()) },
 *       updateExpression: 'SET balance = balance + :amount',
 *       conditionExpression: 'attribute_exists(pk)',
 *       expressionAttributeValues: { ':amount': amount },
 *     }),
 *   ],
 *   clientRequestToken: Value.body('$.transferId').asString(),
 * });
 */
export class DynamoDbTransactWrite extends AwsActionIntegration {
  constructor(id: string, props: DynamoDbTransactWriteProps) {
    const { items, clientRequestToken, permissions = [], ...options } = props;
    if (items.length < 1 || items.length > MOST_ITEMS) {
      throw new InvalidValueError('transactionItems', `A transaction has between 1 and ${MOST_ITEMS} items, and not ${items.length}.`);
    }
    super(id, {
      ...options,
      service: 'dynamodb',
      action: 'TransactWriteItems',
      request: requestOf({ TransactItems: Value.list(...items.map(({ _request }) => _request)), ClientRequestToken: stringOf(clientRequestToken) }),
      permissions: [...items.flatMap(permissionsOf), ...permissions],
    });
  }

  /** @internal */
  protected _define(stack: Stack): IntegrationDefinition {
    // The message lists why each item was refused: another transaction in the way is no mistake of the client.
    return { ...super._define(stack), errorDetail: '$.Message' };
  }
}

/** IAM knows no action for the whole, only those of its parts. */
function permissionsOf({ _action, _table }: DynamoDbTransactWriteItem): PolicyStatement[] {
  return [new PolicyStatement({ actions: [`dynamodb:${_action}`], resources: [_table.tableArn] }), ...tableKeyPermissions(_table)];
}
