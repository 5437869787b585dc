/** The running parts of an execution: the execution itself and its branches. */
import { Cancellation } from './cancellation';
import { ExecutionStopped } from './errors';
import { EventDetails, HistoryEvent } from './history';
import { ExecutionContext, ExecutionHost, ExecutionRequest } from './host';
import { TimeLimits } from './time-limits';
import { VariableScope } from './variables';

const EXPRESS_LIMIT_MILLISECONDS = 300_000;
const STANDARD_EVENT_LIMIT = 25_000;

/** What all branches of one execution share. */
export class Execution {
  readonly cancellation: Cancellation;
  readonly recording: boolean;
  readonly timeLimits: TimeLimits;
  transitions = 0;
  private readonly deadline?: number;
  private deadlineWatched = false;
  private lastEventId = 0;
  private contextMembers?: ExecutionContext;

  constructor(readonly host: ExecutionHost, readonly request: ExecutionRequest, timeoutSeconds?: number, outer?: Cancellation) {
    this.cancellation = new Cancellation(outer);
    // A child execution has a history of its own, which nobody asks for.
    this.recording = host.record !== undefined && outer === undefined;
    this.timeLimits = new TimeLimits(host);
    const limits: number[] = [];
    if (timeoutSeconds !== undefined) limits.push(timeoutSeconds * 1000);
    if (request.type === 'EXPRESS') limits.push(EXPRESS_LIMIT_MILLISECONDS);
    if (limits.length > 0) this.deadline = host.now() + Math.min(...limits);
  }

  /** Execution and StateMachine as the context object shows them. */
  get context(): ExecutionContext {
    this.contextMembers ??= {
      Execution: { ...this.request.context.Execution, Input: this.request.input },
      StateMachine: { ...this.request.context.StateMachine },
    };
    return this.contextMembers;
  }

  /** Stops the execution when its time is over: a timer runs only once something has to wait. */
  watchDeadline(): void {
    if (this.deadline === undefined || this.deadlineWatched) return;
    this.deadlineWatched = true;
    this.timeLimits.start(Math.max(0, this.deadline - this.host.now()), () => this.timeOut());
  }

  /** To be called when it has ended, whichever way. */
  end(): void {
    this.timeLimits.end();
    this.cancellation.end();
  }

  /** Throws when the execution has been stopped or its time is over. */
  checkRunning(): void {
    if (this.deadline !== undefined && this.host.now() >= this.deadline) this.timeOut();
    this.cancellation.throwIfCancelled();
  }

  /** An execution for one item of a distributed Map. */
  startChild(input: unknown, type: ExecutionRequest['type'], label: string, outer: Cancellation): Execution {
    const { host, request: { context } } = this;
    const name = host.uuid();
    const family = type === 'EXPRESS' ? 'express' : 'execution';
    const id = `${context.StateMachine.Id.replace(':stateMachine:', `:${family}:`)}/${label}:${name}`;
    const execution = { ...context.Execution, Id: id, Name: name, StartTime: new Date(host.now()).toISOString() };
    return new Execution(host, { input, type, context: { Execution: execution, StateMachine: context.StateMachine } }, undefined, outer);
  }

  get latestEventId(): number {
    return this.lastEventId;
  }

  nextEventId(): number {
    return ++this.lastEventId;
  }

  /** Ends a STANDARD execution in time for its last event to be the limit's one. */
  checkEventLimit(): void {
    if (this.lastEventId < STANDARD_EVENT_LIMIT - 1 || this.request.type !== 'STANDARD') return;
    this.cancellation.cancel(new ExecutionStopped('FAILED', 'States.Runtime', `The execution reached the maximum number of history events (${STANDARD_EVENT_LIMIT}).`));
    this.cancellation.throwIfCancelled();
  }

  private timeOut(): void {
    this.cancellation.cancel(new ExecutionStopped('TIMED_OUT'));
  }
}

/** The item a Map iteration works on. */
export interface MapItem {
  readonly Index: number;
  readonly Value: unknown;
}

/** A sequence of states that runs one after the other: the execution's own, a Parallel branch, or a Map iteration. */
export class Branch {
  constructor(
    readonly execution: Execution,
    readonly variables: VariableScope,
    readonly cancellation: Cancellation,
    readonly item?: MapItem,
    private previousEventId = 0,
    /** Whether it is one of several that a Parallel state runs. */
    readonly isParallel = false,
  ) {}

  /** A part with its own variables and its own end, inside this one. */
  inner(cancellation: Cancellation, item?: MapItem): Branch {
    return new Branch(this.execution, new VariableScope(this.variables), cancellation, item ?? this.item, this.previousEventId, item === undefined);
  }

  /** Whether it can be stopped while the execution goes on. */
  get isInner(): boolean {
    return this.cancellation !== this.execution.cancellation;
  }

  /** Lets the events that come follow those of the parts inside this one. */
  rejoin(): void {
    this.previousEventId = this.execution.latestEventId;
  }

  /** Numbers an event and passes it on. */
  record(type: string, describe?: () => EventDetails): number {
    this.execution.checkEventLimit();
    return this.recordEnd(type, describe);
  }

  /** The same for events at the end of something, which no limit holds back. */
  recordEnd(type: string, describe?: () => EventDetails): number {
    const { execution } = this;
    const id = execution.nextEventId();
    if (execution.recording) {
      const { host } = execution;
      if (host.reads?.(type) ?? true) host.record!(new HistoryEvent(id, this.previousEventId, host.now(), type, describe));
      this.previousEventId = id;
    }
    return id;
  }

  /** Waits, unless this part is stopped before. */
  async sleep(milliseconds: number): Promise<void> {
    const { execution, cancellation } = this;
    cancellation.throwIfCancelled();
    execution.watchDeadline();
    await new Promise<void>((resolve, reject) => {
      const forgetTimer = execution.host.schedule(milliseconds, () => {
        forgetCancellation();
        resolve();
      });
      const forgetCancellation = cancellation.onCancel(reason => {
        forgetTimer();
        reject(reason);
      });
    });
  }
}
