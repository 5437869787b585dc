/**
 * All tables, in memory. A level that outlives the process would be plugged in here, as another ItemStore: one that reads its rows when it is opened
 * and writes them through. Keys, indexes and expiry are derived from the rows, and know nothing of it.
 */
import { ItemStore, MemoryItemStore } from './item-store';
import { Table } from './table';

export class Store {
  /** By name, which is unique in the runtime, whatever the region: a caller need not say where a table lives. */
  private readonly byName = new Map<string, Table>();

  get tables(): Iterable<Table> {
    return this.byName.values();
  }

  /** A table by its name. */
  get(name: string): Table | undefined {
    return this.byName.get(name);
  }

  /** The place for the rows of a table. */
  openItems(): ItemStore {
    return new MemoryItemStore();
  }

  add(table: Table): void {
    this.byName.set(table.name, table);
  }

  delete(table: Table): void {
    this.byName.delete(table.name);
  }
}
