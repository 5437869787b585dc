import { Assumption } from '../../../kernel/contracts';

/** What of the logs AWS does not tell. */
export const LOGGING_ASSUMPTIONS: readonly Assumption[] = [
  { about: 'EvaluationFailed in the log levels of a state machine', assumed: 'It is logged at ERROR.' },
  { about: 'Which permissions for log delivery a state machine\'s role is checked for', assumed: 'All eight that the CDK grants, on `*`.' },
  { about: 'How long a state machine\'s log stream is', assumed: 'It goes on until the state machine is changed.' },
];
