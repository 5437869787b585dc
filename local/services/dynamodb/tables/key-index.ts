/** Rows by a key: in partitions, and in each in the order of the sort key. Both tables and their secondary indexes are found through these. */
import { createHash } from 'node:crypto';
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
}

interface Partition {
  readonly hash: string;
  /** Scans go in the order of these, which is none that anyone could rely on. */
  readonly digest: string;
  readonly entries: SortedList<Entry>;
}

const compareEntries = (left: Entry, right: Entry) => compareTexts(left.sort, right.sort) || compareTexts(left.row.key, right.row.key);
const comparePartitions = (left: Partition, right: Partition) => compareTexts(left.digest, right.digest) || compareTexts(left.hash, right.hash);

export class KeyIndex {
  private readonly partitions = new Map<string, Partition>();
  private readonly inOrder = new SortedList<Partition>(comparePartitions);

  constructor(private readonly schema: KeySchema) {}

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
      for (const { sort, row } of entries.forward(entry => range.isBelow(entry.sort) || start !== undefined && comparedTo(entry, start) <= 0)) {
        if (range.isAbove(sort)) {
          return;
        }
        yield row;
      }
    } else {
      for (const { sort, row } of entries.backward(entry => range.isAbove(entry.sort) || start !== undefined && comparedTo(entry, start) >= 0)) {
        if (range.isBelow(sort)) {
          return;
        }
        yield row;
      }
    }
  }

  /** All rows, or those of a segment. */
  *scan(segment?: Segment, start?: StartPlace): Generator<Row> {
    const startDigest = start && digestOf(start.hash);
    const isBelow = (partition: Partition) => segment !== undefined && segmentOf(partition.digest, segment.total) < segment.number
      || startDigest !== undefined && (compareTexts(partition.digest, startDigest) || compareTexts(partition.hash, start!.hash)) < 0;
    for (const { hash, digest, entries } of this.inOrder.forward(isBelow)) {
      if (segment && segmentOf(digest, segment.total) > segment.number) {
        return;
      }
      for (const { row } of entries.forward(entry => hash === start?.hash && comparedTo(entry, start) <= 0)) {
        yield row;
      }
    }
  }

  private add({ hash, sort }: Place, row: Row): void {
    let partition = this.partitions.get(hash);
    if (!partition) {
      partition = { hash, digest: digestOf(hash), entries: new SortedList(compareEntries) };
      this.partitions.set(hash, partition);
      this.inOrder.add(partition);
    }
    partition.entries.add({ sort, row });
  }

  private remove({ hash, sort }: Place, row: Row): void {
    const partition = this.partitions.get(hash);
    partition?.entries.delete({ sort, row });
    if (partition?.entries.isEmpty) {
      this.partitions.delete(hash);
      this.inOrder.delete(partition);
    }
  }
}

/** The segment that a partition's key falls into. */
export function segmentOfHash(hash: string, total: number): number {
  return segmentOf(digestOf(hash), total);
}

function comparedTo({ sort, row }: Entry, place: StartPlace): number {
  return compareTexts(sort, place.sort) || compareTexts(row.key, place.key);
}

function digestOf(hash: string): string {
  return createHash('md5').update(hash).digest('hex');
}

function segmentOf(digest: string, total: number): number {
  return Math.floor(Number.parseInt(digest.slice(0, 8), 16) / 2 ** 32 * total);
}
