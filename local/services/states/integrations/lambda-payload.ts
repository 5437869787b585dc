import { StatesError } from '../../../engines/asl';

interface InvokeAnswer {
  readonly FunctionError?: string;
  /** JSON; nothing when the function is only to be called later. */
  readonly Payload?: string;
}

/** What `lambda:invoke` gives; a function's error is one of the Task, and told as JSON that Step Functions has written anew. */
export function lambdaOutput(answer: InvokeAnswer): object {
  const payload = payloadOf(answer, text => JSON.stringify(JSON.parse(text)));
  return { ...answer, Payload: payload };
}

/** What the function has returned. Throws what it has thrown, under the name of its type. */
export function payloadOf({ FunctionError: functionError, Payload: text = '' }: InvokeAnswer, causeOf: (payload: string) => string = payload => payload): unknown {
  const payload: unknown = text === '' ? '' : JSON.parse(text);
  if (functionError === undefined) {
    return payload;
  }
  const { errorType } = (payload ?? {}) as { readonly errorType?: unknown };
  throw typeof errorType === 'string'
    ? new StatesError(errorType, causeOf(text))
    : new StatesError('Lambda.Unknown', `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`);
}
