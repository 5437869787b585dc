/** The codes of this client's own problems; a socket's are in docs/protocol.md. */
export type ProblemCode =
  /** The connection could not be made, or its URL not be had. */
  | 'ConnectFailed'
  /** The connection ended before the answer came: whether the request was carried out is not known. */
  | 'ConnectionLost'
  /** There is no connection at the moment. */
  | 'NotOpen'
  /** No answer came in time. */
  | 'Timeout'
  /** The client was closed, or the subscription ended, before it was acknowledged. */
  | 'Ended'
  /** A handler was too slow, and events were dropped. */
  | 'EventsDropped'
  /** A handler threw, or rejected. */
  | 'HandlerFailed'
  /** Several subscriptions, and an event that does not say which of them it is for. */
  | 'AmbiguousEvent'
  /** An answer to something else. */
  | 'UnexpectedAnswer'
  /** API Gateway's own words. */
  | 'Gateway';

/** Something that went wrong. */
export class ClientProblem extends Error {
  readonly name = 'ClientProblem';
  /** The subscription that it is about. */
  subscriptionId?: string;

  constructor(
    /** One of `ProblemCode`, or the code of a socket's error. */
    readonly code: ProblemCode | (string & {}),
    message: string,
    /** Whether the same may succeed later. */
    readonly retryable: boolean,
    readonly cause?: unknown,
  ) {
    super(message);
  }
}
