/** The rows of a table in the order in which they expire. */
import { Row } from './row';
import { SortedList } from './sorted-list';
import { attributeOf, Attributes } from '../values/attribute-value';
import { compareTexts } from '../values/compare';

interface Entry {
  /** In seconds since 1970. */
  readonly expiresAt: number;
  readonly row: Row;
}

/** What expired longer ago is left alone: DynamoDB takes such a value for a mistake. */
const FIVE_YEARS = 5 * 365 * 24 * 60 * 60;

export class ExpiryQueue {
  private readonly entries = new SortedList<Entry>((left, right) => left.expiresAt - right.expiresAt || compareTexts(left.row.key, right.row.key));

  constructor(readonly attribute: string) {}

  /** When the next row expires, or has expired; rows that have been left alone for their age are passed over. */
  nextAfter(now: number): number | undefined {
    return this.inWindow(now).next().value?.expiresAt;
  }

  /** Follows the change of a row. */
  move(row: Row, before: Attributes | undefined, after: Attributes | undefined): void {
    const from = before && this.expiryOf(before);
    const to = after && this.expiryOf(after);
    if (from === to) {
      return;
    }
    if (from !== undefined) {
      this.entries.delete({ expiresAt: from, row });
    }
    if (to !== undefined) {
      this.entries.add({ expiresAt: to, row });
    }
  }

  /** The rows whose time is over. */
  expired(now: number): Row[] {
    const rows: Row[] = [];
    for (const { expiresAt, row } of this.inWindow(now)) {
      if (expiresAt >= now) {
        break;
      }
      rows.push(row);
    }
    return rows;
  }

  private inWindow(now: number): Generator<Entry> {
    return this.entries.forward(({ expiresAt }) => expiresAt < now - FIVE_YEARS);
  }

  /** Only numbers count, and they count seconds: a time in milliseconds lies far ahead. */
  private expiryOf(item: Attributes): number | undefined {
    const value = attributeOf(item, this.attribute)?.N;
    return value === undefined ? undefined : Number(value);
  }
}
