import { DeliveryPageOptions, deliveryPage } from './delivery-page';
import { MatchKeys } from './match-keys';
import { FieldPath, literal } from '../push/field-path';
import { expression } from '../workflows/expression';
import { jsonata } from '../workflows/jsonata-state';
import { RETRY_BUSY } from '../workflows/retry';

export interface DeliveryWorkflowOptions extends DeliveryPageOptions {
  readonly keys: MatchKeys;
  /** What an event must have to reach anybody. */
  readonly required: readonly { readonly path: FieldPath; readonly values: readonly string[] }[];
  readonly deadLetterQueueUrl: string;
}

/** Longest message that API Gateway sends to a client. */
const MESSAGE_BYTES = 128 * 1024;

/** A few failures are enough to explain the rest. */
const REPORTED_FAILURES = 10;

/** JSONata: where the rows of each key begin and end. An exclamation mark comes before, a tilde after all buckets. */
const FIRST_PAGES = expression`[$states.input.pages.(
  $prefix := $exists(prefix) ? prefix : '';
  { 'key': key, 'prefix': $prefix, 'number': 1, 'after': $prefix & '!', 'to': $prefix & '~' }
)]`;

const TOO_LONG = jsonata({
  Type: 'Pass',
  Assign: {
    reported: [{ error: 'MessageTooLong', cause: `{% 'A WebSocket message holds ${MESSAGE_BYTES} bytes, and the event has ' & $length($eventText) & ' characters.' %}` }],
  },
  Next: 'SendToDeadLetterQueue',
});

/**
 * The Express workflow that hands one event to every subscriber whose pattern matches it, in the Amazon States Language.
 *
 * It reads the match rows under the keys that the event carries, decides which of them match, and posts the event to `@connections`. One client's failure never
 * keeps another from its event: failures are collected; at the end the event goes to the dead-letter queue, and the execution fails. Pages beyond the first of a
 * key are handed to further executions of the same workflow.
 */
export function deliveryWorkflow(options: DeliveryWorkflowOptions): object {
  const { keys, required, decided, message, deadLetterQueueUrl, partition } = options;
  const checks = [
    ...required.map(({ path, values }) => ({ Condition: `{% $count(${path.valuesOfEvent}[$ in [${values.map(literal).join(', ')}]]) = 0 %}`, Next: 'Delivered' })),
    ...message._wholeEvent ? [{ Condition: `{% $length($eventText) > ${MESSAGE_BYTES} %}`, Next: 'TooLong' }] : [],
  ];

  return {
    Comment: 'Hands one event to every subscriber whose pattern matches it',
    StartAt: 'Start',
    States: {
      // EventBridge's events have no such field.
      Start: { Type: 'Choice', Choices: [{ Variable: '$.page', IsPresent: true, Next: 'FurtherPage' }], Default: 'Event' },
      // JSONPath, for States.JsonToString: JSONata's $string rounds numbers to 15 digits, and a rounded number matches another pattern.
      FurtherPage: { Type: 'Pass', Assign: { 'event.$': '$.event', 'digests.$': '$.digests', 'pages.$': 'States.Array($.page)' }, Next: 'FurtherText' },
      FurtherText: { Type: 'Pass', Assign: { 'eventText.$': 'States.JsonToString($.event)' }, Next: 'Pages' },
      // A rule of EventBridge tells the pattern that it is for, beside the event.
      Event: { Type: 'Pass', Assign: decided ? { 'event.$': '$.event', 'rule.$': '$.rule' } : { 'event.$': '$' }, Next: 'EventText' },
      // A state assigns at most 256 KB, and the event is assigned already.
      EventText: { Type: 'Pass', Assign: { 'eventText.$': decided ? 'States.JsonToString($.event)' : 'States.JsonToString($)' }, Next: checks.length > 0 ? 'Check' : 'Keys' },
      ...checks.length > 0 ? { Check: jsonata({ Type: 'Choice', Choices: checks, Default: 'Keys' }) } : {},
      ...message._wholeEvent ? { TooLong: TOO_LONG } : {},
      Keys: jsonata({
        Type: 'Pass',
        Output: expression`${keys.keysOfEvent}`,
        Next: 'KeyPages',
      }),
      KeyPages: jsonata({
        Type: 'Pass',
        Assign: { digests: '{% $states.input.digests %}', pages: FIRST_PAGES },
        Next: 'Pages',
      }),
      Pages: jsonata({
        Type: 'Map',
        Items: '{% $pages %}',
        ItemProcessor: deliveryPage(options),
        Assign: { reported: `{% [$filter($reduce($states.result, $append, []), function($failure, $index) { $index < ${REPORTED_FAILURES} })] %}` },
        Next: 'AllDelivered',
      }),
      AllDelivered: jsonata({
        Type: 'Choice',
        Choices: [{ Condition: '{% $count($reported) > 0 %}', Next: 'SendToDeadLetterQueue' }],
        Default: 'Delivered',
      }),
      Delivered: jsonata({ Type: 'Succeed', Output: {} }),
      // The message has the form of those that EventBridge puts into such a queue.
      SendToDeadLetterQueue: jsonata({
        Type: 'Task',
        Resource: `arn:${partition}:states:::sqs:sendMessage`,
        Arguments: {
          QueueUrl: deadLetterQueueUrl,
          MessageBody: '{% $eventText %}',
          MessageAttributes: {
            ERROR_CODE: { DataType: 'String', StringValue: '{% $reported[0].error %}' },
            ERROR_MESSAGE: { DataType: 'String', StringValue: '{% $substring($string($reported), 0, 10000) %}' },
          },
        },
        Retry: [RETRY_BUSY],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'DeliveryFailed' }],
        Next: 'DeliveryFailed',
      }),
      DeliveryFailed: jsonata({
        Type: 'Fail',
        Error: 'DeliveryFailed',
        Cause: '{% $substring($string($reported), 0, 30000) %}',
      }),
    },
  };
}
