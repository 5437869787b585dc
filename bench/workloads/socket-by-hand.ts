import { Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CfnIntegrationResponse, CfnModel, CfnRoute, PassthroughBehavior, WebSocketApi, WebSocketIntegration, WebSocketIntegrationType, WebSocketRouteIntegration,
  WebSocketRouteIntegrationBindOptions, WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

/** The properties of an EventSocket's template that a person would write as texts. */
export interface Texts {
  readonly definitions: readonly [subscription: string, delivery: string];
  readonly schema: object;
  readonly requests: Readonly<Record<string, string>>;
  readonly responses: Readonly<Record<string, readonly (readonly [key: string, template?: string])[]>>;
}

/** What an EventSocket makes, as somebody writes it who knows what is needed: the same resources, of the CDK's own constructs. */
export function socketByHand(stack: Stack, texts: Texts): void {
  const scope = new Construct(stack, 'Socket');
  const bus = new EventBus(scope, 'EventBus');
  const table = new Table(scope, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    timeToLiveAttribute: 'expiresAt',
    billingMode: BillingMode.PAY_PER_REQUEST,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const api = new WebSocketApi(scope, 'Api', { routeSelectionExpression: '$request.body.action' });
  const stage = new WebSocketStage(scope, 'Stage', { webSocketApi: api, stageName: 'live', autoDeploy: true });
  const logGroup = new LogGroup(scope, 'Logs', { retention: RetentionDays.ONE_MONTH });
  const queue = new Queue(scope, 'DeadLetterQueue', { enforceSSL: true, retentionPeriod: Duration.days(14) });

  const [subscriptionDefinition, deliveryDefinition] = texts.definitions;
  const machine = (id: string, definition: string) => new StateMachine(scope, id, {
    stateMachineType: StateMachineType.EXPRESS,
    definitionBody: DefinitionBody.fromString(definition),
    definitionSubstitutions: {
      TableName: table.tableName,
      Partition: stack.partition,
      ApiEndpoint: `${api.apiId}.execute-api.${stack.region}.${stack.urlSuffix}`,
      DeadLetterQueueUrl: queue.queueUrl,
    },
    logs: { destination: logGroup, level: LogLevel.ERROR, includeExecutionData: false },
  });
  const allow = (workflow: StateMachine, actions: string[], resource: string) => workflow.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  const subscription = machine('SubscriptionWorkflow', subscriptionDefinition);
  const delivery = machine('DeliveryWorkflow', deliveryDefinition);
  allow(subscription, ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], table.tableArn);
  allow(subscription, ['events:TestEventPattern'], '*');
  allow(delivery, ['dynamodb:Query', 'dynamodb:DeleteItem'], table.tableArn);
  allow(delivery, ['events:TestEventPattern'], '*');
  allow(delivery, ['sqs:SendMessage'], queue.queueArn);
  allow(delivery, ['execute-api:ManageConnections'], stack.formatArn({ service: 'execute-api', resource: api.apiId, resourceName: `${stage.stageName}/POST/@connections/*` }));
  const startDelivery = new PolicyStatement({ actions: ['states:StartExecution'], resources: [delivery.stateMachineArn] });
  new Policy(scope, 'FurtherPages', { roles: [delivery.role], statements: [startDelivery] });

  const role = new Role(scope, 'ApiRole', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:PutItem'], resources: [table.tableArn] }));
  role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:DeleteItem'], resources: [table.tableArn] }));
  role.addToPolicy(new PolicyStatement({ actions: ['states:StartSyncExecution'], resources: [subscription.stateMachineArn] }));

  class Integration extends WebSocketRouteIntegration {
    constructor(private readonly routeKey: string, private readonly action?: string) {
      super('Integration');
    }

    bind({ route, scope: owner }: WebSocketRouteIntegrationBindOptions) {
      const key = this.action === undefined ? '200' : '$default';
      const selection = this.action === undefined ? '200' : '\\$default';
      (texts.responses[this.routeKey] ?? []).forEach(([responseKey, template], index) => new CfnIntegrationResponse(owner, `Response${index}`, {
        apiId: route.webSocketApi.apiId,
        integrationId: Lazy.string({ produce: () => (owner.node.findChild('Integration') as WebSocketIntegration).integrationId }),
        integrationResponseKey: responseKey,
        templateSelectionExpression: selection,
        responseTemplates: template === undefined ? undefined : { [key]: template },
      }));
      return {
        type: this.action === undefined ? WebSocketIntegrationType.MOCK : WebSocketIntegrationType.AWS,
        uri: this.action === undefined ? '' : `arn:${stack.partition}:apigateway:${stack.region}:${this.action}`,
        method: this.action === undefined ? undefined : 'POST',
        credentialsRole: this.action === undefined ? undefined : role,
        requestTemplates: { [key]: texts.requests[this.routeKey] },
        templateSelectionExpression: selection,
        passthroughBehavior: PassthroughBehavior.NEVER,
      };
    }
  }
  api.addRoute('$connect', { integration: new Integration('$connect', 'dynamodb:action/PutItem'), returnResponse: true });
  api.addRoute('$disconnect', { integration: new Integration('$disconnect', 'dynamodb:action/DeleteItem') });
  const messages = api.addRoute('$default', { integration: new Integration('$default', 'states:action/StartSyncExecution'), returnResponse: true });
  const model = new CfnModel(scope, 'Model', { apiId: api.apiId, name: 'message', contentType: 'application/json', schema: texts.schema });
  const route = messages.node.defaultChild as CfnRoute;
  route.modelSelectionExpression = '\\$default';
  route.requestModels = { $default: model.name };
  route.addDependency(model);
  api.addRoute('ping', { integration: new Integration('ping'), returnResponse: true });

  const ruleRole = new Role(scope, 'RuleRole', {
    assumedBy: new ServicePrincipal('events.amazonaws.com'),
    inlinePolicies: { StartDelivery: new PolicyDocument({ statements: [startDelivery] }) },
  });
  new Rule(scope, 'Rule', {
    eventBus: bus,
    eventPattern: { version: ['0'] },
    targets: [new SfnStateMachine(delivery, { role: ruleRole.withoutPolicyUpdates(), deadLetterQueue: queue })],
  });
}
