/** A log event as it is kept. */
export interface LogEvent {
  readonly stream: string;
  readonly timestamp: number;
  readonly ingestedAt: number;
  readonly message: string;
  /** Counts the events of a group in the order they came. */
  readonly sequence: number;
}

/** Where an event stands among the others: by its time, then by when it came. */
export type EventPosition = Pick<LogEvent, 'timestamp' | 'sequence'>;

/** What an event takes beside its text. */
const EVENT_BYTES = 128;

/** Deleted events at the front stay in the array until they are as many as this, and as the rest. */
const COMPACTED_AT = 1024;

/** The events of a group in the order of their time, of which the oldest make room for new ones. */
export class LogEvents {
  /** Events before `first` are deleted. */
  private events: LogEvent[] = [];
  private first = 0;
  private bytes = 0;
  private sequence = 0;

  constructor(private readonly maximumBytes: number) {}

  /** How many events there have been. */
  get latestSequence(): number {
    return this.sequence;
  }

  /** What the events that are kept take. */
  get storedBytes(): number {
    return this.bytes;
  }

  add(stream: string, timestamp: number, message: string, ingestedAt: number): void {
    const event = { stream, timestamp, ingestedAt, message, sequence: ++this.sequence };
    const last = this.events.at(-1);
    if (last === undefined || last.timestamp <= timestamp) {
      this.events.push(event);
    } else {
      this.events.splice(this.indexAfter(event), 0, event);
    }
    this.bytes += size(event);
    while (this.bytes > this.maximumBytes) {
      this.deleteFirst();
    }
  }

  deleteBefore(timestamp: number): void {
    while (this.first < this.events.length && this.events[this.first].timestamp < timestamp) {
      this.deleteFirst();
    }
  }

  deleteStream(stream: string): void {
    this.events = this.events.slice(this.first).filter(event => event.stream !== stream);
    this.first = 0;
    this.bytes = this.events.reduce((sum, event) => sum + size(event), 0);
  }

  /** The events after a position, the oldest first. */
  * after(position: EventPosition): Generator<LogEvent> {
    for (let index = this.indexAfter(position); index < this.events.length; index++) {
      yield this.events[index];
    }
  }

  /** The events before a position, the newest first. */
  * before(position: EventPosition): Generator<LogEvent> {
    for (let index = this.indexAfter({ ...position, sequence: position.sequence - 1 }) - 1; index >= this.first; index--) {
      yield this.events[index];
    }
  }

  private deleteFirst(): void {
    this.bytes -= size(this.events[this.first]);
    // Lets go of it now, and of its place later.
    this.events[this.first++] = undefined as never;
    if (this.first >= COMPACTED_AT && this.first * 2 >= this.events.length) {
      this.events = this.events.slice(this.first);
      this.first = 0;
    }
  }

  /** The index of the first event after a position. */
  private indexAfter({ timestamp, sequence }: EventPosition): number {
    let [low, high] = [this.first, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const event = this.events[middle];
      if (event.timestamp < timestamp || (event.timestamp === timestamp && event.sequence <= sequence)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function size({ message }: LogEvent): number {
  return EVENT_BYTES + message.length * 2;
}
