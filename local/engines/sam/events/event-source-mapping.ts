import { EventExpansion } from './event';
import { defined } from '../json';

/** Each source with its property for the ARN, and the managed policy that reading it takes. */
const SOURCES = {
  SQS: ['Queue', 'service-role/AWSLambdaSQSQueueExecutionRole'],
  DynamoDB: ['Stream', 'service-role/AWSLambdaDynamoDBExecutionRole'],
  Kinesis: ['Stream', 'service-role/AWSLambdaKinesisExecutionRole'],
} as const;

const PASSED = [
  'BatchSize', 'BisectBatchOnFunctionError', 'Enabled', 'FilterCriteria', 'FunctionResponseTypes', 'KmsKeyArn', 'MaximumBatchingWindowInSeconds', 'MaximumRecordAgeInSeconds', 'MaximumRetryAttempts',
  'MetricsConfig', 'ParallelizationFactor', 'ScalingConfig', 'StartingPosition', 'StartingPositionTimestamp', 'TumblingWindowInSeconds',
];

/** Events that a function polls: a mapping, and the right to read the source. */
export function eventSourceMapping(source: keyof typeof SOURCES): EventExpansion {
  const [property, managedPolicy] = SOURCES[source];
  return event => {
    event.check(...PASSED, property);
    const { [property]: arn = event.fail(`No ${property} property specified for the event.`, 'Properties') } = event.properties;
    return {
      managedPolicy,
      resources: {
        [event.logicalId]: {
          Type: 'AWS::Lambda::EventSourceMapping',
          ...event.resource.inheritedAttributes,
          Properties: defined({
            ...Object.fromEntries(PASSED.map(name => [name, event.properties[name]])),
            EventSourceArn: arn,
            FunctionName: { Ref: event.resource.logicalId },
          }),
        },
      },
    };
  };
}
