/** Rows by a key: in partitions, and in each in the order of the sort key. Both tables and their secondary indexes are found through these. */
import { digestOf, keyBytes, keyDigest } from './key-digest';
import { KeySchema, sortText } from './key-schema';
import { Row } from './row';
import { SortedList } from './sorted-list';
import { attributeOf, Attributes } from '../values/attribute-value';
import { compareTexts } from '../values/compare';

/** Where a row stands in an index. */
export interface Place {
  readonly hash: string;
  readonly sort: string;
}

/** Where a read goes on: after this place, and within it after this row. */
export interface StartPlace extends Place {
  readonly key: string;
  readonly digest: string;
  readonly tie: string;
}

/** The part of a partition that a query wants. */
export interface SortRange {
  readonly isBelow: (sort: string) => boolean;
  readonly isAbove: (sort: string) => boolean;
}

/** One of the equal parts of an index that parallel scans share. */
export interface Segment {
  readonly number: number;
  readonly total: number;
}

interface Entry {
  readonly sort: string;
  readonly row: Row;
  /** What decides between rows of one key, once that is asked. */
  tie?: string;
}

interface Partition {
  readonly hash: string;
  readonly entries: SortedList<Entry>;
}

/** Scans go in the order of these. */
interface OrderedPartition extends Partition {
  readonly digest: string;
}

const comparePartitions = (left: OrderedPartition, right: OrderedPartition) => compareTexts(left.digest, right.digest) || compareTexts(left.hash, right.hash);

export class KeyIndex {
  private readonly partitions = new Map<string, Partition>();
  private readonly inOrder = new SortedList<OrderedPartition>(comparePartitions);
  /** Those that no scan has asked for yet: most tables are only ever asked for one partition, and an order costs more than a write. */
  private readonly unordered = new Set<Partition>();

  /** The schema of the table is that of its rows where they are found by another key. */
  constructor(private readonly schema: KeySchema, private readonly tableSchema?: KeySchema) {}

  /** Where an item stands; nowhere when it lacks a part of the key. */
  placeOf(item: Attributes): Place | undefined {
    const { hash, range } = this.schema;
    const hashText = attributeOf(item, hash.name)?.[hash.type];
    const rangeValue = range && attributeOf(item, range.name);
    if (hashText === undefined || range && rangeValue?.[range.type] === undefined) {
      return undefined;
    }
    return { hash: hashText, sort: range ? sortText(range.type, rangeValue!) : '' };
  }

  /** Where a read goes on after the row with a key. */
  startOf(attributes: Attributes, key: string): StartPlace {
    const place = this.placeOf(attributes)!;
    return { ...place, key, digest: this.digestOf(place.hash), tie: this.tableSchema ? keyDigest(this.tableSchema, attributes) : '' };
  }

  /** Follows the change of a row, which has its new item by now. */
  move(row: Row, before: Attributes | undefined, after: Attributes | undefined): void {
    const from = before && this.placeOf(before);
    const to = after && this.placeOf(after);
    if (from?.hash === to?.hash && from?.sort === to?.sort) {
      return;
    }
    if (from) {
      this.remove(from, row);
    }
    if (to) {
      this.add(to, row);
    }
  }

  /** The rows of a partition within a range, from the one side or the other. */
  *query(hash: string, range: SortRange, forward: boolean, start?: StartPlace): Generator<Row> {
    const entries = this.partitions.get(hash)?.entries;
    if (!entries) {
      return;
    }
    if (forward) {
      for (const { sort, row } of entries.forward(entry => range.isBelow(entry.sort) || start !== undefined && this.comparedTo(entry, start) <= 0)) {
        if (range.isAbove(sort)) {
          return;
        }
        yield row;
      }
    } else {
      for (const { sort, row } of entries.backward(entry => range.isAbove(entry.sort) || start !== undefined && this.comparedTo(entry, start) >= 0)) {
        if (range.isBelow(sort)) {
          return;
        }
        yield row;
      }
    }
  }

  /** All rows, or those of a segment. */
  *scan(segment?: Segment, start?: StartPlace): Generator<Row> {
    this.order();
    const startDigest = start?.digest;
    const isBelow = (partition: OrderedPartition) => segment !== undefined && segmentOf(partition.digest, segment.total) < segment.number
      || startDigest !== undefined && (compareTexts(partition.digest, startDigest) || compareTexts(partition.hash, start!.hash)) < 0;
    for (const { hash, digest, entries } of this.inOrder.forward(isBelow)) {
      if (segment && segmentOf(digest, segment.total) > segment.number) {
        return;
      }
      for (const { row } of entries.forward(entry => hash === start?.hash && this.comparedTo(entry, start) <= 0)) {
        yield row;
      }
    }
  }

  private add({ hash, sort }: Place, row: Row): void {
    let partition = this.partitions.get(hash);
    if (!partition) {
      partition = { hash, entries: new SortedList(this.compareEntries) };
      this.partitions.set(hash, partition);
      this.unordered.add(partition);
    }
    partition.entries.add({ sort, row });
  }

  private remove({ hash, sort }: Place, row: Row): void {
    const partition = this.partitions.get(hash);
    partition?.entries.delete({ sort, row });
    if (partition?.entries.isEmpty) {
      this.partitions.delete(hash);
      if (!this.unordered.delete(partition)) {
        this.inOrder.delete(this.ordered(partition));
      }
    }
  }

  private order(): void {
    this.unordered.forEach(partition => this.inOrder.add(this.ordered(partition)));
    this.unordered.clear();
  }

  private ordered(partition: Partition): OrderedPartition {
    return { ...partition, digest: this.digestOf(partition.hash) };
  }

  private readonly compareEntries = (left: Entry, right: Entry): number => {
    const sorted = compareTexts(left.sort, right.sort);
    return sorted !== 0 || left.row === right.row ? sorted : this.compareTies(left, this.tieOf(right), right.row.key);
  };

  private comparedTo(entry: Entry, place: StartPlace): number {
    return compareTexts(entry.sort, place.sort) || this.compareTies(entry, place.tie, place.key);
  }

  private compareTies(entry: Entry, tie: string, key: string): number {
    return compareTexts(this.tieOf(entry), tie) || compareTexts(entry.row.key, key);
  }

  private tieOf(entry: Entry): string {
    return entry.tie ??= this.tableSchema ? keyDigest(this.tableSchema, entry.row.item) : '';
  }

  private digestOf(hash: string): string {
    const { type } = this.schema.hash;
    return digestOf([keyBytes(type, { [type]: hash })]);
  }
}

/** The segment of a scan that a partition falls into: the first three digits of its digest decide. */
export function segmentOf(digest: string, total: number): number {
  return Math.floor(Number.parseInt(digest.slice(0, 3), 16) * total / 4096);
}
