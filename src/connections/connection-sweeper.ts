import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ConnectionTable } from './connection-table';
import { FORGET_ACTIONS } from './forget-connection';
import { sweepWorkflow } from './sweep-workflow';
import { IWebSocketEndpoint } from '../endpoint/web-socket-endpoint';
import { IMonitored, MonitoredParts } from '../monitoring/monitored';
import { connectionsAddress, manageConnections } from '../push/connections-address';
import { deadLetterQueue, sendLetters } from '../workflows/dead-letter-queue';
import { expressWorkflow } from '../workflows/express-workflow';
import { scheduleRetry } from '../workflows/retry';

/** Properties of a ConnectionSweeper. */
export interface ConnectionSweeperProps {
  /** The stage of the connections. */
  readonly endpoint: IWebSocketEndpoint;

  /** The connections. */
  readonly connections: ConnectionTable;

  /**
   * How often they are looked at. Each look is a request for each connection, at the expense of the account's 10,000 requests a second.
   *
   * @default Duration.minutes(15)
   */
  readonly interval?: Duration;

  /**
   * Where sweeps go that could not be carried out, each with the reason in its attributes `ERROR_CODE` and `ERROR_MESSAGE`.
   *
   * @default - a new queue, see `deadLetterQueue`
   */
  readonly deadLetterQueue?: IQueue;
}

/**
 * Removes the rows of connections that are gone although `$disconnect` did not say so, from time to time.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 *
 * @example
 * declare const endpoint: WebSocketEndpoint;
 * declare const connections: ConnectionTable;
 * new ConnectionSweeper(this, 'Sweeper', { endpoint, connections, interval: Duration.minutes(5) });
 */
export class ConnectionSweeper extends Construct implements IMonitored {
  /** The workflow. It can be started at any time, with the input `{}`. */
  readonly workflow: StateMachine;

  /** Sweeps that could not be carried out. */
  readonly deadLetterQueue: IQueue;

  /** What a `WebSocketMonitoring` watches. */
  readonly monitored: MonitoredParts;

  constructor(scope: Construct, id: string, props: ConnectionSweeperProps) {
    super(scope, id);
    const { endpoint, connections, interval = Duration.minutes(15) } = props;
    this.deadLetterQueue = deadLetterQueue(this, props.deadLetterQueue);
    const { table } = connections;
    const index = connections.addListing();
    this.workflow = expressWorkflow(this, () => sweepWorkflow({
      ...connectionsAddress(this, endpoint),
      tableName: table.tableName,
      deadLetterQueueUrl: this.deadLetterQueue.queueUrl,
    }));
    const statements = [
      new PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${table.tableArn}/index/${index}`] }),
      new PolicyStatement({ actions: FORGET_ACTIONS, resources: [table.tableArn] }),
      manageConnections(this, endpoint, 'GET'),
      ...sendLetters(this.deadLetterQueue),
    ];
    statements.forEach(statement => this.workflow.addToRolePolicy(statement));
    // A policy of its own: the workflow depends on its role's, which hence cannot name it.
    new Policy(this, 'FurtherPages', {
      roles: [this.workflow.role],
      statements: [new PolicyStatement({ actions: ['states:StartExecution'], resources: [this.workflow.stateMachineArn] })],
    });
    const rule = new Rule(this, 'Rule', {
      schedule: Schedule.rate(interval),
      description: 'Looks for WebSocket connections that are gone',
      targets: [new SfnStateMachine(this.workflow, { ...scheduleRetry(interval), deadLetterQueue: this.deadLetterQueue })],
    });
    this.monitored = { workflows: [this.workflow], rules: [{ rule }], deadLetterQueues: [this.deadLetterQueue] };
  }
}
