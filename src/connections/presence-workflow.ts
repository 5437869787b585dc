import { ATTRIBUTE_LENGTH, CONNECTED_AT, CONNECTION_ID, VANISHED } from './connection-row';
import { TableAddress } from './forget-connection';
import { FAILURE, OWN_INPUT, sendDeadLetter } from '../workflows/dead-letter';
import { expression } from '../workflows/expression';
import { PATIENTLY, RETRY_BUSY } from '../workflows/retry';

export interface PresenceWorkflowOptions extends Pick<TableAddress, 'partition'> {
  readonly eventBusArn: string;
  readonly source: string;
  readonly joined: string;
  readonly left: string;
  /** What is told of the attributes of connections. */
  readonly attributes: readonly string[];
  readonly deadLetterQueueUrl: string;
}

/** What deletes a row when its time is over. */
const EXPIRY = 'dynamodb.amazonaws.com';

/**
 * The Express workflow that makes events of the changes of a connection table, in the Amazon States Language. Its input is a batch of records of the table's stream,
 * ten at most, as many as an event bus takes at once. A batch that cannot be told of for some minutes goes to the dead-letter queue, and those behind it go on.
 */
export function presenceWorkflow({ partition, eventBusArn, source, joined, left, attributes, deadLetterQueueUrl: queueUrl }: PresenceWorkflowOptions): object {
  return {
    Comment: 'Tells an event bus which WebSocket clients have joined and left',
    QueryLanguage: 'JSONata',
    StartAt: 'PutEvents',
    States: {
      PutEvents: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::events:putEvents`,
        Arguments: {
          Entries: expression`(
            $plain := function($attribute) { ($kind := $keys($attribute)[0]; $value := $lookup($attribute, $kind);
              $kind = 'N' ? $number($value) :
              $kind = 'S' ? $substring($value, 0, ${ATTRIBUTE_LENGTH}) :
              $kind = 'NULL' ? null :
              $kind = 'L' ? [$map($value, function($element) { $plain($element) })] :
              $kind = 'M' ? $merge([$each($value, function($member, $name) { { $name: $plain($member) } })]) :
              $value) };
            [$states.input.(
              $isNew := eventName = 'INSERT';
              $row := $isNew ? dynamodb.NewImage : dynamodb.OldImage;
              $isExpired := $exists(userIdentity.principalId) ? userIdentity.principalId = '${EXPIRY}' : false;
              {
                'EventBusName': '${eventBusArn}',
                'Source': '${source}',
                'DetailType': $isNew ? '${joined}' : '${left}',
                'Detail': $merge([
                  {
                    'connectionId': $row.${CONNECTION_ID}.S,
                    'connectedAt': $number($row.${CONNECTED_AT}.N),
                    'attributes': $merge([{}, $each($row, function($attribute, $name) { $name in ${JSON.stringify(attributes)} ? { $name: $plain($attribute) } })])
                  },
                  $isNew ? {} : { 'reason': $isExpired ? 'expired' : $exists($row.${VANISHED}) ? 'vanished' : 'disconnected' }
                ])
              }
            )]
          )`,
        },
        Output: {},
        // Within the five minutes of an execution.
        ...PATIENTLY,
        Retry: [{ ...RETRY_BUSY, ErrorEquals: [...RETRY_BUSY.ErrorEquals, 'EventBridge.FailedEntry', 'EventBridge.AmazonEventBridgeException'], MaxAttempts: 8, MaxDelaySeconds: 60 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Assign: { failure: FAILURE }, Next: 'SendToDeadLetterQueue' }],
        Next: 'Told',
      },
      SendToDeadLetterQueue: sendDeadLetter({ partition, queueUrl, hop: 'presence', body: OWN_INPUT, code: '$failure.error', reason: '$failure' }, 'Told', 'NotTold'),
      Told: { Type: 'Succeed', Output: {} },
      // The pipe tries again.
      NotTold: { Type: 'Fail', Error: '{% $failure.error %}', Cause: '{% $failure.cause %}' },
    },
  };
}
