import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { AlarmRule, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { Authorization, EventBus } from 'aws-cdk-lib/aws-events';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  Broadcast, ConnectionSweeper, ConnectionTable, DirectMessage, EventSocket, Presence, SubscriptionEngine, WebhookRelay, WebSocketEndpoint, WebSocketMonitoring,
  WebSocketMonitoringProps,
} from '../../src';
import { ofType, resourcesOf } from '../support/resources';

const RUNBOOK = readFileSync(join(__dirname, '../../docs/runbook.md'), 'utf8');

/** Everything there is, watched. */
function everything(props: Partial<WebSocketMonitoringProps> = {}) {
  const stack = new Stack(new App(), 'Stack');
  const socket = new EventSocket(stack, 'Socket', { engine: SubscriptionEngine.index() });
  const endpoint = new WebSocketEndpoint(stack, 'Endpoint');
  const connections = new ConnectionTable(stack, 'Connections');
  endpoint.addConnectionRoutes(connections);
  const presence = new Presence(stack, 'Presence', { connections });
  const broadcast = new Broadcast(stack, 'Broadcast', { endpoint, connections });
  const directMessage = new DirectMessage(stack, 'DirectMessage', { endpoint, connections });
  presence.welcome('Welcome', directMessage, { _render: () => ({}) } as any);
  broadcast.onEvent('Any', { eventBus: EventBus.fromEventBusName(stack, 'Default', 'default'), eventPattern: { source: ['shop'] } });
  const sweeper = new ConnectionSweeper(stack, 'Sweeper', { endpoint, connections });
  const relay = new WebhookRelay(stack, 'Relay', { endpoint, url: 'https://shop.example', authorization: Authorization.apiKey('key', SecretValue.unsafePlainText('x')) });
  const monitoring = new WebSocketMonitoring(stack, 'Monitoring', {
    watched: [socket, endpoint, connections, presence, broadcast, directMessage, sweeper, relay, { monitored: { deadLetterQueues: [new Queue(stack, 'Mine')] } }], ...props,
  });
  const resources = resourcesOf(stack);
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  return { stack, monitoring, resources, alarms };
}

const kindOf = ({ AlarmDescription: description }: any) => /#([a-z-]+)$/.exec(description)![1];
const dimensions = ({ Dimensions: given }: any) => given.map(({ Name }: any) => Name).sort();

/** The metrics of an alarm, with their dimensions. */
function metricsOf(alarm: any): [string, string, string[]][] {
  const metrics = alarm.Metrics ? alarm.Metrics.flatMap(({ MetricStat: stat }: any) => stat ? [stat.Metric] : []) : [alarm];
  return metrics.map((metric: any) => [metric.Namespace, metric.MetricName, dimensions(metric)]);
}

