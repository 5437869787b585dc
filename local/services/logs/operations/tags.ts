import { Input, nameOf, text, violation } from './input';
import { readTags } from './log-groups';
import { Permissions } from './permissions';
import { Operation } from '../../../kernel/contracts';
import { LogGroups } from '../groups/log-groups';

/** Tags of groups, which are read and written by ARN. */
export function tagOperations(groups: LogGroups, permissions: Permissions): Record<string, Operation<Input>> {
  const name = (input: Input) => nameOf('resourceArn', text(input, 'resourceArn'));
  return {
    TagResource: {
      permissions: input => permissions.on('TagResource', name(input)),
      handle: input => {
        const { tags } = groups.get(name(input));
        Object.entries(readTags(input.tags)).forEach(([key, value]) => tags.set(key, value));
      },
    },
    UntagResource: {
      permissions: input => permissions.on('UntagResource', name(input)),
      handle: input => {
        const { tags } = groups.get(name(input));
        if (!Array.isArray(input.tagKeys)) {
          throw violation('tagKeys', input.tagKeys, 'be a list of keys');
        }
        input.tagKeys.forEach(key => tags.delete(key));
      },
    },
    ListTagsForResource: {
      permissions: input => permissions.on('ListTagsForResource', name(input)),
      handle: input => ({ tags: Object.fromEntries(groups.get(name(input)).tags) }),
    },
  };
}
