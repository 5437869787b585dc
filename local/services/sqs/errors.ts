import { AwsError } from '../../kernel/aws-error';

/** What the errors are called in the query protocol. */
const QUERY_CODES: ReadonlyMap<string, string> = new Map([
  ['AccessDeniedException', 'AccessDenied'],
  ['BatchEntryIdsNotDistinct', 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct'],
  ['BatchRequestTooLong', 'AWS.SimpleQueueService.BatchRequestTooLong'],
  ['EmptyBatchRequest', 'AWS.SimpleQueueService.EmptyBatchRequest'],
  ['InvalidBatchEntryId', 'AWS.SimpleQueueService.InvalidBatchEntryId'],
  ['InvalidParameterValueException', 'InvalidParameterValue'],
  ['MessageNotInflight', 'AWS.SimpleQueueService.MessageNotInflight'],
  ['MissingRequiredParameterException', 'MissingParameter'],
  ['PurgeQueueInProgress', 'AWS.SimpleQueueService.PurgeQueueInProgress'],
  ['QueueDeletedRecently', 'AWS.SimpleQueueService.QueueDeletedRecently'],
  ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  ['QueueNameExists', 'QueueAlreadyExists'],
  ['TooManyEntriesInBatchRequest', 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest'],
  ['UnsupportedOperation', 'AWS.SimpleQueueService.UnsupportedOperation'],
]);

/** What an error is called in the query protocol. */
export function queryErrorCode(code: string): string {
  return QUERY_CODES.get(code) ?? code;
}

/** An error as the query protocol answers it. */
export function asQueryError(error: AwsError): AwsError {
  switch (error.code) {
    case 'AccessDeniedException': return new AwsError('AccessDenied', error.message, 403);
    case 'QueueDoesNotExist': return new AwsError(queryErrorCode(error.code), 'The specified queue does not exist for this wsdl version.');
    case 'ReceiptHandleIsInvalid': return new AwsError(error.code, error.message, 404);
    default: return new AwsError(queryErrorCode(error.code), error.message, error.status);
  }
}

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function missingParameter(name: string): AwsError {
  return new AwsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`);
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

/** A value that a parameter cannot have, and why. */
export function invalidValue(value: unknown, parameter: string, reason: string): AwsError {
  return invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

export function invalidReceiptHandle(handle: string): AwsError {
  return new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
}

export function unknownAttribute(name: string): AwsError {
  return new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

export function invalidAttributeValue(name: string): AwsError {
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
