import { TaskTokens } from './task-tokens';
import { AwsError } from '../../kernel/aws-error';
import { Operation } from '../../kernel/contracts';

interface SendInput {
  readonly taskToken: string;
}

const MAXIMUM_OUTPUT_BYTES = 262_144;

/** What the receiver of a task's token sends back. */
export function sendTaskOperations(tokens: TaskTokens): Record<string, Operation> {
  const operation = <Input extends SendInput>(name: string, handle: (input: Input) => void): Operation<Input> => ({
    permissions: ({ taskToken }) => [{ action: `states:${name}`, resource: tokens.stateMachineArn(taskToken) }],
    handle: input => {
      handle(input);
      return {};
    },
  });
  return {
    SendTaskSuccess: operation('SendTaskSuccess', ({ taskToken, output }: SendInput & { readonly output?: unknown }) => tokens.succeed(taskToken, parseOutput(output))),
    SendTaskFailure: operation('SendTaskFailure', ({ taskToken, error, cause }: SendInput & { readonly error?: string; readonly cause?: string }) => {
      checkText('error', error, 256);
      checkText('cause', cause, 32_768);
      tokens.fail(taskToken, error, cause);
    }),
    SendTaskHeartbeat: operation('SendTaskHeartbeat', ({ taskToken }: SendInput) => tokens.heartbeat(taskToken)),
  };
}

function parseOutput(text: unknown): unknown {
  if (typeof text !== 'string') {
    throw new AwsError('ValidationException', "1 validation error detected: Value at 'output' failed to satisfy constraint: Member must not be null");
  }
  if (Buffer.byteLength(text) > MAXIMUM_OUTPUT_BYTES) {
    throw new AwsError('ValidationException', `1 validation error detected: Value at 'output' failed to satisfy constraint: Member must have length less than or equal to ${MAXIMUM_OUTPUT_BYTES}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
  }
}

function checkText(name: string, value: unknown, maximum: number): void {
  if (value === undefined || value === null) {
    return;
  }
  if (typeof value !== 'string') {
    throw new AwsError('SerializationException', `${typeof value === 'number' ? 'NUMBER_VALUE' : 'Value'} cannot be converted to String`);
  }
  if (value.length > maximum) {
    throw new AwsError('ValidationException', `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${maximum}`);
  }
}
