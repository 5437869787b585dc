/** The stream of a table: what happened to its items, in one shard, for a day. */
import { createHash } from 'node:crypto';
import { RecordLog } from './record-log';
import { describeRecord, StreamViewType } from './stream-record';
import { TraceBus } from '../../../kernel/contracts';
import { keyOf, KeySchema } from '../tables/key-schema';
import { KeySchemaElement } from '../tables/table-definition';
import { Attributes } from '../values/attribute-value';
import { equalValues } from '../values/compare';
import { itemSize } from '../values/item-size';

/** Digits of a sequence number that count records; those before them tell when the shard began, so that numbers ascend from one process to the next. */
const COUNTING_DIGITS = 12;

const MOST_BYTES_IN_ANSWER = 1024 * 1024;

export interface StreamOptions {
  readonly arn: string;
  readonly label: string;
  readonly tableName: string;
  readonly region: string;
  readonly viewType: StreamViewType;
  readonly schema: KeySchema;
  readonly keySchema: readonly KeySchemaElement[];
  /** When this process began to write it, in milliseconds. */
  readonly openedAt: number;
  readonly now: () => number;
  /** Is told the name of each record, by its stream and its sequence number, as it is written. */
  readonly mark?: TraceBus['mark'];
}

/** An item and its size. */
export interface Image {
  readonly item: Attributes;
  readonly size: number;
}

export class Stream {
  readonly shardId: string;
  /** When it was disabled, or its table deleted. */
  closedAt?: number;
  private readonly log = new RecordLog();

  constructor(readonly options: StreamOptions) {
    const digest = createHash('md5').update(options.arn).digest('hex').slice(0, 8);
    this.shardId = `shardId-${String(options.openedAt).padStart(20, '0')}-${digest}`;
  }

  get arn(): string {
    return this.options.arn;
  }

  get label(): string {
    return this.options.label;
  }

  /** The position of the oldest record that is left. */
  get start(): number {
    this.log.trim(this.options.now());
    return this.log.start;
  }

  /** The position after the youngest record. */
  get end(): number {
    return this.log.end;
  }

  /** Keeps what was written, where it changed anything. */
  write(before: Image | undefined, after: Image | undefined, expired: boolean): void {
    if (before && after && equalValues({ M: before.item }, { M: after.item })) {
      return;
    }
    const { schema, viewType, now, mark } = this.options;
    const keys = keyOf(schema, (after ?? before)!.item);
    mark?.(() => `${this.arn} ${this.sequenceNumber(this.log.end)}`);
    const newImage = viewType === 'NEW_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES' ? after : undefined;
    const oldImage = viewType === 'OLD_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES' ? before : undefined;
    this.log.append({
      eventName: !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE',
      time: now(),
      keys,
      newImage: newImage?.item,
      oldImage: oldImage?.item,
      size: itemSize(keys) + (newImage?.size ?? 0) + (oldImage?.size ?? 0),
      expired,
    });
  }

  /** The records from a position on, as GetRecords answers them. */
  read(position: number, limit: number): object[] {
    const { arn: streamArn, region, viewType } = this.options;
    return this.log.read(position, limit, MOST_BYTES_IN_ANSWER)
      .map((record, index) => describeRecord(record, { streamArn, region, viewType, sequenceNumber: this.sequenceNumber(position + index) }));
  }

  sequenceNumber(position: number): string {
    return `${this.options.openedAt}${String(position).padStart(COUNTING_DIGITS, '0')}`;
  }

  /** The position that a sequence number tells; undefined where it is none of this stream. */
  positionOf(sequenceNumber: string): number | undefined {
    const position = Number(sequenceNumber.slice(-COUNTING_DIGITS));
    return /^\d+$/.test(sequenceNumber) && this.sequenceNumber(position) === sequenceNumber ? position : undefined;
  }
}
