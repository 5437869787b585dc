/** Which events of an execution are logged. */
export type LogLevel = 'ALL' | 'ERROR' | 'FATAL' | 'OFF';

export const LOG_LEVELS: readonly string[] = ['ALL', 'ERROR', 'FATAL', 'OFF'];

const FATAL = ['ExecutionAborted', 'ExecutionFailed', 'ExecutionTimedOut'];

/** As the table of AWS's log levels has it. */
const ERROR = [
  ...FATAL,
  'ActivityFailed', 'ActivityScheduleFailed', 'ActivityTimedOut', 'EvaluationFailed', 'FailStateEntered', 'LambdaFunctionFailed', 'LambdaFunctionScheduleFailed',
  'LambdaFunctionStartFailed', 'LambdaFunctionTimedOut', 'MapIterationAborted', 'MapIterationFailed', 'MapRunAborted', 'MapRunFailed', 'MapStateAborted', 'MapStateFailed',
  'ParallelStateAborted', 'ParallelStateFailed', 'TaskFailed', 'TaskStartFailed', 'TaskStateAborted', 'TaskSubmitFailed', 'TaskTimedOut', 'WaitStateAborted',
];

const LOGGED: Readonly<Record<LogLevel, ReadonlySet<string> | undefined>> = { ALL: undefined, ERROR: new Set(ERROR), FATAL: new Set(FATAL), OFF: new Set() };

/** Whether events of a type are logged at a level. */
export function isLogged(type: string, level: LogLevel): boolean {
  return LOGGED[level]?.has(type) ?? true;
}
