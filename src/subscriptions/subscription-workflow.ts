import { MatchKeys } from './match-keys';
import { compiledPattern } from './matcher';
import { CONNECTION_LIFETIME_SECONDS, EXPIRES_AT, LIST_PAGE_SIZE, PARTITION_KEY, SORT_KEY } from './rows';
import { RULE_OF_PATTERN, RuleOptions, ruleStates } from './rule-states';
import { isSubscriptionId } from './subscription-id';
import { SubscriptionQuotas } from './subscription-quotas';
import { ProtocolError, absent, refusals, typeOf } from '../workflows/answers';
import { expression } from '../workflows/expression';
import { RETRY_BUSY } from '../workflows/retry';

/**
 * An event with every field that `TestEventPattern` asks for. It validates a pattern; whether it matches does not matter.
 */
const SAMPLE_EVENT = JSON.stringify({
  'version': '0',
  'id': '00000000-0000-0000-0000-000000000000',
  'detail-type': 'sample',
  'source': 'sample',
  'account': '000000000000',
  'time': '2000-01-01T00:00:00Z',
  'region': 'us-east-1',
  'resources': [],
  'detail': {},
});

/** A transaction that is sent again because its answer was lost counts once. */
const TOKEN = "{% $request.requestId & '-' & $string($attempts) %}";

/** Attempts at a transaction that others come between. */
const ATTEMPTS = 6;

export interface SubscriptionWorkflowOptions {
  readonly tableName: string;
  readonly partition: string;
  readonly keys: MatchKeys;
  /** Present when patterns have rules of EventBridge. */
  readonly rules?: RuleOptions;
  readonly quotas: Required<SubscriptionQuotas>;
  readonly errors: readonly ProtocolError[];
  /** The fields of the input that hold claims, none of which may be empty; those that tickets vouch for are attributes of the connection's row. */
  readonly claims: readonly { readonly input: string; readonly attribute?: string }[];
}

/**
 * The synchronous Express workflow behind `subscribe`, `unsubscribe` and `subscriptions`, in the Amazon States Language.
 *
 * Its input holds the connection, the message's fields as JSON texts, empty where the message has none, and the caller's claims. Its output is the frame for the
 * client. docs/protocol.md says what clients may rely on.
 */
