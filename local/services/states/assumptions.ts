import { Assumption } from '../../kernel/contracts';

/** What of the states language could not be confirmed, and where it is known to answer otherwise than a recording of AWS. */
export const LANGUAGE_ASSUMPTIONS: readonly Assumption[] = [
  { about: 'A Wait until a time more than 2^31 seconds away', assumed: 'It is refused. One recorded execution cannot be repeated for it: its time was too far away then, and is not any more.' },
  { about: 'TestState with a mock of lambda:getFunction', assumed: 'The shape of the answer is not checked: two recorded calls are refused by AWS and accepted here.' },
  { about: 'Regular expressions of JSONata', assumed: 'Those that might not end run on the engine for Java\'s expressions; one that only JavaScript knows is then an evaluation error.' },
  { about: 'Where `$uuid()` and `States.UUID` take their bits from', assumed: 'A source that cannot be foreseen.' },
  { about: '`$states.errorOutput.Cause` of TransactionCanceledException', assumed: 'It lists the reasons in the order of the items, in brackets, as the message of the SDK does.' },
  { about: 'The error of a call that Step Functions itself throttles', assumed: 'Its name is `StepFunctions.AWSStepFunctionsException`.' },
  { about: 'Numbers of more digits than a double has, in States.JsonToString', assumed: 'They keep all of them.' },
  { about: 'An expression that fails inside of a Map', assumed: 'The Map\'s Catch takes it as any other error of its iterations.' },
  { about: 'An expression that fails in a Task\'s or a Map\'s own fields', assumed: 'Its Catch takes that as `States.QueryEvaluationError`. Another attempt evaluates its Arguments anew.' },
  { about: 'An Express workflow whose own definition starts it', assumed: 'It may, as others may start it.' },
  { about: 'GET on `@connections` through `apigateway:invoke`', assumed: 'It answers the connection\'s state as the API itself does.' },
  { about: 'An expression that takes more than a million steps, or five seconds and then the processor for five more', assumed: 'It is ended as one without end.' },
];
