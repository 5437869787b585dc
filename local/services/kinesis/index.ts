import { recordOperations } from './operations/put-records';
import { readOperations } from './operations/read-records';
import { streamOperations } from './operations/streams';
import { resourceTypes } from './resources';
import { Streams } from './streams/streams';
import { Service, ServiceContext } from '../../kernel/contracts';
import { awsJson } from '../../wire/aws-json';
import { MEMBER_TYPES } from '../../wire/member-types';

/** Amazon Kinesis Data Streams: records that are put into shards by their partition keys, and read by iterators. */
export function kinesis({ clock, environment }: ServiceContext): Service {
  const streams = new Streams(clock, environment);
  return {
    name: 'kinesis',
    protocols: [awsJson({ version: '1.1', targetPrefix: 'Kinesis_20131202' })],
    operations: { ...recordOperations(streams), ...readOperations(clock, streams), ...streamOperations(streams) },
    resourceTypes: resourceTypes(streams),
    assumptions: [
      { about: 'How much a shard takes and gives in a second', assumed: 'As much as is sent and read: no call is throttled.' },
      { about: 'A change of the number of shards in a template', assumed: 'The stream is made anew, without its records; AWS splits and merges shards.' },
      { about: 'How long records stay', assumed: 'As long as the stream retains them, or until the stream holds 256 MB.' },
      MEMBER_TYPES,
    ],
  };
}
