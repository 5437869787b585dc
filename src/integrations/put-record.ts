import { IStream } from 'aws-cdk-lib/aws-kinesis';
import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { keyPermissions } from './key-permissions';
import { requestOf, stringOf } from './request';
import { Value } from '../values/value';

/** Properties of a PutRecord. */
export interface PutRecordProps extends DirectIntegrationOptions {
  /** The stream. */
  readonly stream: IStream;

  /**
   * The record's data: one field of the message or the whole of it, since Velocity cannot encode what is put together.
   *
   * @default - the client's message as it came
   */
  readonly data?: Value;

  /**
   * What keeps records in their order: those of one key.
   *
   * @default - the connection's id
   */
  readonly partitionKey?: Value;
}

/**
 * Puts a record into a Kinesis data stream for each message.
 *
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
 *
 * @example
 * declare const stream: kinesis.IStream;
 * new PutRecord('Measure', { stream, data: Value.body('$.measurement'), partitionKey: Value.body('$.sensor').asString() });
 */
export class PutRecord extends AwsActionIntegration {
  constructor(id: string, props: PutRecordProps) {
    const { stream, data = Value.bodyText(), partitionKey = Value.connectionId(), permissions = [], ...options } = props;
    super(id, {
      ...options,
      service: 'kinesis',
      action: 'PutRecord',
      request: requestOf({ StreamName: Value.literal(stream.streamName), Data: Value.base64(data), PartitionKey: stringOf(partitionKey) }),
      resources: [stream.streamArn],
      permissions: [...keyPermissions(stream.encryptionKey, 'kinesis', stream, ['kms:GenerateDataKey']), ...permissions],
    });
  }
}
