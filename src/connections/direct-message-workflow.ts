import { CONNECTED_AT, connectionKey, EXPIRES_AT, HANDSHAKE_MILLISECONDS } from './connection-row';
import { EventTemplates } from './event-templates';
import { forgetConnection, TableAddress } from './forget-connection';
import { ConnectionsAddress } from '../push/connections-address';
import { postToConnection } from '../push/invoke-connections';
import { ProtocolError, refusals } from '../workflows/answers';
import { RETRY_BUSY } from '../workflows/retry';

export interface DirectMessageWorkflowOptions extends TableAddress, ConnectionsAddress {
  readonly templates: EventTemplates;
}

/** An id has 16 characters; longer ones may come one day. */
const ID_CHARACTERS = 128;

/** How often a connection is tried whose handshake is not done yet, a second apart. */
const HANDSHAKE_ATTEMPTS = 5;

const ERRORS: readonly ProtocolError[] = [
  { code: 'RecipientInvalid', retryable: false, message: "'The recipient must be the id of a connection, a string.'" },
  // The same for an id that never was, one of another API, and one whose client has left: nobody learns which.
  { code: 'NotConnected', retryable: false, message: "'The recipient is not connected.'" },
  { code: 'MessageTooLong', retryable: false, message: "'The message is longer than the 128 KB that a connection takes.'" },
  { code: 'RecipientBusy', retryable: true, message: "'The recipient does not keep up with its messages. Try again later.'" },
];

/**
 * The Express workflow that sends a message to one connection, in the Amazon States Language.
 *
 * Its input is `{ "to", "message", "requestId"? }`, or an event with its template; its output is the frame for the sender. Only what is in the table is sent to:
 * what a client sends as an id goes nowhere else.
 */
export function directMessageWorkflow(options: DirectMessageWorkflowOptions): object {
  const { partition, tableName, templates } = options;
  return {
    Comment: 'Sends a message to one WebSocket connection',
    QueryLanguage: 'JSONata',
    StartAt: 'Start',
    States: {
      ...templates.states({ Type: 'Pass', Assign: { request: { requestId: '{% $event.id %}' }, attempts: 0 }, Next: 'CheckRecipient' }, 'Message'),
      Message: {
        Type: 'Pass',
        Assign: {
          to: '{% $exists($states.input.to) ? $states.input.to : null %}',
          message: '{% $states.input.message %}',
          request: { requestId: "{% $exists($states.input.requestId) ? $states.input.requestId : '' %}" },
          attempts: 0,
        },
        Next: 'CheckRecipient',
      },
      CheckRecipient: {
        Type: 'Choice',
        Choices: [{ Condition: `{% $type($to) = 'string' ? $length($to) > 0 and $length($to) <= ${ID_CHARACTERS} : false %}`, Next: 'FindRecipient' }],
        Default: 'RecipientInvalid',
      },
      ...refusals(ERRORS),
      FindRecipient: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::aws-sdk:dynamodb:getItem`,
        Arguments: { TableName: tableName, ConsistentRead: true, Key: connectionKey('$to') },
        Assign: {
          connectedAt: `{% ($item := $states.result.Item; $exists($item) ? ($number($item.${EXPIRES_AT}.N) * 1000 > $millis() ? $number($item.${CONNECTED_AT}.N) : null) : null) %}`,
        },
        Retry: [RETRY_BUSY],
        Next: 'IsConnected',
      },
      IsConnected: { Type: 'Choice', Choices: [{ Condition: '{% $connectedAt = null %}', Next: 'NotConnected' }], Default: 'Send' },
      Send: {
        ...postToConnection(options, '$to', '{% $message %}'),
        Output: { type: 'sent', to: '{% $to %}', requestId: '{% $request.requestId %}' },
        Catch: [
          { ErrorEquals: ['ApiGateway.410'], Next: 'Gone' },
          { ErrorEquals: ['ApiGateway.413'], Next: 'MessageTooLong' },
          { ErrorEquals: ['ApiGateway.429'], Next: 'RecipientBusy' },
        ],
        End: true,
      },
      Gone: {
        Type: 'Choice',
        Choices: [{ Condition: `{% $connectedAt > $millis() - ${HANDSHAKE_MILLISECONDS} and $attempts < ${HANDSHAKE_ATTEMPTS} %}`, Next: 'LetItConnect' }],
        Default: 'Forget',
      },
      LetItConnect: { Type: 'Wait', Seconds: 1, Assign: { attempts: '{% $attempts + 1 %}' }, Next: 'Send' },
      ...forgetConnection(options, '$to', 'NotConnected'),
    },
  };
}
