import { Executions, FinishedExecution, StartInput } from './executions';
import { StateMachine, StateMachines } from './state-machines';
import { AwsError } from '../../kernel/aws-error';
import { Operation, ServiceContext } from '../../kernel/contracts';

/** Starts an execution and does not wait for it. */
export function startExecution(stateMachines: StateMachines, executions: Executions): Operation<StartInput> {
  return {
    permissions: input => [{ action: 'states:StartExecution', resource: qualifiedArn(wanted(stateMachines, input)) }],
    handle: input => {
      const execution = executions.start(stateMachines.get(input.stateMachineArn), input);
      return { executionArn: execution.arn, startDate: execution.startedAt / 1000 };
    },
  };
}

/** Runs an Express execution and answers with its end; an execution that failed is a success of the call. */
export function startSyncExecution(context: ServiceContext, stateMachines: StateMachines, executions: Executions): Operation<StartInput> {
  return {
    permissions: input => [{ action: 'states:StartSyncExecution', resource: qualifiedArn(wanted(stateMachines, input)) }],
    handle: async input => {
      const stateMachine = stateMachines.get(input.stateMachineArn);
      if (stateMachine.type !== 'EXPRESS') {
        throw new AwsError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
      }
      const execution = executions.start(stateMachine, input);
      const finished = await execution.finished;
      return {
        billingDetails: {
          // Duration in steps of 100 ms, memory in steps of 64 MB: the smallest there is.
          billedDurationInMilliseconds: Math.max(1, Math.ceil((finished.stoppedAt - execution.startedAt) / 100)) * 100,
          billedMemoryUsedInMB: 64,
        },
        executionArn: execution.arn,
        input: execution.input,
        inputDetails: { included: true },
        name: execution.name,
        ...outcome(finished),
        startDate: execution.startedAt / 1000,
        stateMachineArn: stateMachine.arn,
        status: finished.status,
        stopDate: finished.stoppedAt / 1000,
        traceHeader: `Root=1-${Math.floor(execution.startedAt / 1000).toString(16)}-${context.randomness.bytes(12).toString('hex')};Sampled=1`,
      };
    },
  };
}

const LONGEST_NAME = 80;
const MAXIMUM_INPUT_BYTES = 262_144;

/** The state machine that is to be run. What the API's model does not take is refused before anybody looks for it. */
function wanted(stateMachines: StateMachines, { stateMachineArn, name, input }: StartInput): StateMachine {
  const violations = [
    ...name === '' ? ["Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1"] : [],
    ...typeof name === 'string' && name.length > LONGEST_NAME ? [`Value '${name}' at 'name' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST_NAME}`] : [],
    ...typeof input === 'string' && Buffer.byteLength(input) > MAXIMUM_INPUT_BYTES
      ? [`Value at 'input' failed to satisfy constraint: Member must have size less than or equal to ${MAXIMUM_INPUT_BYTES} bytes in UTF-8 encoding`] : [],
  ];
  if (violations.length > 0) {
    throw new AwsError('ValidationException', `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: ${violations.join('; ')}`);
  }
  return stateMachines.get(stateMachineArn);
}

/** A policy speaks of what has been asked for: a version or an alias has to be allowed as such. */
function qualifiedArn({ arn, versionArn, aliasArn }: StateMachine): string {
  return aliasArn ?? versionArn ?? arn;
}

function outcome(finished: FinishedExecution) {
  return finished.status === 'SUCCEEDED'
    ? { output: finished.outputText, outputDetails: { included: true } }
    : { error: finished.error, cause: finished.cause };
}
