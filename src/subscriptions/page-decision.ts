import { withMatcher } from './matcher';
import { expression } from '../workflows/expression';
import { States, jsonata } from '../workflows/jsonata-state';
import { PATIENTLY } from '../workflows/retry';

/**
 * Decides which of `$read.rows` match, from the state `Decide` on: assigns their rows to `$matching` and adds to `$failures`, then goes on to `next`.
 *
 * One state decides about all rows with what their patterns were compiled to. What it cannot tell is asked of EventBridge, once for each distinct pattern; so is
 * everything, should the state fail.
 */
export function pageDecision(partition: string, next: string): States {
  return {
    Decide: jsonata({
      // Of an evaluation's errors only those inside a Map can be caught.
      Type: 'Map',
      Items: [1],
      ItemProcessor: {
        StartAt: 'Match',
        States: {
          Match: jsonata({
            Type: 'Pass',
            Output: withMatcher(['address-digits', 'event-oddity', 'match-page'], '$matchPage($event, $eventOddity($eventText), [$distinct($read.rows.matcher.S)])'),
            End: true,
          }),
        },
      },
      Assign: {
        decided: '{% [$read.rows[matcher.S in $states.result.yes]] %}',
        asked: '{% [$distinct($read.rows[$not($exists(matcher)) or matcher.S in $states.result.ask].pattern.S)] %}',
      },
      Catch: [{ ErrorEquals: ['States.ALL'], Assign: { decided: [], asked: '{% [$distinct($read.rows.pattern.S)] %}' }, Next: 'Ask' }],
      Next: 'Ask',
    }),
    Ask: jsonata({
      Type: 'Map',
      Items: '{% $asked %}',
      ItemProcessor: {
        StartAt: 'TestPattern',
        States: {
          TestPattern: jsonata({
            Type: 'Task',
            Resource: `arn:${partition}:states:::aws-sdk:eventbridge:testEventPattern`,
            Arguments: { EventPattern: '{% $states.input %}', Event: '{% $eventText %}' },
            Output: "{% { 'matching': $states.result.Result ? $states.input : null } %}",
            ...PATIENTLY,
            Catch: [{
              ErrorEquals: ['States.ALL'],
              Output: "{% { 'matching': null, 'error': $states.errorOutput.Error, 'cause': $states.errorOutput.Cause } %}",
              Next: 'PatternNotTested',
            }],
            End: true,
          }),
          PatternNotTested: jsonata({ Type: 'Pass', End: true }),
        },
      },
      Assign: {
        matching: expression`($patterns := $states.result.matching; [$append($decided, $read.rows[pattern.S in $patterns])])`,
        failures: "{% [$failures, $states.result[error].{ 'error': error, 'cause': cause }] %}",
      },
      Next: next,
    }),
  };
}
