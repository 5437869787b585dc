import { GatewayFailure } from '../gateway-response';

/** What comes of an exchange. */
export interface Outcome {
  /** The status of a handshake; for a message it says only whether something failed. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What the client gets; undefined when it gets nothing. */
  readonly body: string | undefined;
  /** Set when the body is a gateway response. */
  readonly error?: GatewayFailure;
  /** Why it failed, for whoever watches. */
  readonly failure?: string;
  /** Set when the failure is the runtime's own. */
  readonly fault?: string;
}

/** Nothing for the client. */
export const ACCEPTED: Outcome = { status: 200, headers: {}, body: undefined };
