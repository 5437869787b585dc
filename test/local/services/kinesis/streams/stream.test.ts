import { Stream } from '../../../../../local/services/kinesis/streams/stream';
import { FakeClock } from '../../../../support/fake-clock';

test('a stream that holds too much forgets its oldest records, of whatever shard', async () => {
  const clock = new FakeClock();
  const stream = new Stream('stream', 'arn', clock, { shardCount: 2, retentionHours: 24, isOnDemand: false }, 10);
  const hashKeys = ['0', String((2n ** 128n) - 1n)];
  for (let index = 0; index < 20; index++) {
    stream.put('key', Buffer.from([index, index]).toString('base64'), hashKeys[index % 3 === 0 ? 1 : 0]);
    await clock.advance(1);
  }
  const kept = stream.shards.map(shard => stream.read(shard, 0).map(({ data }) => Buffer.from(data, 'base64')[0]));
  expect(kept).toEqual([[16, 17, 19], [15, 18]]);
  expect(stream.shards.map(shard => stream.read(shard, shard.end))).toEqual([[], []]);
});
