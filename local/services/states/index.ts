import { LANGUAGE_ASSUMPTIONS } from './assumptions';
import { describeOperations } from './describe';
import { Executions, OUTPUT_ASSUMPTION } from './executions';
import { TASK_ASSUMPTIONS, TASK_RESOURCES } from './integrations';
import { invokeHttpEndpoint } from './invoke-http-endpoint';
import { LOGGING_ASSUMPTIONS } from './logging/assumptions';
import { managingOperations } from './manage-state-machines';
import { statesProtocol } from './protocol';
import { rehearsals } from './rehearsals';
import { resourceTypes } from './resources';
import { sendTaskOperations } from './send-task';
import { startExecution, startSyncExecution } from './start-execution';
import { StateMachines } from './state-machines';
import { stopExecution } from './stop-execution';
import { testStateOperation } from './test-state';
import { validateDefinition } from './validate-definition';
import { ALIAS_ASSUMPTION } from './version-resources';
import { Operation, Service, ServiceContext } from '../../kernel/contracts';
import { MEMBER_TYPES } from '../../wire/member-types';

/** AWS Step Functions: state machines and their executions. */
export function states(context: ServiceContext): Service {
  const stateMachines = new StateMachines(() => context.randomness.number());
  const executions = new Executions(context);
  const operations: Record<string, Operation> = {
    StartExecution: startExecution(stateMachines, executions),
    StartSyncExecution: startSyncExecution(context, stateMachines, executions),
    StopExecution: stopExecution(context, executions),
    InvokeHTTPEndpoint: invokeHttpEndpoint(),
    ...sendTaskOperations(executions.tokens),
    TestState: testStateOperation(context),
    ValidateStateMachineDefinition: validateDefinition(),
    ...managingOperations(context, stateMachines),
    ...describeOperations(stateMachines, executions),
  };
  return {
    name: 'states',
    protocols: [statesProtocol()],
    operations,
    resourceTypes: resourceTypes(context, stateMachines),
    supports: { 'Task resources': TASK_RESOURCES },
    rehearsals: () => rehearsals(context, stateMachines),
    assumptions: [...LANGUAGE_ASSUMPTIONS, ...LOGGING_ASSUMPTIONS, OUTPUT_ASSUMPTION, ...TASK_ASSUMPTIONS, ALIAS_ASSUMPTION, MEMBER_TYPES],
    stop: () => executions.stop(),
  };
}
