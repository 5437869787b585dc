/** What the requests about streams have in common. */
import { Permission } from '../../../kernel/contracts';
import { validationError } from '../errors';
import { isObject, Untrusted } from '../operations/operation';
import { string } from '../shapes/scalars';

export const streamArn = string({ minimum: 37, maximum: 1024 });
export const shardId = string({ minimum: 28, maximum: 65 });

const STREAM_ARN = /^arn:[^:]+:dynamodb:[^:]+:\d+:table\/[^/]+\/stream\/[^/]+$/;

/** Refuses what is not the ARN of a stream. */
export function checkStreamArn(arn: string): void {
  if (!STREAM_ARN.test(arn)) {
    throw validationError('Invalid StreamArn');
  }
}

/** What IAM asks of one action on a stream; undefined where none is named. */
export function streamPermission(action: string, input: Untrusted): Permission[] | undefined {
  return isObject(input) && typeof input.StreamArn === 'string' && STREAM_ARN.test(input.StreamArn)
    ? [{ action: `dynamodb:${action}`, resource: input.StreamArn }]
    : undefined;
}
