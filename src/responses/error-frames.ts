import { ErrorFrame } from './error-frame';
import { literalNode, objectNode, ValueNode } from '../values/value-node';

/** The frame: `{"type":"error","error":{"code","message","retryable"},"requestId"}`. */
export function errorFrame({ code, message, retryable = false }: ErrorFrame): ValueNode {
  return objectNode({
    type: literalNode('error'),
    error: objectNode({ code: literalNode(code), message: literalNode(message), retryable: literalNode(retryable) }),
    requestId: { kind: 'expression', expression: '$context.requestId', characters: 'name', isOptional: false },
  });
}

/** The service refused what the message asked for. */
export const REJECTED: ErrorFrame = { code: 'Rejected', message: 'The request was rejected. Sending it again will not help.' };

/** What was asked for is not there. */
export const NOT_FOUND: ErrorFrame = { code: 'NotFound', message: 'There is no such item.' };

/** The service cannot keep up. */
export const TOO_MANY_REQUESTS: ErrorFrame = { code: 'TooManyRequests', message: 'There are too many requests at the moment. Try again later.', retryable: true };

/** Something failed that the client cannot mend. */
export const UNAVAILABLE: ErrorFrame = { code: 'Unavailable', message: 'The request could not be carried out. Try again later.', retryable: true };
