/** One thing that happened, for whoever watches. */
export type TraceEntry =
  | { kind: 'call'; time: number; principal: string; service: string; operation: string; outcome: string; message?: string }
  | { kind: 'connect'; time: number; api: string; stage: string; connectionId: string; outcome: string }
  | { kind: 'message'; time: number; api: string; stage: string; connectionId: string; routeKey: string; bytes: number; outcome: string }
  | { kind: 'push'; time: number; api: string; stage: string; connectionId: string; bytes: number }
  | { kind: 'disconnect'; time: number; api: string; stage: string; connectionId: string; code: number; reason: string }
  | { kind: 'request'; time: number; api: string; stage: string; method: string; path: string; routeKey: string; status: number; outcome: string }
  | { kind: 'event'; time: number; bus: string; source: string; detailType: string; rules: string[] }
  | { kind: 'execution'; time: number; stateMachine: string; status: string; error?: string; cause?: string }
  | { kind: 'log'; time: number; source: string; message: string }
  | { kind: 'failure'; time: number; source: string; message: string };

export interface TraceBus {
  /** False when nobody listens, so that callers need not build an entry. */
  readonly active: boolean;
  emit(entry: TraceEntry): void;
  subscribe(listener: (entry: TraceEntry) => void): () => void;
}
