/** What the interpreter needs from its surroundings, and what it tells them. */
import { HistoryEvent } from './history';

/** The call of a Task state's resource. */
export interface TaskRequest {
  readonly resource: string;
  readonly arguments: unknown;
  readonly stateName: string;
  readonly credentials?: unknown;
  /** Aborted when the state times out, a sibling branch fails or the execution stops. */
  readonly signal: AbortSignal;
  /** Present when the resource ends in `.waitForTaskToken`, whose promise settles when that token is answered, or in `.sync`. */
  readonly taskToken?: string;
  /** To be called when the worker reports a heartbeat: restarts the HeartbeatSeconds count. */
  heartbeat(): void;
  /** To be called when a `.sync` or `.waitForTaskToken` call was accepted, with the service's first answer. */
  submitted(output: unknown): void;
}

/** The surroundings of an execution: services, time and chance. */
export interface ExecutionHost {
  /** Runs a Task state's resource; rejects with a StatesError when the service fails. */
  task(request: TaskRequest): Promise<unknown>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back after the time has passed; what it returns takes that back. */
  schedule(milliseconds: number, callback: () => void): () => void;
  /** A number from 0 up to, not including, 1. */
  random(): number;
  uuid(): string;
  /** Receives the execution's history; leave it out when nobody reads it. */
  record?(event: HistoryEvent): void;
  /** Whether somebody reads events of a type; all are read where it is left out. */
  reads?(type: string): boolean;
  /** Is told what each JSONata expression came to; leave it out when nobody wants to know. */
  evaluated?(evaluation: Evaluation): void;
}

/** What an expression in a field of a state came to. */
export interface Evaluation {
  readonly stateName: string;
  /** The history event with which this visit of the state began. */
  readonly enteredEventId: number;
  /** The field, such as `Arguments/Item`. */
  readonly location: string;
  readonly expression: string;
  readonly value?: unknown;
  /** Why it has no value. */
  readonly error?: string;
}

/** The members of the context object (`$$`, `$states.context`) that describe the execution itself. */
export interface ExecutionContext {
  readonly Execution: {
    readonly Id: string;
    readonly Name?: string;
    readonly RoleArn?: string;
    readonly StartTime?: string;
    readonly RedriveCount?: number;
    readonly [member: string]: unknown;
  };
  readonly StateMachine: { readonly Id: string; readonly Name?: string; readonly [member: string]: unknown };
}

/** One execution to run. */
export interface ExecutionRequest {
  readonly input: unknown;
  readonly type: 'EXPRESS' | 'STANDARD';
  readonly context: ExecutionContext;
  /** Is given, before the execution starts, what stops it with status ABORTED. */
  readonly stoppedBy?: (stop: () => void) => void;
}

/** How an execution ended. */
export interface ExecutionResult {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}
