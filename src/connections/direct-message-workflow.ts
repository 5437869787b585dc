import { CONNECTED_AT, connectionKey, EXPIRES_AT, HANDSHAKE_MILLISECONDS } from './connection-row';
import { EventTemplates } from './event-templates';
import { forgetConnection, TableAddress } from './forget-connection';
import { ConnectionsAddress } from '../push/connections-address';
import { postToConnection } from '../push/invoke-connections';
import { ProtocolError, refusals } from '../workflows/answers';
import { FAILURE, OWN_INPUT, sendDeadLetter } from '../workflows/dead-letter';
import { PATIENTLY } from '../workflows/retry';

export interface DirectMessageWorkflowOptions extends TableAddress, ConnectionsAddress {
  readonly deadLetterQueueUrl: string;
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
 *
 * Whoever sends a message is told what came of it. Nobody waits for what an event starts: what fails then goes to the dead-letter queue, as the input that it was.
 */
export function directMessageWorkflow(options: DirectMessageWorkflowOptions): object {
  const { partition, tableName, deadLetterQueueUrl: queueUrl, templates } = options;
  const letter = { partition, queueUrl, hop: 'directMessage' };
  const failed = { ErrorEquals: ['States.ALL'], Assign: { failure: FAILURE }, Next: 'Failed' };
  const whenFailed = (error: string, next: string) => ({ Condition: `{% $failure.error = '${error}' %}`, Next: next });
  return {
    Comment: 'Sends a message to one WebSocket connection',
    QueryLanguage: 'JSONata',
    StartAt: 'Start',
    States: {
      ...templates.states({ request: { requestId: '{% $states.input.event.id %}' }, fromEvent: true, attempts: 0 }, 'CheckRecipient', 'Message', letter),
      Message: {
        Type: 'Pass',
        Assign: {
          to: '{% $exists($states.input.to) ? $states.input.to : null %}',
          message: '{% $states.input.message %}',
          request: { requestId: "{% $exists($states.input.requestId) ? $states.input.requestId : '' %}" },
          fromEvent: false,
          attempts: 0,
        },
        Next: 'CheckRecipient',
      },
      CheckRecipient: {
        Type: 'Choice',
        Choices: [{ Condition: `{% $type($to) = 'string' ? $length($to) > 0 and $length($to) <= ${ID_CHARACTERS} : false %}`, Next: 'FindRecipient' }],
        Default: 'NoRecipient',
      },
      NoRecipient: { Type: 'Pass', Assign: { failure: { error: 'RecipientInvalid', cause: '{% $string($to) %}' } }, Next: 'Failed' },
      Failed: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $fromEvent %}', Next: 'SendToDeadLetterQueue' },
          whenFailed('RecipientInvalid', 'RecipientInvalid'),
          whenFailed('ApiGateway.413', 'MessageTooLong'),
          whenFailed('ApiGateway.429', 'RecipientBusy'),
        ],
        Default: 'MessageFailed',
      },
      ...refusals(ERRORS),
      SendToDeadLetterQueue: sendDeadLetter({ ...letter, body: OWN_INPUT, code: '$failure.error', reason: '$failure' }, 'MessageFailed'),
      MessageFailed: { Type: 'Fail', Error: '{% $failure.error %}', Cause: '{% $failure.cause %}' },
      FindRecipient: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::aws-sdk:dynamodb:getItem`,
        Arguments: { TableName: tableName, ConsistentRead: true, Key: connectionKey('$to') },
        Assign: {
          connectedAt: `{% ($item := $states.result.Item; $exists($item) ? ($number($item.${EXPIRES_AT}.N) * 1000 > $millis() ? $number($item.${CONNECTED_AT}.N) : null) : null) %}`,
        },
        ...PATIENTLY,
        Catch: [failed],
        Next: 'IsConnected',
      },
      IsConnected: { Type: 'Choice', Choices: [{ Condition: '{% $connectedAt = null %}', Next: 'NotConnected' }], Default: 'Send' },
      Send: {
        ...postToConnection(options, '$to', '{% $message %}'),
        Output: { type: 'sent', to: '{% $to %}', requestId: '{% $request.requestId %}' },
        Catch: [{ ErrorEquals: ['ApiGateway.410'], Next: 'Gone' }, failed],
        End: true,
      },
      Gone: {
        Type: 'Choice',
        Choices: [{ Condition: `{% $connectedAt > $millis() - ${HANDSHAKE_MILLISECONDS} and $attempts < ${HANDSHAKE_ATTEMPTS} %}`, Next: 'LetItConnect' }],
        Default: 'Forget',
      },
      LetItConnect: { Type: 'Wait', Seconds: 1, Assign: { attempts: '{% $attempts + 1 %}' }, Next: 'Send' },
      ...forgetConnection(options, '$to', 'NotConnected', failed),
    },
  };
}
