import { expression } from './expression';
import { RETRY_BUSY } from './retry';
import { EXPIRES_AT, MATCH_PAGE_SIZE, PARTITION_KEY, SORT_KEY } from './rows';

export interface DeliveryWorkflowOptions {
  readonly tableName: string;
  readonly partition: string;
  /** Host of the API's `@connections`, without scheme and stage. */
  readonly apiEndpoint: string;
  readonly stageName: string;
}

/**
 * The Express workflow that hands one event to every subscriber whose pattern matches it, in the Amazon States Language.
 *
 * It reads the match rows under the keys that the event carries, a page at a time, asks EventBridge itself whether each pattern matches, and posts the
 * event to `@connections`. One client's failure never keeps another from its event: failures are collected, and fail the execution at its end.
 */
export function deliveryWorkflow({ tableName, partition, apiEndpoint, stageName }: DeliveryWorkflowOptions): object {
  const sdk = (action: string) => `arn:${partition}:states:::aws-sdk:${action}`;

  const deliverOne = {
    StartAt: 'Match',
    States: {
      Match: jsonata({
        Type: 'Task',
        Resource: sdk('eventbridge:testEventPattern'),
        Arguments: { EventPattern: '{% $states.input.pattern.S %}', Event: '{% $eventText %}' },
        Assign: { subscriber: '{% $states.input %}' },
        Retry: [RETRY_BUSY],
        Catch: [{ ErrorEquals: ['States.ALL'], Assign: { subscriber: '{% $states.input %}' }, Next: 'Failed' }],
        Next: 'Matches',
      }),
      Matches: jsonata({
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.Result %}', Next: 'Push' }],
        Default: 'Done',
      }),
      Push: jsonata({
        Type: 'Task',
        Resource: `arn:${partition}:states:::apigateway:invoke`,
        Arguments: {
          ApiEndpoint: apiEndpoint,
          Method: 'POST',
          Stage: stageName,
          Path: "{% '/@connections/' & $subscriber.connectionId.S %}",
          // An object: a string would reach the client encoded a second time.
          RequestBody: '{% $event %}',
          AllowNullValues: true,
          AuthType: 'IAM_ROLE',
        },
        Retry: [RETRY_BUSY],
        Catch: [
          { ErrorEquals: ['ApiGateway.410'], Next: 'Forget' },
          { ErrorEquals: ['States.ALL'], Next: 'Failed' },
        ],
        Next: 'Done',
      }),
      // The client is gone. Its other rows, which nothing reads but its own requests, expire by themselves.
      Forget: jsonata({
        Type: 'Task',
        Resource: sdk('dynamodb:deleteItem'),
        Arguments: { TableName: tableName, Key: { [PARTITION_KEY]: `{% $subscriber.${PARTITION_KEY} %}`, [SORT_KEY]: `{% $subscriber.${SORT_KEY} %}` } },
        Retry: [RETRY_BUSY],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
        Next: 'Done',
      }),
      Failed: jsonata({
        Type: 'Pass',
        Output: {
          connectionId: '{% $subscriber.connectionId.S %}',
          error: '{% $states.input.Error %}',
          cause: '{% $states.input.Cause %}',
        },
        End: true,
      }),
      Done: jsonata({ Type: 'Pass', Output: {}, End: true }),
    },
  };

  const deliverKey = {
    StartAt: 'Key',
    States: {
      Key: jsonata({
        Type: 'Pass',
        Assign: { key: '{% $states.input %}', startKey: null, failures: [] },
        Next: 'ReadSubscribers',
      }),
      ReadSubscribers: jsonata({
        Type: 'Task',
        Resource: sdk('dynamodb:query'),
        Arguments: expression`$merge([
          {
            'TableName': '${tableName}',
            'ConsistentRead': true,
            'Limit': ${MATCH_PAGE_SIZE},
            'KeyConditionExpression': '${PARTITION_KEY} = :key',
            'FilterExpression': '${EXPIRES_AT} > :now',
            'ExpressionAttributeValues': { ':key': { 'S': $key }, ':now': { 'N': $string($floor($millis() / 1000)) } }
          },
          $startKey = null ? {} : { 'ExclusiveStartKey': $startKey }
        ])`,
        Assign: { startKey: '{% $exists($states.result.LastEvaluatedKey) ? $states.result.LastEvaluatedKey : null %}' },
        Retry: [RETRY_BUSY],
        Next: 'Subscribers',
      }),
      Subscribers: jsonata({
        Type: 'Map',
        Items: '{% [$states.input.Items] %}',
        MaxConcurrency: MATCH_PAGE_SIZE,
        ItemProcessor: deliverOne,
        // A few failures are enough to explain the rest, and bound what the state holds.
        Assign: { failures: `{% [$filter([$failures, $states.result[error]], function($failure, $index) { $index < ${REPORTED_FAILURES} })] %}` },
        Next: 'MoreSubscribers',
      }),
      MoreSubscribers: jsonata({
        Type: 'Choice',
        Choices: [{ Condition: '{% $startKey != null %}', Next: 'ReadSubscribers' }],
        Default: 'KeyDone',
      }),
      KeyDone: jsonata({ Type: 'Pass', Output: '{% { "failures": $failures } %}', End: true }),
    },
  };

  return {
    Comment: 'Hands one event to every subscriber whose pattern matches it',
    StartAt: 'Event',
    States: {
      // JSONPath, for States.JsonToString: JSONata's $string rounds numbers to 15 digits, and a rounded number matches another pattern.
      Event: {
        Type: 'Pass',
        Assign: { 'event.$': '$', 'eventText.$': 'States.JsonToString($)' },
        Next: 'Keys',
      },
      Keys: jsonata({
        Type: 'Map',
        Items: "{% ['match#*', 'match#source=' & $event.source] %}",
        ItemProcessor: deliverKey,
        Output: '{% { "failures": [$states.result.failures] } %}',
        Next: 'AllDelivered',
      }),
      AllDelivered: jsonata({
        Type: 'Choice',
        Choices: [{ Condition: '{% $count($states.input.failures) > 0 %}', Next: 'DeliveryFailed' }],
        Default: 'Delivered',
      }),
      DeliveryFailed: jsonata({
        Type: 'Fail',
        Error: 'DeliveryFailed',
        Cause: '{% $substring($string($states.input.failures), 0, 30000) %}',
      }),
      Delivered: jsonata({ Type: 'Succeed', Output: {} }),
    },
  };
}

const REPORTED_FAILURES = 10;

/** States of a workflow whose first state needs JSONPath say their language one by one. */
function jsonata<State extends object>(state: State): State & { QueryLanguage: 'JSONata' } {
  return { ...state, QueryLanguage: 'JSONata' };
}
