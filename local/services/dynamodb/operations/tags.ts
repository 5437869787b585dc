/** TagResource, UntagResource and ListTagsOfResource. */
import { operation, Untrusted } from './operation';
import { AwsError } from '../../../kernel/aws-error';
import { Permission } from '../../../kernel/contracts';
import { Database } from '../database';
import { validationError } from '../errors';
import { list } from '../shapes/collections';
import { string } from '../shapes/scalars';
import { structure } from '../shapes/structure';
import { tags } from '../shapes/table-shapes';
import { Table } from '../tables/table';
import { Tag } from '../tables/table-definition';

interface ResourceInput {
  readonly ResourceArn?: string;
}

interface TagResourceInput extends ResourceInput {
  readonly Tags?: readonly Tag[];
}

interface UntagResourceInput extends ResourceInput {
  readonly TagKeys?: readonly string[];
}

const resourceArn = string({ model: { minimum: 1, maximum: 1283 } });
const tagResourceInput = structure<TagResourceInput>('TagResourceInput', { ResourceArn: resourceArn, Tags: tags });
const untagResourceInput = structure<UntagResourceInput>('UntagResourceInput', { ResourceArn: resourceArn, TagKeys: list(string()) });
const listTagsInput = structure<ResourceInput>('ListTagsOfResourceInput', { ResourceArn: resourceArn });

export function tagResource(database: Database) {
  return operation({
    shape: tagResourceInput,
    permissions: permissionsFor('TagResource'),
    prepare: input => {
      const arn = checkedArn(input, () => requireMember('tags', input.Tags));
      if (input.Tags!.length === 0) {
        throw validationError('Atleast one Tag needs to be provided as Input.');
      }
      return { arn, given: input.Tags! };
    },
    run: ({ arn, given }) => {
      const table = taggedTable(database, arn, noSuchResource(arn));
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
      const arn = checkedArn(input, () => requireMember('tagKeys', input.TagKeys));
      if (input.TagKeys!.length === 0) {
        throw validationError('Atleast one Tag Key needs to be provided as Input.');
      }
      return { arn, keys: input.TagKeys! };
    },
    run: ({ arn, keys }) => {
      const table = taggedTable(database, arn, 'Requested resource not found');
      database.alter(table, () => keys.forEach(key => table.tags.delete(key)));
      return {};
    },
  });
}

export function listTagsOfResource(database: Database) {
  return operation({
    shape: listTagsInput,
    permissions: permissionsFor('ListTagsOfResource'),
    prepare: input => checkedArn(input),
    run: arn => ({ Tags: [...taggedTable(database, arn, noSuchResource(arn)).tags].map(([key, value]) => ({ Key: key, Value: value })) }),
  });
}

function permissionsFor(action: string) {
  return ({ ResourceArn: arn }: Untrusted): Permission[] | undefined => typeof arn === 'string' && arn !== '' ? [{ action: `dynamodb:${action}`, resource: arn }] : undefined;
}

/** The ARN of a request, in the order of DynamoDB's checks. */
function checkedArn({ ResourceArn: arn }: ResourceInput, checkOthers?: () => void): string {
  if (arn === undefined) {
    throw validationError('Invalid TableArn');
  }
  checkOthers?.();
  if (!/^arn:[^:]+:dynamodb:[^:]*:\d+:table\/[^/]{3,}$/.test(arn)) {
    throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  }
  return arn;
}

function noSuchResource(arn: string): string {
  return `Requested resource not found: ResourcArn: ${arn} not found`;
}

function requireMember(name: string, value: unknown): void {
  if (value === undefined) {
    throw validationError(`1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`);
  }
}

function taggedTable(database: Database, arn: string, message: string): Table {
  const table = database.find(arn);
  if (!table) {
    throw new AwsError('ResourceNotFoundException', message);
  }
  return table;
}
