import { States } from './jsonata-state';

/** An error that a client can meet. */
export interface ProtocolError {
  readonly code: string;
  /** Whether the same message may succeed later. */
  readonly retryable: boolean;
  /** JSONata expression of the text. */
  readonly message: string;
}

/** States that end with an error frame each, named after their codes. */
export function refusals(errors: readonly ProtocolError[]): States {
  return Object.fromEntries(errors.map(({ code, retryable, message }) => [code, {
    Type: 'Pass',
    Output: {
      type: 'error',
      error: { code, message: `{% ${message} %}`, retryable },
      requestId: '{% $request.requestId %}',
    },
    End: true,
  }]));
}

/** JSONata: whether the message has no such field. API Gateway renders what is missing or null as nothing or as an empty string, the documentation does not say which. */
export function absent(field: string): string {
  return `($request.${field} in ['', '""', 'null'])`;
}

/** JSONata: the type that a field of the message has, in the words of JSON. */
export function typeOf(field: string): string {
  return `$type($parse($request.${field}))`;
}
