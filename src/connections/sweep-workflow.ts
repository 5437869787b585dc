import { eachConnection, handOver, LATEST_CALL_SECOND, readConnections, THIS_CONNECTION } from './each-connection';
import { TableAddress } from './forget-connection';
import { ConnectionsAddress } from '../push/connections-address';
import { getConnection } from '../push/invoke-connections';
import { FAILURE, sendDeadLetter } from '../workflows/dead-letter';

export interface SweepWorkflowOptions extends TableAddress, ConnectionsAddress {
  readonly deadLetterQueueUrl: string;
}

/** Where the page begins. */
const START_KEY = '{% $exists($states.input.startKey) ? $states.input.startKey : null %}';

/** Connections that one execution looks at. */
const PAGE_SIZE = 400;

/**
 * The Express workflow that looks at every connection and deletes the rows of those that are gone, in the Amazon States Language.
 *
 * Its pages follow one another, since they share the account's rate of requests with all messages. A letter is an input, too: the page to go on from.
 */
export function sweepWorkflow(options: SweepWorkflowOptions): object {
  const { partition, deadLetterQueueUrl: queueUrl } = options;
  const failed = { ErrorEquals: ['States.ALL'], Assign: { failures: [FAILURE] }, Next: 'SendToDeadLetterQueue' };
  return {
    Comment: 'Deletes the rows of WebSocket connections that are gone',
    QueryLanguage: 'JSONata',
    StartAt: 'Start',
    States: {
      Start: { Type: 'Pass', Assign: { startKey: START_KEY, page: START_KEY, failures: [] }, Next: 'Read' },
      Read: { ...readConnections(options, PAGE_SIZE), Catch: [failed], Next: 'Look' },
      Look: { ...eachConnection(options, '$connectionIds', getConnection(options, THIS_CONNECTION, LATEST_CALL_SECOND)), Catch: [failed], Next: 'More' },
      More: { Type: 'Choice', Choices: [{ Condition: '{% $startKey = null %}', Next: 'AllLookedAt' }], Default: 'HandOver' },
      HandOver: { ...handOver(options, "{ 'startKey': $startKey }"), Catch: [failed], Next: 'AllLookedAt' },
      AllLookedAt: { Type: 'Choice', Choices: [{ Condition: '{% $count($failures) > 0 %}', Next: 'SendToDeadLetterQueue' }], Default: 'Swept' },
      SendToDeadLetterQueue: sendDeadLetter({
        partition, queueUrl, hop: 'connectionSweep', body: "{% { 'startKey': $page } %}", code: '$failures[0].error', reason: '$failures',
      }, 'SweepFailed'),
      Swept: { Type: 'Succeed', Output: {} },
      SweepFailed: { Type: 'Fail', Error: 'SweepFailed', Cause: '{% $substring($string($failures), 0, 30000) %}' },
    },
  };
}
