import { eachConnection, handOver, readConnections, THIS_CONNECTION } from './each-connection';
import { TableAddress } from './forget-connection';
import { ConnectionsAddress } from '../push/connections-address';
import { getConnection } from '../push/invoke-connections';

export interface SweepWorkflowOptions extends TableAddress, ConnectionsAddress {}

/** Connections that one execution looks at. */
const PAGE_SIZE = 400;

/**
 * The Express workflow that looks at every connection and deletes the rows of those that are gone, in the Amazon States Language.
 *
 * Its pages follow one another, since they share the account's rate of requests with all messages.
 */
export function sweepWorkflow(options: SweepWorkflowOptions): object {
  return {
    Comment: 'Deletes the rows of WebSocket connections that are gone',
    QueryLanguage: 'JSONata',
    StartAt: 'Start',
    States: {
      Start: { Type: 'Pass', Assign: { startKey: '{% $exists($states.input.startKey) ? $states.input.startKey : null %}', failures: [] }, Next: 'Read' },
      Read: { ...readConnections(options, PAGE_SIZE), Next: 'Look' },
      Look: { ...eachConnection(options, '$connectionIds', getConnection(options, THIS_CONNECTION)), Next: 'More' },
      More: { Type: 'Choice', Choices: [{ Condition: '{% $startKey = null %}', Next: 'AllLookedAt' }], Default: 'HandOver' },
      HandOver: { ...handOver(options, "{ 'startKey': $startKey }"), Next: 'AllLookedAt' },
      AllLookedAt: { Type: 'Choice', Choices: [{ Condition: '{% $count($failures) > 0 %}', Next: 'SweepFailed' }], Default: 'Swept' },
      Swept: { Type: 'Succeed', Output: {} },
      SweepFailed: { Type: 'Fail', Error: 'SweepFailed', Cause: '{% $substring($string($failures), 0, 30000) %}' },
    },
  };
}
