import { AwsError } from '../../../kernel/aws-error';
import { Operation } from '../../../kernel/contracts';
import { EventQueue } from '../asynchronous/event-queue';
import { Functions } from '../functions';

export interface InvokeInput {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly InvocationType?: string;
  readonly LogType?: string;
  /** Base64 of JSON. */
  readonly ClientContext?: string;
  /** JSON; an empty event when there is none. */
  readonly Payload?: string | Uint8Array;
}

export interface InvokeOutput {
  readonly StatusCode: number;
  readonly ExecutedVersion?: string;
  readonly FunctionError?: string;
  /** Base64 of the log's end. */
  readonly LogResult?: string;
  readonly Payload?: string;
}

const MAXIMUM_BYTES = { RequestResponse: 6 * 1024 * 1024, DryRun: 6 * 1024 * 1024, Event: 1024 * 1024 };

/** lambda:InvokeFunction, which the API calls Invoke. */
export function invoke(functions: Functions, events: EventQueue): Operation<InvokeInput, InvokeOutput> {
  return {
    permissions: input => {
      const reference = functions.reference(input.FunctionName, input.Qualifier);
      return [{ action: 'lambda:InvokeFunction', resource: reference.arn, resourcePolicy: functions.peek(reference)?.policy }];
    },

    handle: async (input, { requestId }) => {
      const type = invocationType(input.InvocationType);
      const found = functions.find(input.FunctionName, input.Qualifier);
      const { version, reference } = found;
      const event = readPayload(input.Payload, MAXIMUM_BYTES[type]);
      if (type === 'DryRun') {
        return { StatusCode: 204 };
      }
      const invocation = { requestId, event, invokedFunctionArn: reference.arn, clientContext: readClientContext(input.ClientContext) };
      if (type === 'Event') {
        events.enqueue(found, invocation);
        return { StatusCode: 202 };
      }
      const { payload, failed, logTail } = await found.lambdaFunction.invoke(version, invocation);
      return {
        StatusCode: 200,
        ExecutedVersion: version.version,
        ...(failed ? { FunctionError: 'Unhandled' } : {}),
        ...(input.LogType === 'Tail' ? { LogResult: Buffer.from(logTail).toString('base64') } : {}),
        Payload: payload,
      };
    },
  };
}

function invocationType(type: string = 'RequestResponse'): keyof typeof MAXIMUM_BYTES {
  if (!Object.hasOwn(MAXIMUM_BYTES, type)) {
    throw new AwsError('ValidationException', `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`, 400);
  }
  return type as keyof typeof MAXIMUM_BYTES;
}

function readPayload(payload: InvokeInput['Payload'] = '', maximum: number): string {
  const text = typeof payload === 'string' ? payload : Buffer.from(payload).toString();
  if (Buffer.byteLength(text) > maximum) {
    throw new AwsError('RequestTooLargeException', `Request must be smaller than ${maximum} bytes for the InvokeFunction operation`, 413, { Type: 'User' });
  }
  if (text === '') {
    return '{}';
  }
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    const reason = (error as Error).message;
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: Could not parse payload into json: ${reason}`, 400, { Type: 'User' });
  }
}

function readClientContext(encoded: string | undefined): string | undefined {
  if (encoded === undefined) {
    return undefined;
  }
  const text = Buffer.from(encoded, 'base64').toString();
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Client context must be a valid Base64-encoded JSON object.', 400, { Type: 'User' });
  }
}
