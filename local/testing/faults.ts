/** How often, and which of those that a rule is about: see docs/faults.md. */
interface FaultChance {
  /** What the trace, and `enableFault`, call the rule. */
  readonly name?: string;
  /** How often, from 0 to 1. @default 1 */
  readonly share?: number;
  /** How many pass first. */
  readonly skip?: number;
  /** After how many it ends. */
  readonly times?: number;
  /** Whether what the rule is about is done first. @default 'before' */
  readonly when?: 'before' | 'after';
  /** Milliseconds that it comes later, or between which. */
  readonly delay?: number | readonly [from: number, to: number];
  readonly connection?: 'lost';
}

/** Faults of calls of services. */
export interface CallFault extends FaultChance {
  /** A service, or `*` for every one. */
  readonly service?: string;
  readonly operation?: string;
  /** An ARN, with `*` for anything. */
  readonly resource?: string;
  /** The service that calls, or `client`. */
  readonly caller?: string;
  /** `throttled`, `internal`, `unavailable`, a code of the service, or any error in full. */
  readonly error?: string | { readonly code: string; readonly status: number; readonly message: string };
  /** Milliseconds after which it is done once more. */
  readonly duplicate?: number | readonly [from: number, to: number];
}

/** Faults of connections of clients. */
export interface SocketFault extends FaultChance {
  readonly socket: 'connect' | 'message' | 'push';
}

/** Faults of requests to servers of others. */
export interface HttpFault extends FaultChance {
  /** A host, with `*` for anything. */
  readonly http: string;
  readonly error?: { readonly status: number; readonly body?: string };
}

/** Faults that are to happen, as a file of faults has them: the same seed and calls meet the same faults. */
export interface LocalFaults {
  readonly seed?: number;
  readonly rules: ReadonlyArray<CallFault | SocketFault | HttpFault>;
}

/** What has become of a rule. */
export interface FaultState {
  readonly name: string;
  readonly enabled: boolean;
  /** How many it was about, while it was on. */
  readonly seen: number;
  /** How many of those met the fault. */
  readonly injected: number;
}

/** The text of a file of faults. What ends the process would end the tests. */
export function faultText(faults: LocalFaults): string {
  if (faults.rules.some(rule => Object.hasOwn(rule, 'process'))) {
    throw new Error('A fault that kills the process would kill the tests: use `lambdaless exec --faults` for it.');
  }
  return JSON.stringify(faults);
}
