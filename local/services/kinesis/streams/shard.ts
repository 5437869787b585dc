/** One record of a shard. */
export interface StoredRecord {
  /** Its place in the shard, counted from 0. */
  readonly position: number;
  readonly sequenceNumber: string;
  /** When it came, in milliseconds. */
  readonly time: number;
  readonly partitionKey: string;
  /** In Base64. */
  readonly data: string;
  readonly bytes: number;
}

/** Sequence numbers have 56 digits; what AWS makes them of is its own affair. */
const FIRST_SEQUENCE_NUMBER = 49_600_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000n;

/** A range of hash keys, and the records in it in the order in which they came. */
export class Shard {
  readonly id: string;
  /** How many records it has had. */
  private count = 0;
  /** Those before `head` are forgotten, and cleared away in bulk. */
  private records: StoredRecord[] = [];
  private head = 0;

  constructor(private readonly index: number, readonly startingHashKey: bigint, readonly endingHashKey: bigint) {
    this.id = `shardId-${String(index).padStart(12, '0')}`;
  }

  get startingSequenceNumber(): string {
    return this.sequenceNumber(0);
  }

  /** Where the next record will be. */
  get end(): number {
    return this.count;
  }

  add(time: number, partitionKey: string, data: string): StoredRecord {
    // The shard's first number belongs to the shard itself.
    const record = { position: this.count, sequenceNumber: this.sequenceNumber(this.count + 1), time, partitionKey, data, bytes: Buffer.byteLength(data, 'base64') };
    this.records.push(record);
    this.count++;
    return record;
  }

  /** The records from a place on. */
  from(position: number): readonly StoredRecord[] {
    const first = this.records[this.head]?.position ?? this.count;
    return this.records.slice(this.head + Math.max(0, position - first));
  }

  /** The place of a sequence number; undefined when it cannot be one of this shard. */
  positionOf(sequenceNumber: string): number | undefined {
    if (!/^\d{1,129}$/.test(sequenceNumber)) {
      return undefined;
    }
    const position = BigInt(sequenceNumber) - BigInt(this.sequenceNumber(1));
    return position >= -1n && position < BigInt(this.count) ? Math.max(0, Number(position)) : undefined;
  }

  /** When its oldest record came. */
  get oldestTime(): number {
    return this.records[this.head]?.time ?? Number.POSITIVE_INFINITY;
  }

  /** Forgets the oldest record; gives the number of bytes that this frees. */
  forgetOldest(): number {
    const { bytes } = this.records[this.head++];
    if (this.head * 2 > this.records.length) {
      this.records = this.records.slice(this.head);
      this.head = 0;
    }
    return bytes;
  }

  private sequenceNumber(count: number): string {
    return String(FIRST_SEQUENCE_NUMBER + (BigInt(this.index) << 64n) + BigInt(count));
  }
}
