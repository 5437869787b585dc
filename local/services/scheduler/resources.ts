import { ScheduleProperties } from './schedule';
import { Schedules } from './schedules';
import { ResourceRequest, ResourceType } from '../../kernel/contracts';

const TARGET_PROPERTIES = ['Arn', 'RoleArn', 'Input', 'EventBridgeParameters', 'SqsParameters', 'RetryPolicy', 'DeadLetterConfig'];

/** How schedules and their groups come into being. */
export function resourceTypes(schedules: Schedules): Record<string, ResourceType> {
  return {
    'AWS::Scheduler::Schedule': {
      properties: {
        used: ['Name', 'GroupName', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'StartDate', 'EndDate', 'State', 'FlexibleTimeWindow', 'Target', 'Description', 'ActionAfterCompletion'],
        withoutEffect: ['KmsKeyArn'],
      },
      create: request => createSchedule(schedules, request),
      delete: ({ properties }, { ref }) => {
        const schedule = schedules.all(properties.GroupName ?? 'default').find(({ name }) => name === ref);
        if (schedule) {
          schedules.remove(schedule);
        }
      },
    },
    'AWS::Scheduler::ScheduleGroup': {
      properties: { used: ['Name'], withoutEffect: ['Tags'] },
      create: request => {
        const { environment: { partition, region, account } } = request;
        const name = request.properties.Name ?? request.generateName(64);
        schedules.addGroup(name);
        return { ref: name, attributes: { Arn: `arn:${partition}:scheduler:${region}:${account}:schedule-group/${name}`, State: 'ACTIVE' } };
      },
      delete: (_, { ref }) => {
        if (schedules.groupNames().includes(ref)) {
          schedules.removeGroup(ref);
        }
      },
    },
  };
}

function createSchedule(schedules: Schedules, request: ResourceRequest<ScheduleProperties>) {
  const { properties, environment } = request;
  const unknown = Object.keys(properties.Target ?? {}).find(name => !TARGET_PROPERTIES.includes(name));
  if (unknown !== undefined) {
    throw new Error(`the local runtime does not emulate the property Target.${unknown} of ${request.type}`);
  }
  const { name, arn } = schedules.put(properties.Name ?? request.generateName(64), properties, environment);
  return { ref: name, attributes: { Arn: arn } };
}
