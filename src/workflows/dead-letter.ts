import { PATIENTLY } from './retry';

/** What a workflow puts into its dead-letter queue. */
export interface DeadLetter {
  readonly partition: string;
  readonly queueUrl: string;
  /** On which way it was lost: docs/dead-letters.md has all of them. */
  readonly hop: string;
  /** The input with which the workflow is started again, as an argument of a state. */
  readonly body: unknown;
  /** JSONata: the error's name, a text that is not empty. */
  readonly code: string;
  /** JSONata: what went wrong, in JSON. */
  readonly reason: string;
}

/** JSONata: what the execution began with, to begin with it again. */
export const OWN_INPUT = '{% $states.context.Execution.Input %}';

/** What is caught where a failure is told of by a state further on, as `$failure`. */
export const FAILURE = { error: '{% $states.errorOutput.Error %}', cause: '{% $states.errorOutput.Cause %}' };

/** How much of a reason fits beside the letter. */
const REASON_CHARACTERS = 10_000;

/** A Task that puts a letter into the queue; `otherwise` is next when it could not, which is in the execution's log alone. */
export function sendDeadLetter({ partition, queueUrl, hop, body, code, reason }: DeadLetter, next: string, otherwise: string = next): object {
  const text = (value: string) => ({ DataType: 'String', StringValue: value });
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::sqs:sendMessage`,
    Arguments: {
      QueueUrl: queueUrl,
      MessageBody: body,
      // ERROR_CODE, ERROR_MESSAGE and TARGET_ARN are EventBridge's own names.
      MessageAttributes: {
        HOP: text(hop),
        TARGET_ARN: text('{% $states.context.StateMachine.Id %}'),
        EXECUTION_ARN: text('{% $states.context.Execution.Id %}'),
        ERROR_CODE: text(`{% ${code} %}`),
        ERROR_MESSAGE: text(`{% $substring($string(${reason}), 0, ${REASON_CHARACTERS}) %}`),
      },
    },
    ...PATIENTLY,
    Catch: [{ ErrorEquals: ['States.ALL'], Next: otherwise }],
    Next: next,
  };
}
