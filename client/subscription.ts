import { ClientProblem } from './client-problem';
import { BusEvent, EventPattern } from './protocol';
import { RecentIds } from './recent-ids';
import { textOf } from './text-of';

/** Takes an event. While a promise of it is pending, the next events wait. */
export type EventHandler<Detail> = (event: BusEvent<Detail>) => unknown;

export interface SubscribeOptions {
  /** The id on the connection; without one a new one is made. A subscription of the same id takes the place of the earlier one. */
  readonly subscriptionId?: string;
  /** Events that may wait for the handler, 1000 unless given. When there are more, the oldest are dropped, and `EventsDropped` says how many. */
  readonly bufferSize?: number;
  /** Called whenever the socket has acknowledged it. `again` tells that it was lost in between, and that events of that time will not come. */
  readonly onActive?: (again: boolean) => void;
}

/** An event comes again soon, if at all. */
const REMEMBERED = 1000;
const BUFFER_SIZE = 1000;

/** Events that a client wants, from the moment in which it says so. */
export class Subscription<Detail = unknown> {
  /** Resolves once the socket has acknowledged it for the first time; rejects with a `ClientProblem` when it refuses. */
  readonly ready: Promise<void>;
  private resolveReady!: () => void;
  private rejectReady!: (problem: ClientProblem) => void;
  private readonly recent = new RecentIds(REMEMBERED);
  private readonly waiting: BusEvent<Detail>[] = [];
  private busy = false;
  private hasEnded = false;
  private acknowledged = false;
  private dropped = 0;

  /** @internal */
  constructor(
    readonly id: string,
    readonly pattern: EventPattern,
    private readonly handler: EventHandler<Detail>,
    private readonly options: SubscribeOptions,
    private readonly tell: (problem: ClientProblem) => void,
    private readonly ending: () => void,
  ) {
    this.ready = new Promise((resolve, reject) => {
      this.resolveReady = resolve;
      this.rejectReady = reject;
    });
    // Whoever does not wait for it is told through onProblem.
    this.ready.catch(() => {});
  }

  /** Whether it was ended, or refused. */
  get ended(): boolean {
    return this.hasEnded;
  }

  /** From now on no event is handled; the socket is told. */
  end(): void {
    if (!this.hasEnded) {
      this.stop(new ClientProblem('Ended', 'The subscription was ended before it was acknowledged.', false));
      this.ending();
    }
  }

  /** @internal */
  stop(problem: ClientProblem): void {
    this.hasEnded = true;
    this.waiting.length = 0;
    this.rejectReady(problem);
  }

  /** @internal */
  acknowledge(): void {
    if (this.hasEnded) {
      return;
    }
    this.resolveReady();
    const again = this.acknowledged;
    this.acknowledged = true;
    void this.attempt(() => this.options.onActive?.(again));
  }

  /** @internal */
  receive(event: BusEvent<Detail>): void {
    if (this.hasEnded || !this.recent.add(event.id)) {
      return;
    }
    this.waiting.push(event);
    if (!this.busy) {
      this.busy = true;
      void this.work();
    }
    const { bufferSize = BUFFER_SIZE } = this.options;
    if (this.waiting.length > bufferSize) {
      this.waiting.shift();
      if (this.dropped++ === 0) {
        this.report('EventsDropped', `The handler is too slow: ${bufferSize} events wait for it, and the oldest are dropped.`, true);
      }
    }
  }

  private async work(): Promise<void> {
    for (let event = this.waiting.shift(); event; event = this.waiting.shift()) {
      const next = event;
      await this.attempt(() => this.handler(next));
      if (this.dropped > 1) {
        this.report('EventsDropped', `While the handler was busy, ${this.dropped} events were dropped.`, true);
      }
      this.dropped = 0;
    }
    this.busy = false;
  }

  private async attempt(call: () => unknown): Promise<void> {
    try {
      await call();
    } catch (error) {
      this.report('HandlerFailed', `The handler failed: ${textOf(error)}`, false, error);
    }
  }

  private report(code: 'EventsDropped' | 'HandlerFailed', message: string, retryable: boolean, cause?: unknown): void {
    const problem = new ClientProblem(code, message, retryable, cause);
    problem.subscriptionId = this.id;
    this.tell(problem);
  }
}
