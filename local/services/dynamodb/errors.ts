/** DynamoDB's errors, in its words. */
import { Attributes } from './values/attribute-value';
import { copyOf } from './values/copy';
import { AwsError } from '../../kernel/aws-error';

/** A request that DynamoDB refuses for what it says. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** An empty value where a key is: in a transaction it is told before anything is tried. */
export class EmptyKeyError extends AwsError {
  constructor(message: string) {
    super('ValidationException', `One or more parameter values are not valid. ${message}`);
  }
}

/** A table that does not exist, as reads and writes of items tell it. */
export function resourceNotFound(): AwsError {
  return new AwsError('ResourceNotFoundException', 'Requested resource not found');
}

/** A table that does not exist, as operations on tables tell it. */
export function tableNotFound(name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}

/** A condition that does not hold; the item goes with it where the request asks for that. */
export function conditionalCheckFailed(item?: Attributes): AwsError {
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400, item === undefined ? {} : { Item: copyOf(item) });
}

/** Runs a check of a request; some operations count what is wrong with it. */
export function counted<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ValidationException' && !/^\d+ validation errors? detected: /.test(error.message)) {
      throw validationError(`1 validation error detected: ${error.message}`);
    }
    throw error;
  }
}
