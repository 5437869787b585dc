import { tableOf, TestDatabase } from '../helpers';

export const TableName = 'things';

export type ViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** A table `things` with the partition key `pk`, and its stream. */
export class StreamReader extends TestDatabase {
  static async open(viewType: ViewType = 'NEW_AND_OLD_IMAGES'): Promise<StreamReader> {
    const reader = new StreamReader();
    await reader.call('CreateTable', tableOf(TableName, { StreamSpecification: { StreamEnabled: true, StreamViewType: viewType } }));
    await reader.find();
    return reader;
  }

  streamArn = '';

  /** Looks for the table's stream. */
  async find(): Promise<void> {
    this.streamArn = (await this.call('DescribeTable', { TableName })).Table.LatestStreamArn;
  }

  put(pk: string, attributes: object = {}): Promise<any> {
    return this.call('PutItem', { TableName, Item: { pk: { S: pk }, ...attributes } });
  }

  async shard(): Promise<any> {
    return (await this.call('DescribeStream', { StreamArn: this.streamArn })).StreamDescription.Shards[0];
  }

  async iterator(type: string, more: object = {}): Promise<string> {
    const { ShardId } = await this.shard();
    return (await this.call('GetShardIterator', { StreamArn: this.streamArn, ShardId, ShardIteratorType: type, ...more })).ShardIterator;
  }

  async records(iterator?: string): Promise<any[]> {
    return (await this.call('GetRecords', { ShardIterator: iterator ?? await this.iterator('TRIM_HORIZON') })).Records;
  }

  /** What happened, as `<event> <key>`. */
  async events(iterator?: string): Promise<string[]> {
    return (await this.records(iterator)).map(({ eventName, dynamodb }) => `${eventName} ${dynamodb.Keys.pk.S}`);
  }
}
