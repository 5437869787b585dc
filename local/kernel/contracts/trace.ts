/** What happened, for whoever watches: a line for each thing, and on demand every stage of it and what it came from. */

/** One thing that happened. The members that may be missing are there while somebody observes. */
export type TraceEntry =
  | ({ kind: 'call'; time: number; principal: string; service: string; operation: string; outcome: string; message?: string; missing?: MissingPermission } & CallDetails)
  | ({ kind: 'connect'; time: number; api: string; stage: string; connectionId: string; outcome: string } & ExchangeDetails)
  | ({ kind: 'message'; time: number; api: string; stage: string; connectionId: string; routeKey: string; bytes: number; answerBytes?: number; outcome: string } & ExchangeDetails)
  | { kind: 'push'; time: number; api: string; stage: string; connectionId: string; bytes: number; text?: string }
  | ({ kind: 'disconnect'; time: number; api: string; stage: string; connectionId: string; code: number; reason: string } & ExchangeDetails)
  | { kind: 'request'; time: number; api: string; stage: string; method: string; path: string; routeKey: string; status: number; outcome: string }
  | { kind: 'event'; time: number; bus: string; source: string; detailType: string; rules: string[]; event?: unknown }
  | { kind: 'execution'; time: number; startedAt?: number; type?: 'STANDARD' | 'EXPRESS'; stateMachine: string; status: string; error?: string; cause?: string; arn?: string; input?: string; output?: string }
  | { kind: 'fault'; time: number; rule: string; what: string; fault: string; when: 'before' | 'after' }
  | { kind: 'log'; time: number; source: string; message: string }
  | { kind: 'failure'; time: number; source: string; message: string };

/** What only those learn who observe. */
export type ObservedEntry =
  | TraceEntry
  /** A rule hands an event to one of its targets. */
  | { kind: 'delivery'; time: number; rule: string; target: string; startedAt: number; input?: string; attempt: number; outcome: string }
  /** A pipe hands on a batch. */
  | { kind: 'batch'; time: number; startedAt: number; pipe: string; source: string; target: string; events: readonly unknown[]; inputs: readonly unknown[]; causes: readonly number[]; outcome: string }
  /** One event of an execution's history. */
  | { kind: 'history'; time: number; event: object }
  /** The value of an expression in a field of a state; `enteredEventId` tells of which visit. */
  | { kind: 'evaluation'; time: number; state: string; enteredEventId: number; location: string; expression: string; value?: unknown; error?: string };

/** A permission that a call lacked. */
export interface MissingPermission {
  /** The policy statement that would allow it. */
  readonly statement: { readonly Effect: 'Allow'; readonly Action: string; readonly Resource: string };
  /** The role whose policy it is missing in; undefined where the resource's own policy has to allow the call. */
  readonly role?: string;
  /** Where that role stands: the path of its construct, and its logical id. */
  readonly where?: { readonly constructPath: string; readonly logicalId: string };
  /** A statement forbids it: to add one that allows it would change nothing. */
  readonly denied?: boolean;
}

/** What IAM said of one permission. */
export interface PermissionDecision {
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  /** As IAM names the ways to a decision. */
  readonly reason: string;
  /** The kind of policy that decided. */
  readonly policyType?: string;
  /** The policy's name, and the statement in it that decided. */
  readonly policy?: string;
  readonly statement?: unknown;
}

export interface CallDetails {
  readonly startedAt?: number;
  readonly requestId?: string;
  readonly decisions?: readonly PermissionDecision[];
  readonly input?: unknown;
  readonly output?: unknown;
}

/** One stage of a request's way through API Gateway, by AWS's name for it. */
export interface TraceStage {
  readonly name: string;
  readonly time: number;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface ExchangeDetails {
  readonly requestId?: string;
  readonly stages?: readonly TraceStage[];
}

/** Something that takes its time. What happens within it has it as its cause. */
export interface Activity {
  readonly sequence: number;
  /** The activity within which it began. */
  readonly cause?: number;
  /** Nobody is told what happens within it, unless it fails: somebody only looks whether there is anything to do. */
  readonly isIdle?: boolean;
}

/** An entry in its place. */
export interface TraceRecord {
  /** In the order in which things began. A later record of the same number is about the same thing. */
  readonly sequence: number;
  /** The sequence number of what it happened within. */
  readonly cause?: number;
  readonly entry: ObservedEntry;
}

export interface TraceBus {
  /** False when nobody listens, so that callers need not build an entry. */
  readonly active: boolean;
  /** Whether somebody observes: only then there are activities, stages and causes. */
  readonly detailed: boolean;
  /** Tells of something; of an activity, when it is about one. */
  emit(entry: TraceEntry, activity?: Activity): void;
  /** Tells only those who observe. */
  detail(entry: ObservedEntry, activity?: Activity): void;
  subscribe(listener: (entry: TraceEntry) => void): () => void;
  observe(observer: (record: TraceRecord) => void): () => void;
  /** Begins an activity: within the current one, or by itself where `isRoot`. */
  begin(isRoot?: boolean): Activity;
  /** Runs work, and whatever it starts, within an activity. */
  within<Result>(activity: Activity, work: () => Result): Result;
  /** Runs work of which nobody need be told, unless it fails. */
  idly<Result>(work: () => Result): Result;
  /** Notes the current activity for whoever takes up, later and out of nowhere, what has this name: a record of a stream. It is asked for only while somebody observes. */
  mark(name: () => string): void;
  /** The number of the activity that was noted; undefined where none was. */
  markOf(name: string): number | undefined;
}
