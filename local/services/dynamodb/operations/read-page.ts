/** One page of a Query or Scan. */
import { Consumption, consumedCapacity, readUnits } from './capacity';
import { ReadInput, Selection } from './read-input';
import { ReadTarget, startKeyOf } from './read-target';
import { Row } from '../tables/row';
import { Attributes } from '../values/attribute-value';
import { itemSize } from '../values/item-size';
import { storedSize } from '../values/stored-size';

/** A page ends with the item that exceeds it. */
const PAGE_SIZE = 1024 * 1024;

/** Reads rows until the page is full; what a filter drops counts as well. */
export function readPage(target: ReadTarget, rows: Iterable<Row>, input: ReadInput, { filter }: Selection): object {
  const items: Attributes[] = [];
  const sortKey = target.table.schema.range?.name;
  let [scanned, count, size, fetched, stored] = [0, 0, 0, 0, 0];
  let last: Attributes | undefined;
  for (const row of rows) {
    const { item, size: rowSize } = row;
    scanned += 1;
    size += sizeIn(target, item, rowSize);
    fetched += target.fetches ? rowSize : 0;
    stored += row.storedSize ??= storedSize(item, sortKey);
    if (!filter || filter.matches(target.view(item))) {
      count += 1;
      if (input.Select !== 'COUNT') {
        items.push(target.answer(item));
      }
    }
    if (scanned === input.Limit || stored >= PAGE_SIZE) {
      last = item;
      break;
    }
  }
  return {
    Items: input.Select === 'COUNT' ? undefined : items,
    Count: count,
    ScannedCount: scanned,
    LastEvaluatedKey: last && startKeyOf(target, last),
    ConsumedCapacity: consumedCapacity(input.ReturnConsumedCapacity, target.table, () => consumptionOf(target, { size, fetched }, input.ConsistentRead)),
  };
}

function sizeIn({ index }: ReadTarget, item: Attributes, size: number): number {
  return !index || index.projectsAll ? size : itemSize(index.project(item));
}

/** What an index has not itself is read from the table as well. */
function consumptionOf({ index, fetches }: ReadTarget, sizes: Record<'size' | 'fetched', number>, consistent: boolean | undefined): Consumption {
  const units = readUnits(sizes.size || 1, consistent);
  return index ? { table: fetches ? readUnits(sizes.fetched, consistent) : 0, indexes: new Map([[index, units]]) } : { table: units, indexes: new Map() };
}
