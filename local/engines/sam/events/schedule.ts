import { deadLetterQueue } from './dead-letter-queue';
import { EventExpansion } from './event';
import { startingRole } from './target-access';
import { attribute, defined } from '../json';

const PASSED = ['Description', 'EndDate', 'GroupName', 'KmsKeyArn', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'StartDate', 'State'];

/** Event `ScheduleV2`: a schedule of EventBridge Scheduler. */
export const schedule: EventExpansion = event => {
  event.check(...PASSED, 'DeadLetterConfig', 'FlexibleTimeWindow', 'Input', 'Name', 'OmitName', 'PermissionsBoundary', 'RetryPolicy', 'RoleArn');
  const { FlexibleTimeWindow: window, Input: input, Name: name, OmitName: omitName, RetryPolicy: retryPolicy, RoleArn: given } = event.properties;
  const { logicalId } = event;
  if (omitName === true && name !== undefined) event.fail('Name cannot be set when OmitName is True', 'Properties');
  const queue = deadLetterQueue(event);
  const roleName = `${logicalId}Role`;
  const sending = queue.arn === undefined ? [] : [{
    PolicyName: `${logicalId}SQSPolicy`,
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue.arn }] },
  }];
  return {
    resources: {
      [logicalId]: {
        Type: 'AWS::Scheduler::Schedule',
        ...event.resource.inheritedAttributes,
        Properties: defined({
          ...Object.fromEntries(PASSED.map(property => [property, event.properties[property]])),
          Name: omitName === true ? undefined : name ?? logicalId,
          FlexibleTimeWindow: window ?? { Mode: 'OFF' },
          Target: defined({
            Arn: event.target.arn,
            RoleArn: given ?? attribute(roleName, 'Arn'),
            Input: input,
            DeadLetterConfig: queue.arn === undefined ? undefined : { Arn: queue.arn },
            RetryPolicy: retryPolicy,
          }),
        }),
      },
      ...(given === undefined ? { [roleName]: startingRole(event, 'scheduler.amazonaws.com', logicalId, { boundary: event.properties.PermissionsBoundary, policies: sending }) } : {}),
      ...queue.resources,
    },
  };
};
