import { Duration } from 'aws-cdk-lib';
import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EXPIRES_AT, PARTITION_KEY, SORT_KEY } from './connection-row';
import { DynamoDbTransactWrite } from '../integrations/dynamodb-transact-write';
import { DynamoDbTransactWriteItem } from '../integrations/dynamodb-transact-write-item';
import { Value } from '../values/value';

/** What the partition key of a ticket begins with; the rest is its secret. */
export const TICKET_KEY_PREFIX = 'ticket#';

/** The query string parameter that holds a ticket's secret. */
const PARAMETER = 'ticket';

const SORT_VALUE = 'ticket';

export interface TicketedConnectProps {
  readonly table: ITable;
  readonly claims: readonly string[];
  /** The row of the connection. */
  readonly item: { [attribute: string]: Value };
}

/**
 * Uses a ticket up and puts the row of the connection, both or neither. A ticket that was used, has expired, or vouches for something else makes the
 * transaction fail, and that refuses the client.
 */
export class TicketedConnect extends DynamoDbTransactWrite {
  constructor(id: string, { table, claims, item }: TicketedConnectProps) {
    const stated = claims.map(name => [name, Value.queryString(name)] as const);
    super(id, {
      items: [
        DynamoDbTransactWriteItem.update({
          table,
          key: { [PARTITION_KEY]: Value.format(`${TICKET_KEY_PREFIX}{}`, Value.queryString(PARAMETER)), [SORT_KEY]: Value.literal(SORT_VALUE) },
          updateExpression: 'SET usedBy = :connectionId',
          conditionExpression: [
            'attribute_not_exists(usedBy)', `${EXPIRES_AT} > :now`, ...stated.map((_claim, index) => `#claim${index} = :claim${index}`),
          ].join(' AND '),
          expressionAttributeNames: claims.length === 0 ? undefined : Object.fromEntries(claims.map((name, index) => [`#claim${index}`, name])),
          expressionAttributeValues: {
            ':connectionId': Value.connectionId(),
            ':now': Value.expiresAfter(Duration.seconds(0)),
            ...Object.fromEntries(stated.map(([, value], index) => [`:claim${index}`, value])),
          },
        }),
        // An attribute of the same name is what the ticket says, whatever the author makes of the handshake.
        DynamoDbTransactWriteItem.put({ table, item: { ...item, ...Object.fromEntries(stated) } }),
      ],
    });
  }
}
