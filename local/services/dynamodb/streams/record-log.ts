/** The records that a stream still has, by their position since it began. */
import { StreamRecord } from './stream-record';

/** How long DynamoDB keeps a record. */
export const RETENTION = 24 * 60 * 60 * 1000;

/** What is kept at most, so that a day of many writes does not fill the memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What a record takes beside its images, about. */
const RECORD_BYTES = 200;

export class RecordLog {
  private records: StreamRecord[] = [];
  /** How many records were there before the first one of the list. */
  private offset = 0;
  /** The index of the first record that is kept. */
  private first = 0;
  private bytes = 0;

  constructor(private readonly mostBytes: number = MOST_BYTES) {}

  /** The position of the oldest record. */
  get start(): number {
    return this.offset + this.first;
  }

  /** The position that the next record will have. */
  get end(): number {
    return this.offset + this.records.length;
  }

  append(record: StreamRecord): void {
    this.records.push(record);
    this.bytes += record.size + RECORD_BYTES;
    this.trim(record.time);
  }

  /** The records from a position on, no more than a number of them and of bytes, but one where there is one. */
  read(position: number, limit: number, mostBytes: number): StreamRecord[] {
    const from = position - this.offset;
    let to = from;
    let size = 0;
    while (to < this.records.length && to - from < limit && (to === from || size + this.records[to].size <= mostBytes)) {
      size += this.records[to].size;
      to += 1;
    }
    return this.records.slice(from, to);
  }

  /** Forgets what is too old, or too much. */
  trim(now: number): void {
    while (this.first < this.records.length && (this.records[this.first].time < now - RETENTION || this.bytes > this.mostBytes)) {
      this.bytes -= this.records[this.first].size + RECORD_BYTES;
      this.first += 1;
    }
    // Not one by one: what is left would be moved each time.
    if (this.first > 1000 && this.first > this.records.length / 2 || this.first === this.records.length) {
      this.records = this.records.slice(this.first);
      this.offset += this.first;
      this.first = 0;
    }
  }
}
