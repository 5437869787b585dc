/** Requests and answers of TestState, and the reading of the former. */

/** A test of one state, as the TestState API takes it. */
export interface TestStateRequest {
  readonly definition: string;
  readonly input?: string;
  readonly roleArn?: string;
  /** The state to test, when the definition is that of a whole state machine. */
  readonly stateName?: string;
  readonly inspectionLevel?: 'INFO' | 'DEBUG' | 'TRACE';
  readonly revealSecrets?: boolean;
  readonly variables?: string;
  readonly context?: string;
  readonly mock?: {
    readonly result?: string;
    readonly errorOutput?: { readonly error?: string; readonly cause?: string };
    readonly fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE';
  };
  readonly stateConfiguration?: {
    readonly retrierRetryCount?: number;
    readonly errorCausedByState?: string;
    readonly mapIterationFailureCount?: number;
    readonly mapItemReaderData?: string;
  };
}

/** What TestState answers. */
export interface TestStateResponse {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  readonly inspectionData?: Readonly<Record<string, unknown>>;
}

/** A request that TestState refuses. */
export class TestStateError extends Error {
  constructor(readonly code: 'ValidationException' | 'InvalidDefinition' | 'InvalidExecutionInput', message: string) {
    super(message);
    this.name = 'TestStateError';
  }
}

/** Refuses a request that makes no sense. */
export function invalid(message: string): TestStateError {
  return new TestStateError('ValidationException', message);
}

/** Reads a JSON text of the request, or refuses it. */
export function parseText(text: string, refusal: TestStateError): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refusal;
  }
}
