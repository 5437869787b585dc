import { EXPIRES_AT, MATCH_KEY_PREFIX, PARTITION_KEY, RULES_PARTITION, SORT_KEY } from './rows';
import { FAILURE, sendDeadLetter } from '../workflows/dead-letter';
import { expression } from '../workflows/expression';
import { PATIENTLY } from '../workflows/retry';

export interface RuleSweepWorkflowOptions {
  readonly tableName: string;
  readonly partition: string;
  readonly namePrefix: string;
  readonly eventBusName: string;
  readonly deadLetterQueueUrl: string;
}

/** A rule that was not finished in this time is not being made any more. */
const MAKING_MILLISECONDS = 10 * 60 * 1000;

/**
 * The Express workflow that takes away the rules that nobody subscribes to any more, in the Amazon States Language.
 *
 * A rule is first said to end, which no new subscriber passes by; then its subscribers are looked up once more, and only then it goes. A sweep that was broken off
 * is taken up by the next.
 */
export function ruleSweepWorkflow({ tableName, partition, namePrefix, eventBusName, deadLetterQueueUrl: queueUrl }: RuleSweepWorkflowOptions): object {
  const sdk = (action: string) => `arn:${partition}:states:::aws-sdk:${action}`;
  const key = { [PARTITION_KEY]: { S: RULES_PARTITION }, [SORT_KEY]: { S: '{% $rule %}' } };
  const name = `{% '${namePrefix}-' & $rule %}`;
  const setPhase = (phase: string, next: string) => ({
    Type: 'Task',
    Resource: sdk('dynamodb:updateItem'),
    Arguments: {
      TableName: tableName,
      Key: key,
      UpdateExpression: 'SET phase = :next',
      ConditionExpression: 'phase = :phase',
      ExpressionAttributeValues: { ':next': { S: phase }, ':phase': { S: '{% $phase %}' } },
    },
    ...PATIENTLY,
    Catch: [{ ErrorEquals: ['DynamoDb.ConditionalCheckFailedException'], Next: 'Kept' }],
    Assign: { phase },
    Next: next,
  });
  const failed = { ErrorEquals: ['States.ALL'], Assign: { failure: FAILURE }, Next: 'SendToDeadLetterQueue' };
  const gone = { ErrorEquals: ['EventBridge.ResourceNotFoundException'] };

  const sweepRule = {
    StartAt: 'Rule',
    States: {
      Rule: {
        Type: 'Pass',
        Assign: {
          rule: `{% $states.input.${SORT_KEY}.S %}`,
          phase: '{% $states.input.phase.S %}',
          made: `{% $millis() - $number($states.input.madeAt.N) > ${MAKING_MILLISECONDS} %}`,
          startKey: null,
        },
        Next: 'Subscribers',
      },
      Subscribers: {
        Type: 'Task',
        Resource: sdk('dynamodb:query'),
        Arguments: expression`$merge([
          {
            'TableName': '${tableName}',
            'ConsistentRead': true,
            'Limit': 25,
            'ProjectionExpression': '${SORT_KEY}',
            'KeyConditionExpression': '${PARTITION_KEY} = :key',
            'FilterExpression': '${EXPIRES_AT} > :now',
            'ExpressionAttributeValues': { ':key': { 'S': '${MATCH_KEY_PREFIX}rule=' & $rule }, ':now': { 'N': $string($floor($millis() / 1000)) } }
          },
          $startKey = null ? {} : { 'ExclusiveStartKey': $startKey }
        ])`,
        Assign: {
          startKey: '{% $exists($states.result.LastEvaluatedKey) ? $states.result.LastEvaluatedKey : null %}',
          subscribers: '{% $count($states.result.Items) %}',
        },
        ...PATIENTLY,
        Next: 'Used',
      },
      Used: {
        Type: 'Choice',
        Choices: [
          { Condition: "{% $subscribers > 0 and $phase = 'ending' %}", Next: 'MakeAgain' },
          { Condition: '{% $subscribers > 0 %}', Next: 'Kept' },
          { Condition: '{% $startKey != null %}', Next: 'Subscribers' },
          { Condition: "{% $phase = 'ending' %}", Next: 'RemoveTargets' },
          { Condition: "{% $phase = 'making' and $not($made) %}", Next: 'Kept' },
        ],
        Default: 'End',
      },
      End: setPhase('ending', 'Subscribers'),
      // Somebody subscribed meanwhile: whoever is next makes the rule once more, which changes nothing where it still is.
      MakeAgain: setPhase('making', 'Kept'),
      RemoveTargets: {
        Type: 'Task',
        Resource: sdk('eventbridge:removeTargets'),
        Arguments: { Rule: name, EventBusName: eventBusName, Ids: ['delivery'] },
        ...PATIENTLY,
        Catch: [{ ...gone, Next: 'Forget' }],
        Next: 'DeleteRule',
      },
      DeleteRule: {
        Type: 'Task',
        Resource: sdk('eventbridge:deleteRule'),
        Arguments: { Name: name, EventBusName: eventBusName },
        ...PATIENTLY,
        Catch: [{ ...gone, Next: 'Forget' }],
        Next: 'Forget',
      },
      Forget: {
        Type: 'Task',
        Resource: sdk('dynamodb:transactWriteItems'),
        Arguments: {
          TransactItems: expression`[
            { 'Delete': {
              'TableName': '${tableName}',
              'Key': { '${PARTITION_KEY}': { 'S': '${RULES_PARTITION}' }, '${SORT_KEY}': { 'S': $rule } },
              'ConditionExpression': 'phase = :ending',
              'ExpressionAttributeValues': { ':ending': { 'S': 'ending' } }
            } },
            { 'Update': {
              'TableName': '${tableName}',
              'Key': { '${PARTITION_KEY}': { 'S': '${RULES_PARTITION}' }, '${SORT_KEY}': { 'S': 'count' } },
              'UpdateExpression': 'ADD ruleCount :minusOne',
              'ExpressionAttributeValues': { ':minusOne': { 'N': '-1' } }
            } }
          ]`,
        },
        ...PATIENTLY,
        // Another sweep was here, or several change the count: the next one sees what is left.
        Catch: [{ ErrorEquals: ['DynamoDb.TransactionCanceledException'], Next: 'Kept' }],
        Output: {},
        End: true,
      },
      Kept: { Type: 'Pass', Output: {}, End: true },
    },
  };

  return {
    Comment: 'Takes away the rules that nobody subscribes to any more',
    QueryLanguage: 'JSONata',
    StartAt: 'Page',
    States: {
      Page: { Type: 'Pass', Assign: { rulesKey: null }, Next: 'Rules' },
      Rules: {
        Type: 'Task',
        Resource: sdk('dynamodb:query'),
        Arguments: expression`$merge([
          {
            'TableName': '${tableName}',
            'ConsistentRead': true,
            'KeyConditionExpression': '${PARTITION_KEY} = :rules',
            'FilterExpression': 'attribute_exists(phase)',
            'ExpressionAttributeValues': { ':rules': { 'S': '${RULES_PARTITION}' } }
          },
          $rulesKey = null ? {} : { 'ExclusiveStartKey': $rulesKey }
        ])`,
        Assign: { rulesKey: '{% $exists($states.result.LastEvaluatedKey) ? $states.result.LastEvaluatedKey : null %}' },
        Output: '{% { "rules": [$states.result.Items] } %}',
        ...PATIENTLY,
        Catch: [failed],
        Next: 'Sweep',
      },
      Sweep: { Type: 'Map', Items: '{% $states.input.rules %}', MaxConcurrency: 5, ItemProcessor: sweepRule, Output: {}, Catch: [failed], Next: 'MoreRules' },
      MoreRules: { Type: 'Choice', Choices: [{ Condition: '{% $rulesKey != null %}', Next: 'Rules' }], Default: 'Swept' },
      Swept: { Type: 'Succeed', Output: {} },
      SendToDeadLetterQueue: sendDeadLetter({ partition, queueUrl, hop: 'ruleSweep', body: '{}', code: '$failure.error', reason: '$failure' }, 'SweepFailed'),
      SweepFailed: { Type: 'Fail', Error: '{% $failure.error %}', Cause: '{% $failure.cause %}' },
    },
  };
}
