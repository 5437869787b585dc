// What AWS lets an account do in a region (us-east-1) at once, and where it says so.
export const QUOTAS = {
  connects: { what: 'new WebSocket connections', perSecond: 500, adjustable: true, source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html' },
  requests: { what: 'API requests: messages in, and posts to connections', perSecond: 10_000, adjustable: true, source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html' },
  starts: { what: 'StartExecution of Express workflows', perSecond: 6000, adjustable: true, source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html' },
  synchronousExecutions: { what: 'StartSyncExecution, executions at the same time', atOnce: 3700, adjustable: true, source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html' },
  puts: { what: 'PutEvents, entries', perSecond: 10_000, adjustable: true, source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html' },
  invocations: { what: 'invocations of targets by rules', perSecond: 18_750, adjustable: true, source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html' },
  partitionReads: { what: 'read units of one partition of a table', perSecond: 3000, adjustable: false, source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html' },
  tableReads: { what: 'read units of one table on demand', perSecond: 40_000, adjustable: true, source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html' },
  functions: { what: 'Lambda functions at the same time', atOnce: 1000, adjustable: true, source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html' },
  rules: { what: 'rules on a bus', atOnce: 300, adjustable: true, source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html' },
};
