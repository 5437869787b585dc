import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ConnectionTable } from './connection-table';
import { FORGET_ACTIONS } from './forget-connection';
import { sweepWorkflow } from './sweep-workflow';
import { IWebSocketEndpoint } from '../endpoint/web-socket-endpoint';
import { connectionsAddress, manageConnections } from '../push/connections-address';
import { expressWorkflow } from '../workflows/express-workflow';

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
export class ConnectionSweeper extends Construct {
  /** The workflow. It can be started at any time, with the input `{}`. */
  readonly workflow: StateMachine;

  constructor(scope: Construct, id: string, { endpoint, connections, interval = Duration.minutes(15) }: ConnectionSweeperProps) {
    super(scope, id);
    const { table } = connections;
    const index = connections.addListing();
    this.workflow = expressWorkflow(this, 'Deletes the rows of WebSocket connections that are gone', () => sweepWorkflow({
      ...connectionsAddress(this, endpoint),
      tableName: table.tableName,
    }));
    const statements = [
      new PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${table.tableArn}/index/${index}`] }),
      new PolicyStatement({ actions: FORGET_ACTIONS, resources: [table.tableArn] }),
      manageConnections(this, endpoint, 'GET'),
    ];
    statements.forEach(statement => this.workflow.addToRolePolicy(statement));
    // A policy of its own: the workflow depends on its role's, which hence cannot name it.
    new Policy(this, 'FurtherPages', {
      roles: [this.workflow.role],
      statements: [new PolicyStatement({ actions: ['states:StartExecution'], resources: [this.workflow.stateMachineArn] })],
    });
    new Rule(this, 'Rule', { schedule: Schedule.rate(interval), description: 'Looks for WebSocket connections that are gone', targets: [new SfnStateMachine(this.workflow)] });
  }
}
