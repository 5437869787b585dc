import { eachConnection, handOver, readConnections, THIS_CONNECTION } from './each-connection';
import { EventTemplates } from './event-templates';
import { TableAddress } from './forget-connection';
import { ConnectionsAddress } from '../push/connections-address';
import { postToConnection } from '../push/invoke-connections';
import { States } from '../workflows/jsonata-state';
import { RETRY_BUSY } from '../workflows/retry';

export interface BroadcastWorkflowOptions extends TableAddress, ConnectionsAddress {
  readonly pageSize: number;
  readonly deadLetterQueueUrl: string;
  readonly templates: EventTemplates;
}

/**
 * The Express workflow that sends a message to every connection, in the Amazon States Language.
 *
 * Its input is `{ "message", "except"? }`, or an event with its template. What lies beyond the first page is handed to another execution before anybody is
 * served, so that all pages are served at the same time. Failures are collected, and end in the dead-letter queue.
 */
export function broadcastWorkflow(options: BroadcastWorkflowOptions): object {
  const { partition, pageSize, deadLetterQueueUrl, templates } = options;
  const failure = "[{ 'error': $states.errorOutput.Error, 'cause': $states.errorOutput.Cause }]";
  const states: States = {
    ...templates.states({ Type: 'Pass', Assign: { startKey: null, failures: [] }, Next: 'Read' }, 'Message'),
    Message: {
      Type: 'Pass',
      Assign: {
        message: '{% $states.input.message %}',
        except: '{% $exists($states.input.except) ? $states.input.except : null %}',
        startKey: '{% $exists($states.input.startKey) ? $states.input.startKey : null %}',
        failures: [],
      },
      Next: 'Read',
    },
    Read: {
      ...readConnections(options, pageSize),
      Catch: [{ ErrorEquals: ['States.ALL'], Assign: { failures: `{% ${failure} %}` }, Next: 'SendToDeadLetterQueue' }],
      Next: 'More',
    },
    More: { Type: 'Choice', Choices: [{ Condition: '{% $startKey = null %}', Next: 'Send' }], Default: 'HandOver' },
    HandOver: {
      ...handOver(options, "{ 'message': $message, 'except': $except, 'startKey': $startKey }"),
      // Served by another execution: none of this one's failures.
      Assign: { startKey: null },
      Catch: [{ ErrorEquals: ['States.ALL'], Assign: { failures: `{% ${failure} %}` }, Next: 'Send' }],
      Next: 'Send',
    },
    Send: { ...eachConnection(options, '[$connectionIds[$ != $except]]', postToConnection(options, THIS_CONNECTION, '{% $message %}')), Next: 'AllSent' },
    AllSent: { Type: 'Choice', Choices: [{ Condition: '{% $count($failures) > 0 %}', Next: 'SendToDeadLetterQueue' }], Default: 'Sent' },
    Sent: { Type: 'Succeed', Output: {} },
    SendToDeadLetterQueue: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::sqs:sendMessage`,
      Arguments: {
        QueueUrl: deadLetterQueueUrl,
        MessageBody: "{% { 'message': $message, 'connectionIds': [$failures.connectionId], 'startKey': $startKey, 'except': $except } %}",
        MessageAttributes: {
          ERROR_CODE: { DataType: 'String', StringValue: '{% $failures[0].error %}' },
          ERROR_MESSAGE: { DataType: 'String', StringValue: '{% $substring($string($failures), 0, 10000) %}' },
        },
      },
      Retry: [RETRY_BUSY],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'BroadcastFailed' }],
      Next: 'BroadcastFailed',
    },
    BroadcastFailed: { Type: 'Fail', Error: 'BroadcastFailed', Cause: '{% $substring($string($failures), 0, 30000) %}' },
  };
  return { Comment: 'Sends a message to every WebSocket connection', QueryLanguage: 'JSONata', StartAt: 'Start', States: states };
}
