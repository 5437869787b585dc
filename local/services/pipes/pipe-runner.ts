import { Pipe, PipeEvent } from './pipe';
import { Cursor, Source } from './sources/source';
import { Target } from './targets/target';
import { ServiceContext } from '../../kernel/contracts';
import { queueUrlOf } from '../../kernel/queue-url';

const FIRST_RETRY_MILLISECONDS = 1000;
const LONGEST_RETRY_MILLISECONDS = 60_000;

/** A batch that was not handed on yet. */
interface PendingBatch {
  readonly events: readonly PipeEvent[];
  attempts: number;
}

/** Carries events from the source of a pipe to its target, batch after batch. */
export class PipeRunner {
  private cursor?: Cursor;
  private pending?: PendingBatch;
  private failures = 0;
  private cancel?: () => void;
  private stopped = false;

  constructor(private readonly context: ServiceContext, private readonly pipe: Pipe, private readonly source: Source, private readonly target: Target) {}

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopped = true;
    this.cancel?.();
  }

  private async run(): Promise<void> {
    let wait = this.source.pollMilliseconds;
    try {
      // A full batch is followed by the next at once.
      while (!this.stopped && await this.step()) {
        this.failures = 0;
      }
      this.failures = 0;
    } catch (error) {
      this.report(error);
      wait = Math.min(FIRST_RETRY_MILLISECONDS * 2 ** this.failures++, LONGEST_RETRY_MILLISECONDS);
    }
    if (!this.stopped) {
      this.cancel = this.context.clock.schedule(wait, () => void this.run());
    }
  }

  /** Deals with one batch; false when there was none. */
  private async step(): Promise<boolean> {
    const { context, pipe, source } = this;
    const principal = context.assumeRole(pipe.roleArn, 'pipes.amazonaws.com', pipe.arn);
    this.cursor ??= await source.open(context, pipe, principal);
    const opened = this.cursor;
    // A pipe looks several times a second, mostly for nothing.
    this.pending ??= { events: await context.trace.idly(() => opened.read()), attempts: 0 };
    const { pending, cursor } = this;
    if (pending.events.length === 0) {
      this.pending = undefined;
      await cursor.commit();
      return false;
    }
    try {
      await (context.trace.detailed ? this.handOnObserved(pending) : this.handOn(pending));
    } catch (error) {
      if (!source.keepsOrder) {
        this.pending = undefined;
        throw error;
      }
      if (!await this.giveUp(pending, error)) {
        throw error;
      }
    }
    this.pending = undefined;
    await context.trace.idly(() => cursor.commit());
    return true;
  }

  /** The same, for whoever observes: a batch comes from all that wrote its records. */
  private async handOnObserved(pending: PendingBatch): Promise<void> {
    const { pipe, context: { trace, clock } } = this;
    const causes = [...new Set(pending.events.flatMap(event => trace.markOf(markOf(event)) ?? []))];
    const activity = trace.begin();
    const inputs: unknown[] = [];
    const startedAt = clock.now();
    const tell = (outcome: string) => trace.detail({
      kind: 'batch', time: clock.now(), startedAt, pipe: pipe.name, source: pipe.source, target: pipe.target, events: pending.events, inputs, causes, outcome,
    }, { ...activity, cause: causes[0] ?? activity.cause });
    try {
      await trace.within(activity, () => this.handOn(pending, input => inputs.push(input)));
      tell('ok');
    } catch (error) {
      tell(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
      throw error;
    }
  }

  private async handOn({ events }: PendingBatch, note?: (input: unknown) => void): Promise<void> {
    const { context, pipe } = this;
    const passing = events.filter(event => pipe.filters.length === 0 || pipe.filters.some(filter => filter.matches(event)));
    if (passing.length > 0) {
      const about = { arn: pipe.arn, name: pipe.name, source: pipe.source, target: pipe.target, ingestionTime: new Date(context.clock.now()).toISOString() };
      const messages = passing.map(event => ({ event, input: pipe.input.render(event, about) }));
      messages.forEach(({ input }) => note?.(input));
      await this.target.send(context, pipe, context.assumeRole(pipe.roleArn, 'pipes.amazonaws.com', pipe.arn), messages);
    }
  }

  /** Whether a batch has been tried often enough or has become too old: then it goes to the dead-letter queue, if there is one. */
  private async giveUp(pending: PendingBatch, error: unknown): Promise<boolean> {
    const { batch } = this.pipe;
    pending.attempts++;
    const tooOld = this.cursor!.ageSeconds(pending.events[0], this.context.clock.now()) > batch.maximumRecordAgeSeconds;
    if (pending.attempts <= batch.maximumRetryAttempts && !tooOld) {
      return false;
    }
    this.report(error);
    await this.sendDeadLetter(pending, tooOld ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted');
    return true;
  }

  private async sendDeadLetter({ events }: PendingBatch, condition: string): Promise<void> {
    const { context, pipe } = this;
    if (pipe.batch.deadLetterArn === undefined) {
      return;
    }
    const body = {
      context: { partnerResourceArn: pipe.arn, condition },
      version: '1.0',
      timestamp: new Date(context.clock.now()).toISOString(),
      ...this.cursor!.describeBatch(events),
    };
    await context.invoke({
      principal: context.assumeRole(pipe.roleArn, 'pipes.amazonaws.com', pipe.arn),
      service: 'sqs',
      operation: 'SendMessage',
      input: { QueueUrl: queueUrlOf(pipe.batch.deadLetterArn), MessageBody: JSON.stringify(body) },
    });
  }

  private report(error: unknown): void {
    const message = `Pipe ${this.pipe.name}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
    this.context.trace.emit({ kind: 'failure', time: this.context.clock.now(), source: 'pipes', message });
  }
}

/** The name under which what wrote an event has marked it: that of a record by its sequence number, that of a message by its id. */
function markOf({ eventSourceARN, dynamodb, messageId }: PipeEvent): string {
  return `${String(eventSourceARN)} ${String((dynamodb as { SequenceNumber?: string } | undefined)?.SequenceNumber ?? messageId)}`;
}
