/** DynamoDB's errors, in its words. */
import { Attributes } from './values/attribute-value';
import { copyOf } from './values/copy';
import { AwsError } from '../../kernel/aws-error';

/** A request that DynamoDB refuses for what it says. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** How an operation words what is wrong with a request: DynamoDB has changed it for most operations, and not yet for the others. */
export type Wording =
  /** As before the change. */
  | 'older'
  /** As reads do since then. */
  | 'plain'
  /** As writes do since then: counted, even where it can be only one thing. */
  | 'counted';

/** A request that is refused in two ways, by the wording of the operation. */
export class RewordedError extends AwsError {
  constructor(message: string, readonly older: string) {
    super('ValidationException', message);
  }
}

/** What an error was before the wording changed. */
export function olderMessage(error: AwsError): string {
  return error instanceof RewordedError ? error.older : error.message;
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

/** Runs a check of a request; what is wrong is told in the wording of the operation. */
export function worded<Result>(wording: Wording, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (wording === 'counted' && error instanceof AwsError && error.code === 'ValidationException' && !/^\d+ validation errors? detected: /.test(error.message)) {
      throw validationError(`1 validation error detected: ${error.message}`);
    }
    throw wording === 'older' && error instanceof RewordedError ? validationError(error.older) : error;
  }
}
