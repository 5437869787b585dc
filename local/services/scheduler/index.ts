import { protocol, scheduleOperations } from './operations';
import { resourceTypes } from './resources';
import { Schedules } from './schedules';
import { targetCall } from './target-call';
import { Rehearsal, Service, ServiceContext } from '../../kernel/contracts';
import { INSISTENCE } from '../../kernel/insist';

/** Amazon EventBridge Scheduler: calls at their times. */
export function scheduler(context: ServiceContext): Service {
  const schedules = new Schedules(context);
  return {
    name: 'scheduler',
    protocols: [protocol],
    operations: scheduleOperations(context, schedules),
    resourceTypes: resourceTypes(schedules),
    supports: { Targets: ['state machine', 'Lambda function', 'SQS queue', 'SNS topic', 'event bus', 'any operation of the services here (aws-sdk)'] },
    assumptions: [
      { about: 'A rate without a StartDate', assumed: 'It counts from the moment at which the schedule is made.' },
      { about: 'A failure that is not of status 429 or 5xx', assumed: 'It is not tried again.' },
      INSISTENCE,
    ],
    rehearsals: () => rehearsals(context, schedules),
    stop: () => schedules.stop(),
  };
}

function* rehearsals(context: ServiceContext, schedules: Schedules): Generator<Rehearsal> {
  for (const schedule of schedules.all()) {
    const { Input: input = '{}', RoleArn: roleArn } = schedule.properties.Target;
    yield {
      by: `schedule ${schedule.name}`,
      call: () => context.invoke({ principal: context.assumeRole(roleArn, 'scheduler.amazonaws.com', schedule.groupArn), ...targetCall(schedule, input) }),
    };
  }
}
