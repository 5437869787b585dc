/** How AWS's services fail when nobody has done anything wrong, in their own codes, statuses and texts. */
import { AwsError } from '../kernel/aws-error';

/** An error of a service. */
export interface AwsFailure {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** What the answer carries beside its message. */
  readonly members?: Record<string, unknown>;
}

/** What every service has, under a name of its own. */
export const GENERAL_FAILURES = ['throttled', 'internal', 'unavailable'] as const;
export type GeneralFailure = typeof GENERAL_FAILURES[number];

const UNEXPECTED = 'This exception occurs due to unexpected causes.';
const UNKNOWN = 'The request processing has failed because of an unknown error, exception or failure.';
const TEMPORARY = 'The request has failed due to a temporary failure of the server.';
const RATE = 'Rate exceeded';

const failure = (code: string, status: number, message: string, members?: Record<string, unknown>): AwsFailure => ({ code, status, message, members });
const UNAVAILABLE = failure('ServiceUnavailable', 503, TEMPORARY);
const INTERNAL = failure('InternalFailure', 500, UNKNOWN);

interface ServiceFailures extends Readonly<Record<GeneralFailure, AwsFailure>> {
  readonly others?: readonly AwsFailure[];
}

const FAILURES: Readonly<Record<string, ServiceFailures>> = {
  'cloudformation': { throttled: failure('Throttling', 400, RATE), internal: INTERNAL, unavailable: UNAVAILABLE },
  'dynamodb': {
    throttled: failure('ThrottlingException', 400, 'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html'),
    internal: failure('InternalServerError', 500, 'The server encountered an internal error trying to fulfill the request.'),
    unavailable: UNAVAILABLE,
    others: [
      failure('ProvisionedThroughputExceededException', 400, 'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.'),
      failure('RequestLimitExceeded', 400, 'Throughput exceeds the current throughput limit for your account. Please contact AWS Support at https://aws.amazon.com/support request a limit increase'),
      failure('TransactionConflictException', 400, 'Transaction is ongoing for the item'),
    ],
  },
  'events': { throttled: failure('ThrottlingException', 400, RATE), internal: failure('InternalException', 500, UNEXPECTED), unavailable: UNAVAILABLE },
  'execute-api': {
    throttled: failure('LimitExceededException', 429, RATE),
    internal: failure('InternalServerErrorException', 500, 'Internal server error'),
    unavailable: failure('ServiceUnavailableException', 503, 'Service Unavailable'),
    others: [failure('GoneException', 410, '')],
  },
  'iam': { throttled: failure('Throttling', 400, RATE), internal: failure('ServiceFailure', 500, UNKNOWN), unavailable: UNAVAILABLE },
  'kinesis': {
    throttled: failure('ProvisionedThroughputExceededException', 400, RATE),
    internal: INTERNAL,
    unavailable: UNAVAILABLE,
    others: [failure('LimitExceededException', 400, RATE)],
  },
  'lambda': {
    throttled: failure('TooManyRequestsException', 429, 'Rate Exceeded.', { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' }),
    internal: failure('ServiceException', 500, 'The AWS Lambda service encountered an internal error.', { Type: 'Service' }),
    unavailable: failure('ServiceUnavailableException', 503, TEMPORARY, { Type: 'Service' }),
  },
  'logs': {
    throttled: failure('ThrottlingException', 400, RATE),
    internal: INTERNAL,
    unavailable: failure('ServiceUnavailableException', 500, 'The service cannot complete the request.'),
  },
  'pipes': { throttled: failure('ThrottlingException', 429, RATE), internal: failure('InternalException', 500, UNEXPECTED), unavailable: UNAVAILABLE },
  'scheduler': {
    throttled: failure('ThrottlingException', 429, RATE),
    internal: failure('InternalServerException', 500, 'Unexpected error encountered while processing the request.'),
    unavailable: UNAVAILABLE,
  },
  'sns': { throttled: failure('Throttled', 429, RATE), internal: failure('InternalError', 500, UNKNOWN), unavailable: UNAVAILABLE },
  'sqs': { throttled: failure('RequestThrottled', 403, 'Request is throttled.'), internal: INTERNAL, unavailable: UNAVAILABLE, others: [failure('OverLimit', 403, 'The maximum number of in-flight messages is reached.')] },
  'states': {
    throttled: failure('ThrottlingException', 400, RATE),
    internal: INTERNAL,
    unavailable: UNAVAILABLE,
    others: [failure('ExecutionLimitExceeded', 400, 'The maximum number of running executions has been reached.')],
  },
  'sts': { throttled: failure('Throttling', 400, RATE), internal: INTERNAL, unavailable: UNAVAILABLE },
};

/** The failures that are known of a service. */
export function failuresOf(service: string): AwsFailure[] {
  const { throttled, internal, unavailable, others = [] } = FAILURES[service];
  return [throttled, internal, unavailable, ...others];
}

/** What every service has, of a service that can be made to fail. */
export function generalFailuresOf(service: string): AwsFailure[] | undefined {
  return Object.hasOwn(FAILURES, service) ? GENERAL_FAILURES.map(name => FAILURES[service][name]) : undefined;
}

/** Fails as a service does: a general failure in the service's own words, or just this one. */
export function errorOf(service: string, given: AwsFailure | string): AwsError {
  const { code, status, message, members } = typeof given === 'string' ? FAILURES[service][given as GeneralFailure] : given;
  return new AwsError(code, message, status, members);
}
