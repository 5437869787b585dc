import { ObservedEntry, TraceBus, TraceRecord } from '../kernel/contracts';

/** A record as it is kept and sent: its text is made once. */
export interface LoggedRecord {
  readonly sequence: number;
  readonly cause?: number;
  readonly json: string;
  /** By which it may be asked for: that of a request, or of an event. */
  readonly id?: string;
}

const MOST_RECORDS = 100_000;
const MOST_BYTES = 128 * 1024 * 1024;

/** What happened last, in every detail: the oldest is forgotten when there is too much. */
export class TraceLog {
  private records: LoggedRecord[] = [];
  private first = 0;
  private bytes = 0;
  private readonly followers = new Set<(record: LoggedRecord) => void>();

  constructor(private readonly mostRecords: number = MOST_RECORDS, private readonly mostBytes: number = MOST_BYTES) {}

  /** Takes down all that a runtime does, until the function returned is called. */
  observe(trace: TraceBus): () => void {
    return trace.observe(record => this.add(record));
  }

  /** What is kept, the oldest first. */
  get all(): readonly LoggedRecord[] {
    return this.records.slice(this.first);
  }

  /** Calls back with every record from now on, until the function returned is called. */
  follow(follower: (record: LoggedRecord) => void): () => void {
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  }

  clear(): void {
    this.records = [];
    this.first = 0;
    this.bytes = 0;
  }

  /** All that belongs to one request, by its identifier, that of an event in it, or the number of anything in it: from what came from outside to the last thing that followed. */
  story(id: string): LoggedRecord[] {
    const { all } = this;
    const found = all.find(record => record.id === id) ?? all.find(({ sequence }) => String(sequence) === id);
    if (!found) {
      return [];
    }
    const bySequence = new Map(all.map(record => [record.sequence, record]));
    let root = found.sequence;
    for (let record: LoggedRecord | undefined = found; record?.cause !== undefined; record = bySequence.get(record.cause)) {
      root = record.cause;
    }
    // A cause begins before what it causes, but is often told of later.
    const belongs = new Set([root]);
    for (const { sequence, cause } of [...all].sort((left, right) => left.sequence - right.sequence)) {
      if (cause !== undefined && belongs.has(cause)) {
        belongs.add(sequence);
      }
    }
    return all.filter(({ sequence }) => belongs.has(sequence));
  }

  private add(record: TraceRecord): void {
    const logged = { sequence: record.sequence, cause: record.cause, json: encode(record), id: idOf(record.entry) };
    this.records.push(logged);
    this.bytes += logged.json.length;
    while (this.records.length - this.first > this.mostRecords || (this.bytes > this.mostBytes && this.records.length - this.first > 1)) {
      this.bytes -= this.records[this.first].json.length;
      this.first += 1;
    }
    // Not one by one: what is left would be moved each time.
    if (this.first > this.records.length / 2) {
      this.records = this.records.slice(this.first);
      this.first = 0;
    }
    this.followers.forEach(follow => follow(logged));
  }
}

function idOf(entry: ObservedEntry): string | undefined {
  return entry.kind === 'event' ? (Object(entry.event) as { id?: string }).id : (entry as { requestId?: string }).requestId;
}

/** A record as JSON: what services hand to one another need not be JSON. */
export function encode({ sequence, cause, entry }: TraceRecord): string {
  try {
    return JSON.stringify({ sequence, cause, entry }, readable);
  } catch (error) {
    const unreadable = { kind: entry.kind, time: entry.time, outcome: `It cannot be shown: ${(error as Error).message}` } as unknown as ObservedEntry;
    return JSON.stringify({ sequence, cause, entry: unreadable });
  }
}

function readable(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const original = this[name];
  if (original instanceof Uint8Array) {
    return Buffer.from(original).toString('base64');
  }
  return typeof value === 'bigint' ? String(value) : value instanceof Map ? [...value] : value instanceof Set ? [...value] : value;
}
