import { DeliveryPageOptions, deliveryPage } from './delivery-page';
import { MatchKeys } from './match-keys';
import { FieldPath, literal } from '../push/field-path';
import { sendDeadLetter } from '../workflows/dead-letter';
import { expression } from '../workflows/expression';
import { jsonata } from '../workflows/jsonata-state';

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
const FIRST_PAGES = expression`[$states.result.pages.(
  $prefix := $exists(prefix) ? prefix : '';
  { 'key': key, 'prefix': $prefix, 'number': 1, 'after': $prefix & '!', 'to': $prefix & '~' }
)]`;

/** What ends the event for all: the letter is for everybody, or for those of the letter before. */
const FAILED = [{
  ErrorEquals: ['States.ALL'],
  Assign: { failed: { missed: '{% $only %}', reported: [{ error: '{% $states.errorOutput.Error %}', cause: '{% $states.errorOutput.Cause %}' }] } },
  Next: 'SendToDeadLetterQueue',
}];

const TOO_LONG = jsonata({
  Type: 'Fail',
  Error: 'MessageTooLong',
  Cause: `{% 'A WebSocket message holds ${MESSAGE_BYTES} bytes, and the event has ' & $length($eventText) & ' characters.' %}`,
});

/**
 * JSONata: the input with which the same execution is run again, for those whom it missed. A text, put together from texts: numbers keep all their digits.
 */
const letter = (decided: boolean) => expression`'{"event":' & $eventText
  ${decided ? "& ',\"rule\":\"' & $rule & '\"'" : ''}
  & ($further ? ',"digests":' & $string($digests) & ',"page":' & $string($pages[0]) : '')
  & ',"connectionIds":' & $string($failed.missed) & '}'`;

/**
 * The Express workflow that hands one event to every subscriber whose pattern matches it, in the Amazon States Language.
 *
 * It reads the match rows under the keys that the event carries, decides which of them match, and posts the event to `@connections`. One client's failure never
 * keeps another from its event: failures are collected; at the end the event goes to the dead-letter queue, and the execution fails. Pages beyond the first of a
 * key are handed to further executions of the same workflow.
 *
 * A letter is an input, too: it has `connectionIds` beside what the execution began with, and goes to no others, unless that is null.
 */
export function deliveryWorkflow(options: DeliveryWorkflowOptions): object {
  const { keys, required, decided, message, deadLetterQueueUrl, partition } = options;
  const checks = [
    ...required.map(({ path, values }) => ({ Condition: `{% $count(${path.valuesOfEvent}[$ in [${values.map(literal).join(', ')}]]) = 0 %}`, Next: 'Unwanted' })),
    ...message._wholeEvent ? [{ Condition: `{% $length($eventText) > ${MESSAGE_BYTES} %}`, Next: 'TooLong' }] : [],
  ];
  const rule = decided ? { 'rule.$': '$.rule' } : {};
  const further = { 'event.$': '$.event', ...rule, 'digests.$': '$.digests', 'pages.$': 'States.Array($.page)', 'further': true };
  const present = (field: string) => ({ Variable: `$.${field}`, IsPresent: true });

  return {
    Comment: 'Hands one event to every subscriber whose pattern matches it',
    StartAt: 'Start',
    States: {
      // EventBridge's events have no such fields.
      Start: {
        Type: 'Choice',
        Choices: [
          { And: [present('page'), present('connectionIds')], Next: 'MissedPage' },
          { ...present('connectionIds'), Next: 'Missed' },
          { ...present('page'), Next: 'FurtherPage' },
        ],
        Default: 'Event',
      },
      // JSONPath, for States.JsonToString: JSONata's $string rounds numbers to 15 digits, and a rounded number matches another pattern.
      FurtherPage: { Type: 'Pass', Assign: { ...further, only: null }, Next: 'FurtherText' },
      MissedPage: { Type: 'Pass', Assign: { ...further, 'only.$': '$.connectionIds' }, Next: 'FurtherText' },
      FurtherText: { Type: 'Pass', Assign: { 'eventText.$': 'States.JsonToString($.event)' }, Next: 'Pages' },
      // A rule of EventBridge tells the pattern that it is for, beside the event.
      Event: { Type: 'Pass', Assign: { ...decided ? { 'event.$': '$.event', ...rule } : { 'event.$': '$' }, only: null, further: false }, Next: 'EventText' },
      // A state assigns at most 256 KB, and the event is assigned already.
      EventText: { Type: 'Pass', Assign: { 'eventText.$': decided ? 'States.JsonToString($.event)' : 'States.JsonToString($)' }, Next: 'Keys' },
      Missed: { Type: 'Pass', Assign: { 'event.$': '$.event', ...rule, 'only.$': '$.connectionIds', 'further': false }, Next: 'MissedText' },
      MissedText: { Type: 'Pass', Assign: { 'eventText.$': 'States.JsonToString($.event)' }, Next: 'Keys' },
      // A Map, since of all states that evaluate no more than an expression only those inside one can be caught: Step Functions ends what takes too long.
      Keys: jsonata({
        Type: 'Map',
        Items: [1],
        ItemProcessor: {
          StartAt: checks.length > 0 ? 'Check' : 'KeysOfEvent',
          States: {
            ...checks.length > 0 ? { Check: jsonata({ Type: 'Choice', Choices: checks, Default: 'KeysOfEvent' }) } : {},
            ...message._wholeEvent ? { TooLong: TOO_LONG } : {},
            ...required.length > 0 ? { Unwanted: jsonata({ Type: 'Pass', Output: { pages: [], digests: [] }, End: true }) } : {},
            KeysOfEvent: jsonata({ Type: 'Pass', Output: expression`${keys.keysOfEvent}`, End: true }),
          },
        },
        Assign: { digests: '{% [$states.result.digests] %}', pages: FIRST_PAGES },
        Catch: FAILED,
        Next: 'Pages',
      }),
      Pages: jsonata({
        Type: 'Map',
        Items: '{% $pages %}',
        ItemProcessor: deliveryPage(options),
        Assign: {
          failed: expression`(
            $failures := $reduce($states.result, $append, []);
            $count($failures) = 0 ? null : {
              'reported': [$filter($failures, function($failure, $index) { $index < ${REPORTED_FAILURES} })],
              'missed': $count($failures[$not($exists(connectionId))]) > 0 ? $only : [$distinct($failures.connectionId)]
            }
          )`,
        },
        // Such as rows that are longer than a state may be.
        Catch: FAILED,
        Next: 'AllDelivered',
      }),
      AllDelivered: jsonata({
        Type: 'Choice',
        Choices: [{ Condition: '{% $failed = null %}', Next: 'Delivered' }],
        Default: 'SendToDeadLetterQueue',
      }),
      Delivered: jsonata({ Type: 'Succeed', Output: {} }),
      SendToDeadLetterQueue: jsonata(sendDeadLetter({
        partition, queueUrl: deadLetterQueueUrl, hop: 'delivery', body: letter(decided), code: '$failed.reported[0].error', reason: '$failed.reported',
      }, 'DeliveryFailed')),
      DeliveryFailed: jsonata({
        Type: 'Fail',
        Error: 'DeliveryFailed',
        Cause: '{% $substring($string($failed.reported), 0, 30000) %}',
      }),
    },
  };
}
