/** Keeps tables beyond the process: memory is what operations work on, and what they change there is stored before they are answered. */
import { Journal } from './journal';
import { itemKey, readStoredTables, StoredTable, storedTable, tableKey } from './stored-table';
import { Storage } from '../../../kernel/contracts';
import { ItemListener, Table } from '../tables/table';
import { Attributes } from '../values/attribute-value';

export class Persistence implements ItemListener {
  private readonly journal: Journal;

  constructor(private readonly storage: Storage, report: (error: unknown) => void) {
    this.journal = new Journal(storage, report);
  }

  /** To be told of every change of an item. */
  itemChanged(table: Table, key: string, before: Attributes | undefined, after: Attributes | undefined): void {
    this.journal.record({ key: itemKey(table.name, key), before, after, undo: () => table.restore(key, before) });
  }

  /** The tables that an earlier process left. */
  restore(): Table[] {
    const { tables, items } = readStoredTables(this.storage.takeEntries());
    return [...tables.values()].map(stored => this.restoreTable(stored, items.get(stored.definition.TableName)));
  }

  /** To be told after a table was made, and how that is undone. */
  tableCreated(table: Table, undo: () => void): void {
    this.journal.record({ key: tableKey(table.name), before: undefined, after: storedTable(table), undo });
  }

  /** To be told before a table changes; returns what is to be called after. */
  tableChanges(table: Table): () => void {
    const [before, undo] = [storedTable(table), table.checkpoint()];
    return () => this.journal.record({ key: tableKey(table.name), before, after: storedTable(table), undo });
  }

  /** To be told after a table was deleted, and how that is undone. */
  tableDeleted(table: Table, undo: () => void): void {
    this.journal.record({ key: tableKey(table.name), before: storedTable(table), after: undefined, undo });
    for (const { key, item } of table.items) {
      this.journal.record({ key: itemKey(table.name, key), before: item, after: undefined, undo: () => {} });
    }
  }

  /** What an operation that may have written waits for before it is answered. */
  settled(): Promise<void> | undefined {
    return this.journal.settled();
  }

  private restoreTable(stored: StoredTable, items?: Iterable<Attributes>): Table {
    const table = new Table({ ...stored, items, listener: this });
    table.streamLabel = stored.streamLabel;
    table.declaration = stored.declaration;
    if (stored.expiryAttribute !== undefined) {
      table.expireBy(stored.expiryAttribute);
    }
    return table;
  }
}
