import { PARTITION_KEY, RULES_PARTITION, SORT_KEY } from './rows';
import { expression } from '../workflows/expression';
import { States } from '../workflows/jsonata-state';
import { RETRY_BUSY, RULE_RETRY } from '../workflows/retry';

export interface RuleOptions {
  /** What the names of the rules begin with: no other rule of the bus does. */
  readonly namePrefix: string;
  readonly eventBusName: string;
  readonly limit: number;
  /** The delivery workflow, and the role with which EventBridge starts it. */
  readonly targetArn: string;
  readonly roleArn: string;
  readonly deadLetterQueueArn: string;
}

/** JSONata: what stands for a pattern in keys and names. Patterns are the same when their texts are. */
export const RULE_OF_PATTERN = "$substring($hash($request.pattern, 'SHA-256'), 0, 32)";

/**
 * States that see to it that a subscription's pattern has a rule: from `FindRule` on, to `save` when the subscription is to be saved, and to the state `Subscribed`
 * once it is. The rule is looked up again after that: whoever takes unused rules away either sees the subscription then, or is seen here.
 */
export function ruleStates(tableName: string, partition: string, save: string, rules: RuleOptions, greatestAttempts: number): States {
  const sdk = (action: string) => `arn:${partition}:states:::aws-sdk:${action}`;
  const key = { [PARTITION_KEY]: { S: RULES_PARTITION }, [SORT_KEY]: { S: '{% $rule %}' } };
  const name = `{% '${rules.namePrefix}-' & $rule %}`;

  return {
    FindRule: {
      Type: 'Task',
      Resource: sdk('dynamodb:getItem'),
      Arguments: { TableName: tableName, ConsistentRead: true, Key: key },
      Assign: { phase: "{% $exists($states.result.Item) ? $states.result.Item.phase.S : 'none' %}" },
      Retry: [RETRY_BUSY],
      Next: 'RulePhase',
    },
    RulePhase: {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $phase = 'ready' and $saved %}", Next: 'Subscribed' },
        { Condition: "{% $phase = 'ready' %}", Next: save },
        { Condition: "{% $phase = 'none' %}", Next: 'ReserveRule' },
        { Condition: "{% $phase = 'making' %}", Next: 'PutRule' },
      ],
      Default: 'RuleEnds',
    },
    ReserveRule: {
      Type: 'Task',
      Resource: sdk('dynamodb:transactWriteItems'),
      Arguments: {
        TransactItems: expression`[
          { 'Update': {
            'TableName': '${tableName}',
            'Key': { '${PARTITION_KEY}': { 'S': '${RULES_PARTITION}' }, '${SORT_KEY}': { 'S': 'count' } },
            'UpdateExpression': 'ADD ruleCount :one',
            'ConditionExpression': 'attribute_not_exists(ruleCount) OR ruleCount < :limit',
            'ExpressionAttributeValues': { ':one': { 'N': '1' }, ':limit': { 'N': '${rules.limit}' } }
          } },
          { 'Put': {
            'TableName': '${tableName}',
            'Item': { '${PARTITION_KEY}': { 'S': '${RULES_PARTITION}' }, '${SORT_KEY}': { 'S': $rule }, 'phase': { 'S': 'making' }, 'madeAt': { 'N': $string($millis()) } },
            'ConditionExpression': 'attribute_not_exists(${PARTITION_KEY})'
          } }
        ]`,
      },
      Retry: [RETRY_BUSY],
      Catch: [{
        ErrorEquals: ['DynamoDb.TransactionCanceledException'],
        Assign: { reasons: "{% $split($substringBefore($substringAfter($states.errorOutput.Cause, '['), ']'), ', ') %}" },
        Next: 'ReserveCanceled',
      }],
      Next: 'PutRule',
    },
    ReserveCanceled: {
      Type: 'Choice',
      Choices: [{ Condition: "{% $reasons[0] = 'ConditionalCheckFailed' %}", Next: 'RuleLimitExceeded' }],
      Default: 'RuleEnds',
    },
    // Whoever finds a rule that is being made makes it too: both calls may be repeated.
    PutRule: {
      Type: 'Task',
      Resource: sdk('eventbridge:putRule'),
      Arguments: { Name: name, EventBusName: rules.eventBusName, EventPattern: '{% $request.pattern %}', State: 'ENABLED' },
      Retry: [RETRY_BUSY],
      Catch: [{ ErrorEquals: ['EventBridge.LimitExceededException'], Next: 'RuleLimitExceeded' }],
      Next: 'PutTargets',
    },
    PutTargets: {
      Type: 'Task',
      Resource: sdk('eventbridge:putTargets'),
      Arguments: {
        Rule: name,
        EventBusName: rules.eventBusName,
        Targets: [{
          Id: 'delivery',
          Arn: rules.targetArn,
          RoleArn: rules.roleArn,
          InputTransformer: { InputPathsMap: { event: '$' }, InputTemplate: '{% \'{"rule":"\' & $rule & \'","event":<event>}\' %}' },
          RetryPolicy: { MaximumRetryAttempts: RULE_RETRY.retryAttempts, MaximumEventAgeInSeconds: RULE_RETRY.maxEventAge.toSeconds() },
          DeadLetterConfig: { Arn: rules.deadLetterQueueArn },
        }],
      },
      Retry: [RETRY_BUSY],
      Next: 'TargetIsPut',
    },
    TargetIsPut: {
      Type: 'Choice',
      Choices: [
        // Such as too many requests at the same time, which EventBridge tells so.
        { Condition: `{% $states.input.FailedEntryCount > 0 and $attempts < ${greatestAttempts - 1} %}`, Next: 'RuleEnds' },
        { Condition: '{% $states.input.FailedEntryCount > 0 %}', Next: 'TargetNotPut' },
      ],
      Default: 'MarkReady',
    },
    TargetNotPut: { Type: 'Fail', Error: 'TargetNotPut', Cause: '{% $string($states.input.FailedEntries) %}' },
    MarkReady: {
      Type: 'Task',
      Resource: sdk('dynamodb:updateItem'),
      Arguments: {
        TableName: tableName,
        Key: key,
        UpdateExpression: 'SET phase = :ready',
        ConditionExpression: 'phase IN (:making, :ready)',
        ExpressionAttributeValues: { ':ready': { S: 'ready' }, ':making': { S: 'making' } },
      },
      Retry: [RETRY_BUSY],
      Catch: [{ ErrorEquals: ['DynamoDb.ConditionalCheckFailedException'], Next: 'RuleEnds' }],
      Next: 'FindRule',
    },
    RuleEnds: { Type: 'Pass', Assign: { attempts: '{% $attempts + 1 %}', reasons: [] }, Next: 'Canceled' },
    Subscribed: {
      Type: 'Pass',
      Output: { type: 'subscribed', subscriptionId: '{% $subscriptionId %}', requestId: '{% $request.requestId %}' },
      End: true,
    },
  };
}
