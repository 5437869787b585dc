import { Schedule, ScheduleProperties } from './schedule';
import { Schedules } from './schedules';
import { CallContext, Operation, Permission, ServiceContext } from '../../kernel/contracts';
import { awsRestJson } from '../../wire/aws-rest-json';

/** How clients speak with the scheduler. */
export const protocol = awsRestJson([
  ['POST', '/schedules/{Name}', 'CreateSchedule'],
  ['PUT', '/schedules/{Name}', 'UpdateSchedule'],
  ['GET', '/schedules/{Name}', 'GetSchedule'],
  ['DELETE', '/schedules/{Name}', 'DeleteSchedule'],
  ['GET', '/schedules', 'ListSchedules'],
  ['POST', '/schedule-groups/{Name}', 'CreateScheduleGroup'],
  ['GET', '/schedule-groups/{Name}', 'GetScheduleGroup'],
  ['DELETE', '/schedule-groups/{Name}', 'DeleteScheduleGroup'],
  ['GET', '/schedule-groups', 'ListScheduleGroups'],
]);

interface Named {
  readonly Name: string;
  /** In the body of a request. */
  readonly GroupName?: string;
  /** In its query. */
  readonly groupName?: string;
}

interface Filter {
  readonly GroupName?: string;
  readonly ScheduleGroup?: string;
  readonly NamePrefix?: string;
  readonly State?: string;
}

/** The operations on schedules and their groups. */
export function scheduleOperations(context: ServiceContext, schedules: Schedules): Record<string, Operation> {
  const { environment } = context;
  const arn = (kind: string, name: string) => `arn:${environment.partition}:scheduler:${environment.region}:${environment.account}:${kind}/${name}`;
  const groupOf = ({ GroupName: body, groupName: query }: Named) => body ?? query ?? 'default';
  const permission = (operation: string, input: Named): Permission => ({ action: `scheduler:${operation}`, resource: arn('schedule', `${groupOf(input)}/${input.Name}`) });
  /** Whoever makes a schedule hands its role on. */
  const withRole = (operation: string) => (input: Named & ScheduleProperties): Permission[] => [
    permission(operation, input),
    ...(input.Target?.RoleArn === undefined ? [] : [{ action: 'iam:PassRole', resource: input.Target.RoleArn, context: { 'iam:PassedToService': 'scheduler.amazonaws.com' } }]),
  ];
  const onGroup = (operation: string, handle: (input: Named, call: CallContext) => object): Operation<Named> => ({
    permissions: ({ Name: name }) => [{ action: `scheduler:${operation}`, resource: arn('schedule-group', name) }],
    handle,
  });

  return {
    CreateSchedule: {
      permissions: withRole('CreateSchedule'),
      handle: (input: Named & ScheduleProperties) => ({ ScheduleArn: schedules.put(input.Name, input, environment).arn }),
    },
    UpdateSchedule: {
      permissions: withRole('UpdateSchedule'),
      handle: (input: Named & ScheduleProperties) => {
        const standing = schedules.get(input.Name, groupOf(input));
        return { ScheduleArn: schedules.put(input.Name, input, environment, standing).arn };
      },
    },
    GetSchedule: {
      permissions: (input: Named) => [permission('GetSchedule', input)],
      handle: (input: Named) => describe(schedules.get(input.Name, groupOf(input))),
    },
    DeleteSchedule: {
      permissions: (input: Named) => [permission('DeleteSchedule', input)],
      handle: (input: Named) => {
        schedules.remove(schedules.get(input.Name, groupOf(input)));
        return {};
      },
    },
    ListSchedules: {
      permissions: () => [{ action: 'scheduler:ListSchedules', resource: '*' }],
      handle: ({ GroupName: name, ScheduleGroup: group = name, NamePrefix: prefix = '', State: state }: Filter) => ({
        Schedules: schedules.all(group)
          .filter(schedule => schedule.name.startsWith(prefix) && (state === undefined || stateOf(schedule) === state))
          .map(summarize),
      }),
    },
    CreateScheduleGroup: onGroup('CreateScheduleGroup', ({ Name: name }) => {
      schedules.addGroup(name);
      return { ScheduleGroupArn: arn('schedule-group', name) };
    }),
    GetScheduleGroup: onGroup('GetScheduleGroup', ({ Name: name }) => {
      schedules.group(name);
      return { Name: name, Arn: arn('schedule-group', name), State: 'ACTIVE' };
    }),
    DeleteScheduleGroup: onGroup('DeleteScheduleGroup', ({ Name: name }) => {
      schedules.removeGroup(name);
      return {};
    }),
    ListScheduleGroups: {
      permissions: () => [{ action: 'scheduler:ListScheduleGroups', resource: '*' }],
      handle: () => ({ ScheduleGroups: schedules.groupNames().map(name => ({ Name: name, Arn: arn('schedule-group', name), State: 'ACTIVE' })) }),
    },
  };
}

function describe(schedule: Schedule): object {
  const { arn, name, group, properties, createdAt, modifiedAt } = schedule;
  return {
    ...properties,
    Arn: arn,
    Name: name,
    GroupName: group,
    State: stateOf(schedule),
    ScheduleExpressionTimezone: properties.ScheduleExpressionTimezone ?? 'UTC',
    ActionAfterCompletion: properties.ActionAfterCompletion ?? 'NONE',
    CreationDate: createdAt / 1000,
    LastModificationDate: modifiedAt / 1000,
  };
}

function summarize(schedule: Schedule): object {
  const { arn, name, group, properties: { Target: { Arn: target } }, createdAt, modifiedAt } = schedule;
  const dates = { CreationDate: createdAt / 1000, LastModificationDate: modifiedAt / 1000 };
  return { Arn: arn, Name: name, GroupName: group, State: stateOf(schedule), Target: { Arn: target }, ...dates };
}

function stateOf({ properties: { State: state = 'ENABLED' } }: Schedule): string {
  return state;
}
