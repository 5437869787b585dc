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

/** A request that is refused in two ways, by the wording of the operation; there are refusals that are never counted. */
export class WordedError extends AwsError {
  constructor(message: string, readonly older: string, readonly isCounted = true) {
    super('ValidationException', message);
  }
}

/** A refusal of what is no value, or of one too large, which is never counted. */
export function uncountedError(message: string): AwsError {
  return new WordedError(message, message, false);
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
    if (wording === 'counted' && counts(error)) {
      throw validationError(`1 validation error detected: ${error.message}`);
    }
    throw wording === 'older' && error instanceof WordedError ? validationError(error.older) : error;
  }
}

function counts(error: unknown): error is AwsError {
  return error instanceof AwsError && error.code === 'ValidationException' && !(error instanceof WordedError && !error.isCounted)
    && !/^\d+ validation errors? detected: /.test(error.message);
}
