import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { IEventBus, IRule } from 'aws-cdk-lib/aws-events';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { WebSocketMetrics } from '../endpoint/web-socket-metrics';

/** A rule, and the bus that it is on: CloudWatch knows it by both names. */
export interface MonitoredRule {
  /** The rule. */
  readonly rule: IRule;

  /**
   * Its bus.
   *
   * @default - the account's default bus, where schedules are
   */
  readonly eventBus?: IEventBus;
}

/** What there is to watch. */
export interface MonitoredParts {
  /**
   * Stages of WebSocket APIs.
   *
   * @default - none
   */
  readonly stages?: WebSocketMetrics[];

  /**
   * Workflows.
   *
   * @default - none
   */
  readonly workflows?: IStateMachine[];

  /**
   * Rules that start workflows, or call third parties.
   *
   * @default - none
   */
  readonly rules?: MonitoredRule[];

  /**
   * Pipes.
   *
   * @default - none
   */
  readonly pipes?: CfnPipe[];

  /**
   * Tables.
   *
   * @default - none
   */
  readonly tables?: ITable[];

  /**
   * Queues that ought to be empty.
   *
   * @default - none
   */
  readonly deadLetterQueues?: IQueue[];
}

/** What a `WebSocketMonitoring` can watch: each construct of this library, and whatever has parts of your own. */
export interface IMonitored {
  /** What there is to watch of it, as far as it is made yet. */
  readonly monitored: MonitoredParts;
}
