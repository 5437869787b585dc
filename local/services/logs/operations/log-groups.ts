import { groupName, Input, invalid, nameOf, optionalInteger, optionalText, violation } from './input';
import { pageOf } from './list';
import { Permissions } from './permissions';
import { AwsError } from '../../../kernel/aws-error';
import { Operation } from '../../../kernel/contracts';
import { LogGroup } from '../groups/log-group';
import { LogGroups } from '../groups/log-groups';

/** The retentions that there are, in days. */
const RETENTIONS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** Operations on whole groups. */
export function logGroupOperations(groups: LogGroups, permissions: Permissions): Record<string, Operation<Input>> {
  return {
    CreateLogGroup: {
      permissions: input => permissions.on('CreateLogGroup', groupName(input)),
      handle: input => {
        groups.create(groupName(input), { tags: readTags(input.tags) });
      },
    },
    DeleteLogGroup: {
      permissions: input => permissions.on('DeleteLogGroup', groupName(input)),
      handle: input => groups.delete(groups.get(groupName(input)).name),
    },
    DescribeLogGroups: {
      permissions: () => permissions.on('DescribeLogGroups'),
      handle: input => {
        const prefix = optionalText(input, 'logGroupNamePrefix') ?? '';
        const pattern = optionalText(input, 'logGroupNamePattern', /^[^]*$/)?.toLowerCase();
        if (prefix !== '' && pattern !== undefined) {
          throw invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
        }
        const isAsked = readSelection(input);
        const found = groups.all().filter(({ name }) => isAsked(name) && name.startsWith(prefix) && name.toLowerCase().includes(pattern ?? ''));
        return pageOf('logGroups', found, input, describe);
      },
    },
    PutRetentionPolicy: {
      permissions: input => permissions.on('PutRetentionPolicy', groupName(input)),
      handle: input => {
        const days = optionalInteger(input, 'retentionInDays', 1);
        groups.get(groupName(input)).retentionInDays = checkRetention(days);
      },
    },
    DeleteRetentionPolicy: {
      permissions: input => permissions.on('DeleteRetentionPolicy', groupName(input)),
      handle: input => {
        groups.get(groupName(input)).retentionInDays = undefined;
      },
    },
  };
}

/** A number of days that AWS offers. */
export function checkRetention(days: number | undefined): number {
  if (days === undefined || !RETENTIONS.includes(days)) {
    throw violation('retentionInDays', days, `satisfy enum value set: [${RETENTIONS.join(', ')}]`);
  }
  return days;
}

export function readTags(tags: unknown = {}): Record<string, string> {
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags) || !Object.values(tags).every(value => typeof value === 'string')) {
    throw new AwsError('SerializationException', 'tags is a map of texts');
  }
  return tags as Record<string, string>;
}

/** Groups may be named, and asked for by their class: all are standard. */
function readSelection(input: Input): (name: string) => boolean {
  const { logGroupIdentifiers: identifiers } = input;
  const isStandard = (optionalText(input, 'logGroupClass') ?? 'STANDARD') === 'STANDARD';
  if (identifiers === undefined || identifiers === null) {
    return () => isStandard;
  }
  if (!Array.isArray(identifiers)) {
    throw violation('logGroupIdentifiers', identifiers, 'be a list of names or ARNs');
  }
  const names = identifiers.map(identifier => nameOf('logGroupIdentifiers', String(identifier)));
  return name => isStandard && names.includes(name);
}

function describe({ name, arn, createdAt, retentionInDays, metricFilters, events }: LogGroup) {
  return {
    logGroupName: name,
    creationTime: createdAt,
    ...(retentionInDays === undefined ? {} : { retentionInDays }),
    metricFilterCount: metricFilters.size,
    arn: `${arn}:*`,
    storedBytes: events.storedBytes,
    logGroupClass: 'STANDARD',
    logGroupArn: arn,
  };
}
