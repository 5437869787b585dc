import { invalid } from './input';
import { EventPosition, LogEvent } from '../groups/log-events';

/** What a page of events holds at most. */
export const PAGE_EVENTS = 10_000;
const PAGE_BYTES = 1_048_576;

/** What an event counts beside its message. */
const EVENT_BYTES = 26;

/** Collects the events of a page until it is full. */
export class Page {
  readonly events: LogEvent[] = [];
  private bytes = 0;

  constructor(private readonly limit: number) {}

  /** False when the event belongs to the next page. */
  add(event: LogEvent): boolean {
    const bytes = this.bytes + Buffer.byteLength(event.message) + EVENT_BYTES;
    if (this.events.length === this.limit || (this.events.length > 0 && bytes > PAGE_BYTES)) {
      return false;
    }
    this.bytes = bytes;
    this.events.push(event);
    return true;
  }
}

/** A position as AWS writes the identifiers of events: 56 digits. */
export function positionText({ timestamp, sequence }: EventPosition): string {
  return `3${String(timestamp).padStart(17, '0')}${String(sequence).padStart(38, '0')}`;
}

export function readPosition(text: string): EventPosition {
  if (!/^3\d{55}$/.test(text)) {
    throw invalid('The specified nextToken is invalid.');
  }
  return { timestamp: Number(text.slice(1, 18)), sequence: Number(text.slice(18)) };
}
