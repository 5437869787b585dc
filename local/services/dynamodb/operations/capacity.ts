/** The capacity that an operation consumes; nothing is ever throttled for it. */
import { ReturnConsumedCapacity } from '../shapes/member-shapes';
import { KeyIndex } from '../tables/key-index';
import { SecondaryIndex } from '../tables/secondary-index';
import { Table } from '../tables/table';
import { Attributes } from '../values/attribute-value';
import { equalValues } from '../values/compare';
import { itemSize } from '../values/item-size';

const READ_UNIT = 4096;
const WRITE_UNIT = 1024;

/** Units of one table and its indexes. */
export interface Consumption {
  readonly table: number;
  readonly indexes: ReadonlyMap<SecondaryIndex, number>;
}

interface Units {
  readonly CapacityUnits: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

/** As answers tell it. */
export interface ConsumedCapacity extends Units {
  readonly TableName: string;
  readonly Table?: Units;
  readonly LocalSecondaryIndexes?: Record<string, Units>;
  readonly GlobalSecondaryIndexes?: Record<string, Units>;
}

const NO_INDEXES: ReadonlyMap<SecondaryIndex, number> = new Map();

/** What a read of so many bytes costs; eventual consistency halves it. */
export function readUnits(size: number, consistent: boolean | undefined): number {
  return Math.ceil(size / READ_UNIT) * (consistent ? 1 : 0.5);
}

/** The cost of reading one item, which is not nothing where there is none. */
export function itemReadConsumption(size: number | undefined, consistent: boolean | undefined): Consumption {
  return { table: readUnits(size || 1, consistent), indexes: NO_INDEXES };
}

/** The cost of a write, in the table and in every index that follows it. */
export function writeConsumption(table: Table, before: Attributes | undefined, after: Attributes | undefined): Consumption {
  const indexes = new Map<SecondaryIndex, number>();
  for (const index of table.indexes.values()) {
    const units = indexWriteUnits(index, before, after);
    if (units > 0) {
      indexes.set(index, units);
    }
  }
  return { table: Math.max(writeUnits(before), writeUnits(after), 1), indexes };
}

/** The sum of two consumptions of one table. */
export function addConsumptions(one: Consumption, other: Consumption): Consumption {
  const indexes = new Map(one.indexes);
  other.indexes.forEach((units, index) => indexes.set(index, (indexes.get(index) ?? 0) + units));
  return { table: one.table + other.table, indexes };
}

/** The `ConsumedCapacity` of an answer; undefined where nobody asked for it. Transactions cost twice, and tell whether it was for reading. */
export function consumedCapacity(
  wanted: ReturnConsumedCapacity | undefined, table: Table, consumption: () => Consumption, transaction?: 'Read' | 'Write',
): ConsumedCapacity | undefined {
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') {
    return undefined;
  }
  const consumed = consumption();
  const unitsOf = (units: number): Units => transaction
    ? { CapacityUnits: 2 * units, [`${transaction}CapacityUnits`]: 2 * units }
    : { CapacityUnits: units };
  const total = [...consumed.indexes.values()].reduce((sum, units) => sum + units, consumed.table);
  if (wanted === 'TOTAL') {
    return { TableName: table.name, ...unitsOf(total) };
  }
  const indexes = (kind: SecondaryIndex['kind']) => {
    const entries = [...consumed.indexes].filter(([index]) => index.kind === kind).map(([index, units]) => [index.name, unitsOf(units)] as const);
    return entries.length > 0 ? { [kind === 'local' ? 'LocalSecondaryIndexes' : 'GlobalSecondaryIndexes']: Object.fromEntries(entries) } : {};
  };
  return { TableName: table.name, ...unitsOf(total), Table: unitsOf(consumed.table), ...indexes('local'), ...indexes('global') };
}

function writeUnits(item: Attributes | undefined): number {
  return item ? Math.ceil(itemSize(item) / WRITE_UNIT) : 0;
}

/** A change of the key is a deletion and an insertion. */
function indexWriteUnits(index: SecondaryIndex, before: Attributes | undefined, after: Attributes | undefined): number {
  const [from, to] = [placed(index.rows, before), placed(index.rows, after)];
  const [old, new_] = [from && index.project(from), to && index.project(to)];
  if (old && new_ && samePlace(index.rows, old, new_)) {
    return equalValues({ M: old }, { M: new_ }) ? 0 : Math.max(writeUnits(old), writeUnits(new_));
  }
  return writeUnits(old) + writeUnits(new_);
}

function placed(rows: KeyIndex, item: Attributes | undefined): Attributes | undefined {
  return item && rows.placeOf(item) ? item : undefined;
}

function samePlace(rows: KeyIndex, one: Attributes, other: Attributes): boolean {
  const [from, to] = [rows.placeOf(one)!, rows.placeOf(other)!];
  return from.hash === to.hash && from.sort === to.sort;
}
