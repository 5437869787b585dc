/** Tables as they are stored: everything but their rows, which are entries of their own. */
import { Environment } from '../../../kernel/contracts';
import { Table } from '../tables/table';
import { TableDefinition } from '../tables/table-definition';
import { Attributes } from '../values/attribute-value';

const TABLE = 'dynamodb/table/';
const ITEM = 'dynamodb/item/';

/** What is stored of a table. */
export interface StoredTable {
  readonly definition: TableDefinition;
  readonly environment: Environment;
  readonly id: string;
  readonly createdAt: number;
  readonly streamLabel?: string;
  readonly expiryAttribute?: string;
  /** What the template said when it last made or changed the table. */
  readonly declaration?: string;
}

/** The key of a table's entry. */
export function tableKey(name: string): string {
  return TABLE + name;
}

/** The key of an item's entry. A key may have characters that UTF-8 lacks; JSON escapes them. */
export function itemKey(tableName: string, key: string): string {
  return `${ITEM}${tableName}/${JSON.stringify(key)}`;
}

/** A table as it stands; its indexes and tags may have changed since it was defined. */
export function storedTable(table: Table): StoredTable {
  const { definition, environment, id, createdAt, streamLabel, declaration } = table;
  const globalIndexes = [...table.indexes.values()].filter(index => index.kind === 'global').map(index => index.definition);
  return {
    definition: {
      ...definition,
      GlobalSecondaryIndexes: globalIndexes.length > 0 ? globalIndexes : undefined,
      Tags: [...table.tags].map(([Key, Value]) => ({ Key, Value })),
    },
    environment,
    id,
    createdAt,
    streamLabel,
    expiryAttribute: table.expiry?.attribute,
    declaration,
  };
}

/** What is stored, by the name of the table. */
export interface StoredTables {
  readonly tables: ReadonlyMap<string, StoredTable>;
  readonly items: ReadonlyMap<string, Attributes[]>;
}

/** Reads entries; those of other services are none of ours. */
export function readStoredTables(entries: Iterable<readonly [key: string, value: string]>): StoredTables {
  const tables = new Map<string, StoredTable>();
  const items = new Map<string, Attributes[]>();
  for (const [key, value] of entries) {
    if (key.startsWith(TABLE)) {
      tables.set(key.slice(TABLE.length), JSON.parse(value));
    } else if (key.startsWith(ITEM)) {
      const name = key.slice(ITEM.length, key.indexOf('/', ITEM.length));
      if (!items.has(name)) {
        items.set(name, []);
      }
      items.get(name)!.push(JSON.parse(value));
    }
  }
  return { tables, items };
}
