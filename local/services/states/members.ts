import { MemberTypes } from '../../wire/member-types';

/** The types of what requests have. */
export const MEMBERS: MemberTypes = {
  texts: [
    'activityArn', 'cause', 'clientToken', 'definition', 'description', 'error', 'executionArn', 'includedData', 'input', 'inspectionLevel', 'level', 'logGroupArn', 'name', 'nextToken',
    'output', 'redriveStatusFilter', 'resourceArn', 'roleArn', 'severity', 'stateMachineAliasArn', 'stateMachineArn', 'stateMachineVersionArn', 'stateName', 'statusFilter', 'taskToken',
    'traceHeader', 'type', 'variables', 'versionDescription',
  ],
  numbers: ['maxResults', 'weight'],
  structures: ['cloudWatchLogsLogGroup', 'encryptionConfiguration', 'loggingConfiguration', 'tracingConfiguration'],
  lists: ['destinations', 'routingConfiguration', 'tags'],
};
