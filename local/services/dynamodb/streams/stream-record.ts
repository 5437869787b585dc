/** One change of an item, as its stream keeps and tells it. */
import { createHash } from 'node:crypto';
import { StreamSpecification } from '../tables/table-definition';
import { Attributes } from '../values/attribute-value';

export type StreamViewType = NonNullable<StreamSpecification['StreamViewType']>;

/** What a stream keeps of a change; items are never changed once they are stored, so that it may share them. */
export interface StreamRecord {
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** In milliseconds. */
  readonly time: number;
  readonly keys: Attributes;
  readonly newImage?: Attributes;
  readonly oldImage?: Attributes;
  /** In bytes, as DynamoDB counts. */
  readonly size: number;
  /** Whether DynamoDB itself made the change, since the item had expired. */
  readonly expired: boolean;
}

/** Where a record stands. */
export interface RecordOrigin {
  readonly streamArn: string;
  readonly region: string;
  readonly viewType: StreamViewType;
  readonly sequenceNumber: string;
}

/** A record as GetRecords answers it. */
export function describeRecord(record: StreamRecord, { streamArn, region, viewType, sequenceNumber }: RecordOrigin): object {
  return {
    eventID: createHash('md5').update(`${streamArn}/${sequenceNumber}`).digest('hex'),
    eventName: record.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(record.time / 1000),
      Keys: record.keys,
      NewImage: record.newImage,
      OldImage: record.oldImage,
      SequenceNumber: sequenceNumber,
      SizeBytes: record.size,
      StreamViewType: viewType,
    },
    userIdentity: record.expired ? { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' } : undefined,
  };
}
