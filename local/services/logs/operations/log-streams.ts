import { groupName, identifiedGroup, Input, invalid, optionalText, streamName, violation } from './input';
import { pageOf } from './list';
import { Permissions } from './permissions';
import { sequenceToken } from './put-log-events';
import { AwsError } from '../../../kernel/aws-error';
import { Clock, Operation } from '../../../kernel/contracts';
import { LogStream } from '../groups/log-group';
import { LogGroups } from '../groups/log-groups';

const ORDERS = ['LogStreamName', 'LastEventTime'];

/** Operations on the streams of a group. */
export function logStreamOperations(clock: Clock, groups: LogGroups, permissions: Permissions): Record<string, Operation<Input>> {
  return {
    CreateLogStream: {
      permissions: input => permissions.on('CreateLogStream', groupName(input), streamName(input)),
      handle: input => {
        const group = groups.get(groupName(input));
        if (group.streams.has(streamName(input))) {
          throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
        }
        group.addStream(streamName(input), clock.now());
      },
    },
    DeleteLogStream: {
      permissions: input => permissions.on('DeleteLogStream', groupName(input), streamName(input)),
      handle: input => {
        const group = groups.get(groupName(input));
        group.deleteStream(groups.stream(group, streamName(input)).name);
      },
    },
    DescribeLogStreams: {
      permissions: input => permissions.on('DescribeLogStreams', identifiedGroup(input)),
      handle: input => {
        const prefix = optionalText(input, 'logStreamNamePrefix');
        const order = optionalText(input, 'orderBy') ?? 'LogStreamName';
        if (!ORDERS.includes(order)) {
          throw violation('orderBy', order, `satisfy enum value set: [${ORDERS.join(', ')}]`);
        }
        if (order === 'LastEventTime' && prefix !== undefined) {
          throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
        }
        const found = [...groups.get(identifiedGroup(input)).streams.values()].filter(({ name }) => name.startsWith(prefix ?? ''));
        const byName = (left: LogStream, right: LogStream) => left.name < right.name ? -1 : 1;
        found.sort(order === 'LogStreamName' ? byName : (left, right) => (left.lastEventAt ?? 0) - (right.lastEventAt ?? 0) || byName(left, right));
        return pageOf('logStreams', input.descending === true ? found.reverse() : found, input, describe);
      },
    },
  };
}

function describe({ name, arn, createdAt, firstEventAt, lastEventAt, lastIngestedAt }: LogStream) {
  return {
    logStreamName: name,
    creationTime: createdAt,
    ...(firstEventAt === undefined ? {} : { firstEventTimestamp: firstEventAt, lastEventTimestamp: lastEventAt, lastIngestionTime: lastIngestedAt }),
    uploadSequenceToken: sequenceToken(lastIngestedAt ?? createdAt),
    arn,
    // AWS has stopped to count what a stream holds.
    storedBytes: 0,
  };
}
