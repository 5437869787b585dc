import { AwsError } from '../../kernel/aws-error';

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** A value that breaks a constraint of the API, in AWS's words. */
export function violation(value: unknown, member: string, constraint: string): AwsError {
  const shown = value === null || value === undefined ? 'null' : `'${typeof value === 'object' ? JSON.stringify(value) : value}'`;
  return invalid(`1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: Member must ${constraint}`);
}

export function limitExceeded(): AwsError {
  return new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}
