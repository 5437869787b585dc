import { AwsError } from '../../../../local/kernel/aws-error';
import { Service } from '../../../../local/kernel/contracts';
import { scheduler } from '../../../../local/services/scheduler';
import { sqs } from '../../../../local/services/sqs';
import { TestKernel } from '../../../support/test-kernel';

const MINUTE = 60_000;
const WORKFLOW = 'arn:aws:states:us-east-1:000000000000:stateMachine:sweep';
const OFF = { Mode: 'OFF' };

async function start(answer: (input: any) => unknown = () => ({})) {
  const calls: Array<{ operation: string; input: any; time: number }> = [];
  const record = (name: string, ...operations: string[]) => (): Service => ({
    name,
    operations: Object.fromEntries(operations.map(operation => [operation, {
      permissions: () => [{ action: `${name}:${operation}`, resource: '*' }],
      handle: (input: any) => { calls.push({ operation, input, time: test.clock.now() }); return answer(input); },
    }])),
    resourceTypes: {},
  });
  const test: TestKernel = new TestKernel(scheduler, sqs, record('states', 'StartExecution'), record('events', 'PutEvents'), record('dynamodb', 'DeleteItem'));
  const RoleArn = test.role('scheduler', 'scheduler.amazonaws.com', 'states:StartExecution', 'events:PutEvents', 'sqs:SendMessage', 'scheduler:*');
  const create = (properties: object, target: object = {}) => test.create('AWS::Scheduler::Schedule', {
    Name: 'sweep', FlexibleTimeWindow: OFF, ScheduleExpression: 'rate(1 minute)', ...properties, Target: { Arn: WORKFLOW, RoleArn, ...target },
  });
  const begin = test.clock.now();
  return { test, calls, create, RoleArn, minutes: () => calls.map(({ time }) => (time - begin) / MINUTE), failures: () => test.entries.flatMap(entry => entry.kind === 'failure' ? [entry.message] : []) };
}

test('a rate calls its target again and again, with the event that Scheduler makes up', async () => {
  const { test, calls, create, minutes } = await start();
  await create({ ScheduleExpression: 'rate(2 minutes)' });
  await test.clock.advance(5 * MINUTE);
  expect(minutes()).toEqual([2, 4]);
  expect(calls[0].input.stateMachineArn).toBe(WORKFLOW);
  expect(JSON.parse(calls[0].input.input)).toMatchObject({
    'source': 'aws.scheduler', 'detail-type': 'Scheduled Event', 'detail': '{}', 'time': '2026-01-02T03:06:05Z', 'resources': ['arn:aws:scheduler:us-east-1:000000000000:schedule/default/sweep'],
  });
});

test('after a night in which the machine has slept, a rate goes on with one call', async () => {
  const { test, create, minutes } = await start();
  await create({});
  await test.clock.advance(MINUTE);
  test.clock.skip(8 * 60 * MINUTE);
  await test.clock.advance(2 * MINUTE);
  expect(minutes()).toEqual([1, 481, 482, 483]);
});

test('cron keeps to its time zone, and to its beginning and end', async () => {
  const { test, calls, create } = await start();
  await create({ ScheduleExpression: 'cron(0 9 * * ? *)', ScheduleExpressionTimezone: 'Europe/Berlin', StartDate: '2026-01-03T00:00:00Z', EndDate: '2026-01-04T23:00:00Z' });
  await test.clock.advance(5 * 24 * 60 * MINUTE);
  expect(calls.map(({ time }) => new Date(time).toISOString())).toEqual(['2026-01-03T08:00:00.000Z', '2026-01-04T08:00:00.000Z']);
});

