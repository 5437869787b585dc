import { AwsError } from '../../../kernel/aws-error';

/** Reading of what callers send: each member as AWS's model declares it. */

const GROUP_NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;
const STREAM_NAME = /^[^:*]{1,512}$/;
const IDENTIFIER = /^(?:arn:[^:]+:logs:[^:]*:[^:]*:log-group:)?([^:]+)(?::\*)?$/;

export type Input = Readonly<Record<string, unknown>>;

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** AWS's text for a member that its model does not allow. */
export function violation(member: string, value: unknown, constraint: string): AwsError {
  const shown = value === undefined ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
  return invalid(`1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: Member must ${constraint}`);
}

/** A text that has to be there. */
export function text(input: Input, member: string, pattern: RegExp = /^[^]+$/): string {
  const value = optionalText(input, member, pattern);
  if (value === undefined) {
    throw violation(member, undefined, 'not be null');
  }
  return value;
}

export function optionalText(input: Input, member: string, pattern: RegExp = /^[^]+$/): string | undefined {
  const value = input[member] ?? undefined;
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'string') {
    throw new AwsError('SerializationException', `${typeof value} can not be converted to a String`);
  }
  if (!pattern.test(value)) {
    throw value === '' ? violation(member, value, 'have length greater than or equal to 1') : violation(member, value, `satisfy regular expression pattern: ${pattern.source}`);
  }
  return value;
}

export function optionalInteger(input: Input, member: string, minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): number | undefined {
  const value = input[member] ?? undefined;
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new AwsError('SerializationException', `${typeof value} can not be converted to an Integer`);
  }
  if (value < minimum || value > maximum) {
    throw violation(member, value, value < minimum ? `have value greater than or equal to ${minimum}` : `have value less than or equal to ${maximum}`);
  }
  return value;
}

export function groupName(input: Input): string {
  return text(input, 'logGroupName', GROUP_NAME);
}

export function streamName(input: Input): string {
  return text(input, 'logStreamName', STREAM_NAME);
}

/** The name of a group that is given by name or by ARN. */
export function identifiedGroup(input: Input): string {
  const name = optionalText(input, 'logGroupName', GROUP_NAME);
  const identifier = optionalText(input, 'logGroupIdentifier');
  if ((name === undefined) === (identifier === undefined)) {
    throw invalid('Exactly one of LogGroupName and LogGroupIdentifier must be specified.');
  }
  return name ?? nameOf('logGroupIdentifier', identifier!);
}

/** The name of the group that a name or an ARN, with or without `:*` at its end, means. */
export function nameOf(member: string, identifier: string): string {
  const name = IDENTIFIER.exec(identifier)?.[1];
  if (name === undefined || !GROUP_NAME.test(name)) {
    throw violation(member, identifier, 'be the name or the ARN of a log group');
  }
  return name;
}
