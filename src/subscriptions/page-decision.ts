import { expression } from './expression';
import { States, jsonata } from './jsonata-state';
import { RETRY_BUSY } from './retry';

/**
 * Decides which of `$rows` match, from the state `Decide` on: assigns their rows to `$matching` and adds to `$failures`, then goes on to `next`.
 *
 * EventBridge itself is asked, once for each distinct pattern.
 */
export function pageDecision(partition: string, next: string): States {
  return {
    Decide: jsonata({
      Type: 'Map',
      Items: '{% [$distinct($rows.pattern.S)] %}',
      ItemProcessor: {
        StartAt: 'TestPattern',
        States: {
          TestPattern: jsonata({
            Type: 'Task',
            Resource: `arn:${partition}:states:::aws-sdk:eventbridge:testEventPattern`,
            Arguments: { EventPattern: '{% $states.input %}', Event: '{% $eventText %}' },
            Output: "{% { 'matching': $states.result.Result ? $states.input : null } %}",
            Retry: [RETRY_BUSY],
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
        matching: expression`($patterns := $states.result.matching; [$rows[pattern.S in $patterns]])`,
        failures: "{% [$failures, $states.result[error].{ 'error': error, 'cause': cause }] %}",
      },
      Next: next,
    }),
  };
}
