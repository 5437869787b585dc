import { expression } from './expression';
import { RETRY_BUSY, RETRY_CONFLICT } from './retry';
import { CONNECTION_LIFETIME_SECONDS, EXPIRES_AT, LIST_PAGE_SIZE, MATCH_KEYS_LIMIT, PARTITION_KEY, PATTERN_LIMIT, SORT_KEY } from './rows';

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

export interface SubscriptionWorkflowOptions {
  readonly tableName: string;
  readonly partition: string;
}

/**
 * The synchronous Express workflow behind the routes `subscribe`, `pattern`, `unsubscribe` and `subscriptions`, in the Amazon States Language.
 *
 * Its input holds the connection, the route, and the message's fields as JSON texts, empty where the message has none. Its output is the frame for the client.
 */
export function subscriptionWorkflow({ tableName, partition }: SubscriptionWorkflowOptions): object {
  const sdk = (action: string) => `arn:${partition}:states:::aws-sdk:${action}`;
  const connection = "'connection#' & $request.connectionId";

  return {
    Comment: 'Keeps the subscriptions of WebSocket connections',
    QueryLanguage: 'JSONata',
    StartAt: 'Request',
    States: {
      Request: {
        Type: 'Pass',
        Assign: { request: '{% $states.input %}' },
        Next: 'Route',
      },
      Route: {
        Type: 'Choice',
        Choices: [
          { Condition: "{% $request.routeKey = 'unsubscribe' %}", Next: 'CheckSubscriptionId' },
          { Condition: "{% $request.routeKey = 'subscriptions' %}", Next: 'CheckStart' },
        ],
        Default: 'CheckPattern',
      },

      CheckPattern: {
        Type: 'Choice',
        Choices: [
          { Condition: `{% ${absent('pattern')} %}`, Next: 'PatternMissing' },
          { Condition: `{% $length($request.pattern) > ${PATTERN_LIMIT} %}`, Next: 'PatternTooLong' },
          { Condition: "{% $type($parse($request.pattern)) != 'object' %}", Next: 'PatternNotAnObject' },
        ],
        Default: 'ValidatePattern',
      },
      PatternMissing: refuse('PatternMissing', '\'`pattern` is missing or null. Send {"action": "\' & $request.routeKey & \'", "pattern": {…}} with an EventBridge event pattern.\''),
      PatternTooLong: refuse('PatternTooLong', `'\`pattern\` must be at most ${PATTERN_LIMIT} characters of JSON; received ' & $length($request.pattern) & '. Name fewer values, or subscribe with several patterns.'`),
      PatternNotAnObject: refuse('PatternNotAnObject', '\'`pattern` must be a JSON object that maps fields to lists of values, such as {"source": ["shop"]}; received \' & $type($parse($request.pattern)) & \'.\''),
      ValidatePattern: {
        Type: 'Task',
        Resource: sdk('eventbridge:testEventPattern'),
        Arguments: { EventPattern: '{% $request.pattern %}', Event: SAMPLE_EVENT },
        Assign: { subscriptionId: '{% $uuid() %}', keys: MATCH_KEYS },
        Retry: [RETRY_BUSY],
        Catch: [{ ErrorEquals: ['EventBridge.InvalidEventPatternException'], Next: 'PatternRefused' }],
        Next: 'SaveSubscription',
      },
      // The reason is AWS's own; what follows it names the request within AWS and means nothing to a client.
      PatternRefused: refuse('InvalidEventPattern', "$substringBefore($states.input.Cause, ' (Service: ')"),
      SaveSubscription: {
        Type: 'Task',
        Resource: sdk('dynamodb:transactWriteItems'),
        Arguments: {
          TransactItems: expression`(
            $expiry := { 'N': $string($floor($request.connectedAt / 1000) + ${CONNECTION_LIFETIME_SECONDS}) };
            [
              { 'ConditionCheck': {
                'TableName': '${tableName}',
                'Key': { '${PARTITION_KEY}': { 'S': ${connection} }, '${SORT_KEY}': { 'S': 'connection' } },
                'ConditionExpression': 'attribute_exists(${PARTITION_KEY})'
              } },
              { 'Put': {
                'TableName': '${tableName}',
                'Item': {
                  '${PARTITION_KEY}': { 'S': ${connection} },
                  '${SORT_KEY}': { 'S': 'subscription#' & $subscriptionId },
                  'subscriptionId': { 'S': $subscriptionId },
                  'pattern': { 'S': $request.pattern },
                  'keys': { 'L': [$keys.{ 'S': $ }] },
                  '${EXPIRES_AT}': $expiry
                }
              } },
              $keys.{ 'Put': {
                'TableName': '${tableName}',
                'Item': {
                  '${PARTITION_KEY}': { 'S': $ },
                  '${SORT_KEY}': { 'S': $request.connectionId & '#' & $subscriptionId },
                  'connectionId': { 'S': $request.connectionId },
                  'pattern': { 'S': $request.pattern },
                  '${EXPIRES_AT}': $expiry
                }
              } }
            ]
          )`,
        },
        // Two subscriptions of one connection check the same row, and DynamoDB then cancels one of them.
        Retry: [RETRY_CONFLICT, RETRY_BUSY],
        Catch: [{ ErrorEquals: ['DynamoDb.TransactionCanceledException'], Next: 'NotConnected' }],
        Output: { type: 'subscribed', subscriptionId: '{% $subscriptionId %}', requestId: '{% $request.requestId %}' },
        End: true,
      },
      NotConnected: refuse('NotConnected', "'The connection is not known any more. Connect again and subscribe.'"),

      CheckSubscriptionId: {
        Type: 'Choice',
        Choices: [{
          Condition: `{% ${absent('subscriptionId')} ? true : $type($parse($request.subscriptionId)) != 'string' %}`,
          Next: 'SubscriptionIdMissing',
        }],
        Default: 'FindSubscription',
      },
      SubscriptionIdMissing: refuse('SubscriptionIdMissing', "'`subscriptionId` must be the string that the acknowledgement carried.'"),
      FindSubscription: {
        Type: 'Task',
        Resource: sdk('dynamodb:getItem'),
        Arguments: {
          TableName: tableName,
          ConsistentRead: true,
          Key: {
            [PARTITION_KEY]: { S: `{% ${connection} %}` },
            [SORT_KEY]: { S: "{% 'subscription#' & $parse($request.subscriptionId) %}" },
          },
        },
        Retry: [RETRY_BUSY],
        Next: 'SubscriptionExists',
      },
      SubscriptionExists: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $exists($states.input.Item) %}', Next: 'DeleteSubscription' }],
        Default: 'SubscriptionNotFound',
      },
      SubscriptionNotFound: refuse('SubscriptionNotFound', "'This connection has no subscription with the id ' & $request.subscriptionId & '.'"),
      DeleteSubscription: {
        Type: 'Task',
        Resource: sdk('dynamodb:transactWriteItems'),
        Arguments: {
          TransactItems: expression`(
            $item := $states.input.Item;
            [
              { 'Delete': {
                'TableName': '${tableName}',
                'Key': { '${PARTITION_KEY}': $item.${PARTITION_KEY}, '${SORT_KEY}': $item.${SORT_KEY} }
              } },
              $item.keys.L.{ 'Delete': {
                'TableName': '${tableName}',
                'Key': { '${PARTITION_KEY}': $, '${SORT_KEY}': { 'S': $request.connectionId & '#' & $item.subscriptionId.S } }
              } }
            ]
          )`,
        },
        Retry: [RETRY_CONFLICT, RETRY_BUSY],
        Output: { type: 'unsubscribed', subscriptionId: '{% $parse($request.subscriptionId) %}', requestId: '{% $request.requestId %}' },
        End: true,
      },

      CheckStart: {
        Type: 'Choice',
        Choices: [{
          Condition: `{% ${absent('startAfter')} ? false : $type($parse($request.startAfter)) != 'string' %}`,
          Next: 'StartNotAString',
        }],
        Default: 'ListSubscriptions',
      },
      StartNotAString: refuse('StartNotAString', "'`startAfter` must be the string that the last answer carried as `next`.'"),
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

/** Whether the message has no such field. API Gateway renders what is missing or null as nothing or as an empty string, the documentation does not say which. */
function absent(field: string): string {
  return `($request.${field} in ['', '""', 'null'])`;
}

/**
 * The partition keys under which an event finds the pattern. A pattern that names its sources is met only by their events; any other is met by all.
 * A source longer than EventBridge allows would not fit a key, and never comes.
 */
const MATCH_KEYS = expression`(
  $source := $parse($request.pattern).source;
  $named := $type($source) = 'array' and $count($source) > 0 and $count($source) <= ${MATCH_KEYS_LIMIT}
    and $count($source[$type($) != 'string' or $length($string($)) > 256]) = 0;
  $named ? [$distinct($source).('match#source=' & $)] : ['match#*']
)`;

/** Ends with an error frame; the message is a JSONata expression. */
function refuse(code: string, message: string): object {
  return {
    Type: 'Pass',
    Output: { error: { code, message: `{% ${message} %}` }, requestId: '{% $request.requestId %}' },
    End: true,
  };
}
