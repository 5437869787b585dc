/** Retries of one second, two, four, … each shortened by chance, so that those who were refused together do not come back together. */
const BACK_OFF = { IntervalSeconds: 1, MaxAttempts: 4, BackoffRate: 2, JitterStrategy: 'FULL' };

/** What AWS asks callers to try again. */
export const RETRY_BUSY = {
  ErrorEquals: [
    'ApiGateway.429', 'ApiGateway.500', 'ApiGateway.502', 'ApiGateway.503', 'ApiGateway.504',
    'DynamoDb.ProvisionedThroughputExceededException', 'DynamoDb.RequestLimitExceededException', 'DynamoDb.ThrottlingException',
    'DynamoDb.InternalServerErrorException', 'EventBridge.InternalException', 'EventBridge.ThrottlingException',
    // What these two throttle with has no exception of its own.
    'StepFunctions.AWSStepFunctionsException', 'SQS.AmazonSQSException',
  ],
  ...BACK_OFF,
};
