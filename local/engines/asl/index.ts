/** The Amazon States Language: compiles definitions of Step Functions state machines and executes them. */
export { InvalidDefinitionError, StatesError, UnsupportedDefinitionError } from './errors';
export { HistoryEvent, detailsMember } from './history';
export type { EventDetails } from './history';
export type { Evaluation, ExecutionContext, ExecutionHost, ExecutionRequest, ExecutionResult, TaskRequest } from './host';
export { sampleTasks } from './sample-tasks';
export type { SampleTask } from './sample-tasks';
export { compileStateMachine } from './state-machine';
export type { StateMachine } from './state-machine';
export { testState } from './test-state/test-state';
export type { TestStateEnvironment } from './test-state/test-state';
export { TestStateError } from './test-state/test-state-request';
export type { TestStateRequest, TestStateResponse } from './test-state/test-state-request';