test('a single time is over after it, and may take the schedule with it', async () => {
  const { test, calls, RoleArn } = await start();
  await test.call('scheduler', 'CreateSchedule', {
    Name: 'once', ScheduleExpression: 'at(2026-01-02T03:10:00)', FlexibleTimeWindow: OFF, ActionAfterCompletion: 'DELETE', Target: { Arn: WORKFLOW, RoleArn, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
  });
  await test.clock.advance(60 * MINUTE);
  expect(calls.map(({ input }) => input.input)).toEqual(['{"at":"2026-01-02T03:10:00Z"}']);
  await expect(test.call('scheduler', 'GetSchedule', { Name: 'once' })).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
});

test('a flexible window delays a call, but never by more than it is', async () => {
  const { test, create, minutes } = await start();
  await create({ ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 } });
  await test.clock.advance(75 * MINUTE);
  expect(minutes()).toHaveLength(1);
  expect(minutes()[0]).toBeGreaterThanOrEqual(60);
  expect(minutes()[0]).toBeLessThan(75);
});

test('puts events, sends messages, and calls any operation', async () => {
  const { test, calls, create } = await start();
  await test.create('AWS::SQS::Queue', { QueueName: 'jobs' }, 'Jobs');
  await create({ Name: 'event' }, { Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default', Input: '{"a":1}', EventBridgeParameters: { Source: 'me', DetailType: 'Tick' } });
  await create({ Name: 'message' }, { Arn: 'arn:aws:sqs:us-east-1:000000000000:jobs', Input: 'work' });
  await create({ Name: 'schedules' }, { Arn: 'arn:aws:scheduler:::aws-sdk:scheduler:createScheduleGroup', Input: '{"Name":"made"}' });
  await test.clock.advance(MINUTE);
  expect(calls).toMatchObject([{ operation: 'PutEvents', input: { Entries: [{ Source: 'me', DetailType: 'Tick', Detail: '{"a":1}' }] } }]);
  expect(await test.call('sqs', 'ReceiveMessage', { QueueUrl: 'http://x/000000000000/jobs' })).toMatchObject({ Messages: [{ Body: 'work' }] });
  expect(await test.call('scheduler', 'GetScheduleGroup', { Name: 'made' })).toMatchObject({ State: 'ACTIVE' });
});

test('what a role may not do is not tried again, and lies in the dead-letter queue with its reason', async () => {
  const { test, create, calls, failures } = await start();
  await test.create('AWS::SQS::Queue', { QueueName: 'dead' }, 'Dead');
  await create({}, { Arn: 'arn:aws:scheduler:::aws-sdk:dynamodb:deleteItem', Input: '{"TableName":"T"}', DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:000000000000:dead' } });
  await test.clock.advance(MINUTE);
  expect(calls).toEqual([]);
  expect(failures()[0]).toMatch(/^Schedule sweep could not call .*: AccessDeniedException: .*dynamodb:DeleteItem/);
  const { Messages: [message] } = await test.call('sqs', 'ReceiveMessage', { QueueUrl: 'http://x/000000000000/dead', MessageAttributeNames: ['All'] });
  expect(message).toMatchObject({ Body: '{"TableName":"T"}', MessageAttributes: { ERROR_CODE: { StringValue: 'AccessDeniedException' }, RETRY_ATTEMPTS: { StringValue: '0' } } });
});

test('a fault of the target is tried again as often as the policy says', async () => {
  const { test, calls, create } = await start(() => { throw new AwsError('ServiceUnavailable', 'later', 503); });
  await create({ ScheduleExpression: 'rate(1 day)' }, { RetryPolicy: { MaximumRetryAttempts: 2 } });
  await test.clock.advance(25 * 60 * MINUTE);
  expect(calls).toHaveLength(3);
});

test.each<[string, object, object, string]>([
  ['a beginning that is no time', { StartDate: 'tomorrow' }, {}, 'ValidationException'],
  ['an end that is no time', { EndDate: 1e300 }, {}, 'ValidationException'],
  ['an input that is no text', {}, { Input: { a: 1 } }, 'SerializationException'],
  ['more attempts than there may be', {}, { RetryPolicy: { MaximumRetryAttempts: 186 } }, 'ValidationException'],
  ['a number of attempts that is none', {}, { RetryPolicy: { MaximumRetryAttempts: 'many' } }, 'ValidationException'],
  ['an age of less than a minute', {}, { RetryPolicy: { MaximumEventAgeInSeconds: 59 } }, 'ValidationException'],
])('%s is refused, and nothing is called', async (_, properties, target, code) => {
  const { test, create, calls } = await start();
  await expect(create(properties, target)).rejects.toMatchObject({ code });
  await test.clock.advance(5 * MINUTE);
  expect(calls).toEqual([]);
  expect(test.clock.pending).toBe(0);
});

test('can be changed, disabled, listed and deleted', async () => {
  const { test, calls, RoleArn } = await start();
  const properties = { Name: 'job', ScheduleExpression: 'rate(1 minute)', FlexibleTimeWindow: OFF, Target: { Arn: WORKFLOW, RoleArn } };
  await test.call('scheduler', 'CreateSchedule', properties);
  await expect(test.call('scheduler', 'CreateSchedule', properties)).rejects.toMatchObject({ code: 'ConflictException', status: 409 });
  await test.call('scheduler', 'UpdateSchedule', { ...properties, State: 'DISABLED' });
  await test.clock.advance(5 * MINUTE);
  expect(calls).toEqual([]);
  expect(await test.call('scheduler', 'ListSchedules', { State: 'DISABLED' })).toMatchObject({ Schedules: [{ Name: 'job', State: 'DISABLED' }] });
  await test.call('scheduler', 'DeleteSchedule', { Name: 'job', groupName: 'default' });
  expect(await test.call('scheduler', 'ListSchedules', {})).toEqual({ Schedules: [] });
});

test('a role needs to be allowed to hand the role of the target on', async () => {
  const { test, RoleArn } = await start();
  const role = test.role('maker', 'states.amazonaws.com', 'scheduler:CreateSchedule');
  const principal = test.kernel.assumeRole(role, 'states.amazonaws.com', 'arn:aws:states:us-east-1:000000000000:stateMachine:x');
  await expect(test.call('scheduler', 'CreateSchedule', { Name: 'x', ScheduleExpression: 'rate(1 day)', FlexibleTimeWindow: OFF, Target: { Arn: WORKFLOW, RoleArn } }, principal)).rejects.toThrow(/iam:PassRole/);
});

test.each([
  ['an expression', { ScheduleExpression: 'rate(0 minutes)' }, {}, /Invalid Schedule Expression rate\(0 minutes\)/],
  ['a window', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, {}, /MaximumWindowInMinutes/],
  ['a name', { Name: 'a b' }, {}, /Value 'a b' at 'name'/],
  ['a group', { GroupName: 'nowhere' }, {}, /Schedule group nowhere does not exist/],
  ['a target', {}, { Arn: 'arn:aws:ecs:us-east-1:000000000000:cluster/x' }, /does not emulate targets of schedules such as arn:aws:ecs/],
  ['a target of a service', {}, { Arn: 'arn:aws:scheduler:::aws-sdk:ec2:stopInstances', Input: '{}' }, /does not emulate targets/],
  ['a target that only reads', {}, { Arn: 'arn:aws:scheduler:::aws-sdk:dynamodb:getItem', Input: '{}' }, /getItem only reads/],
  ['an input', {}, { Arn: 'arn:aws:scheduler:::aws-sdk:dynamodb:deleteItem', Input: '[]' }, /has to be a JSON object/],
  ['an event without a source', {}, { Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' }, /EventBridgeParameters\.Source/],
  ['a parameter', {}, { EcsParameters: {} }, /does not emulate the property Target\.EcsParameters/],
])('refuses %s that it cannot do', async (_, properties, target, message) => {
  const { create } = await start();
  await expect(create(properties, target)).rejects.toThrow(message);
});
