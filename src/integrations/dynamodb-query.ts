import { Token } from 'aws-cdk-lib';
import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { expressionMembers } from './dynamodb-expression-members';
import { DynamoDbExpressionOptions } from './dynamodb-expressions';
import { tableKeyPermissions } from './dynamodb-permissions';
import { literalOf, requestOf } from './request';
import { Response } from '../responses/response';
import { InvalidValueError } from '../validation/invalid-value-error';
import { Value } from '../values/value';

/** Properties of a DynamoDbQuery. */
export interface DynamoDbQueryProps extends DynamoDbExpressionOptions, DirectIntegrationOptions {
  /** The table. */
  readonly table: ITable;

  /**
   * The index that is queried.
   *
   * @default - the table itself
   */
  readonly indexName?: string;

  /**
   * Which items there are to be, by their key, such as `pk = :pk AND begins_with(sk, :prefix)`.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
   */
  readonly keyConditionExpression: string;

  /**
   * Which of them the client gets. All count for the limit.
   *
   * @default - all
   */
  readonly filterExpression?: string;

  /**
   * The attributes that are read, such as `title, #status`.
   *
   * @default - all of them
   */
  readonly projectionExpression?: string;

  /**
   * How many items are read at most, up to 1,000, which is what API Gateway's templates take up. What is answered has to fit into 128 KB.
   *
   * @default 100
   */
  readonly limit?: number;

  /**
   * Where to go on: the key of the item before, of the index and of the table. The query begins at its beginning when one of the attributes is missing.
   *
   * @default - the query begins at its beginning
   */
  readonly exclusiveStartKey?: { [attribute: string]: Value };

  /**
   * Whether items come in the order of their sort key, or in reverse.
   *
   * @default true
   */
  readonly scanIndexForward?: boolean;

  /**
   * Whether items are read as the last writes left them, at twice the price. Global indexes cannot do that.
   *
   * @default false
   */
  readonly consistentRead?: boolean;
}

const MOST_ELEMENTS = 1000;

/**
 * Queries a DynamoDB table, or an index of one, for each message.
 *
 * Without a response of its own the client gets `{"items":[…],"lastEvaluatedKey":{…}}` in DynamoDB's JSON, which names the type of each attribute; the key is
 * there only if there may be more.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
 *
 * @example
 * declare const table: dynamodb.ITable;
 * new DynamoDbQuery('Orders', {
 *   table,
 *   keyConditionExpression: 'pk = :customer',
 *   expressionAttributeValues: { ':customer': Value.format('customer#{}', Value.claim('sub')) },
 *   exclusiveStartKey: { pk: Value.format('customer#{}', Value.claim('sub')), sk: Value.body('$.after').asString() },
 *   limit: 20,
 *   response: Response.json(Value.object({
 *     orders: Value.each('$.Items', Value.object({ id: Value.element('$.sk.S'), amount: Value.element('$.amount.N').asNumber() })),
 *     after: Value.answer('$.LastEvaluatedKey.sk.S').optional(),
 *   })),
 * });
 */
export class DynamoDbQuery extends AwsActionIntegration {
  constructor(id: string, props: DynamoDbQueryProps) {
    const {
      table, indexName, keyConditionExpression, filterExpression, projectionExpression, limit = 100, exclusiveStartKey, scanIndexForward, consistentRead,
      response, timeout, permissions = [], ...expressions
    } = props;
    if (!Token.isUnresolved(limit) && (!Number.isInteger(limit) || limit < 1 || limit > MOST_ELEMENTS)) {
      throw new InvalidValueError('queryLimit', `The limit of a query is between 1 and ${MOST_ELEMENTS}: API Gateway takes up no more, and ${limit} is not.`);
    }
    super(id, {
      response: response ?? Response.json(Value.object({ items: Value.answer('$.Items'), lastEvaluatedKey: Value.answer('$.LastEvaluatedKey').optional() })),
      timeout,
      service: 'dynamodb',
      action: 'Query',
      request: requestOf({
        TableName: Value.literal(table.tableName),
        IndexName: literalOf(indexName),
        Limit: Value.literal(limit),
        ExclusiveStartKey: exclusiveStartKey && Value.dynamoDbAttributes(exclusiveStartKey).optional(),
        ScanIndexForward: literalOf(scanIndexForward),
        ConsistentRead: literalOf(consistentRead),
        ...expressionMembers({
          KeyConditionExpression: keyConditionExpression, FilterExpression: filterExpression, ProjectionExpression: projectionExpression,
        }, expressions),
      }),
      resources: [indexName === undefined ? table.tableArn : `${table.tableArn}/index/${indexName}`],
      permissions: [...tableKeyPermissions(table), ...permissions],
    });
  }
}
