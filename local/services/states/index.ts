import { describeOperations } from './describe';
import { Executions, OUTPUT_ASSUMPTION } from './executions';
import { TASK_ASSUMPTIONS, TASK_RESOURCES } from './integrations';
import { LOGGING_ASSUMPTIONS } from './logging/assumptions';
import { invokeHttpEndpoint } from './invoke-http-endpoint';
import { statesProtocol } from './protocol';
import { rehearsals } from './rehearsals';
import { resourceTypes } from './resources';
import { sendTaskOperations } from './send-task';
import { startExecution, startSyncExecution } from './start-execution';
import { StateMachines } from './state-machines';
import { stopExecution } from './stop-execution';
import { Operation, Service, ServiceContext } from '../../kernel/contracts';

/** AWS Step Functions: state machines and their executions. */
export function states(context: ServiceContext): Service {
  const stateMachines = new StateMachines();
  const executions = new Executions(context);
  const operations: Record<string, Operation> = {
    StartExecution: startExecution(stateMachines, executions),
    StartSyncExecution: startSyncExecution(context, stateMachines, executions),
    StopExecution: stopExecution(context, executions),
    InvokeHTTPEndpoint: invokeHttpEndpoint(),
    ...sendTaskOperations(executions.tokens),
    ...describeOperations(stateMachines, executions),
  };
  return {
    name: 'states',
    protocols: [statesProtocol()],
    operations,
    resourceTypes: resourceTypes(context, stateMachines),
    supports: { 'Task resources': TASK_RESOURCES },
    rehearsals: () => rehearsals(context, stateMachines),
    assumptions: [...LOGGING_ASSUMPTIONS, OUTPUT_ASSUMPTION, ...TASK_ASSUMPTIONS],
    stop: () => executions.stop(),
  };
}
