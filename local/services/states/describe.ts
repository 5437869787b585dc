import { Executions } from './executions';
import { StateMachine, StateMachines } from './state-machines';
import { Operation } from '../../kernel/contracts';

/** Operations that only read. */
export function describeOperations(stateMachines: StateMachines, executions: Executions): Record<string, Operation> {
  return {
    ListStateMachines: {
      permissions: () => [{ action: 'states:ListStateMachines', resource: '*' }],
      handle: () => ({ stateMachines: stateMachines.all().map(summary) }),
    },
    DescribeStateMachine: {
      permissions: (input: { stateMachineArn?: string }) => [{ action: 'states:DescribeStateMachine', resource: stateMachines.get(input.stateMachineArn).arn }],
      handle: (input: { stateMachineArn?: string }) => {
        const stateMachine = stateMachines.get(input.stateMachineArn);
        return { ...summary(stateMachine), status: 'ACTIVE', definition: stateMachine.definition, roleArn: stateMachine.roleArn };
      },
    },
    DescribeExecution: {
      permissions: (input: { executionArn?: string }) => [{ action: 'states:DescribeExecution', resource: executions.get(input.executionArn).arn }],
      handle: (input: { executionArn?: string }) => {
        const { arn, name, stateMachine, input: text, startedAt, result } = executions.get(input.executionArn);
        return {
          executionArn: arn,
          stateMachineArn: stateMachine.arn,
          name,
          status: result?.status ?? 'RUNNING',
          startDate: startedAt / 1000,
          input: text,
          inputDetails: { included: true },
          ...(result && { stopDate: result.stoppedAt / 1000, error: result.error, cause: result.cause }),
          ...(result?.status === 'SUCCEEDED' && { output: JSON.stringify(result.output), outputDetails: { included: true } }),
        };
      },
    },
  };
}

function summary(stateMachine: StateMachine) {
  return { stateMachineArn: stateMachine.arn, name: stateMachine.name, type: stateMachine.type, creationDate: stateMachine.createdAt / 1000 };
}
