import { Table } from './table';

/** All tables, in memory. */
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

  add(table: Table): void {
    this.byName.set(table.name, table);
  }

  delete(table: Table): void {
    this.byName.delete(table.name);
  }
}