describe('everything', () => {
  const { monitoring, resources, alarms } = everything();

  test('each kind of alarm has the metrics and dimensions that AWS documents', () => {
    const kinds = Object.fromEntries(alarms.map(alarm => [kindOf(alarm), metricsOf(alarm)]));
    const stage = (name: string) => [['AWS/ApiGateway', name, ['ApiId', 'Stage']]];
    expect(kinds).toEqual({
      'client-errors': stage('ClientError'),
      'execution-errors': stage('ExecutionError'),
      'integration-errors': stage('IntegrationError'),
      'integration-latency': stage('IntegrationLatency'),
      'failed-executions': [['AWS/States', 'ExecutionsFailed', ['StateMachineArn']], ['AWS/States', 'ExecutionsTimedOut', ['StateMachineArn']]],
      'throttled-executions': [['AWS/States', 'ExecutionThrottled', ['StateMachineArn']]],
      'delivery-lag': [['AWS/Events', 'IngestionToInvocationSuccessLatency', ['EventBusName', 'RuleName']]],
      'lost-events': [['AWS/Events', 'InvocationsFailedToBeSentToDlq', ['EventBusName', 'RuleName']]],
      'failed-pipe-executions': [['AWS/EventBridge/Pipes', 'ExecutionFailed', ['PipeName']]],
      'throttled-tables': [['AWS/DynamoDB', 'ReadThrottleEvents', ['TableName']], ['AWS/DynamoDB', 'WriteThrottleEvents', ['TableName']]],
      'oldest-dead-letter': [['AWS/SQS', 'ApproximateAgeOfOldestMessage', ['QueueName']]],
    });
  });

  test('everything that there is has its alarms', () => {
    const count = (kind: string) => alarms.filter(alarm => kindOf(alarm) === kind).length;
    const there = (type: string) => ofType(resources, type).length;
    expect(count('failed-executions')).toBe(there('AWS::StepFunctions::StateMachine'));
    expect(count('throttled-executions')).toBe(there('AWS::StepFunctions::StateMachine'));
    expect(count('lost-events')).toBe(there('AWS::Events::Rule'));
    expect(count('delivery-lag')).toBe(there('AWS::Events::Rule') - 1);
    expect(count('failed-pipe-executions')).toBe(there('AWS::Pipes::Pipe'));
    expect(count('throttled-tables')).toBe(there('AWS::DynamoDB::Table'));
    expect(count('oldest-dead-letter')).toBe(there('AWS::SQS::Queue'));
    expect(count('client-errors')).toBe(2);
    expect(alarms).toHaveLength(monitoring.alarms.length);
  });

  test('a rule of a bus is named with its bus, one of the default bus without', () => {
    const named = alarms.filter(alarm => kindOf(alarm) === 'lost-events').map(({ Dimensions: given }) => given.map(({ Name, Value }: any) => [Name, Value['Fn::Select']?.[0] ?? 'bus']));
    expect(named).toContainEqual([['EventBusName', 'bus'], ['RuleName', 2]]);
    expect(named.filter(pairs => pairs.length === 1)).toEqual([[['RuleName', 1]], [['RuleName', 1]]]);
  });

  test('each alarm leads to its line in the runbook, and the runbook has no other', () => {
    const headings = [...RUNBOOK.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect([...new Set(alarms.map(kindOf))].sort()).toEqual([...headings].sort());
    for (const { AlarmDescription: description, TreatMissingData: missing, AlarmName: name } of alarms) {
      expect(description).toMatch(/^[A-Z].+\. https:\/\/github\.com\/\S+\/docs\/runbook\.md#[a-z-]+$/);
      expect([missing, name]).toEqual(['notBreaching', undefined]);
    }
  });

  test('the dashboard shows connections, messages, lag, failures, letters and throttles, and the alarms', () => {
    const [[, { Properties }]] = ofType(resources, 'AWS::CloudWatch::Dashboard');
    expect(Properties.DashboardName).toBeUndefined();
    const body = JSON.parse(Properties.DashboardBody['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : 'x').join(''));
    expect(body.widgets.map(({ properties: { title } }: any) => title)).toEqual([
      'Connections', 'Messages', expect.stringContaining('Delivery lag'), 'Failures by kind', expect.stringContaining('Dead letters'), 'Throttles', 'Alarm Status',
    ]);
    const text = JSON.stringify(body);
    for (const metric of ['ConnectCount', 'MessageCount', 'IngestionToInvocationSuccessLatency', 'ExecutionTime', 'ApproximateAgeOfOldestMessage', 'ExecutionThrottled', 'ReadThrottleEvents']) {
      expect(text).toContain(metric);
    }
    expect(body.widgets.at(-1).properties.alarms).toHaveLength(alarms.length);
  });
});

test('thresholds, the runbook and the actions are the author\'s to say', () => {
  const action: IAlarmAction = { bind: () => ({ alarmActionArn: 'arn:aws:sns:eu-west-1:111111111111:topic' }) };
  const { alarms, resources } = everything({
    actions: [action],
    dashboard: false,
    runbookUrl: 'https://wiki.example/runbook',
    clientErrors: 7,
    integrationLatency: Duration.seconds(2),
    deliveryLag: Duration.seconds(3),
    oldestDeadLetter: Duration.hours(1),
    integrationErrors: 4,
    executionErrors: 5,
  });
  const threshold = (kind: string) => alarms.find(alarm => kindOf(alarm) === kind).Threshold;
  expect(['client-errors', 'integration-latency', 'delivery-lag', 'oldest-dead-letter', 'integration-errors', 'execution-errors', 'failed-executions'].map(threshold))
    .toEqual([7, 2000, 3000, 3600, 4, 5, 0]);
  for (const alarm of alarms) {
    expect(alarm).toMatchObject({ AlarmActions: ['arn:aws:sns:eu-west-1:111111111111:topic'], OKActions: ['arn:aws:sns:eu-west-1:111111111111:topic'] });
    expect(alarm.AlarmDescription).toMatch(/ https:\/\/wiki\.example\/runbook#[a-z-]+$/);
  }
  expect(ofType(resources, 'AWS::CloudWatch::Dashboard')).toEqual([]);
});

test('a rule of a partner\'s bus is named behind all slashes of the bus', () => {
  const stack = new Stack(new App(), 'Stack');
  const socket = new EventSocket(stack, 'Socket', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'aws.partner/shop.example/orders') });
  new WebSocketMonitoring(stack, 'Monitoring', { watched: [socket], dashboard: false });
  const [lost] = ofType(resourcesOf(stack), 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties).filter(alarm => kindOf(alarm) === 'lost-events');
  expect(lost.Dimensions).toEqual([
    { Name: 'EventBusName', Value: 'aws.partner/shop.example/orders' },
    // arn:aws:events:region:account:rule/aws.partner/shop.example/orders/rule-name
    { Name: 'RuleName', Value: { 'Fn::Select': [4, { 'Fn::Split': ['/', expect.anything()] }] } },
  ]);
});

test('what is watched twice has its alarms once, and what else is watched changes none of their names', () => {
  const ids = (...more: ('socket' | 'queue')[]) => {
    const stack = new Stack(new App(), 'Stack');
    const queue = { monitored: { deadLetterQueues: [new Queue(stack, 'Queue')] } };
    const socket = new EventSocket(stack, 'Socket');
    const { alarms } = new WebSocketMonitoring(stack, 'Monitoring', { watched: [...more.map(name => ({ socket, queue })[name]), socket] });
    expect(AlarmRule.anyOf(...alarms).renderAlarmRule()).toContain('OR');
    return ofType(resourcesOf(stack), 'AWS::CloudWatch::Alarm').map(([id]) => id).sort();
  };
  expect(ids('socket')).toEqual(ids());
  expect(ids('queue')).toEqual(expect.arrayContaining(ids()));
  expect(ids('queue')).toHaveLength(ids().length + 1);
});
