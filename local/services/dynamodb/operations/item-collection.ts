/** Item collections: all items of one partition key, in tables with local indexes. */
import { ReturnItemCollectionMetrics } from '../shapes/member-shapes';
import { Table } from '../tables/table';
import { Attributes } from '../values/attribute-value';

/** As answers tell it. */
export interface ItemCollectionMetrics {
  readonly ItemCollectionKey: Attributes;
  readonly SizeEstimateRangeGB: readonly [number, number];
}

/** The metrics of the collection that an item belongs to, where they are wanted and there are any. */
export function itemCollectionMetrics(wanted: ReturnItemCollectionMetrics | undefined, table: Table, key: Attributes): ItemCollectionMetrics | undefined {
  const hasLocalIndex = [...table.indexes.values()].some(({ kind }) => kind === 'local');
  if (wanted !== 'SIZE' || !hasLocalIndex) {
    return undefined;
  }
  const { name } = table.schema.hash;
  return { ItemCollectionKey: { [name]: key[name] }, SizeEstimateRangeGB: [0, 1] };
}

/** The metrics that one table has. */
export interface TableMetrics {
  readonly name: string;
  readonly metrics: readonly ItemCollectionMetrics[];
}

/** The metrics of all tables that have some. */
export function metricsByTable(tables: readonly TableMetrics[]): Record<string, readonly ItemCollectionMetrics[]> | undefined {
  const entries = tables.filter(({ metrics }) => metrics.length > 0).map(({ name, metrics }) => [name, metrics] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
