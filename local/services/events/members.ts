import { MemberTypes } from '../../wire/member-types';

/** The types of what requests have. */
export const MEMBERS: MemberTypes = {
  texts: [
    'Action', 'ApiDestinationArn', 'Arn', 'AuthorizationType', 'ConnectionArn', 'Description', 'Detail', 'DetailType', 'Event', 'EventBusName', 'EventPattern', 'HttpMethod', 'Id', 'Input',
    'InputPath', 'InputTemplate', 'InvocationEndpoint', 'Name', 'NamePrefix', 'NextToken', 'Policy', 'Principal', 'RoleArn', 'Rule', 'ScheduleExpression', 'Source', 'State', 'StatementId',
    'TargetArn', 'TraceHeader',
  ],
  numbers: ['Limit', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'],
  structures: ['AuthParameters', 'Condition', 'DeadLetterConfig', 'HttpParameters', 'InputTransformer', 'RetryPolicy', 'SqsParameters'],
  lists: ['Entries', 'Ids', 'Resources', 'Tags', 'Targets'],
  maps: ['InputPathsMap'],
};