export function subscriptionWorkflow({ tableName, partition, keys, rules, quotas, errors, claims }: SubscriptionWorkflowOptions): object {
  const sdk = (action: string) => `arn:${partition}:states:::aws-sdk:${action}`;
  const connection = "'connection#' & $request.connectionId";
  const connectionKey = `{ '${PARTITION_KEY}': { 'S': ${connection} }, '${SORT_KEY}': { 'S': 'connection' } }`;
  const getItem = (sortKey: string, next: string) => ({
    Type: 'Task',
    Resource: sdk('dynamodb:getItem'),
    Arguments: { TableName: tableName, ConsistentRead: true, Key: { [PARTITION_KEY]: { S: `{% ${connection} %}` }, [SORT_KEY]: { S: `{% ${sortKey} %}` } } },
    Retry: [RETRY_BUSY],
    Next: next,
  });
  const ofRow = claims.filter(({ attribute }) => attribute !== undefined);
  // The reasons stand in the text only, one for each item of the transaction.
  const canceled = {
    ErrorEquals: ['DynamoDb.TransactionCanceledException'],
    Assign: {
      reasons: "{% $split($substringBefore($substringAfter($states.errorOutput.Cause, '['), ']'), ', ') %}",
      attempts: '{% $attempts + 1 %}',
    },
    Next: 'Canceled',
  };

  return {
    Comment: 'Keeps the subscriptions of WebSocket connections',
    QueryLanguage: 'JSONata',
    StartAt: 'Request',
    States: {
      Request: { Type: 'Pass', Assign: { request: '{% $states.input %}', attempts: 0, subscriptionId: null, saved: false }, Next: ofRow.length > 0 ? 'Claims' : 'Action' },
      ...ofRow.length > 0 ? { Claims: { ...getItem("'connection'", 'Action'), Assign: { request: claimsOfRow(ofRow) } } } : {},
      Action: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $request.action in [\'"subscribe"\', \'"pattern"\'] %}', Next: 'CheckPattern' },
          { Condition: '{% $request.action = \'"unsubscribe"\' %}', Next: 'CheckSubscriptionId' },
          { Condition: '{% $request.action = \'"subscriptions"\' %}', Next: 'CheckStart' },
        ],
        Default: 'UnknownAction',
      },
      ...refusals(errors),

      CheckPattern: {
        Type: 'Choice',
        Choices: [
          ...claims.map(({ input }) => ({ Condition: `{% $request.${input} = '' %}`, Next: 'NotAllowed' })),
          { Condition: `{% ${absent('pattern')} %}`, Next: 'PatternMissing' },
          { Condition: `{% $length($request.pattern) > ${quotas.patternCharacters} %}`, Next: 'PatternTooLong' },
          { Condition: `{% ${typeOf('pattern')} != 'object' %}`, Next: 'PatternNotAnObject' },
          { Condition: `{% ${absent('subscriptionId')} ? false : $not(${isSubscriptionId('$request.subscriptionId')}) %}`, Next: 'SubscriptionIdInvalid' },
        ],
        Default: 'ValidatePattern',
      },
      ValidatePattern: {
        Type: 'Task',
        Resource: sdk('eventbridge:testEventPattern'),
        Arguments: { EventPattern: '{% $request.pattern %}', Event: SAMPLE_EVENT },
        Assign: {
          // Another attempt is for the same subscription.
          subscriptionId: `{% $subscriptionId != null ? $subscriptionId : ${absent('subscriptionId')} ? $uuid() : $parse($request.subscriptionId) %}`,
          keys: expression`($pattern := $parse($request.pattern); $rule := ${RULE_OF_PATTERN}; ${keys.keysOfPattern})`,
          // Rules of EventBridge decide for themselves.
          ...rules ? { rule: `{% ${RULE_OF_PATTERN} %}`, matcher: 'ask' } : { matcher: compiledPattern('$request.pattern', quotas.patternCharacters) },
          previous: null,
        },
        Retry: [RETRY_BUSY],
        Catch: [{ ErrorEquals: ['EventBridge.InvalidEventPatternException'], Assign: { cause: '{% $states.errorOutput.Cause %}' }, Next: 'InvalidEventPattern' }],
        Next: rules ? 'FindRule' : 'IdChosen',
      },
      ...rules ? ruleStates(tableName, partition, 'IdChosen', rules, ATTEMPTS) : {},
      IdChosen: {
        Type: 'Choice',
        Choices: [
          ...errors.some(({ code }) => code === 'PatternTooBroad') ? [{ Condition: '{% $count($keys) = 0 %}', Next: 'PatternTooBroad' }] : [],
          { Condition: `{% ${absent('subscriptionId')} and $attempts = 0 %}`, Next: 'SaveSubscription' },
        ],
        Default: 'FindPrevious',
      },
      FindPrevious: {
        ...getItem("'subscription#' & $subscriptionId", 'SaveSubscription'),
        Assign: { previous: '{% $exists($states.result.Item) ? $states.result.Item : null %}' },
      },
      SaveSubscription: {
        Type: 'Task',
        Resource: sdk('dynamodb:transactWriteItems'),
        Arguments: {
          ClientRequestToken: TOKEN,
          TransactItems: expression`(
            $expiry := { 'N': $string($floor($request.connectedAt / 1000) + ${CONNECTION_LIFETIME_SECONDS}) };
            $bucket := $substring($hash($request.connectionId & $subscriptionId, 'MD5'), 0, 2);
            $matchKey := { 'S': ${keys.sortKeyPrefix} & $bucket & '#' & $request.connectionId & '#' & $subscriptionId };
            [
              $previous = null
                ? { 'Update': {
                  'TableName': '${tableName}',
                  'Key': ${connectionKey},
                  'UpdateExpression': 'ADD subscriptions :one',
                  'ConditionExpression': 'attribute_exists(${PARTITION_KEY}) AND (attribute_not_exists(subscriptions) OR subscriptions < :limit)',
                  'ExpressionAttributeValues': { ':one': { 'N': '1' }, ':limit': { 'N': '${quotas.subscriptionsPerConnection}' } }
                } }
                : { 'ConditionCheck': {
                  'TableName': '${tableName}',
                  'Key': ${connectionKey},
                  'ConditionExpression': 'attribute_exists(${PARTITION_KEY})'
                } },
              { 'Put': $merge([
                {
                  'TableName': '${tableName}',
                  'Item': {
                    '${PARTITION_KEY}': { 'S': ${connection} },
                    '${SORT_KEY}': { 'S': 'subscription#' & $subscriptionId },
                    'subscriptionId': { 'S': $subscriptionId },
                    'pattern': { 'S': $request.pattern },
                    'keys': { 'L': [$keys.{ 'S': key }] },
                    'matchKey': $matchKey,
                    'revision': { 'S': $request.requestId },
                    '${EXPIRES_AT}': $expiry
                  }
                },
                $previous = null
                  ? { 'ConditionExpression': 'attribute_not_exists(${PARTITION_KEY})' }
                  : { 'ConditionExpression': 'revision = :revision', 'ExpressionAttributeValues': { ':revision': $previous.revision } }
              ]) },
              $previous = null ? [] : $previous.keys.L[$not(S in $keys.key)].{ 'Delete': {
                'TableName': '${tableName}',
                'Key': { '${PARTITION_KEY}': $, '${SORT_KEY}': $matchKey }
              } },
              $keys.{ 'Put': {
                'TableName': '${tableName}',
                'Item': $merge([
                  {
                    '${PARTITION_KEY}': { 'S': key },
                    '${SORT_KEY}': $matchKey,
                    'connectionId': { 'S': $request.connectionId },
                    'subscriptionId': { 'S': $subscriptionId },
                    'pattern': { 'S': $request.pattern },
                    '${EXPIRES_AT}': $expiry
                  },
                  $matcher = 'ask' ? {} : { 'matcher': { 'S': $matcher } },
                  sure ? { 'sure': { 'BOOL': true } } : {},
                  $count(before) > 0 ? { 'before': { 'L': [before.{ 'S': $ }] } } : {}
                ])
              } }
            ]
          )`,
        },
        Retry: [RETRY_BUSY],
        Catch: [canceled],
        ...rules ? { Assign: { saved: true }, Next: 'FindRule' } : {
          Output: { type: 'subscribed', subscriptionId: '{% $subscriptionId %}', requestId: '{% $request.requestId %}' },
          End: true,
        },
      },

      // Refused at the connection, the first item of either transaction, it is gone or has too many subscriptions. Anything else came between: it settles.
      Canceled: {
        Type: 'Choice',
        Choices: [
          { Condition: "{% $reasons[0] = 'ConditionalCheckFailed' %}", Next: 'FindConnection' },
          { Condition: `{% $attempts >= ${ATTEMPTS} %}`, Next: 'Busy' },
        ],
        Default: 'LetOthersFinish',
      },
      LetOthersFinish: { Type: 'Wait', Seconds: '{% $floor($random() * $attempts) %}', Next: 'Action' },
      FindConnection: getItem("'connection'", 'ConnectionExists'),
      ConnectionExists: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $exists($states.input.Item) %}', Next: 'SubscriptionLimitExceeded' }],
        Default: 'NotConnected',
      },

      CheckSubscriptionId: {
        Type: 'Choice',
        Choices: [{ Condition: `{% ${absent('subscriptionId')} ? true : $not(${isSubscriptionId('$request.subscriptionId')}) %}`, Next: 'SubscriptionIdInvalid' }],
        Default: 'FindSubscription',
      },
      FindSubscription: getItem("'subscription#' & $parse($request.subscriptionId)", 'SubscriptionExists'),
      SubscriptionExists: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $exists($states.input.Item) %}', Next: 'DeleteSubscription' }],
        Default: 'SubscriptionNotFound',
      },
      DeleteSubscription: {
        Type: 'Task',
        Resource: sdk('dynamodb:transactWriteItems'),
        Arguments: {
          ClientRequestToken: TOKEN,
          TransactItems: expression`(
            $item := $states.input.Item;
            [
              { 'Update': {
                'TableName': '${tableName}',
                'Key': ${connectionKey},
                'UpdateExpression': 'ADD subscriptions :minusOne',
                'ConditionExpression': 'attribute_exists(${PARTITION_KEY})',
                'ExpressionAttributeValues': { ':minusOne': { 'N': '-1' } }
              } },
              { 'Delete': {
                'TableName': '${tableName}',
                'Key': { '${PARTITION_KEY}': $item.${PARTITION_KEY}, '${SORT_KEY}': $item.${SORT_KEY} },
                'ConditionExpression': 'revision = :revision',
                'ExpressionAttributeValues': { ':revision': $item.revision }
              } },
              $item.keys.L.{ 'Delete': {
                'TableName': '${tableName}',
                'Key': { '${PARTITION_KEY}': $, '${SORT_KEY}': $item.matchKey }
              } }
            ]
          )`,
        },
        Retry: [RETRY_BUSY],
        Catch: [canceled],
        Output: { type: 'unsubscribed', subscriptionId: '{% $parse($request.subscriptionId) %}', requestId: '{% $request.requestId %}' },
        End: true,
      },

      CheckStart: {
        Type: 'Choice',
        // What is no id may be longer than a key, which DynamoDB refuses in words that ask for a retry.
        Choices: [{ Condition: `{% ${absent('startAfter')} ? false : $not(${isSubscriptionId('$request.startAfter')}) %}`, Next: 'StartNotAString' }],
        Default: 'ListSubscriptions',
      },
      ListSubscriptions: {
        Type: 'Task',
        Resource: sdk('dynamodb:query'),
        Arguments: expression`$merge([
          {
            'TableName': '${tableName}',
            'ConsistentRead': true,
            'Limit': ${LIST_PAGE_SIZE},
            'ProjectionExpression': 'subscriptionId, pattern',
            'KeyConditionExpression': '${PARTITION_KEY} = :connection AND begins_with(${SORT_KEY}, :subscription)',
            'ExpressionAttributeValues': { ':connection': { 'S': ${connection} }, ':subscription': { 'S': 'subscription#' } }
          },
          ${absent('startAfter')} ? {} : {
            'ExclusiveStartKey': { '${PARTITION_KEY}': { 'S': ${connection} }, '${SORT_KEY}': { 'S': 'subscription#' & $parse($request.startAfter) } }
          }
        ])`,
        Retry: [RETRY_BUSY],
        Output: expression`$merge([
          {
            'type': 'subscriptions',
            'subscriptions': [$states.result.Items.{ 'subscriptionId': subscriptionId.S, 'pattern': $parse(pattern.S) }],
            'requestId': $request.requestId
          },
          $exists($states.result.LastEvaluatedKey) ? { 'next': $substringAfter($states.result.LastEvaluatedKey.${SORT_KEY}.S, '#') } : {}
        ])`,
        End: true,
      },
    },
  };
}

/** The request with the claims from its connection's row; empty where there are none. */
function claimsOfRow(claims: SubscriptionWorkflowOptions['claims']): string {
  const members = claims.map(({ input, attribute }) => `'${input}': $states.result.Item.${attribute}.S ? $states.result.Item.${attribute}.S : ''`);
  return `{% $merge([$request, { ${members.join(', ')} }]) %}`;
}
