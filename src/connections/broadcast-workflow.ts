import { eachConnection, handOver, LATEST_CALL_SECOND, readConnections, THIS_CONNECTION } from './each-connection';
import { EventTemplates } from './event-templates';
import { TableAddress } from './forget-connection';
import { ConnectionsAddress } from '../push/connections-address';
import { postToConnection } from '../push/invoke-connections';
import { sendDeadLetter } from '../workflows/dead-letter';
import { States } from '../workflows/jsonata-state';

export interface BroadcastWorkflowOptions extends TableAddress, ConnectionsAddress {
  readonly pageSize: number;
  readonly deadLetterQueueUrl: string;
  readonly templates: EventTemplates;
}

/** JSONata: what is caught. */
const ERROR = "'error': $states.errorOutput.Error, 'cause': $states.errorOutput.Cause";

/**
 * The Express workflow that sends a message to every connection, in the Amazon States Language.
 *
 * Its input is `{ "message", "except"? }`, or an event with its template. What lies beyond the first page is handed to another execution before anybody is
 * served, so that all pages are served at the same time. Failures are collected, and end in the dead-letter queue.
 *
 * A letter is an input, too: with `connectionIds` it goes to these and to what lies beyond `startKey`, and without any to what begins there.
 */
export function broadcastWorkflow(options: BroadcastWorkflowOptions): object {
  const { partition, pageSize, deadLetterQueueUrl: queueUrl, templates } = options;
  const letter = { partition, queueUrl, hop: 'broadcast' };
  const failure = `[{ ${ERROR} }]`;
  const states: States = {
    ...templates.states({ startKey: null, failures: [] }, 'Read', 'Message', letter),
    Message: {
      Type: 'Pass',
      Assign: {
        message: '{% $states.input.message %}',
        except: '{% $exists($states.input.except) ? $states.input.except : null %}',
        startKey: '{% $exists($states.input.startKey) ? $states.input.startKey : null %}',
        connectionIds: '{% $exists($states.input.connectionIds) ? $states.input.connectionIds : [] %}',
        failures: [],
      },
      Next: 'Missed',
    },
    Missed: { Type: 'Choice', Choices: [{ Condition: '{% $count($connectionIds) > 0 %}', Next: 'More' }], Default: 'Read' },
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
    Send: {
      ...eachConnection(options, '[$connectionIds[$ != $except]]', postToConnection(options, THIS_CONNECTION, '{% $message %}', LATEST_CALL_SECOND)),
      Catch: [{ ErrorEquals: ['States.ALL'], Assign: { failures: "{% [$connectionIds.{ 'connectionId': $, 'error': $states.errorOutput.Error }] %}" }, Next: 'SendToDeadLetterQueue' }],
      Next: 'AllSent',
    },
    AllSent: { Type: 'Choice', Choices: [{ Condition: '{% $count($failures) > 0 %}', Next: 'SendToDeadLetterQueue' }], Default: 'Sent' },
    Sent: { Type: 'Succeed', Output: {} },
    SendToDeadLetterQueue: sendDeadLetter({
      ...letter,
      body: "{% { 'message': $message, 'connectionIds': [$failures.connectionId], 'startKey': $startKey, 'except': $except } %}",
      code: '$failures[0].error',
      reason: '$failures',
    }, 'BroadcastFailed'),
    BroadcastFailed: { Type: 'Fail', Error: 'BroadcastFailed', Cause: '{% $substring($string($failures), 0, 30000) %}' },
  };
  return { Comment: 'Sends a message to every WebSocket connection', QueryLanguage: 'JSONata', StartAt: 'Start', States: states };
}
