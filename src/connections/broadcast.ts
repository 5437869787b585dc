import { Rule } from 'aws-cdk-lib/aws-events';
import { Grant, IGrantable, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { broadcastWorkflow } from './broadcast-workflow';
import { ConnectionTable } from './connection-table';
import { EventSource } from './event-source';
import { EventTemplates } from './event-templates';
import { FORGET_ACTIONS } from './forget-connection';
import { IWebSocketEndpoint } from '../endpoint/web-socket-endpoint';
import { DirectIntegration } from '../integrations/direct-integration';
import { StartExecution } from '../integrations/start-execution';
import { IMonitored, MonitoredParts } from '../monitoring/monitored';
import { connectionsAddress, manageConnections } from '../push/connections-address';
import { EventMessage, MessageValue } from '../push/event-message';
import { Response } from '../responses/response';
import { integerOption } from '../validation/integer-option';
import { Value } from '../values/value';
import { deadLetterQueue, sendLetters } from '../workflows/dead-letter-queue';
import { expressWorkflow } from '../workflows/express-workflow';

/** Properties of a Broadcast. */
export interface BroadcastProps {
  /** The stage of the connections. */
  readonly endpoint: IWebSocketEndpoint;

  /** The connections. */
  readonly connections: ConnectionTable;

  /**
   * How many connections one execution serves, at most 1,000. Smaller pages are served faster, by more executions at a time.
   *
   * @default 400
   */
  readonly pageSize?: number;

  /**
   * Where messages go that did not reach everybody, each with the connections that it did not reach, and the reason in its attributes `ERROR_CODE` and `ERROR_MESSAGE`.
   *
   * @default - a new queue, see `deadLetterQueue`
   */
  readonly deadLetterQueue?: IQueue;
}

/** What a route sends to everybody. */
export interface BroadcastIntegrationProps {
  /** The message. */
  readonly message: Value;

  /**
   * Whether everybody means everybody else.
   *
   * @default false
   */
  readonly exceptSender?: boolean;

  /**
   * What the sender is told once the message is on its way.
   *
   * @default Response.ack()
   */
  readonly response?: Response;
}

/** Which events everybody is told of, and what. */
export interface BroadcastEventProps extends EventSource {
  /**
   * The message.
   *
   * @default EventMessage.event()
   */
  readonly message?: EventMessage;

  /**
   * The id of a connection that is not told, such as that of the event's author.
   *
   * @default - everybody is told
   */
  readonly except?: MessageValue;
}

/**
 * Sends messages to all connections of a stage, by an Express workflow. Connections that are gone are forgotten, and one client's failure keeps nobody else from
 * the message.
 *
 * A message may come twice, since Express workflows may run twice. Who connects while it is sent may miss it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 *
 * @example
 * declare const endpoint: WebSocketEndpoint;
 * declare const connections: ConnectionTable;
 * const broadcast = new Broadcast(this, 'Broadcast', { endpoint, connections });
 * endpoint.addRoute('broadcast', broadcast.integration('Broadcast', {
 *   message: Value.object({ from: Value.connectionId(), text: Value.body('$.text').asString() }),
 * }));
 */
export class Broadcast extends Construct implements IMonitored {
  /** The workflow. Its input is `{ "message": …, "except": "a connection's id, or none" }`. */
  readonly workflow: StateMachine;

  /** Messages that did not reach everybody. */
  readonly deadLetterQueue: IQueue;

  private readonly templates = new EventTemplates();

  constructor(scope: Construct, id: string, props: BroadcastProps) {
    super(scope, id);
    const { endpoint, connections, connections: { table } } = props;
    const pageSize = integerOption('pageSize', props.pageSize ?? 400, 1000);
    this.deadLetterQueue = deadLetterQueue(this, props.deadLetterQueue);
    const index = connections.addListing();
    this.workflow = expressWorkflow(this, () => broadcastWorkflow({
      ...connectionsAddress(this, endpoint),
      tableName: table.tableName,
      pageSize,
      deadLetterQueueUrl: this.deadLetterQueue.queueUrl,
      templates: this.templates,
    }));
    const statements = [
      new PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${table.tableArn}/index/${index}`] }),
      new PolicyStatement({ actions: FORGET_ACTIONS, resources: [table.tableArn] }),
      ...sendLetters(this.deadLetterQueue),
      manageConnections(this, endpoint, 'POST'),
    ];
    statements.forEach(statement => this.workflow.addToRolePolicy(statement));
    // A policy of its own: the workflow depends on its role's, which hence cannot name it.
    new Policy(this, 'FurtherPages', {
      roles: [this.workflow.role],
      statements: [new PolicyStatement({ actions: ['states:StartExecution'], resources: [this.workflow.stateMachineArn] })],
    });
  }

  /** What a `WebSocketMonitoring` watches. */
  get monitored(): MonitoredParts {
    return { workflows: [this.workflow], rules: this.templates.rules, deadLetterQueues: [this.deadLetterQueue] };
  }

  /** Sends a message of a client's to everybody: the integration of a route. It answers before the message has arrived. */
  integration(id: string, props: BroadcastIntegrationProps): DirectIntegration {
    return new StartExecution(id, {
      stateMachine: this.workflow,
      input: Value.object({ message: props.message, ...props.exceptSender ? { except: Value.connectionId() } : {} }),
      response: props.response,
    });
  }

  /** Tells everybody of events. */
  onEvent(id: string, props: BroadcastEventProps): Rule {
    const { message = EventMessage.event(), except } = props;
    const template = { message: message._render(), except: except ? `{% ${except._expression} %}` : null };
    return this.templates.add(this, id, props, this.workflow, template, this.deadLetterQueue);
  }

  /** Allows somebody to start the workflow. */
  grantStart(grantee: IGrantable): Grant {
    return this.workflow.grantStartExecution(grantee);
  }
}
