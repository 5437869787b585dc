import { Alarm, AlarmStatusWidget, Dashboard, GraphWidget, IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { MonitoredParts } from './monitored';
import { failedExecutions, pipeMetric, ruleMetric, tableThrottles } from './monitored-metrics';

const HALF = 12;

/** Puts what is watched on one page. */
export function monitoringDashboard(scope: Construct, id: string, parts: Required<MonitoredParts>, alarms: Alarm[]): Dashboard {
  const { stages, workflows, rules, pipes, tables, deadLetterQueues } = parts;
  const onBuses = rules.filter(({ eventBus }) => eventBus !== undefined);
  const graph = (title: string, left: IMetric[], right: IMetric[] = []) => new GraphWidget({ title, left, right, width: HALF });
  const rows = [
    [
      graph('Connections', stages.map(stage => stage.connects())),
      graph('Messages', stages.map(stage => stage.messages())),
    ],
    [
      graph(
        'Delivery lag: from the bus to the workflow, and through it (p95, ms)',
        onBuses.map(rule => ruleMetric(rule, 'IngestionToInvocationSuccessLatency', Stats.percentile(95))),
        workflows.map(workflow => workflow.metricTime({ statistic: Stats.percentile(95) })),
      ),
      graph('Failures by kind', [
        ...stages.flatMap(stage => [stage.clientErrors(), stage.integrationErrors(), stage.executionErrors()]),
        ...workflows.map(failedExecutions),
        ...rules.map(rule => ruleMetric(rule, 'InvocationsFailedToBeSentToDlq')),
        ...pipes.map(pipe => pipeMetric(pipe, 'ExecutionFailed')),
      ]),
    ],
    [
      graph(
        'Dead letters, and the age of the oldest (s)',
        deadLetterQueues.map(queue => queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM })),
        deadLetterQueues.map(queue => queue.metricApproximateAgeOfOldestMessage()),
      ),
      graph('Throttles', [...workflows.map(workflow => workflow.metricThrottled()), ...tables.map(tableThrottles), ...pipes.map(pipe => pipeMetric(pipe, 'ExecutionThrottled'))]),
    ],
    ...alarms.length > 0 ? [[new AlarmStatusWidget({ alarms, width: 2 * HALF })]] : [],
  ];
  return new Dashboard(scope, id, { widgets: rows });
}
