/** Faults that somebody asked for, at every place where something passes. */
import { Call, Permission } from './call';

/** Where a client's connection can be lost. */
export type SocketPoint = 'connect' | 'message' | 'push';

/** Whether a fault comes before what it is about, which then does not happen, or after it, when nobody is told any more. */
export type FaultTime = 'before' | 'after';

/** What a server outside of the runtime answers. */
export interface FaultyAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly bytes: Buffer;
}

/** What lets faults in: whatever passes is shown to it first. */
export interface FaultInjection {
  /** Whether there is any fault to come; as long as there is none, nothing need be shown. */
  readonly active: boolean;
  /** A call at the kernel's door that IAM lets through. */
  call(call: Call, permissions: readonly Permission[], run: () => unknown): Promise<unknown>;
  /** A request that leaves the runtime. */
  request<Answer>(url: URL, send: () => Promise<Answer>): Promise<Answer | FaultyAnswer>;
  /** Whether a client's connection is lost here. */
  losesSocket(at: SocketPoint): FaultTime | undefined;
}

/** What there is where nobody asked for any. */
export const NO_FAULTS: FaultInjection = {
  active: false,
  call: async (_call, _permissions, run) => run(),
  request: (_url, send) => send(),
  losesSocket: () => undefined,
};
