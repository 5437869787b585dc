import { IResource, Resource, Stack, Token } from 'aws-cdk-lib';
import {
  CfnStage, DomainMappingOptions, LogGroupLogDestination, ThrottleSettings, WebSocketApi, WebSocketRoute, WebSocketRouteIntegration,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogFormat } from './access-log-format';
import { RequestModel } from './request-model';
import { DEFAULT_THROTTLE, LoggingLevel, RouteSettings, routeSettings, RouteSettingsOptions } from './route-settings';
import { WebSocketMetrics } from './web-socket-metrics';
import { Admission } from '../admission/admission';
import { ConnectionTable } from '../connections/connection-table';
import { TicketedConnect } from '../connections/ticketed-connect';
import { DirectIntegration } from '../integrations/direct-integration';
import { IMonitored, MonitoredParts } from '../monitoring/monitored';
import { InvalidValueError } from '../validation/invalid-value-error';
import { problem } from '../validation/problem';

/** A WebSocket API's stage that clients connect to, made here or elsewhere. */
export interface IWebSocketEndpoint extends IResource, IMonitored {
  /** The identifier of the API. */
  readonly apiId: string;

  /** The name of the stage. */
  readonly stageName: string;

  /** The URL that clients connect to. */
  readonly url: string;

  /** The URL of `@connections`. */
  readonly callbackUrl: string;

  /** What CloudWatch counts. */
  readonly metrics: WebSocketMetrics;

  /** Allows somebody to post to connections, to read their state, and to close them. */
  grantManageConnections(grantee: IGrantable): Grant;
}

/** What is known of an endpoint that is made elsewhere. */
export interface WebSocketEndpointAttributes {
  /** The identifier of the API. */
  readonly apiId: string;

  /** The name of the stage. */
  readonly stageName: string;
}

/** Properties of a WebSocketEndpoint. */
export interface WebSocketEndpointProps {
  /**
   * How a message tells its route: one field, such as `$request.body.action`, or several, such as `${request.body.service}/${request.body.action}`.
   *
   * @default '$request.body.action'
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
   */
  readonly routeSelectionExpression?: string;

  /**
   * Name of the stage, the last part of the URL.
   *
   * @default 'live'
   */
  readonly stageName?: string;

  /**
   * How many messages all clients together may send, to each route.
   *
   * @default - 1,000 a second, and 2,000 at once
   */
  readonly throttle?: ThrottleSettings;

  /**
   * Where API Gateway writes a line for each request. The account needs an `ApiGatewayLogging` once in each region.
   *
   * @default - nowhere
   */
  readonly accessLogGroup?: ILogGroup;

  /**
   * What API Gateway writes into the execution logs of the routes that do not say it themselves. The account needs an `ApiGatewayLogging` once in each region.
   *
   * @default LoggingLevel.OFF
   */
  readonly loggingLevel?: LoggingLevel;

  /**
   * Whether CloudWatch has metrics of each route.
   *
   * @default false
   */
  readonly detailedMetricsEnabled?: boolean;

  /**
   * A domain of your own.
   *
   * @default - API Gateway's
   */
  readonly domainMapping?: DomainMappingOptions;

  /**
   * Variables of the stage, for `Value.stageVariable()`.
   *
   * @default - none
   */
  readonly stageVariables?: { [name: string]: string };
}

/** How a route is added. */
export interface EndpointRouteOptions extends RouteSettingsOptions {
  /**
   * Who may connect; for `$connect` only.
   *
   * @default - everybody
   */
  readonly admission?: Admission;

  /**
   * Whether clients need an API key to connect; for `$connect` only.
   *
   * @default false
   */
  readonly apiKeyRequired?: boolean;

  /**
   * What messages have to be, as JSON Schema draft 4.
   *
   * @default - they have the fields that a direct integration needs
   */
  readonly schema?: { [keyword: string]: any };

  /**
   * Whether the integration's answer is sent to the client.
   *
   * @default - what a direct integration's response needs; false for others
   */
  readonly returnResponse?: boolean;
}

/**
 * A WebSocket API with a stage, whose routes answer without further ado.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html
 *
 * @example
 * declare const table: dynamodb.ITable;
 * const endpoint = new WebSocketEndpoint(this, 'Endpoint');
 * endpoint.addRoute('save', new DynamoDbPutItem('Save', { table, item: { pk: Value.connectionId(), text: Value.body('$.text').asString() } }));
 */
export class WebSocketEndpoint extends Resource implements IWebSocketEndpoint {
  /** An endpoint that is made elsewhere, in the region of the stack. */
  static fromWebSocketEndpointAttributes(scope: Construct, id: string, attributes: WebSocketEndpointAttributes): IWebSocketEndpoint {
    return new ImportedEndpoint(scope, id, attributes);
  }

  /** An endpoint of a stage that the CDK's own constructs made. */
  static fromWebSocketStage(scope: Construct, id: string, stage: WebSocketStage): IWebSocketEndpoint {
    return new ImportedEndpoint(scope, id, { apiId: stage.api.apiId, stageName: stage.stageName });
  }

  /** The API. */
  readonly api: WebSocketApi;

  /** The stage. */
  readonly stage: WebSocketStage;

  readonly apiId: string;
  readonly stageName: string;
  readonly metrics: WebSocketMetrics;

