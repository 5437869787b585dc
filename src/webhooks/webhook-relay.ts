import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { HttpApi, ThrottleSettings } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { ApiDestination, Authorization, Connection, EventBus, HttpMethod, IConnection, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { ApiDestination as ApiDestinationTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { CallbackApi } from './callback-api';
import { EXPIRES_AT, TOKEN_DIGEST } from './callback-row';
import { callbackWorkflow } from './callback-workflow';
import { requestWorkflow } from './request-workflow';
import { recovery } from '../connections/recovery';
import { IWebSocketEndpoint } from '../endpoint/web-socket-endpoint';
import { DirectIntegration } from '../integrations/direct-integration';
import { StartSyncExecution } from '../integrations/start-sync-execution';
import { IMonitored, MonitoredParts } from '../monitoring/monitored';
import { connectionsAddress, manageConnections } from '../push/connections-address';
import { Response } from '../responses/response';
import { InvalidValueError } from '../validation/invalid-value-error';
import { Value } from '../values/value';
import { deadLetterQueue } from '../workflows/dead-letter-queue';
import { expressWorkflow } from '../workflows/express-workflow';

/** Properties of a WebhookRelay. */
export interface WebhookRelayProps {
  /** The stage of the clients. One of the CDK's own is named by `WebSocketEndpoint.fromWebSocketEndpointAttributes()`. */
  readonly endpoint: IWebSocketEndpoint;

  /** Where the third party takes requests. EventBridge calls HTTPS only; HTTP is for a third party on the machine of the developer. */
  readonly url: string;

  /**
   * How the third party is called.
   *
   * @default HttpMethod.POST
   */
  readonly method?: HttpMethod;

  /**
   * What the third party knows you by; EventBridge keeps it in AWS Secrets Manager.
   *
   * @default - that of `connection`
   */
  readonly authorization?: Authorization;

  /**
   * An EventBridge connection that has the third party's credentials already.
   *
   * @default - a new one with the `authorization`
   */
  readonly connection?: IConnection;

  /**
   * The body of the requests, made of an event whose detail is `{ "correlationId", "callbackUrl", "data" }`.
   *
   * @default - the detail
   */
  readonly requestBody?: RuleTargetInput;

  /**
   * Headers of the requests, beside those of the connection. They are no place for secrets.
   *
   * @default - none
   */
  readonly requestHeaders?: { [name: string]: string };

  /**
   * Requests that the third party takes in a second. What is more waits its turn.
   *
   * @default - EventBridge's quota, 300
   */
  readonly requestsPerSecond?: number;

  /**
   * How long the third party may take, from the message to its answer: from a minute to two hours, the longest that a connection lives. For as long EventBridge
   * goes on trying to reach it.
   *
   * @default Duration.minutes(15)
   */
  readonly answerWithin?: Duration;

  /**
   * How often EventBridge tries again to reach the third party when it is busy or not well, from 0 to 185 times.
   *
   * @default 185
   */
  readonly retryAttempts?: number;

  /**
   * Where requests go that the third party did not take, each with the reason in its attributes `ERROR_CODE` and `ERROR_MESSAGE`.
   *
   * @default - a new queue, see `deadLetterQueue`
   */
  readonly deadLetterQueue?: IQueue;

  /**
   * Whether the table of callback URLs can be put back to any second of the last 35 days. Its rows expire a day after their URL has.
   *
   * @default false
   */
  readonly pointInTimeRecovery?: boolean;

  /**
   * How many callbacks there may be, genuine or not. Each takes an execution of a workflow.
   *
   * @default - 100 a second, and 200 at once
   */
  readonly throttle?: ThrottleSettings;
}

/** What a route passes on. */
export interface WebhookRelayIntegrationProps {
  /**
   * What the third party gets.
   *
   * @default Value.body('$.data')
   */
  readonly data?: Value;

  /**
   * What the client is told at once.
   *
   * @default Response.workflowOutput(), which is `{"type":"accepted","correlationId":"…","expiresAt":…}`
   */
  readonly response?: Response;
}

const SOURCE = 'cdk-lambdaless-websockets.webhook-relay';

/**
 * Passes messages on to a third party, which answers later by calling back, and hands its answers to the clients that wait for them.
 *
 * A client is told at once that its message was taken, with a correlation id and the time until which an answer may come, in epoch seconds. The third party
 * gets `{"correlationId","callbackUrl","data"}` and POSTs its answer to the URL, JSON of less than 10,000 bytes; the client receives
 * `{"type":"answer","correlationId","data"}`. The URL is the permission to answer: it cannot be guessed, works once, and expires. The third party is told what
 * came of it: 200 delivered, 400 no JSON or too long, 404 unknown, 409 answered before, 410 expired or the client has gone, 429 and 503 try again.
 * An answer that did not arrive has not used up its URL.
 *
 * EventBridge gives the third party five seconds to take a request, and calls it again when it does not: it may get one twice, and knows it by its correlation id.
 *
 * The body of a callback's answer is Step Functions', and names the workflow: API Gateway cannot change bodies here.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 *
 * @example
 * declare const endpoint: WebSocketEndpoint;
 * const relay = new WebhookRelay(this, 'Relay', {
 *   endpoint,
 *   url: 'https://shop.example/orders',
 *   authorization: events.Authorization.apiKey('x-api-key', SecretValue.secretsManager('shop')),
 * });
 * endpoint.addRoute('order', relay.integration('Order'));
 */
export class WebhookRelay extends Construct implements IMonitored {
  /** The callback URLs that were given out, without what makes them secret. */
  readonly table: Table;

  /** Where requests wait for the third party. */
  readonly eventBus: EventBus;

  /** What holds the third party's credentials. */
  readonly connection: IConnection;

  /** The API that the third party calls back. */
  readonly callbackApi: HttpApi;

  /** Requests that the third party did not take. */
  readonly deadLetterQueue: IQueue;

  /** The Express workflow that passes a message on. */
  readonly requestWorkflow: StateMachine;

  /** The Express workflow that hands an answer to its client. */
  readonly callbackWorkflow: StateMachine;

  /** What a `WebSocketMonitoring` watches. */
  readonly monitored: MonitoredParts;

  constructor(scope: Construct, id: string, props: WebhookRelayProps) {
    super(scope, id);
    const { endpoint, answerWithin = Duration.minutes(15) } = props;
    const { partition } = Stack.of(this);
    checkUrl(props.url);
    checkAnswerWithin(answerWithin);

    this.table = new Table(this, 'Table', {
      partitionKey: { name: TOKEN_DIGEST, type: AttributeType.STRING },
      timeToLiveAttribute: EXPIRES_AT,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: recovery(props.pointInTimeRecovery),
      // The rows are about open connections, and an API that is deleted has none.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const { tableName, tableArn } = this.table;
    const callbacks = new CallbackApi(this, 'Callbacks', props.throttle ?? { rateLimit: 100, burstLimit: 200 });
    this.callbackApi = callbacks.api;
    this.callbackWorkflow = expressWorkflow(callbacks, () => callbackWorkflow({
      ...connectionsAddress(this, endpoint),
      tableName,
    }));
    this.callbackWorkflow.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], resources: [tableArn] }));
    this.callbackWorkflow.addToRolePolicy(manageConnections(this, endpoint, 'POST'));
    callbacks.addWorkflow(this.callbackWorkflow);

    this.eventBus = new EventBus(this, 'EventBus');
    this.connection = this.connectionOf(props);
    this.deadLetterQueue = deadLetterQueue(this, props.deadLetterQueue);
    const rule = this.addRule(props, answerWithin);
    this.requestWorkflow = expressWorkflow(new Construct(this, 'Requests'), () => requestWorkflow({
      partition,
      tableName,
      eventBusName: this.eventBus.eventBusName,
      source: SOURCE,
      callbackUrl: callbacks.urlPrefix,
      lifetimeSeconds: answerWithin.toSeconds(),
    }));
    this.requestWorkflow.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:PutItem'], resources: [tableArn] }));
    this.requestWorkflow.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.eventBus.eventBusArn] }));
    this.monitored = {
      workflows: [this.requestWorkflow, this.callbackWorkflow],
      rules: [{ rule, eventBus: this.eventBus }],
      tables: [this.table],
      deadLetterQueues: [this.deadLetterQueue],
    };
  }

  /** Passes a message on: the integration of a route. */
  integration(id: string, props: WebhookRelayIntegrationProps = {}): DirectIntegration {
    return new StartSyncExecution(id, {
      stateMachine: this.requestWorkflow,
      input: Value.object({ connectionId: Value.connectionId(), correlationId: Value.requestId(), data: props.data ?? Value.body('$.data') }),
      response: props.response,
    });
  }

  private connectionOf({ authorization, connection }: WebhookRelayProps): IConnection {
    if (authorization && !connection) {
      return new Connection(this, 'Connection', { authorization });
    }
    if (!connection || authorization) {
      throw new InvalidValueError('webhookCredentials', 'A WebhookRelay needs either an authorization or a connection: EventBridge calls nobody without credentials.');
    }
    return connection;
  }

  private addRule({ url, method, requestsPerSecond, requestBody, requestHeaders, retryAttempts = 185 }: WebhookRelayProps, maxEventAge: Duration): Rule {
    const destination = new ApiDestination(this, 'Destination', {
      connection: this.connection,
      endpoint: url,
      httpMethod: method,
      rateLimitPerSecond: requestsPerSecond,
    });
    return new Rule(this, 'Rule', {
      eventBus: this.eventBus,
      description: 'Hands the messages of WebSocket clients to a third party',
      eventPattern: { source: [SOURCE] },
      targets: [new ApiDestinationTarget(destination, {
        event: requestBody ?? RuleTargetInput.fromEventPath('$.detail'),
        headerParameters: requestHeaders,
        // What comes after the callback URL has expired cannot be answered any more.
        maxEventAge,
        retryAttempts,
        deadLetterQueue: this.deadLetterQueue,
      })],
    });
  }
}

function checkUrl(url: string): void {
  if (!Token.isUnresolved(url) && !/^(https:\/\/[^/]|http:\/\/(127\.0\.0\.1|localhost)[:/])/.test(url)) {
    throw new InvalidValueError('webhookUrl', `url '${url}' is no https:// URL: EventBridge calls no other.`);
  }
}

function checkAnswerWithin(answerWithin: Duration): void {
  if (answerWithin.isUnresolved()) {
    throw new InvalidValueError('unknownDuration', 'answerWithin needs a duration that is known when the template is made: write it in code, not as a parameter of the stack.');
  }
  const seconds = answerWithin.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < 60 || seconds > 7200) {
    throw new InvalidValueError('webhookAnswerWithin', `answerWithin has to be from one minute to two hours, in whole seconds: it is ${seconds} seconds.`);
  }
}
