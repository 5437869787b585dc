/** Where the rows of a table are kept. */
import { Row } from './row';

/** The rows of one table, by the text of their key. */
export interface ItemStore {
  readonly size: number;
  get(key: string): Row | undefined;
  /** Called for a new row, and whenever the item of a row was replaced. */
  put(row: Row): void;
  delete(key: string): void;
  rows(): Iterable<Row>;
}

/** Rows that are gone with the process. */
export class MemoryItemStore implements ItemStore {
  private readonly byKey = new Map<string, Row>();

  get size(): number {
    return this.byKey.size;
  }

  get(key: string): Row | undefined {
    return this.byKey.get(key);
  }

  put(row: Row): void {
    this.byKey.set(row.key, row);
  }

  delete(key: string): void {
    this.byKey.delete(key);
  }

  rows(): Iterable<Row> {
    return this.byKey.values();
  }
}
