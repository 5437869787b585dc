import { Rule } from 'aws-cdk-lib/aws-events';
import { Grant, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ConnectionTable } from './connection-table';
import { directMessageWorkflow } from './direct-message-workflow';
import { EventSource } from './event-source';
import { EventTemplates } from './event-templates';
import { FORGET_ACTIONS } from './forget-connection';
import { IWebSocketEndpoint } from '../endpoint/web-socket-endpoint';
import { DirectIntegration } from '../integrations/direct-integration';
import { StartSyncExecution } from '../integrations/start-sync-execution';
import { IMonitored, MonitoredParts } from '../monitoring/monitored';
import { connectionsAddress, manageConnections } from '../push/connections-address';
import { EventMessage, MessageValue } from '../push/event-message';
import { Response } from '../responses/response';
import { Value } from '../values/value';
import { deadLetterQueue, sendLetters } from '../workflows/dead-letter-queue';
import { expressWorkflow } from '../workflows/express-workflow';

/** Properties of a DirectMessage. */
export interface DirectMessageProps {
  /** The stage of the connections. */
  readonly endpoint: IWebSocketEndpoint;

  /** The connections: nobody else is sent to. */
  readonly connections: ConnectionTable;

  /**
   * Where events go whose message could not be sent, each with the reason in its attributes `ERROR_CODE` and `ERROR_MESSAGE`. Who sends a message from a route is told.
   *
   * @default - a new queue, see `deadLetterQueue`
   */
  readonly deadLetterQueue?: IQueue;
}

/** What a route sends to one connection. */
export interface DirectMessageIntegrationProps {
  /**
   * The recipient. One that is missing, or is no text, is answered with the error `RecipientInvalid`.
   *
   * @default Value.body('$.to').optional()
   */
  readonly to?: Value;

  /** The message. */
  readonly message: Value;

  /**
   * What the sender is told.
   *
   * @default Response.workflowOutput(), which is `{"type":"sent","to":"…","requestId":"…"}` or an error
   */
  readonly response?: Response;
}

/** Which events one connection is told of, and what. */
export interface DirectMessageEventProps extends EventSource {
  /** The recipient. */
  readonly to: MessageValue;

  /**
   * The message.
   *
   * @default EventMessage.event()
   */
  readonly message?: EventMessage;
}

/**
 * Sends messages to one connection, by an Express workflow, and tells the sender what came of it: `{"type":"sent","to":"…","requestId":"…"}`, or an error such as
 * `NotConnected`.
 *
 * Only connections of the table are sent to, so that a client cannot reach those of another API, nor find out whether there are any: to it, whatever is not in
 * the table is not connected.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 *
 * @example
 * declare const endpoint: WebSocketEndpoint;
 * declare const connections: ConnectionTable;
 * const directMessage = new DirectMessage(this, 'DirectMessage', { endpoint, connections });
 * endpoint.addRoute('chat', directMessage.integration('Chat', {
 *   message: Value.object({ from: Value.connectionId(), text: Value.body('$.text').asString() }),
 * }));
 */
export class DirectMessage extends Construct implements IMonitored {
  /** The workflow. Its input is `{ "to": "a connection's id", "message": …, "requestId": "…" }`. */
  readonly workflow: StateMachine;

  /** Events whose message could not be sent. */
  readonly deadLetterQueue: IQueue;

  private readonly templates = new EventTemplates();

  constructor(scope: Construct, id: string, props: DirectMessageProps) {
    super(scope, id);
    const { endpoint, connections: { table } } = props;
    this.deadLetterQueue = deadLetterQueue(this, props.deadLetterQueue);
    this.workflow = expressWorkflow(this, () => directMessageWorkflow({
      ...connectionsAddress(this, endpoint),
      tableName: table.tableName,
      deadLetterQueueUrl: this.deadLetterQueue.queueUrl,
      templates: this.templates,
    }));
    this.workflow.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:GetItem', ...FORGET_ACTIONS], resources: [table.tableArn] }));
    sendLetters(this.deadLetterQueue).forEach(statement => this.workflow.addToRolePolicy(statement));
    this.workflow.addToRolePolicy(manageConnections(this, endpoint, 'POST'));
  }

  /** What a `WebSocketMonitoring` watches. */
  get monitored(): MonitoredParts {
    return { workflows: [this.workflow], rules: this.templates.rules, deadLetterQueues: [this.deadLetterQueue] };
  }

  /** Sends a message of a client's to one connection: the integration of a route. */
  integration(id: string, props: DirectMessageIntegrationProps): DirectIntegration {
    return new StartSyncExecution(id, {
      stateMachine: this.workflow,
      input: Value.object({ to: props.to ?? Value.body('$.to').optional(), message: props.message, requestId: Value.requestId() }),
      response: props.response,
    });
  }

  /** Tells single connections of events. */
  onEvent(id: string, props: DirectMessageEventProps): Rule {
    const { to: { _expression: to }, message = EventMessage.event() } = props;
    return this.templates.add(this, id, props, this.workflow, { to: `{% ${to} %}`, message: message._render() }, this.deadLetterQueue);
  }

  /** Allows somebody to start the workflow. */
  grantStart(grantee: IGrantable): Grant {
    return this.workflow.grantStartExecution(grantee);
  }
}