  constructor(scope: Construct, id: string, props: WebSocketEndpointProps = {}) {
    super(scope, id);
    const { routeSelectionExpression = '$request.body.action', accessLogGroup } = props;
    this.api = new WebSocketApi(this, 'Api', { routeSelectionExpression });
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: props.stageName ?? 'live',
      autoDeploy: true,
      domainMapping: props.domainMapping,
      stageVariables: props.stageVariables,
      accessLogSettings: accessLogGroup && { destination: new LogGroupLogDestination(accessLogGroup), format: accessLogFormat() },
    });
    // Not all of it can be said to the CDK's stage.
    (this.stage.node.defaultChild as CfnStage).defaultRouteSettings = routeSettings({
      throttle: props.throttle ?? DEFAULT_THROTTLE,
      loggingLevel: props.loggingLevel,
      detailedMetricsEnabled: props.detailedMetricsEnabled,
    });
    this.apiId = this.api.apiId;
    this.stageName = this.stage.stageName;
    this.metrics = WebSocketMetrics.of(this.stage);
    this.node.addValidation({ validate: () => problemsOfSelection(routeSelectionExpression) });
  }

  get url(): string {
    return this.stage.url;
  }

  get callbackUrl(): string {
    return this.stage.callbackUrl;
  }

  get monitored(): MonitoredParts {
    return { stages: [this.metrics] };
  }

  /**
   * Sends the messages with a route key to an integration.
   *
   * @param routeKey What the message says, or `$connect`, `$disconnect`, `$default`.
   */
  addRoute(routeKey: string, integration: WebSocketRouteIntegration, options: EndpointRouteOptions = {}): WebSocketRoute {
    const { admission, apiKeyRequired, schema, returnResponse, ...settings } = options;
    if (admission && routeKey !== '$connect') {
      throw new InvalidValueError('admissionRoute', `The route ${routeKey} cannot have an admission: API Gateway asks who somebody is at $connect only.`);
    }
    if (admission?._ticketClaims && !(integration instanceof TicketedConnect)) {
      throw new InvalidValueError('admissionTicket', 'Admission.ticket() needs the integration that uses tickets up: add the route with addConnectionRoutes(), or with ConnectionTable.connectIntegration(id, admission).');
    }
    if (admission?._needsGuard && !(integration instanceof DirectIntegration)) {
      throw new InvalidValueError('admissionIntegration', `The route ${routeKey} cannot refuse whom its admission does not let in: use a direct integration, such as MockIntegration, or an authorizer.`);
    }
    const route = new WebSocketRoute(this.api, `${routeKey}-Route`, {
      webSocketApi: this.api,
      routeKey,
      integration: integration instanceof DirectIntegration ? admission?.guard(integration) ?? integration : integration,
      authorizer: admission?.authorizer,
      apiKeyRequired,
      returnResponse: returnResponse ?? (integration instanceof DirectIntegration && integration._answers(this, routeKey)),
    });
    if (schema) {
      new RequestModel(route, 'RequestModel', { route, schema });
    }
    if (Object.values(settings).some(setting => setting !== undefined)) {
      RouteSettings.of(this.stage).add(route, settings);
    }
    return route;
  }

  /**
   * Adds `$connect` and `$disconnect`, which keep the rows of the connections.
   *
   * @param options How `$connect` is added.
   */
  addConnectionRoutes(connections: ConnectionTable, options: EndpointRouteOptions = {}): void {
    this.addRoute('$connect', connections.connectIntegration(undefined, options.admission), options);
    this.addRoute('$disconnect', connections.disconnectIntegration());
  }

  /**
   * Allows somebody to post to connections, to read their state, and to close them.
   *
   * AWS cannot restrict this to single connections: the resource of such a request is not the connection's id.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
   */
  grantManageConnections(grantee: IGrantable): Grant {
    return this.stage.grantManagementApiAccess(grantee);
  }
}

class ImportedEndpoint extends Resource implements IWebSocketEndpoint {
  readonly apiId: string;
  readonly stageName: string;
  readonly metrics: WebSocketMetrics;

  constructor(scope: Construct, id: string, { apiId, stageName }: WebSocketEndpointAttributes) {
    super(scope, id);
    this.apiId = apiId;
    this.stageName = stageName;
    this.metrics = WebSocketMetrics._named(apiId, stageName);
  }

  get url(): string {
    return `wss://${this.host}`;
  }

  get callbackUrl(): string {
    return `https://${this.host}`;
  }

  get monitored(): MonitoredParts {
    return { stages: [this.metrics] };
  }

  grantManageConnections(grantee: IGrantable): Grant {
    // AWS holds the literal text `{connectionId}` against this, never an id: one connection cannot be named.
    const arn = Stack.of(this).formatArn({ service: 'execute-api', resource: this.apiId, resourceName: `${this.stageName}/*/@connections/*` });
    return Grant.addToPrincipal({ grantee, actions: ['execute-api:ManageConnections'], resourceArns: [arn] });
  }

  private get host(): string {
    const { region, urlSuffix } = Stack.of(this);
    return `${this.apiId}.execute-api.${region}.${urlSuffix}/${this.stageName}`;
  }
}

const SELECTION = /^(\$request\.body\.[\w.[\]-]+|[^$]*(\$\{(request\.body\.[\w.[\]-]+)\}[^$]*)+)$/;

function problemsOfSelection(expression: string): string[] {
  return Token.isUnresolved(expression) || SELECTION.test(expression) ? [] : [problem(
    'routeSelectionExpression',
    `routeSelectionExpression '${expression}' selects no field: write $request.body.action, or \${request.body.service}/\${request.body.action} for several.`,
  )];
}
