import { LogGroups } from './groups/log-groups';
import { filterLogEvents } from './operations/filter-log-events';
import { getLogEvents } from './operations/get-log-events';
import { createLogDelivery } from './operations/log-deliveries';
import { logGroupOperations } from './operations/log-groups';
import { logStreamOperations } from './operations/log-streams';
import { Permissions } from './operations/permissions';
import { putLogEvents } from './operations/put-log-events';
import { resourcePolicyOperations } from './operations/resource-policies';
import { tagOperations } from './operations/tags';
import { ResourcePolicies } from './resource-policies';
import { resourceTypes } from './resources';
import { Service, ServiceContext } from '../../kernel/contracts';
import { awsJson } from '../../wire/aws-json';
import { MEMBER_TYPES } from '../../wire/member-types';

/** Amazon CloudWatch Logs: groups, their streams, and the events in them. */
export function logs({ clock, environment }: ServiceContext): Service {
  const groups = new LogGroups(clock, environment);
  const policies = new ResourcePolicies();
  const permissions = new Permissions(groups, policies);
  return {
    name: 'logs',
    protocols: [awsJson({ version: '1.1', targetPrefix: 'Logs_20140328' })],
    operations: {
      PutLogEvents: putLogEvents(clock, groups, permissions),
      GetLogEvents: getLogEvents(groups, permissions),
      FilterLogEvents: filterLogEvents(groups, permissions),
      CreateLogDelivery: createLogDelivery(clock, groups, policies),
      ...logGroupOperations(groups, permissions),
      ...logStreamOperations(clock, groups, permissions),
      ...resourcePolicyOperations(clock, policies, permissions),
      ...tagOperations(groups, permissions),
    },
    resourceTypes: resourceTypes(groups, policies),
    assumptions: [...ASSUMPTIONS, MEMBER_TYPES],
  };
}

const ASSUMPTIONS = [
  { about: 'Filter patterns on JSON: a member that is missing', assumed: 'No comparison holds, not even `!=`.' },
  { about: 'Filter patterns on JSON: a number or text without quotes', assumed: 'It is equal to the number, and to the text that is spelled the same.' },
  { about: 'Filter patterns: how deep an asterisk reaches', assumed: 'It stands for any text at the beginning and the end of a value, and for itself in between.' },
  { about: 'rejectedLogEventsInfo', assumed: 'The end indexes of what is too old or expired are those of the first event after it.' },
];
