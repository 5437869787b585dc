import { Duration, Names } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Dashboard, IAlarmAction, IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, IConstruct } from 'constructs';
import { IMonitored, MonitoredParts } from './monitored';
import { failedExecutions, pipeMetric, ruleMetric, tableThrottles } from './monitored-metrics';
import { monitoringDashboard } from './monitoring-dashboard';

/** Properties of a WebSocketMonitoring. */
export interface WebSocketMonitoringProps {
  /** What is watched. Rules that are added to it later are not: make this last. */
  readonly watched: IMonitored[];

  /**
   * What is done when an alarm goes off, and when it is over.
   *
   * @default - nothing
   */
  readonly actions?: IAlarmAction[];

  /**
   * Whether there is a dashboard.
   *
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * Where the runbook is that the descriptions of alarms lead to: a page with a heading for each kind.
   *
   * @default - docs/runbook.md of this library
   */
  readonly runbookUrl?: string;

  /**
   * How many requests in five minutes may fail in a service.
   *
   * @default 0
   */
  readonly integrationErrors?: number;

  /**
   * How many requests in five minutes may fail in API Gateway.
   *
   * @default 0
   */
  readonly executionErrors?: number;

  /**
   * How many requests in five minutes may be refused. Clients that misbehave count too.
   *
   * @default 100
   */
  readonly clientErrors?: number;

  /**
   * How long services may take, for 95 of 100 requests.
   *
   * @default Duration.seconds(5)
   */
  readonly integrationLatency?: Duration;

  /**
   * How long an event may take from its bus to its target, for 95 of 100 events.
   *
   * @default Duration.seconds(10)
   */
  readonly deliveryLag?: Duration;

  /**
   * How long a dead letter may lie.
   *
   * @default Duration.minutes(5)
   */
  readonly oldestDeadLetter?: Duration;
}

const RUNBOOK = 'https://github.com/cdk-lambdaless-websockets/cdk-lambdaless-websockets/blob/main/docs/runbook.md';

/** What each kind of alarm tells. */
const KINDS = {
  ClientErrors: 'Many requests are refused. The access logs say whether by a throttle, a model, an authorizer, or because no route fits.',
  ExecutionErrors: 'API Gateway cannot carry out requests. The execution logs say which template or permission is wrong.',
  IntegrationErrors: 'Services behind WebSocket routes answer with errors. The execution logs say which, and with what.',
  IntegrationLatency: 'Services behind WebSocket routes are slow. After 29 seconds clients are told of an error.',
  FailedExecutions: 'Executions of a workflow fail. Its log says of what; what was lost is in the dead-letter queue.',
  ThrottledExecutions: 'Step Functions holds a workflow back: messages and events come late.',
  DeliveryLag: 'Events reach a workflow or a third party late.',
  LostEvents: 'EventBridge could put events neither to their target nor into the dead-letter queue: they are lost.',
  FailedPipeExecutions: 'A pipe cannot hand on changes of connections: nobody is told who comes and goes. After ten attempts they are in the dead-letter queue.',
  ThrottledTables: 'DynamoDB refuses requests for their rate.',
  OldestDeadLetter: 'Something could not be delivered and waits in a dead-letter queue: lambdaless redrive puts it back.',
};

type Kind = keyof typeof KINDS;

/**
 * Alarms and a dashboard for what this library makes: connections, messages, delivery lag, failures by kind, the oldest dead letter, throttles. Each alarm's description ends
 * with the address of its line in the runbook.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 *
 * @example
 * const socket = new EventSocket(this, 'Socket');
 * new WebSocketMonitoring(this, 'Monitoring', { watched: [socket] });
 */
export class WebSocketMonitoring extends Construct {
  /** The alarms. */
  readonly alarms: Alarm[] = [];

  /** The dashboard, unless there shall be none. */
  readonly dashboard?: Dashboard;

  constructor(scope: Construct, id: string, private readonly props: WebSocketMonitoringProps) {
    super(scope, id);
    const parts = partsOf(props.watched);
    this.watchStages(parts);
    this.watchWorkflows(parts);
    for (const rule of parts.rules) {
      if (rule.eventBus) {
        const lag = ruleMetric(rule, 'IngestionToInvocationSuccessLatency', Stats.percentile(95));
        this.alarm('DeliveryLag', rule.rule, lag, (props.deliveryLag ?? Duration.seconds(10)).toMilliseconds());
      }
      this.alarm('LostEvents', rule.rule, ruleMetric(rule, 'InvocationsFailedToBeSentToDlq'));
    }
    parts.pipes.forEach(pipe => this.alarm('FailedPipeExecutions', pipe, pipeMetric(pipe, 'ExecutionFailed')));
    parts.tables.forEach(table => this.alarm('ThrottledTables', table, tableThrottles(table)));
    const { oldestDeadLetter = Duration.minutes(5) } = props;
    parts.deadLetterQueues.forEach(queue => this.alarm('OldestDeadLetter', queue, queue.metricApproximateAgeOfOldestMessage(), oldestDeadLetter.toSeconds()));
    if (props.dashboard ?? true) {
      this.dashboard = monitoringDashboard(this, 'Dashboard', parts, this.alarms);
    }
  }

  private watchStages({ stages }: Required<MonitoredParts>): void {
    const { integrationErrors, executionErrors, clientErrors = 100, integrationLatency = Duration.seconds(5) } = this.props;
    stages.forEach((stage, index) => {
      this.alarm('IntegrationErrors', index, stage.integrationErrors(), integrationErrors);
      this.alarm('ExecutionErrors', index, stage.executionErrors(), executionErrors);
      this.alarm('ClientErrors', index, stage.clientErrors(), clientErrors);
      this.alarm('IntegrationLatency', index, stage.integrationLatency(), integrationLatency.toMilliseconds());
    });
  }

  private watchWorkflows({ workflows }: Required<MonitoredParts>): void {
    for (const workflow of workflows) {
      this.alarm('FailedExecutions', workflow, failedExecutions(workflow));
      this.alarm('ThrottledExecutions', workflow, workflow.metricThrottled());
    }
  }

  /** An alarm about one thing, a construct or the number of a stage: what else is watched changes nothing of its name. */
  private alarm(kind: Kind, about: IConstruct | number, metric: IMetric, threshold: number = 0): void {
    const { runbookUrl = RUNBOOK, actions = [] } = this.props;
    const made = new Alarm(this, `${kind}${typeof about === 'number' ? about === 0 ? '' : about + 1 : `-${Names.nodeUniqueId(about.node)}`}`, {
      metric,
      threshold,
      alarmDescription: `${KINDS[kind]} ${runbookUrl}#${kind.replace(/\B[A-Z]/g, '-$&').toLowerCase()}`,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      // Where nothing was counted, nothing is wrong.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    made.addAlarmAction(...actions);
    made.addOkAction(...actions);
    this.alarms.push(made);
  }
}

/** All parts together, each once. */
function partsOf(watched: readonly IMonitored[]): Required<MonitoredParts> {
  const parts = watched.map(({ monitored }) => monitored);
  const unique = <Part>(list: (part: MonitoredParts) => Part[] | undefined) => [...new Set(parts.flatMap(part => list(part) ?? []))];
  return {
    stages: unique(({ stages }) => stages),
    workflows: unique(({ workflows }) => workflows),
    rules: unique(({ rules }) => rules),
    pipes: unique(({ pipes }) => pipes),
    tables: unique(({ tables }) => tables),
    deadLetterQueues: unique(({ deadLetterQueues }) => deadLetterQueues),
  };
}
