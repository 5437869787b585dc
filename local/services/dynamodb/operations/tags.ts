/** TagResource, UntagResource and ListTagsOfResource. */
import { operation, Untrusted } from './operation';
import { AwsError } from '../../../kernel/aws-error';
import { Permission } from '../../../kernel/contracts';
import { Database } from '../database';
import { validationError } from '../errors';
import { list, string } from '../shapes/shape';
import { required, structure } from '../shapes/structure';
import { tags } from '../shapes/table-shapes';
import { Table } from '../tables/table';
import { Tag } from '../tables/table-definition';

interface ResourceInput {
  readonly ResourceArn: string;
}

interface TagResourceInput extends ResourceInput {
  readonly Tags: readonly Tag[];
}

interface UntagResourceInput extends ResourceInput {
  readonly TagKeys: readonly string[];
}

const resourceArn = string({ model: { minimum: 1, maximum: 1283 } });
const tagResourceInput = structure<TagResourceInput>('TagResourceInput', { ResourceArn: required(resourceArn), Tags: required(tags) });
const untagResourceInput = structure<UntagResourceInput>('UntagResourceInput', { ResourceArn: required(resourceArn), TagKeys: required(list(string())) });
const listTagsInput = structure<ResourceInput>('ListTagsOfResourceInput', { ResourceArn: required(resourceArn) });

export function tagResource(database: Database) {
  return operation({
    shape: tagResourceInput,
    permissions: permissionsFor('TagResource'),
    prepare: input => {
      if (input.Tags.length === 0) {
        throw validationError('Atleast one Tag needs to be provided as Input.');
      }
      return input;
    },
    run: ({ ResourceArn: arn, Tags: given }) => {
      const table = taggedTable(database, arn);
      database.alter(table, () => table.tag(given));
      return {};
    },
  });
}

export function untagResource(database: Database) {
  return operation({
    shape: untagResourceInput,
    permissions: permissionsFor('UntagResource'),
    prepare: input => {
      if (input.TagKeys.length === 0) {
        throw validationError('Atleast one Tag Key needs to be provided as Input.');
      }
      return input;
    },
    run: ({ ResourceArn: arn, TagKeys: keys }) => {
      const table = taggedTable(database, arn);
      database.alter(table, () => keys.forEach(key => table.tags.delete(key)));
      return {};
    },
  });
}

export function listTagsOfResource(database: Database) {
  return operation({
    shape: listTagsInput,
    permissions: permissionsFor('ListTagsOfResource'),
    prepare: input => input,
    run: ({ ResourceArn: arn }) => ({ Tags: [...taggedTable(database, arn).tags].map(([key, value]) => ({ Key: key, Value: value })) }),
  });
}

function permissionsFor(action: string) {
  return ({ ResourceArn: arn }: Untrusted): Permission[] | undefined => typeof arn === 'string' && arn !== ''
    ? [{ action: `dynamodb:${action}`, resource: arn }]
    : undefined;
}

function taggedTable(database: Database, arn: string): Table {
  if (!/^arn:[^:]+:dynamodb:[^:]*:\d+:table\/[^/]{3,}$/.test(arn)) {
    throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  }
  const table = database.find(arn);
  if (!table) {
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: ResourcArn: ${arn} not found`);
  }
  return table;
}
