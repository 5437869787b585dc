import { AwsError } from './aws-error';

const STATUSES = new Set([429, 500, 502, 503, 504]);

/** Services that speak JSON throttle with the status of a bad request. */
const THROTTLED = /Throttl|ThroughputExceeded|TooManyRequests|RequestLimitExceeded/;

/** Whether a call may succeed when it is made again: the service was busy or broken, and nothing was wrong with the call. */
export function isTransient(error: unknown): error is AwsError {
  return error instanceof AwsError && (STATUSES.has(error.status) || THROTTLED.test(error.code));
}
