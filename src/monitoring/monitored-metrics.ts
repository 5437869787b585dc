import { Fn } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { IConstruct } from 'constructs';
import { MonitoredRule } from './monitored';

/**
 * A metric of a rule, by the names of its bus and its own.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export function ruleMetric({ rule, eventBus }: MonitoredRule, metricName: string, statistic: string = Stats.SUM): Metric {
  const isDefault = eventBus === undefined || eventBus.eventBusName === 'default';
  // What CloudFormation refers to a rule by has the bus in it where there is one, as its ARN has. Names of partners' buses have slashes.
  const RuleName = Fn.select(isDefault ? 1 : 1 + eventBus.eventBusName.split('/').length, Fn.split('/', rule.ruleArn));
  return new Metric({ namespace: 'AWS/Events', metricName, statistic, dimensionsMap: isDefault ? { RuleName } : { EventBusName: eventBus.eventBusName, RuleName } });
}

/**
 * A metric of a pipe.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-monitoring.html
 */
export function pipeMetric(pipe: CfnPipe, metricName: string): Metric {
  return new Metric({ namespace: 'AWS/EventBridge/Pipes', metricName, statistic: Stats.SUM, dimensionsMap: { PipeName: pipe.ref } });
}

/**
 * Requests for the items of a table that DynamoDB refused for their rate.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function tableThrottles(table: ITable): IMetric {
  const refused = (metricName: string) => table.metric(metricName, { statistic: Stats.SUM });
  return sum('Throttled requests', table, { reads: refused('ReadThrottleEvents'), writes: refused('WriteThrottleEvents') });
}

/**
 * Executions that did not succeed.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export function failedExecutions(workflow: IStateMachine): IMetric {
  return sum('Failed executions', workflow, { failed: workflow.metricFailed(), timedOut: workflow.metricTimedOut() });
}

/** Metrics that have no data where nothing happened, added up. Their names have to differ from those of all others in a graph. */
function sum(what: string, of: IConstruct, metrics: Record<string, IMetric>): MathExpression {
  const usingMetrics = Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [`${name}_${of.node.addr}`, metric]));
  return new MathExpression({ label: `${what}: ${of.node.path}`, usingMetrics, expression: Object.keys(usingMetrics).map(name => `FILL(${name}, 0)`).join(' + ') });
}
