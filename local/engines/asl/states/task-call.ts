/** One call of a Task state's resource, with its time limits and its history events. */
import { Cancellation } from '../cancellation';
import { StatesError } from '../errors';
import { EventDetails, jsonDetails } from '../history';
import { TaskRequest } from '../host';
import { checkPayload } from '../payload';
import { Visit } from '../state';
import { TaskResource } from './task-resource';

/** A call in progress; it is also the request the host sees. */
export class TaskCall implements TaskRequest {
  readonly arguments: unknown;
  private readonly part: Cancellation;
  private forgetTimeout?: () => void;
  private forgetHeartbeat?: () => void;

  constructor(
    private readonly visit: Visit,
    private readonly target: TaskResource,
    argument: unknown,
    readonly credentials?: unknown,
    private readonly timeoutSeconds?: number,
    private readonly heartbeatSeconds?: number,
  ) {
    this.arguments = argument;
    this.part = new Cancellation(visit.branch.cancellation);
  }

  get resource(): string {
    return this.target.arn;
  }

  get stateName(): string {
    return this.visit.state.name;
  }

  get taskToken(): string | undefined {
    return this.visit.taskToken;
  }

  get signal(): AbortSignal {
    return this.part.signal;
  }

  heartbeat(): void {
    this.forgetHeartbeat?.();
    this.forgetHeartbeat = this.limit(this.heartbeatSeconds, ['States.HeartbeatTimeout']);
  }

  submitted(output: unknown): void {
    const { target, part } = this;
    // An answer that comes when the Task has ended is no event of its execution any more.
    if (!target.submits || part.cancelledBecause) return;
    this.record('Submitted', () => ({ resourceType: target.resourceType, resource: target.resource, ...jsonDetails('output', output) }));
  }

  /** Calls the resource and awaits its result. */
  async run(): Promise<unknown> {
    const { visit } = this;
    const { execution } = visit.branch;
    // What its arguments took may have been too long: then nothing is called any more.
    this.part.throwIfCancelled();
    this.recordStart();
    try {
      this.forgetTimeout = this.limit(this.timeoutSeconds);
      this.heartbeat();
      // After the Task's own, which is the first to be over: one sleeper does for both.
      execution.watchDeadline();
      const result = await this.part.interruptible(execution.host.task(this)) ?? null;
      checkPayload(result, this.target.arn);
      this.record('Succeeded', () => this.serviceDetails(jsonDetails('output', result)));
      return result;
    } catch (error) {
      this.recordEnd(error);
      throw error;
    } finally {
      this.forgetTimeout?.();
      this.forgetHeartbeat?.();
      this.part.end();
    }
  }

  private limit(seconds: number | undefined, aliases?: readonly string[]): (() => void) | undefined {
    if (seconds === undefined) return undefined;
    return this.visit.branch.execution.timeLimits.start(seconds * 1000, () => this.part.cancel(new StatesError('States.Timeout', undefined, aliases)));
  }

  private recordStart(): void {
    const { target, visit } = this;
    const limits = { timeoutInSeconds: this.timeoutSeconds, heartbeatInSeconds: this.heartbeatSeconds };
    this.record('Scheduled', () => target.kind === 'Task' ? {
      resourceType: target.resourceType,
      resource: target.resource,
      region: visit.branch.execution.context.StateMachine.Id.split(':')[3],
      parameters: JSON.stringify(this.arguments),
      ...limits,
    } : { resource: target.arn, ...jsonDetails('input', this.arguments), ...limits });
    this.record('Started', () => this.serviceDetails({}));
  }

  private recordEnd(error: unknown): void {
    if (error instanceof StatesError && !this.visit.branch.cancellation.cancelledBecause) {
      const type = error === this.part.cancelledBecause ? 'TimedOut' : 'Failed';
      this.record(type, () => this.serviceDetails({ error: error.error, cause: error.cause }));
    }
  }

  private serviceDetails(details: EventDetails): EventDetails {
    const { kind, resourceType, resource } = this.target;
    return kind === 'Task' ? { resourceType, resource, ...details } : details;
  }

  private record(step: string, details: () => EventDetails): void {
    const { branch } = this.visit;
    branch.record(`${this.target.kind}${step}`, details);
  }
}
