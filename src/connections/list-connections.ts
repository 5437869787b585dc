import { Duration } from 'aws-cdk-lib';
import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import {
  ATTRIBUTE_LENGTH, CONNECTED_AT, CONNECTION_ID, CONNECTION_KEY_PREFIX, CONNECTION_SORT_KEY, EXPIRES_AT, LISTING_KEY, LISTING_VALUE, PARTITION_KEY, SORT_KEY,
} from './connection-row';
import { DynamoDbQuery } from '../integrations/dynamodb-query';
import { Response } from '../responses/response';
import { attributeOf } from '../values/dynamodb-attribute';
import { Value } from '../values/value';
import { ValueNode } from '../values/value-node';

/** How connections are listed. */
export interface ListConnectionsOptions {
  /**
   * The connection after which the page begins.
   *
   * @default Value.body('$.after').asString()
   */
  readonly after?: Value;

  /**
   * How many connections are on a page at most.
   *
   * @default - 100, or less where many attributes could make a page longer than the 128 KB of a message
   */
  readonly limit?: number;
}

/** What is listed. */
interface ListedTable {
  readonly table: ITable;
  readonly indexName: string;
  readonly attributes: { [name: string]: Value };
  readonly options: ListConnectionsOptions;
}

/** Bytes of a message that are there for connections, and bytes of a connection without its attributes. */
const PAGE_BYTES = 120_000;
const CONNECTION_BYTES = 150;
const USUAL_LIMIT = 100;

/** The longest that JSON makes of a character, such as \u0001. */
const ESCAPED_BYTES = 6;

/** The query behind `ConnectionTable.listIntegration()`. */
export function listConnections(id: string, { table, indexName, attributes, options }: ListedTable): DynamoDbQuery {
  const listed = Object.entries(attributes).flatMap(([name, { _node }]) => scalarType(_node) === undefined ? [] : [{ name, type: scalarType(_node)! }]);
  const texts = listed.filter(({ type }) => type === 'S').map(({ name }, index) => ({ name, placeholder: `#text${index}` }));
  const fitting = Math.floor(PAGE_BYTES / (CONNECTION_BYTES + texts.length * ESCAPED_BYTES * ATTRIBUTE_LENGTH));
  const { after = Value.body('$.after').asString(), limit = Math.min(USUAL_LIMIT, Math.max(1, fitting)) } = options;
  return new DynamoDbQuery(id, {
    table,
    indexName,
    limit,
    keyConditionExpression: `${LISTING_KEY} = :listing`,
    filterExpression: [`${EXPIRES_AT} > :now`, ...texts.map(({ placeholder }) => `(attribute_not_exists(${placeholder}) OR size(${placeholder}) <= :length)`)].join(' AND '),
    expressionAttributeNames: texts.length === 0 ? undefined : Object.fromEntries(texts.map(({ name, placeholder }) => [placeholder, name])),
    expressionAttributeValues: {
      ':listing': Value.literal(LISTING_VALUE),
      ':now': Value.expiresAfter(Duration.seconds(0)),
      ...texts.length === 0 ? {} : { ':length': Value.literal(ATTRIBUTE_LENGTH) },
    },
    exclusiveStartKey: {
      [LISTING_KEY]: Value.literal(LISTING_VALUE),
      [CONNECTION_ID]: after,
      [PARTITION_KEY]: Value.format(`${CONNECTION_KEY_PREFIX}{}`, after),
      [SORT_KEY]: Value.literal(CONNECTION_SORT_KEY),
    },
    response: Response.json(Value.object({
      type: Value.literal('connections'),
      connections: Value.each('$.Items', Value.object({
        connectionId: Value.element(`$.${CONNECTION_ID}.S`),
        connectedAt: Value.element(`$.${CONNECTED_AT}.N`).asNumber(),
        ...Object.fromEntries(listed.map(({ name, type }) => [name, elementOf(name, type)])),
      })),
      next: Value.answer(`$.LastEvaluatedKey.${CONNECTION_ID}.S`).optional(),
      requestId: Value.requestId(),
    })),
  });
}

type Scalar = 'S' | 'N' | 'BOOL';

/** The type of an attribute, if it is one that can be listed. */
function scalarType(node: ValueNode): Scalar | undefined {
  const attribute = attributeOf(node.kind === 'default' ? node.value : node);
  return typeof attribute !== 'string' && attribute.kind === 'attribute' && ['S', 'N', 'BOOL'].includes(attribute.type) ? attribute.type as Scalar : undefined;
}

function elementOf(name: string, type: Scalar): Value {
  const element = Value.element(`$.${name}.${type}`);
  return (type === 'N' ? element.asNumber() : element).optional();
}
