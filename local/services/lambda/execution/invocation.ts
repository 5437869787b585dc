/** One call of a function. */
export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  readonly invokedFunctionArn: string;
  readonly clientContext?: string;
}

/** What a call of a function came to. */
export interface InvocationResult {
  /** JSON: what the handler returned, or its error. */
  readonly payload: string;
  readonly failed: boolean;
  /** The end of what was logged meanwhile. */
  readonly logTail: string;
}

/** An error as a function's caller gets it. */
export function errorPayload(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage });
}
