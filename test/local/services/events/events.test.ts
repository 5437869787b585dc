import { AwsError } from '../../../../local/kernel/aws-error';
import { Service } from '../../../../local/kernel/contracts';
import { events } from '../../../../local/services/events';
import { eventually, TestKernel } from '../../../support/test-kernel';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine';
const entry = (more: object = {}) => ({ EventBusName: 'orders', Source: 'shop', DetailType: 'Sold', Detail: '{"n":1}', ...more });

/** Stands for Step Functions: keeps what it was asked to start, and fails as it is told. */
function fakeStates(failures: unknown[] = []) {
  const started: Array<{ stateMachineArn: string; input: string }> = [];
  const service = (): Service => ({
    name: 'states',
    resourceTypes: {},
    operations: {
      StartExecution: {
        permissions: input => [{ action: 'states:StartExecution', resource: input.stateMachineArn }],
        handle: input => {
          const failure = failures.shift();
          if (failure) {
            throw failure;
          }
          started.push(input);
          return {};
        },
      },
    },
  });
  return { started, service };
}

async function start({ rule = {}, target = {}, failures = [] as unknown[], allowed = true } = {}) {
  const states = fakeStates(failures);
  const test = new TestKernel(events, states.service);
  const roleArn = test.role('Rule', 'events.amazonaws.com', ...(allowed ? ['states:StartExecution'] : []));
  await test.create('AWS::Events::EventBus', { Name: 'orders' }, 'Bus');
  const created = await test.create('AWS::Events::Rule', {
    EventBusName: 'orders', EventPattern: { source: ['shop'] }, Targets: [{ Id: 'T', Arn: MACHINE, RoleArn: roleArn, ...target }], ...rule,
  }, 'Rule');
  return { test, started: states.started, created };
}

