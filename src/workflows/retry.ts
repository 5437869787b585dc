import { Duration } from 'aws-cdk-lib';

/** Retries of one second, two, four, … each shortened by chance, so that those who were refused together do not come back together. */
const BACK_OFF = { IntervalSeconds: 1, MaxAttempts: 4, BackoffRate: 2, JitterStrategy: 'FULL' };

/** What AWS asks callers to try again. */
export const RETRY_BUSY = {
  ErrorEquals: [
    'ApiGateway.429', 'ApiGateway.500', 'ApiGateway.502', 'ApiGateway.503', 'ApiGateway.504',
    'DynamoDb.ProvisionedThroughputExceededException', 'DynamoDb.RequestLimitExceededException', 'DynamoDb.ThrottlingException',
    'DynamoDb.InternalServerErrorException', 'EventBridge.InternalException', 'EventBridge.ThrottlingException',
    // Somebody else was at the same row, or rule, at the same time: of a pattern that is new, many clients make the rule together.
    'DynamoDb.TransactionConflictException', 'DynamoDb.TransactionInProgressException', 'EventBridge.ConcurrentModificationException',
    // What these two throttle with has no exception of its own.
    'StepFunctions.AWSStepFunctionsException', 'SQS.AmazonSQSException', 'SQS.RequestThrottledException',
    // A service that is unavailable has no exception of its own either. Nor has a permission that is missing, which hence is tried again as well, with the same names: a
    // retry sees nothing but them. It costs some seconds, until the letter says which permission it is.
    'DynamoDb.DynamoDbException', 'EventBridge.EventBridgeException',
  ],
  ...BACK_OFF,
};

/**
 * How a Task is tried for which nobody waits: 35 seconds at most, 15 of them between attempts, so that an execution comes to its end, and to its letter, before Step
 * Functions ends it after five minutes. A call that is not answered at all is not made again.
 */
export const PATIENTLY = { TimeoutSeconds: 20, Retry: [RETRY_BUSY] };

/** For how long EventBridge tries to start a workflow that tells clients of an event: after two hours no connection is left that was there when it happened. */
export const RULE_RETRY = { retryAttempts: 185, maxEventAge: Duration.hours(2) };

/** For how long EventBridge tries to start what is started again after an interval: until then. A day is the most it tries. */
export function scheduleRetry(interval: Duration) {
  return { retryAttempts: 185, maxEventAge: Duration.seconds(Math.min(interval.toSeconds(), 24 * 60 * 60)) };
}
