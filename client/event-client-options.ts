import { ClientProblem } from './client-problem';

export type ConnectionStatus = 'connecting' | 'open' | 'closed';

export interface EventClientOptions {
  /** The socket's URL. A function is asked before each attempt to connect: it may fetch a fresh ticket. */
  readonly url: string | (() => string | Promise<string>);
  /** What goes wrong where nobody waits for it. Without it, problems are warnings on the console. */
  readonly onProblem?: (problem: ClientProblem) => void;
  /** Whatever comes that is no part of the protocol, such as a message of an `EventMessage` of one's own. */
  readonly onMessage?: (message: unknown) => void;
  readonly onStatus?: (status: ConnectionStatus) => void;
  /** The WebSocket to use where there is no global one, such as that of the package `ws`. */
  readonly WebSocket?: unknown;
  /** Milliseconds between pings, five minutes unless given: a connection without traffic ends after ten. */
  readonly pingInterval?: number;
  /** Milliseconds to wait for an answer, 30 seconds unless given, before the connection counts as lost: API Gateway answers within 29. */
  readonly answerTimeout?: number;
  /** Milliseconds before the first attempt to come back, about two seconds unless given; later ones take longer, up to `longestDelay`. */
  readonly shortestDelay?: number;
  /** Milliseconds, 30 seconds unless given. */
  readonly longestDelay?: number;
}
