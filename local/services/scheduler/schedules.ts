import { invokeTarget } from './invocation';
import { Schedule, ScheduleProperties } from './schedule';
import { checkTarget } from './target-call';
import { InvalidScheduleExpressionError, parseScheduleExpression } from '../../engines/schedule-expression';
import { AwsError } from '../../kernel/aws-error';
import { Environment, ServiceContext } from '../../kernel/contracts';

const DEFAULT_GROUP = 'default';
const NAME = /^[0-9a-zA-Z\-_.]{1,64}$/;
const MINUTE = 60_000;

/** The schedules of the run, by group and name, and the timers that wait for them. */
export class Schedules {
  private readonly groups = new Map<string, Map<string, Schedule>>([[DEFAULT_GROUP, new Map()]]);
  private readonly timers = new Map<Schedule, () => void>();
  private readonly stopped = new AbortController();

  constructor(private readonly context: ServiceContext) {}

  /** Checks a schedule, and lets it begin. */
  put(name: string, properties: ScheduleProperties, environment: Environment, previous?: Schedule): Schedule {
    const schedule = this.check(name, properties, environment, previous);
    const group = this.group(schedule.group);
    if (!previous && group.has(name)) {
      throw new AwsError('ConflictException', `Schedule ${name} already exists.`, 409);
    }
    if (previous) {
      this.remove(previous);
    }
    group.set(name, schedule);
    if (properties.State !== 'DISABLED') {
      this.wait(schedule, this.context.clock.now());
    }
    return schedule;
  }

  get(name: string, group: string = DEFAULT_GROUP): Schedule {
    const schedule = this.groups.get(group)?.get(name);
    if (!schedule) {
      throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
    }
    return schedule;
  }

  remove(schedule: Schedule): void {
    this.timers.get(schedule)?.();
    this.timers.delete(schedule);
    this.groups.get(schedule.group)?.delete(schedule.name);
  }

  all(group?: string): Schedule[] {
    return [...this.groups].filter(([name]) => group === undefined || name === group).flatMap(([, schedules]) => [...schedules.values()]);
  }

  groupNames(): string[] {
    return [...this.groups.keys()];
  }

  addGroup(name: string): void {
    if (this.groups.has(name)) {
      throw new AwsError('ConflictException', `Schedule group ${name} already exists.`, 409);
    }
    this.groups.set(checkName(name), new Map());
  }

  /** Takes a group away, with its schedules. */
  removeGroup(name: string): void {
    if (name === DEFAULT_GROUP) {
      throw new AwsError('ValidationException', 'The default schedule group can not be deleted.');
    }
    [...this.group(name).values()].forEach(schedule => this.remove(schedule));
    this.groups.delete(name);
  }

  group(name: string): Map<string, Schedule> {
    const group = this.groups.get(name);
    if (!group) {
      throw new AwsError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404);
    }
    return group;
  }

  stop(): void {
    this.timers.forEach(cancel => cancel());
    this.timers.clear();
    this.stopped.abort();
  }

  private check(name: string, properties: ScheduleProperties, environment: Environment, previous?: Schedule): Schedule {
    const { partition, region, account } = environment;
    const group = properties.GroupName ?? DEFAULT_GROUP;
    if (typeof properties.ScheduleExpression !== 'string' || properties.Target === undefined || properties.FlexibleTimeWindow === undefined) {
      throw new AwsError('ValidationException', 'ScheduleExpression, FlexibleTimeWindow and Target are required.');
    }
    checkTarget(properties.Target);
    const now = this.context.clock.now();
    const { Mode: mode, MaximumWindowInMinutes: minutes } = properties.FlexibleTimeWindow;
    if (mode === 'FLEXIBLE' && !(Number(minutes) >= 1 && Number(minutes) <= 1440)) {
      throw new AwsError('ValidationException', 'MaximumWindowInMinutes has to be a number from 1 to 1440 when the flexible time window has the mode FLEXIBLE.');
    }
    return {
      name: checkName(name),
      group,
      arn: `arn:${partition}:scheduler:${region}:${account}:schedule/${group}/${name}`,
      groupArn: `arn:${partition}:scheduler:${region}:${account}:schedule-group/${group}`,
      environment,
      properties,
      expression: parse(properties),
      createdAt: previous?.createdAt ?? now,
      modifiedAt: now,
      startsAt: timeOf('StartDate', properties.StartDate) ?? now,
      endsAt: timeOf('EndDate', properties.EndDate) ?? Infinity,
      windowMilliseconds: mode === 'FLEXIBLE' ? Number(minutes) * MINUTE : 0,
    };
  }

  /** Waits for the next time after the given one. */
  private wait(schedule: Schedule, after: number): void {
    const next = schedule.expression.next(Math.max(after, schedule.startsAt - 1), schedule.startsAt);
    if (next === undefined || next > schedule.endsAt) {
      this.complete(schedule);
      return;
    }
    const { clock, randomness } = this.context;
    const due = next + Math.floor(randomness.number() * schedule.windowMilliseconds);
    this.timers.set(schedule, clock.schedule(Math.max(0, due - clock.now()), () => {
      void invokeTarget(this.context, schedule, next, this.stopped.signal);
      // A machine that has slept calls once: what was missed is not made up for, but for what its window leaves time for.
      this.wait(schedule, Math.max(next, clock.now() - schedule.windowMilliseconds));
    }));
  }

  private complete(schedule: Schedule): void {
    this.timers.delete(schedule);
    if (schedule.properties.ActionAfterCompletion === 'DELETE') {
      this.groups.get(schedule.group)?.delete(schedule.name);
    }
  }
}

function checkName(name: string): string {
  if (!NAME.test(name)) {
    throw new AwsError('ValidationException', `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$`);
  }
  return name;
}

function parse({ ScheduleExpression: expression, ScheduleExpressionTimezone: timeZone }: ScheduleProperties) {
  try {
    return parseScheduleExpression(expression, timeZone);
  } catch (error) {
    throw error instanceof InvalidScheduleExpressionError ? new AwsError('ValidationException', `Invalid Schedule Expression ${expression}. ${error.message}`) : error;
  }
}

/** Templates give a text, the API seconds. */
function timeOf(member: string, date: string | number | undefined): number | undefined {
  if (date === undefined) {
    return undefined;
  }
  const time = new Date(typeof date === 'number' ? date * 1000 : date).getTime();
  if (Number.isNaN(time)) {
    throw new AwsError('ValidationException', `${member} is no time: ${JSON.stringify(date)}`);
  }
  return time;
}
