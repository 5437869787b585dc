import { CONNECTION_ID, EXPIRES_AT, LISTING_INDEX, LISTING_KEY, LISTING_VALUE } from './connection-row';
import { forgetConnection, TableAddress } from './forget-connection';
import { expression } from '../workflows/expression';
import { COLLECT_FAILURES } from '../workflows/failures';
import { PATIENTLY } from '../workflows/retry';

/** Iterations of a Map state that run at once. */
const MAP_CONCURRENCY = 40;

/** Failures of many connections have much the same causes, and a state holds 256 KB: those of a thousand. */
const CAUSE_CHARACTERS = 100;

/** The connection that an iteration is about. */
export const THIS_CONNECTION = '$states.input';

/** When it may still be called: up to five Tasks then follow one another, and of 1,000 connections 24 wait behind each of the first 40. */
export const LATEST_CALL_SECOND = 115;

/** A Task that reads the next page of all connections: assigns their ids to `$connectionIds`, and where the page after it begins, or null, to `$startKey`. */
export function readConnections({ partition, tableName }: TableAddress, limit: number): object {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::aws-sdk:dynamodb:query`,
    Arguments: expression`$merge([
      {
        'TableName': '${tableName}',
        'IndexName': '${LISTING_INDEX}',
        'Limit': ${limit},
        'ProjectionExpression': '${CONNECTION_ID}',
        'KeyConditionExpression': '${LISTING_KEY} = :listing',
        'FilterExpression': '${EXPIRES_AT} > :now',
        'ExpressionAttributeValues': { ':listing': { 'S': '${LISTING_VALUE}' }, ':now': { 'N': $string($floor($millis() / 1000)) } }
      },
      $startKey = null ? {} : { 'ExclusiveStartKey': $startKey }
    ])`,
    Assign: {
      connectionIds: `{% [$states.result.Items.${CONNECTION_ID}.S] %}`,
      startKey: '{% $exists($states.result.LastEvaluatedKey) ? $states.result.LastEvaluatedKey : null %}',
    },
    ...PATIENTLY,
  };
}

/**
 * A Map that calls each of the connections in `items`, which is JSONata, and forgets those that are gone. It adds `{ "connectionId", "error", "cause" }` to
 * `$failures` for each that could not be called.
 */
export function eachConnection(table: TableAddress, items: string, call: object): object {
  const failed = {
    ErrorEquals: ['States.ALL'],
    Output: `{% { 'connectionId': ${THIS_CONNECTION}, 'error': $states.errorOutput.Error, 'cause': $substring($states.errorOutput.Cause, 0, ${CAUSE_CHARACTERS}) } %}`,
    Next: 'Done',
  };
  return {
    Type: 'Map',
    Items: `{% ${items} %}`,
    MaxConcurrency: MAP_CONCURRENCY,
    ItemProcessor: {
      StartAt: 'Call',
      States: {
        Call: { ...call, Output: {}, Catch: [{ ErrorEquals: ['ApiGateway.410'], Output: `{% ${THIS_CONNECTION} %}`, Next: 'Forget' }, failed], End: true },
        ...forgetConnection(table, THIS_CONNECTION, 'Done', failed),
        Done: { Type: 'Pass', End: true },
      },
    },
    Assign: { failures: COLLECT_FAILURES },
  };
}

/** A Task that starts an execution of the same workflow for the pages to come, with an input in JSONata. */
export function handOver({ partition }: TableAddress, input: string): object {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::states:startExecution`,
    Arguments: { StateMachineArn: '{% $states.context.StateMachine.Id %}', Input: `{% ${input} %}` },
    ...PATIENTLY,
  };
}
