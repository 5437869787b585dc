import { LATEST } from './lambda-function';
import { AwsError } from '../../kernel/aws-error';
import { Environment } from '../../kernel/contracts';

/** A function as a caller names it. */
export interface FunctionReference {
  readonly name: string;
  /** Empty when none is given. */
  readonly qualifier: string;
  /** With the qualifier, if there is one. */
  readonly arn: string;
}

const PATTERN = /^(?:(?:arn:(?<partition>aws[a-z-]*):lambda:)?(?:(?<region>[a-z]{2}(?:-[a-z]+)+-\d):)?(?:(?<account>\d{12}):)?function:|(?:(?<shortAccount>\d{12}):)?)(?<name>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

const CONSTRAINT = '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?';

/** Reads the name, the partial ARN or the ARN of a function; throws AWS's validation error. */
export function parseFunctionName(text: unknown, qualifier: string | undefined, { partition, region, account }: Environment): FunctionReference {
  const groups = typeof text === 'string' ? PATTERN.exec(text)?.groups : undefined;
  if (!groups) {
    throw new AwsError('ValidationException', `1 validation error detected: Value '${String(text)}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${CONSTRAINT}`, 400);
  }
  if (qualifier !== undefined && groups.qualifier !== undefined && qualifier !== groups.qualifier) {
    throw new AwsError('InvalidParameterValueException', 'The derived qualifier from the function name does not match the specified qualifier.', 400, { Type: 'User' });
  }
  const chosen = qualifier ?? groups.qualifier ?? '';
  const base = `arn:${groups.partition ?? partition}:lambda:${groups.region ?? region}:${groups.account ?? groups.shortAccount ?? account}:function:${groups.name}`;
  return { name: groups.name, qualifier: chosen, arn: chosen === '' ? base : `${base}:${chosen}` };
}

/** The qualifier that a reference without one stands for. */
export function qualifierOf({ qualifier }: FunctionReference): string {
  return qualifier === '' ? LATEST : qualifier;
}
