import { LogEvent, LogEvents } from './log-events';

const DAY = 24 * 60 * 60 * 1000;

/** What a group keeps at most, each event counted with what holding it takes: the oldest go first, so that a busy gateway does not eat the memory. */
export const KEPT_BYTES = 32 * 1024 * 1024;

/** A log stream: its events are in its group. */
export interface LogStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  firstEventAt?: number;
  lastEventAt?: number;
  lastIngestedAt?: number;
}

/** A log group, with the events of all its streams in one order. */
export class LogGroup {
  readonly streams = new Map<string, LogStream>();
  readonly tags: Map<string, string>;
  readonly events = new LogEvents(KEPT_BYTES);
  /** The names of the metric filters that count its events on AWS. */
  readonly metricFilters = new Set<string>();

  constructor(
    readonly name: string,
    /** Without the `:*` at its end. */
    readonly arn: string,
    readonly createdAt: number,
    public retentionInDays: number | undefined,
    tags: Readonly<Record<string, string>> = {},
  ) {
    this.tags = new Map(Object.entries(tags));
  }

  addStream(name: string, now: number): void {
    this.streams.set(name, { name, arn: `${this.arn}:log-stream:${name}`, createdAt: now });
  }

  deleteStream(name: string): void {
    this.streams.delete(name);
    this.events.deleteStream(name);
  }

  /** What is older is gone. */
  oldestKept(now: number): number {
    return this.retentionInDays === undefined ? -Infinity : now - this.retentionInDays * DAY;
  }

  append(stream: LogStream, events: readonly Pick<LogEvent, 'timestamp' | 'message'>[], now: number): void {
    this.expire(now);
    for (const { timestamp, message } of events) {
      this.events.add(stream.name, timestamp, message, now);
      stream.firstEventAt = Math.min(stream.firstEventAt ?? timestamp, timestamp);
      stream.lastEventAt = Math.max(stream.lastEventAt ?? timestamp, timestamp);
    }
    stream.lastIngestedAt = now;
  }

  /** Forgets what the retention has let go. */
  expire(now: number): void {
    this.events.deleteBefore(this.oldestKept(now));
  }
}
