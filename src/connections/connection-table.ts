import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, CfnTable, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  CONNECTED_AT, CONNECTION_ID, CONNECTION_KEY_PREFIX, CONNECTION_LIFETIME_SECONDS, CONNECTION_SORT_KEY, EXPIRES_AT, LISTING_INDEX, LISTING_KEY, LISTING_VALUE,
  PARTITION_KEY, RESERVED_ATTRIBUTES, SORT_KEY,
} from './connection-row';
import { listConnections, ListConnectionsOptions } from './list-connections';
import { recovery } from './recovery';
import { TICKET_KEY_PREFIX, TicketedConnect } from './ticketed-connect';
import { Admission } from '../admission/admission';
import { DirectIntegration } from '../integrations/direct-integration';
import { DynamoDbDeleteItem } from '../integrations/dynamodb-delete-item';
import { DynamoDbPutItem } from '../integrations/dynamodb-put-item';
import { IMonitored, MonitoredParts } from '../monitoring/monitored';
import { InvalidValueError } from '../validation/invalid-value-error';
import { Value } from '../values/value';

/** Properties of a ConnectionTable. */
export interface ConnectionTableProps {
  /**
   * What is kept of each client beside its connection, such as a claim of the authorizer, or a nickname in the query string: values that `$connect` has. A client
   * that lacks one is refused, unless the value is optional or has a default.
   *
   * @default - nothing
   */
  readonly attributes?: { [name: string]: Value };

  /**
   * Whether the table can be put back to any second of the last 35 days. Its rows describe connections, which end after two hours at most.
   *
   * @default false
   */
  readonly pointInTimeRecovery?: boolean;
}

/**
 * The connections of WebSocket APIs, as rows of a DynamoDB table that `$connect` puts and `$disconnect` deletes, without a Lambda function.
 *
 * `$disconnect` is not guaranteed: what is left of a connection expires when it must have ended, after two hours, and a `ConnectionSweeper` finds it earlier.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
 *
 * @example
 * const endpoint = new WebSocketEndpoint(this, 'Endpoint');
 * const connections = new ConnectionTable(this, 'Connections', { attributes: { nickname: Value.queryString('nickname').optional() } });
 * endpoint.addConnectionRoutes(connections);
 * endpoint.addRoute('list', connections.listIntegration('List'));
 */
export class ConnectionTable extends Construct implements IMonitored {
  /** The table. Rows of connections have the sort key `connection`. */
  readonly table: Table;

  private readonly attributes: { [name: string]: Value };
  private isListed = false;

  constructor(scope: Construct, id: string, props: ConnectionTableProps = {}) {
    super(scope, id);
    this.attributes = props.attributes ?? {};
    Object.keys(this.attributes).forEach(checkAttribute);
    this.table = new Table(this, 'Default', {
      partitionKey: { name: PARTITION_KEY, type: AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: AttributeType.STRING },
      timeToLiveAttribute: EXPIRES_AT,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: recovery(props.pointInTimeRecovery),
      // The rows describe open connections, and an API that is deleted has none.
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** What a `WebSocketMonitoring` watches. */
  get monitored(): MonitoredParts {
    return { tables: [this.table] };
  }

  /**
   * Puts the row of a connection: the integration of `$connect`. A client whose row cannot be written is refused.
   *
   * @param admission Who may connect. `WebSocketEndpoint.addConnectionRoutes()` hands it on.
   */
  connectIntegration(id: string = 'PutConnection', admission?: Admission): DirectIntegration {
    const item = {
      ...this.attributes,
      ...connectionKey(),
      [LISTING_KEY]: Value.literal(LISTING_VALUE),
      [CONNECTION_ID]: Value.connectionId(),
      [CONNECTED_AT]: Value.requestTime(),
      [EXPIRES_AT]: Value.expiresAfter(Duration.seconds(CONNECTION_LIFETIME_SECONDS)),
    };
    const claims = admission?._ticketClaims;
    claims?.forEach(checkAttribute);
    return claims ? new TicketedConnect(id, { table: this.table, claims, item }) : new DynamoDbPutItem(id, { table: this.table, item });
  }

  /**
   * Allows somebody to issue tickets for `Admission.ticket()`: to put items whose partition key is `ticket#` and a secret that cannot be guessed, whose sort key is
   * `ticket`, whose `expiresAt` is soon, in seconds since 1970, and that have an attribute for each claim. Nothing else of the table can be written with it.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
   */
  grantIssueTickets(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:PutItem'],
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${TICKET_KEY_PREFIX}*`] } },
    });
  }

  /** Deletes the row of a connection: the integration of `$disconnect`. */
  disconnectIntegration(id: string = 'DeleteConnection'): DirectIntegration {
    return new DynamoDbDeleteItem(id, { table: this.table, key: connectionKey() });
  }

  /**
   * Lists the connections, page by page, with those attributes that are texts, numbers or booleans: `{"type":"connections","connections":[{"connectionId":"…",
   * "connectedAt":…}],"next":"…","requestId":"…"}`. Where there is a `next`, there may be more: the client sends it back as `after`.
   *
   * The index is read eventually: who has connected within the last second may be missing. Clients with a text over 256 bytes are not listed, so that what
   * one of them sent makes no page too long for the others.
   */
  listIntegration(id: string, options: ListConnectionsOptions = {}): DirectIntegration {
    return listConnections(id, { table: this.table, indexName: this.addListing(), attributes: this.attributes, options });
  }

  /**
   * Gives the table an index of all connections, if it has none yet, and returns its name.
   *
   * All connections are in one partition of it, and that is enough: an account takes 500 new connections a second, a partition 1,000 writes, and since the sort
   * key is the random id of the connection, DynamoDB can split what gets hot.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-indexes-general-sparse-indexes.html
   */
  addListing(): string {
    if (!this.isListed) {
      this.isListed = true;
      this.table.addGlobalSecondaryIndex({
        indexName: LISTING_INDEX,
        partitionKey: { name: LISTING_KEY, type: AttributeType.STRING },
        sortKey: { name: CONNECTION_ID, type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      });
    }
    return LISTING_INDEX;
  }

  /**
   * Gives the table a stream of its changes, if it has none yet, and returns its ARN. Two may read it at a time; a `Presence` is one of them.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
   */
  addStream(): string {
    const table = this.table.node.defaultChild as CfnTable;
    table.streamSpecification = { streamViewType: StreamViewType.NEW_AND_OLD_IMAGES };
    return table.attrStreamArn;
  }

  /**
   * The names of the attributes.
   *
   * @internal
   */
  get _attributeNames(): string[] {
    return Object.keys(this.attributes);
  }
}

function connectionKey() {
  return { [PARTITION_KEY]: Value.format(`${CONNECTION_KEY_PREFIX}{}`, Value.connectionId()), [SORT_KEY]: Value.literal(CONNECTION_SORT_KEY) };
}

function checkAttribute(name: string): void {
  if (!/^[A-Za-z_]\w*$/.test(name) || name === '__proto__') {
    throw new InvalidValueError('connectionAttribute', `The attribute '${name}' of connections needs a name of letters, digits and _, such as nickname.`);
  }
  if (RESERVED_ATTRIBUTES.includes(name)) {
    throw new InvalidValueError('connectionAttribute', `The rows of connections have an attribute '${name}' of their own: give yours another name.`);
  }
}
