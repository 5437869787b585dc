import { describeOperations } from './describe';
import { Executions, OUTPUT_ASSUMPTION } from './executions';
import { LOGGING_ASSUMPTIONS } from './logging/assumptions';
import { invokeHttpEndpoint } from './invoke-http-endpoint';
import { statesProtocol } from './protocol';
import { rehearsals } from './rehearsals';
import { resourceTypes } from './resources';
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
    ...describeOperations(stateMachines, executions),
  };
  return {
    name: 'states',
    protocols: [statesProtocol()],
    operations,
    resourceTypes: resourceTypes(context, stateMachines),
    rehearsals: () => rehearsals(context, stateMachines),
    assumptions: [...LOGGING_ASSUMPTIONS, OUTPUT_ASSUMPTION],
    stop: () => executions.stop(),
  };
}
