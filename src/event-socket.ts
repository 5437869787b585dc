import { Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, EventPattern, IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Grant, IGrantable, IRole, Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { Admission } from './admission/admission';
import { ConnectionTable } from './connections/connection-table';
import { DEFAULT_THROTTLE } from './endpoint/route-settings';
import { WebSocketMetrics } from './endpoint/web-socket-metrics';
import { EventSocketProps } from './event-socket-props';
import { MockIntegration } from './integrations/mock-integration';
import { StartSyncExecution } from './integrations/start-sync-execution';
import { IMonitored, MonitoredParts } from './monitoring/monitored';
import { manageConnections } from './push/connections-address';
import { EventMessage } from './push/event-message';
import { FieldPath } from './push/field-path';
import { Response } from './responses/response';
import { AsyncApiOptions, AsyncApiProtocol, asyncApiDocument } from './subscriptions/async-api';
import { claimConstraints, claimInput } from './subscriptions/claim-constraint';
import { deliveryWorkflow } from './subscriptions/delivery-workflow';
import { PatternRules } from './subscriptions/pattern-rules';
import { protocolErrors } from './subscriptions/protocol-errors';
import { pageSize } from './subscriptions/rows';
import { RuleKeys } from './subscriptions/rule-keys';
import { SubscriptionIndex } from './subscriptions/subscription-index';
import { completeQuotas } from './subscriptions/subscription-quotas';
import { subscriptionWorkflow } from './subscriptions/subscription-workflow';
import { integerOption } from './validation/integer-option';
import { InvalidValueError } from './validation/invalid-value-error';
import { Value } from './values/value';
import { deadLetterQueue, sendLetters } from './workflows/dead-letter-queue';
import { substitutedWorkflow } from './workflows/express-workflow';
import { RULE_RETRY } from './workflows/retry';

/**
 * A WebSocket endpoint where clients subscribe to the events of an event bus, each with EventBridge patterns of its own, without a Lambda function.
 *
 * A client sends `{"action": "subscribe", "pattern": {…}}` and from then on receives every matching event as it is. `unsubscribe` ends a subscription,
 * `subscriptions` lists them and `ping` keeps the connection; `pattern` is another word for `subscribe`.
 *
 * Patterns are filters, not permissions: a client may subscribe to everything that `eventPattern` and `allow` let through.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html
 *
 * @example
 * const socket = new EventSocket(this, 'Socket');
 * new CfnOutput(this, 'SocketUrl', { value: socket.url });
 */
export class EventSocket extends Construct implements IMonitored {
  /** The WebSocket API. Routes of your own can be added to it. */
  readonly api: WebSocketApi;

  /** The stage under which the API is reached. */
  readonly stage: WebSocketStage;

  /** The bus whose events reach the clients. */
  readonly eventBus: IEventBus;

  /** The connections, for a `Presence`, a `Broadcast`, the issue of tickets and the like. */
  readonly connections: ConnectionTable;

  /** Rows of the connections and of their subscriptions. All expire when their connection must have ended. */
  readonly table: Table;

  /** The Express workflow behind `subscribe`, `unsubscribe` and `subscriptions`. */
  readonly subscriptionWorkflow: StateMachine;

  /** The Express workflow that hands an event to its subscribers. */
  readonly deliveryWorkflow: StateMachine;

  /** Where both workflows log their failures. */
  readonly logGroup: LogGroup;

  /** Events that could not be delivered to everybody. */
  readonly deadLetterQueue: IQueue;

  /** What a `WebSocketMonitoring` watches. */
  readonly monitored: MonitoredParts;

  private readonly protocol: AsyncApiProtocol;

  constructor(scope: Construct, id: string, props: EventSocketProps = {}) {
    super(scope, id);
    const stack = Stack.of(this);

    this.eventBus = props.eventBus ?? new EventBus(this, 'EventBus');
    this.connections = new ConnectionTable(this, 'Table', { pointInTimeRecovery: props.pointInTimeRecovery });
    this.table = this.connections.table;

    this.api = new WebSocketApi(this, 'Api', { routeSelectionExpression: '$request.body.action' });
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: props.stageName ?? 'live',
      autoDeploy: true,
      throttle: props.throttle ?? DEFAULT_THROTTLE,
    });

    this.logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH });
    this.deadLetterQueue = deadLetterQueue(this, props.deadLetterQueue);

    const constraints = props.allow ?? [];
    const ofClaims = claimConstraints(constraints);
    const claims = [...new Set(ofClaims.map(({ claim }) => claim))];
    const { admission } = props;
    const unknown = claims.find(claim => !admission?._mayGive(claim));
    if (unknown !== undefined) {
      throw new InvalidValueError('claimSource', `allow asks for the claim '${unknown}', which nothing gives: set admission to Admission.custom() with an authorizer that does, or to Admission.ticket({ claims: ['${unknown}'] }).`);
    }
    const quotas = completeQuotas(props.quotas);
    const message = props.message ?? EventMessage.event();
    const rulesLimit = props.engine?._rulesLimit;
    const indexedFields = props.indexedFields ?? [];
    const errors = protocolErrors(quotas, {
      asksForClaims: claims.length > 0,
      makesRules: rulesLimit !== undefined,
      requiredFields: props.requireIndexedField ? ['source', 'detail-type', ...indexedFields] : undefined,
    });
    this.protocol = { title: id, stageName: this.stage.stageName, domainSuffix: RegionInfo.get(stack.region).domainSuffix ?? 'amazonaws.com', quotas, errors, message };
    const fixed = ofClaims.map(({ path, claim }) => ({ path, value: `$request.${claimInput(claim)}` }));
    const keys = rulesLimit === undefined ? new SubscriptionIndex({
      paths: indexedFields.map(path => new FieldPath(path, 'indexedFields')),
      fixed,
      keysLimit: quotas.keysPerSubscription,
      catchAll: !props.requireIndexedField,
    }) : new RuleKeys(fixed);

    this.deliveryWorkflow = substitutedWorkflow(this, 'DeliveryWorkflow', this.logGroup, deliveryWorkflow({
      tableName: '${TableName}',
      partition: '${Partition}',
      apiEndpoint: '${ApiEndpoint}',
      stageName: this.stage.stageName,
      keys,
      decided: rulesLimit !== undefined,
      required: constraints.filter(({ _claim: claim }) => claim === undefined).map(({ _path: path, _values: values }) => ({ path, values })),
      message,
      pageSize: pageSize(quotas.patternCharacters, quotas.keysPerSubscription),
      shards: integerOption('shards', props.shards ?? 16, 64),
      deadLetterQueueUrl: '${DeadLetterQueueUrl}',
    }), {
      TableName: this.table.tableName,
      Partition: stack.partition,
      ApiEndpoint: `${this.api.apiId}.execute-api.${stack.region}.${stack.urlSuffix}`,
      DeadLetterQueueUrl: this.deadLetterQueue.queueUrl,
    });
    const role = this.startRole();
    const rules = rulesLimit === undefined ? undefined : this.patternRules(role, rulesLimit, props);
    const rule = rules ? { rule: rules.schedule } : { rule: this.handEveryEvent(role, props.eventPattern), eventBus: this.eventBus };
    this.subscriptionWorkflow = substitutedWorkflow(this, 'SubscriptionWorkflow', this.logGroup, subscriptionWorkflow({
      tableName: '${TableName}',
      partition: '${Partition}',
      keys,
      rules: rules?.options,
      quotas,
      errors,
      claims: claims.map(claim => ({ input: claimInput(claim), attribute: admission?._ticketClaims ? claim : undefined })),
    }), { TableName: this.table.tableName, Partition: stack.partition, ...rules?.substitutions });

    this.grantSubscriptionWorkflow();
    rules?.grantMake(this.subscriptionWorkflow);
    this.monitored = {
      stages: [WebSocketMetrics.of(this.stage)],
      workflows: [this.subscriptionWorkflow, this.deliveryWorkflow, ...rules ? [rules.sweep] : []],
      rules: [rule],
      tables: [this.table],
      deadLetterQueues: [this.deadLetterQueue],
    };
    this.grantDeliveryWorkflow(rulesLimit === undefined);
    this.addConnectionRoutes(admission);
    // What a ticket vouches for is in the connection's row.
    this.addSubscriptionRoutes(admission?._ticketClaims ? [] : claims);
  }

  /** The URL that clients connect to, such as `wss://abcdef1234.execute-api.us-east-1.amazonaws.com/live`. */
  get url(): string {
    return this.stage.url;
  }

  /**
   * What clients and this socket say to each other, as an AsyncAPI 3 document: write it to a file as JSON. Routes that are added to the API are not in it.
   *
   * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
   */
  asyncApi(options: AsyncApiOptions = {}): Record<string, any> {
    return asyncApiDocument(this.protocol, options);
  }

  /**
   * Allows somebody to post to this socket's connections, to read their state, and to close them.
   *
   * AWS cannot restrict this to single connections: the resource of such a request is not the connection's id.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
   */
  grantManageConnections(grantee: IGrantable): Grant {
    return this.stage.grantManagementApiAccess(grantee);
  }

  /** The one rule of the engine of an index: clients choose among what it lets through. */
  private handEveryEvent(role: IRole, eventPattern?: EventPattern): Rule {
    return new Rule(this, 'Rule', {
      eventBus: this.eventBus,
      description: 'Hands events to the WebSocket clients that subscribed to them',
      // Every event has version 0.
      eventPattern: eventPattern ?? { version: ['0'] },
      targets: [new SfnStateMachine(this.deliveryWorkflow, { ...RULE_RETRY, role, deadLetterQueue: this.deadLetterQueue })],
    });
  }

  private patternRules(role: IRole, limit: number, props: EventSocketProps): PatternRules {
    const unused = (['eventPattern', 'indexedFields', 'requireIndexedField'] as const).find(name => props[name] !== undefined);
    if (unused) {
      throw new InvalidValueError('engineOption', `${unused} has no meaning for SubscriptionEngine.rules(), whose rules are the clients' patterns: leave it out${unused === 'eventPattern' ? ', and restrict events with `allow`' : ''}.`);
    }
    return new PatternRules(this, 'PatternRules', {
      table: this.table,
      eventBus: this.eventBus,
      limit,
      target: this.deliveryWorkflow,
      role,
      deadLetterQueue: this.deadLetterQueue,
      logGroup: this.logGroup,
    });
  }

  private addConnectionRoutes(admission?: Admission): void {
    const integration = this.connections.connectIntegration(undefined, admission);
    this.api.addRoute('$connect', { authorizer: admission?.authorizer, returnResponse: true, integration: admission?.guard(integration) ?? integration });
    this.api.addRoute('$disconnect', { integration: this.connections.disconnectIntegration() });
  }

  /** `claims` are the authorizer's. */
  private addSubscriptionRoutes(claims: readonly string[]): void {
    // JSON texts, empty where the message has no such field: the workflow decides what each may be.
    const field = (path: string) => Value.jsonText(Value.body(path)).withDefault('');
    const integration = new StartSyncExecution('Subscriptions', {
      stateMachine: this.subscriptionWorkflow,
      input: Value.object({
        connectionId: Value.connectionId(),
        requestId: Value.requestId(),
        connectedAt: Value.context('connectedAt'),
        action: field('$.action'),
        pattern: field('$.pattern'),
        subscriptionId: field('$.subscriptionId'),
        startAfter: field('$.startAfter'),
        ...Object.fromEntries(claims.map(claim => [claimInput(claim), Value.claim(claim).withDefault('')])),
      }),
    });
    // One route for all: a route takes two resources, and what no route is for deserves an answer that helps.
    this.api.addRoute('$default', { integration, returnResponse: true });
    const pong = Response.json(Value.object({ type: Value.literal('pong'), requestId: Value.requestId() }));
    // Browsers cannot send the pings of the WebSocket protocol.
    this.api.addRoute('ping', { integration: new MockIntegration('Ping', { response: pong }), returnResponse: true });
  }

  private grantSubscriptionWorkflow(): void {
    const actions = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
    this.subscriptionWorkflow.addToRolePolicy(new PolicyStatement({ actions, resources: [this.table.tableArn] }));
    this.subscriptionWorkflow.addToRolePolicy(testEventPattern());
  }

  private grantDeliveryWorkflow(decides: boolean): void {
    const actions = ['dynamodb:Query', 'dynamodb:DeleteItem'];
    this.deliveryWorkflow.addToRolePolicy(new PolicyStatement({ actions, resources: [this.table.tableArn] }));
    if (decides) {
      this.deliveryWorkflow.addToRolePolicy(testEventPattern());
    }
    sendLetters(this.deadLetterQueue).forEach(statement => this.deliveryWorkflow.addToRolePolicy(statement));
    this.deliveryWorkflow.addToRolePolicy(manageConnections(this, { apiId: this.api.apiId, stageName: this.stage.stageName }, 'POST'));
    // A policy of its own: the workflow depends on its role's, which hence cannot name it.
    new Policy(this, 'FurtherPages', { roles: [this.deliveryWorkflow.role], statements: [this.startDelivery()] });
  }

  /** The role with which the rule starts the delivery workflow. */
  private startRole(): IRole {
    const role = new Role(this, 'RuleRole', {
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
      inlinePolicies: { StartDelivery: new PolicyDocument({ statements: [this.startDelivery()] }) },
    });
    return role.withoutPolicyUpdates();
  }

  private startDelivery(): PolicyStatement {
    return new PolicyStatement({ actions: ['states:StartExecution'], resources: [this.deliveryWorkflow.stateMachineArn] });
  }
}

function testEventPattern(): PolicyStatement {
  // The action concerns no resource, and so AWS allows nothing but `*`.
  return new PolicyStatement({ actions: ['events:TestEventPattern'], resources: ['*'] });
}
