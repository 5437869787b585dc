import { Stream, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { AwsActionIntegration, PutRecord, Response, Value } from '../../../src';
import { ACKNOWLEDGED, BAD_REQUEST_BODY, IntegrationApp, REJECTED, tellsFailures } from '../../support/integration-app';

const app = new IntegrationApp(stack => {
  const stream = new Stream(stack, 'Stream', { streamMode: StreamMode.PROVISIONED, shardCount: 1 });
  const imported = Stream.fromStreamArn(stack, 'Imported', stream.streamArn);
  return {
    $default: () => new PutRecord('Put', { stream }),
    measure: () => new PutRecord('Measure', {
      stream: imported,
      data: Value.body('$.measurement'),
      partitionKey: Value.body('$.sensor'),
      response: Response.json(Value.object({ number: Value.answer('$.SequenceNumber'), shard: Value.answer('$.ShardId') })),
    }),
    iterator: () => new AwsActionIntegration('Iterator', {
      service: 'kinesis',
      action: 'GetShardIterator',
      request: Value.literal({ StreamName: stream.streamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' }),
      resources: [stream.streamArn],
      response: Response.body(),
    }),
    records: () => new AwsActionIntegration('Records', {
      service: 'kinesis', action: 'GetRecords', request: Value.object({ ShardIterator: Value.body('$.iterator') }), resources: [stream.streamArn], response: Response.body(),
    }),
  };
});

beforeAll(() => app.start(), 60_000);
afterAll(() => app.stop());

let iterator: string | undefined;

/** What was put since it was asked last. */
async function received(): Promise<Array<{ data: string; key: string }>> {
  iterator ??= JSON.parse(await app.ask({ action: 'iterator' })).ShardIterator;
  const { Records: records, NextShardIterator: next } = JSON.parse(await app.ask({ action: 'records', iterator }));
  iterator = next;
  return records.map(({ Data, PartitionKey }: any) => ({ data: Buffer.from(Data, 'base64').toString(), key: PartitionKey }));
}

test.each(['no JSON: \'"\\$#set($a=1) é😀\u2028', '{"action":"none","list":[1]}'])('the client\'s message %j becomes the record, as it is, under its connection', async text => {
  expect(await app.ask(text)).toBe(ACKNOWLEDGED);
  expect(await received()).toEqual([{ data: text, key: expect.stringMatching(/^[\w-]{15}=$/) }]);
});

test('a field becomes the record, in JSON, under a key of the author\'s choice', async () => {
  const answer = JSON.parse(await app.ask({ action: 'measure', measurement: { value: 1.5, unit: '°C "\'' }, sensor: 'a"b' }));
  expect(answer).toEqual({ number: expect.stringMatching(/^\d{56}$/), shard: 'shardId-000000000000' });
  expect((await received()).map(({ data, key }) => [JSON.parse(data), key])).toEqual([[{ value: 1.5, unit: '°C "\'' }, 'a"b']]);
});

test('refuses a message without a key, and tells what Kinesis rejects', async () => {
  expect(await app.ask({ action: 'measure', measurement: 1 })).toBe(BAD_REQUEST_BODY);
  expect(await app.ask({ action: 'measure', measurement: 1, sensor: '' })).toBe(REJECTED);
  expect(await received()).toEqual([]);
});

tellsFailures(() => app, 'kinesis:PutRecord', { action: 'measure', measurement: 1, sensor: 'a' });
