import { AwsError } from '../../kernel/aws-error';

/** An error as the query protocol answers it. */
export function asQueryError(error: AwsError): AwsError {
  return error.code === 'AccessDeniedException' ? new AwsError('AuthorizationError', error.message, 403) : error;
}

export function invalidParameter(reason: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${reason}`);
}

export function notFound(what: string): AwsError {
  return new AwsError('NotFound', `${what} does not exist`, 404);
}

/** Checks that a parameter has the parts of an ARN. */
export function checkArn(arn: unknown, parameter: string): asserts arn is string {
  if (typeof arn !== 'string' || arn === '') {
    throw invalidParameter(`${parameter} Reason: no value for required parameter`);
  }
  const parts = arn.split(':').length;
  if (parts < 6) {
    throw invalidParameter(`${parameter} Reason: An ARN must have at least 6 elements, not ${parts}`);
  }
}
