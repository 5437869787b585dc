import { AwsError } from '../../kernel/aws-error';

/** What AWS says of an ARN that is none, or not that of such a resource. */
export function invalidArn(arn: unknown, member: string, resourceType: string): AwsError {
  if (arn === undefined || arn === null) {
    return new AwsError('ValidationException', `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`);
  }
  const [prefix, , service, , , type] = String(arn).split(':');
  if (prefix !== 'arn') {
    return new AwsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${String(arn)}'`);
  }
  return new AwsError('InvalidArn', service === 'states' && type !== undefined && type !== resourceType
    ? `Invalid Arn: 'Resource type not valid in this context: ${type}'`
    : `Invalid Arn: '${String(arn)}'`);
}
