import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, IAlarmAction, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { WebSocketMetrics } from './web-socket-metrics';

/** Properties of WebSocketAlarms. */
export interface WebSocketAlarmsProps {
  /** The metrics of the stage that is watched. */
  readonly metrics: WebSocketMetrics;

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
   * What is done when an alarm goes off.
   *
   * @default - nothing
   */
  readonly actions?: IAlarmAction[];
}

/**
 * Alarms of a WebSocket API's stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 */
export class WebSocketAlarms extends Construct {
  /** Services that fail. */
  readonly integrationErrors: Alarm;

  /** Requests that API Gateway cannot carry out: the configuration is wrong. */
  readonly executionErrors: Alarm;

  /** Requests that are refused: clients misbehave, or a limit is too low. */
  readonly clientErrors: Alarm;

  /** Services that are slow. */
  readonly integrationLatency: Alarm;

  constructor(scope: Construct, id: string, props: WebSocketAlarmsProps) {
    super(scope, id);
    const { metrics, actions = [], integrationLatency = Duration.seconds(5) } = props;
    const alarm = (name: string, metric: IMetric, threshold: number, alarmDescription: string) => {
      const made = new Alarm(this, name, {
        metric,
        threshold,
        alarmDescription,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        // Where nothing was counted, nothing is wrong.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      made.addAlarmAction(...actions);
      return made;
    };
    this.integrationErrors = alarm('IntegrationErrors', metrics.integrationErrors(), props.integrationErrors ?? 0,
      'Services behind WebSocket routes answer with errors. The execution logs say which, and with what.');
    this.executionErrors = alarm('ExecutionErrors', metrics.executionErrors(), props.executionErrors ?? 0,
      'API Gateway cannot carry out requests. The execution logs say which template or permission is wrong.');
    this.clientErrors = alarm('ClientErrors', metrics.clientErrors(), props.clientErrors ?? 100,
      'Many requests are refused. The access logs say whether by a throttle, a model, an authorizer, or because no route fits.');
    this.integrationLatency = alarm('IntegrationLatency', metrics.integrationLatency(), integrationLatency.toMilliseconds(),
      'Services behind WebSocket routes are slow. After 29 seconds clients are told of an error.');
  }
}
