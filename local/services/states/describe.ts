import { Execution, Executions } from './executions';
import { StateMachine, StateMachines } from './state-machines';
import { detailsMember, EventDetails } from '../../engines/asl';
import { AwsError } from '../../kernel/aws-error';
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
        return { ...summary(stateMachine), status: 'ACTIVE', ...configuration(stateMachine) };
      },
    },
    DescribeStateMachineForExecution: {
      permissions: (input: { executionArn?: string }) => [{ action: 'states:DescribeStateMachineForExecution', resource: executions.get(input.executionArn).arn }],
      handle: (input: { executionArn?: string }) => {
        const { stateMachine } = executions.get(input.executionArn);
        return { stateMachineArn: stateMachine.arn, name: stateMachine.name, updateDate: stateMachine.createdAt / 1000, ...configuration(stateMachine) };
      },
    },
    ListExecutions: {
      permissions: (input: ListInput) => [{ action: 'states:ListExecutions', resource: stateMachines.get(input.stateMachineArn).arn }],
      handle: ({ stateMachineArn, statusFilter, ...page }: ListInput) => {
        const stateMachine = stateMachines.get(stateMachineArn);
        if (stateMachine.type !== 'STANDARD') {
          throw new AwsError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
        }
        const found = executions.of(stateMachine).filter(execution => statusFilter === undefined || statusOf(execution) === statusFilter);
        return pageOf('executions', found, page, ({ arn, name, startedAt, result }) => ({
          executionArn: arn,
          stateMachineArn,
          name,
          status: statusOf({ result }),
          startDate: startedAt / 1000,
          ...(result && { stopDate: result.stoppedAt / 1000 }),
        }));
      },
    },
    GetExecutionHistory: {
      permissions: (input: HistoryInput) => [{ action: 'states:GetExecutionHistory', resource: executions.get(input.executionArn).arn }],
      handle: ({ executionArn, reverseOrder, includeExecutionData = true, ...page }: HistoryInput) => {
        const { history } = executions.get(executionArn);
        return pageOf('events', reverseOrder ? [...history].reverse() : history, page, ({ id, previousEventId, timestamp, type, details }) => ({
          timestamp: timestamp / 1000,
          type,
          id,
          previousEventId,
          ...(details && { [detailsMember(type)]: includeExecutionData ? details : withoutData(details) }),
        }));
      },
    },
    DescribeExecution: {
      permissions: (input: { executionArn?: string }) => [{ action: 'states:DescribeExecution', resource: executions.arnOf(input.executionArn) }],
      handle: (input: { executionArn?: string }) => {
        const { arn, name, stateMachine, input: text, startedAt, result } = executions.get(input.executionArn);
        return {
          executionArn: arn,
          stateMachineArn: stateMachine.arn,
          ...(stateMachine.versionArn !== undefined && { stateMachineVersionArn: stateMachine.versionArn }),
          ...(stateMachine.aliasArn !== undefined && { stateMachineAliasArn: stateMachine.aliasArn }),
          name,
          status: statusOf({ result }),
          startDate: startedAt / 1000,
          input: text,
          inputDetails: { included: true },
          ...(result && { stopDate: result.stoppedAt / 1000, error: result.error, cause: result.cause }),
          redriveCount: 0,
          ...redrive(statusOf({ result })),
          ...(result?.status === 'SUCCEEDED' && { output: result.outputText, outputDetails: { included: true } }),
        };
      },
    },
  };
}

const NO_LOGGING = { level: 'OFF', includeExecutionData: false };

interface Page {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

interface ListInput extends Page {
  readonly stateMachineArn?: string;
  readonly statusFilter?: string;
}

interface HistoryInput extends Page {
  readonly executionArn?: string;
  readonly reverseOrder?: boolean;
  readonly includeExecutionData?: boolean;
}

const PAGE_SIZE = 100;
const LARGEST_PAGE = 1000;

/** One page of a list; the token of the next is where it begins. */
function pageOf<Item>(member: string, items: readonly Item[], { maxResults, nextToken }: Page, describe: (item: Item) => object) {
  if (maxResults !== undefined && !(Number.isInteger(maxResults) && maxResults >= 0 && maxResults <= LARGEST_PAGE)) {
    throw new AwsError('ValidationException', `1 validation error detected: Value '${maxResults}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${LARGEST_PAGE}`);
  }
  const start = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(start) || start < 0 || start > items.length) {
    throw new AwsError('InvalidToken', `Invalid Token: '${nextToken}'`);
  }
  const end = start + (maxResults || PAGE_SIZE);
  return { [member]: items.slice(start, end).map(describe), ...(end < items.length && { nextToken: String(end) }) };
}

function statusOf({ result }: Pick<Execution, 'result'>): string {
  return result?.status ?? 'RUNNING';
}

function configuration({ definition, roleArn, logging }: StateMachine): object {
  return { definition, roleArn, loggingConfiguration: logging?.describe() ?? NO_LOGGING, tracingConfiguration: { enabled: false } };
}

function redrive(status: string): object {
  return status === 'RUNNING' || status === 'SUCCEEDED'
    ? { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: `Execution is ${status} and cannot be redriven` }
    : { redriveStatus: 'REDRIVABLE' };
}

function withoutData(details: EventDetails): EventDetails {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !['input', 'output', 'parameters'].includes(name)));
}

function summary(stateMachine: StateMachine) {
  const { arn, versionArn = arn, name, type, createdAt } = stateMachine;
  return { stateMachineArn: versionArn, name, type, creationDate: createdAt / 1000 };
}
