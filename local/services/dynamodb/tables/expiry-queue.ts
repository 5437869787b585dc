/** The rows of a table in the order in which they expire. */
import { Row } from './row';
import { SortedList } from './sorted-list';
import { attributeOf, Attributes } from '../values/attribute-value';

/** What expired longer ago is left alone: DynamoDB takes such a value for a mistake. */
const FIVE_YEARS = 5 * 365 * 24 * 60 * 60;

export class ExpiryQueue {
  /** Many rows expire in the same second: connections that were made together do. */
  private readonly rowsByTime = new Map<number, Set<Row>>();
  /** In seconds since 1970. */
  private readonly times = new SortedList<number>((left, right) => left - right);

  constructor(readonly attribute: string) {}

  /** When the next row expires, or has expired; rows that have been left alone for their age are passed over. */
  nextAfter(now: number): number | undefined {
    return this.inWindow(now).next().value;
  }

  /** Follows the change of a row. */
  move(row: Row, before: Attributes | undefined, after: Attributes | undefined): void {
    const from = before && this.expiryOf(before);
    const to = after && this.expiryOf(after);
    if (from === to) {
      return;
    }
    if (from !== undefined) {
      this.remove(from, row);
    }
    if (to !== undefined) {
      this.add(to, row);
    }
  }

  /** The rows whose time is over. */
  expired(now: number): Row[] {
    const rows: Row[] = [];
    for (const time of this.inWindow(now)) {
      if (time >= now) {
        break;
      }
      this.rowsByTime.get(time)!.forEach(row => rows.push(row));
    }
    return rows;
  }

  private add(time: number, row: Row): void {
    const rows = this.rowsByTime.get(time);
    if (rows) {
      rows.add(row);
    } else {
      this.rowsByTime.set(time, new Set([row]));
      this.times.add(time);
    }
  }

  private remove(time: number, row: Row): void {
    const rows = this.rowsByTime.get(time)!;
    rows.delete(row);
    if (rows.size === 0) {
      this.rowsByTime.delete(time);
      this.times.delete(time);
    }
  }

  private inWindow(now: number): Generator<number> {
    return this.times.forward(time => time < now - FIVE_YEARS);
  }

  /** Only numbers count, and they count seconds: a time in milliseconds lies far ahead. */
  private expiryOf(item: Attributes): number | undefined {
    const value = attributeOf(item, this.attribute)?.N;
    return value === undefined ? undefined : Number(value);
  }
}