describe('rules', () => {
  test('hand a matching event to their target, as it is', async () => {
    const { test, started } = await start();
    const { Entries: [{ EventId: id }] } = await test.call('events', 'PutEvents', { Entries: [entry({ Resources: ['arn:a'] }), entry({ Source: 'other' })] });
    await eventually(() => started.length > 0);
    expect(started).toHaveLength(1);
    expect(started[0].stateMachineArn).toBe(MACHINE);
    expect(JSON.parse(started[0].input)).toEqual({
      'version': '0', id, 'detail-type': 'Sold', 'source': 'shop', 'account': '000000000000', 'time': '2026-01-02T03:04:05Z', 'region': 'us-east-1', 'resources': ['arn:a'], 'detail': { n: 1 },
    });
  });

  test.each([
    ['epoch seconds', 1_700_000_000.7, '2023-11-14T22:13:20Z'],
    ['ISO text', '2024-02-03T04:05:06.789Z', '2024-02-03T04:05:06Z'],
    ['one that no calendar has', 1e300, '2026-01-02T03:04:05Z'],
  ])('an entry may say its time: %s', async (_, time, expected) => {
    const { test, started } = await start();
    await test.call('events', 'PutEvents', { Entries: [entry({ Time: time })] });
    await eventually(() => started.length > 0);
    expect(JSON.parse(started[0].input).time).toBe(expected);
  });

  test('shape what the target gets', async () => {
    const { test, started } = await start({ target: { InputTransformer: { InputPathsMap: { n: '$.detail.n' }, InputTemplate: '{"number": <n>}' } } });
    await test.call('events', 'PutEvents', { Entries: [entry()] });
    await eventually(() => started.length > 0);
    expect(JSON.parse(started[0].input)).toEqual({ number: 1 });
  });

  test('are named as CloudFormation names them', async () => {
    const { created } = await start();
    expect(created).toEqual({ ref: 'orders|Stack-Rule-ABCDEFGHIJKL', attributes: { Arn: 'arn:aws:events:us-east-1:000000000000:rule/orders/Stack-Rule-ABCDEFGHIJKL' } });
  });

  test('do nothing while they are disabled', async () => {
    const { test, started } = await start({ rule: { State: 'DISABLED' } });
    await test.call('events', 'PutEvents', { Entries: [entry()] });
    expect(await eventually(() => test.entries.find(each => each.kind === 'event'))).toMatchObject({ rules: [] });
    expect(started).toEqual([]);
  });

  test('try again what may pass, at growing intervals', async () => {
    const busy = new AwsError('ThrottlingException', 'Rate exceeded', 429);
    const { test, started } = await start({ failures: [busy, busy, busy] });
    await test.call('events', 'PutEvents', { Entries: [entry()] });
    for (let attempt = 0; attempt < 3; attempt++) {
      await eventually(() => test.clock.pending > 0);
      expect(started).toEqual([]);
      await test.clock.advance(2 ** attempt * 1000);
    }
    await eventually(() => started.length > 0);
  });

  test('give up after the attempts of their retry policy, and say so', async () => {
    const busy = new AwsError('ServiceUnavailable', 'Later', 503);
    const { test, started } = await start({ failures: [busy, busy, busy], target: { RetryPolicy: { MaximumRetryAttempts: 1 } } });
    await test.call('events', 'PutEvents', { Entries: [entry()] });
    await eventually(() => test.clock.pending > 0);
    await test.clock.advance(1000);
    expect(await eventually(() => test.entries.find(each => each.kind === 'failure'))).toMatchObject({ message: expect.stringMatching(/ServiceUnavailable: Later/) });
    expect(started).toEqual([]);
  });

  test('do not try again what is denied', async () => {
    const { test } = await start({ allowed: false });
    await test.call('events', 'PutEvents', { Entries: [entry()] });
    expect(await eventually(() => test.entries.find(each => each.kind === 'failure'))).toMatchObject({ message: expect.stringMatching(/AccessDeniedException: .*states:StartExecution/) });
    expect(test.clock.pending).toBe(0);
  });

  test.each([
    ['a schedule on a bus of its own', { EventPattern: undefined, ScheduleExpression: 'rate(1 minute)' }, /ScheduleExpression is supported only on the default event bus\./],
    ['nothing to go by', { EventPattern: undefined }, /EventPattern or ScheduleExpression must be specified/],
    ['a pattern that is none', { EventPattern: { source: [] } }, /Empty arrays are not allowed/],
    ['a target that is not emulated', { Targets: [{ Id: 'T', Arn: 'arn:aws:ecs:us-east-1:000000000000:cluster/c' }] }, /does not emulate rule targets such as arn:aws:ecs/],
    ['a workflow without a role', { Targets: [{ Id: 'T', Arn: MACHINE }] }, /RoleArn is required for target arn:aws:states/],
    ['more retries than there can be', { Targets: [{ Id: 'T', Arn: MACHINE, RoleArn: 'r', RetryPolicy: { MaximumRetryAttempts: 186 } }] }, /less than or equal to 185/],
    ['a minute that is too short', { Targets: [{ Id: 'T', Arn: MACHINE, RoleArn: 'r', RetryPolicy: { MaximumEventAgeInSeconds: 59 } }] }, /greater than or equal to 60/],
    ['a dead-letter queue that is FIFO', { Targets: [{ Id: 'T', Arn: MACHINE, RoleArn: 'r', DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:000000000000:q.fifo' } }] }, /standard SQS queue/],
    ['a property of a target that is not emulated', { Targets: [{ Id: 'T', Arn: MACHINE, EcsParameters: {} }] }, /EcsParameters/],
  ])('%s is refused', async (_, rule, message) => {
    await expect(start({ rule })).rejects.toThrow(message);
  });
});

describe('PutEvents', () => {
  test.each([
    ['no source', { Source: undefined }, 'InvalidArgument', 'Parameter Source is not valid. Reason: Source is a required argument.'],
    ['an empty detail type', { DetailType: '' }, 'InvalidArgument', 'Parameter DetailType is not valid. Reason: DetailType is a required argument.'],
    ['no detail', { Detail: undefined }, 'InvalidArgument', 'Parameter Detail is not valid. Reason: Detail is a required argument.'],
    ['a detail that is no JSON', { Detail: '{' }, 'MalformedDetail', 'Detail is malformed.'],
    ['a detail that is no object', { Detail: '[1]' }, 'MalformedDetail', 'Detail is malformed.'],
    ['a source of AWS itself', { Source: 'aws.shop' }, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
  ])('an entry with %s is refused, and the others are not', async (_, more, code, message) => {
    const { test } = await start();
    expect(await test.call('events', 'PutEvents', { Entries: [entry(), entry(more)] })).toEqual({
      FailedEntryCount: 1, Entries: [{ EventId: expect.any(String) }, { ErrorCode: code, ErrorMessage: message }],
    });
  });

  test.each([
    ['no entries', {}],
    ['an empty list', { Entries: [] }],
    ['eleven entries', { Entries: Array.from({ length: 11 }, () => entry()) }],
    ['more than a megabyte', { Entries: [entry({ Detail: JSON.stringify({ x: 'x'.repeat(1024 * 1024) }) })] }],
    ['an entry that is no object', { Entries: [null] }],
    ['a source that is no text', { Entries: [entry({ Source: 7 })] }],
    ['a resource that is no text', { Entries: [entry({ Resources: [7] })] }],
    ['resources that are no list', { Entries: [entry({ Resources: 'arn:a' })] }],
  ])('%s are refused as a whole', async (_, input) => {
    const { test } = await start();
    await expect(test.call('events', 'PutEvents', input)).rejects.toMatchObject({ code: expect.stringMatching(/^(Validation|Serialization)Exception$/) });
  });

  test('an event for a bus that does not exist is lost, and the log says so', async () => {
    const { test } = await start();
    expect(await test.call('events', 'PutEvents', { Entries: [entry({ EventBusName: 'nowhere' })] })).toMatchObject({ FailedEntryCount: 0 });
    expect(test.entries).toContainEqual(expect.objectContaining({ kind: 'failure', message: expect.stringContaining('"nowhere"') }));
  });

  test('every account has a default bus', async () => {
    const { test, started } = await start({ rule: { EventBusName: undefined } });
    await test.call('events', 'PutEvents', { Entries: [entry({ EventBusName: undefined })] });
    await eventually(() => started.length > 0);
    expect(JSON.parse(started[0].input)).toMatchObject({ source: 'shop' });
  });

  test('takes a bus by its ARN, and asks IAM for that bus', async () => {
    const { test, started } = await start();
    const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/orders';
    await test.call('events', 'PutEvents', { Entries: [entry({ EventBusName: bus })] });
    await eventually(() => started.length > 0);
    expect(test.kernel.service('events').operations.PutEvents.permissions({ Entries: [entry()] })).toEqual([{
      action: 'events:PutEvents', resource: bus, context: { 'events:source': ['shop'], 'events:detail-type': ['Sold'] },
    }]);
  });
});

describe('TestEventPattern', () => {
  const event = { 'id': '1', 'account': '0', 'source': 'shop', 'time': '2026-01-01T00:00:00Z', 'region': 'us-east-1', 'resources': [], 'detail-type': 'Sold', 'detail': { n: 5 } };
  const ask = async (pattern: unknown, about: unknown = event) => {
    const { test } = await start();
    return test.call('events', 'TestEventPattern', { EventPattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern), Event: typeof about === 'string' ? about : JSON.stringify(about) });
  };

  test('tells whether a pattern matches', async () => {
    expect(await ask({ detail: { n: [{ numeric: ['>', 4] }] } })).toEqual({ Result: true });
    expect(await ask({ detail: { n: [{ numeric: ['>', 5] }] } })).toEqual({ Result: false });
  });

  test('asks for no more of an event than AWS does', async () => {
    const { resources, ...without } = event;
    expect(resources).toEqual([]);
    expect(await ask({ source: ['shop'] }, without)).toEqual({ Result: true });
  });

  test('refuses what is no pattern, with the reason', async () => {
    await expect(ask({ source: 'shop' })).rejects.toMatchObject({ code: 'InvalidEventPatternException', message: expect.stringMatching(/^Event pattern is not valid\. Reason: /) });
  });

  test('refuses a pattern of more characters than the API takes', async () => {
    const pattern = (length: number) => JSON.stringify({ source: ['x'.repeat(length - '{"source":[""]}'.length)] });
    expect(await ask(pattern(4096))).toEqual({ Result: false });
    await expect(ask(pattern(4097))).rejects.toMatchObject({ code: 'ValidationException', message: expect.stringMatching(/ at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to 4096$/) });
  });

  test.each([['no JSON', '{'], ['no object', '[]'], ['no event', { source: 'shop' }]])('refuses an event that is %s', async (_, about) => {
    await expect(ask({ source: ['shop'] }, about)).rejects.toMatchObject({ code: 'ValidationException', message: 'Parameter Event is not valid.' });
  });
});

test('buses and rules can be listed', async () => {
  const { test } = await start();
  expect(await test.call('events', 'ListEventBuses', { NamePrefix: 'o' })).toMatchObject({ EventBuses: [{ Name: 'orders', Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/orders' }] });
  expect((await test.call('events', 'ListRules', { EventBusName: 'orders' })).Rules).toMatchObject([{ EventPattern: '{"source":["shop"]}', State: 'ENABLED' }]);
  await expect(test.call('events', 'ListRules', { EventBusName: 'none' })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});
