import { ACCOUNT_ARN, TestEvents } from './test-events';
import { AwsError } from '../../../../local/kernel/aws-error';
import { ServiceFactory } from '../../../../local/kernel/contracts';
import { eventually } from '../../../support/test-kernel';

/** A service that keeps what it was asked, and by whom. */
function recorder(name: string, ...operations: string[]) {
  const calls: Array<{ operation: string; input: any; principal: any }> = [];
  const service: ServiceFactory = () => ({
    name,
    resourceTypes: {},
    operations: Object.fromEntries(operations.map(operation => [operation, {
      permissions: () => [],
      handle: (input, { principal }) => {
        calls.push({ operation, input, principal });
        return {};
      },
    }])),
  });
  return { calls, service };
}

const RULE = ACCOUNT_ARN('events', 'rule/r');
const SERVICE = { kind: 'service', arn: 'events.amazonaws.com', sourceArn: RULE };

describe('a queue', () => {
  test('gets the event as it is', async () => {
    const bridge = new TestEvents();
    await bridge.rule([{ Arn: await bridge.queue('q') }]);
    await bridge.put();
    const [message] = await bridge.messages('q');
    expect(JSON.parse(message.Body)).toMatchObject({ 'source': 'shop', 'detail-type': 'Sold', 'detail': { n: 1 } });
    expect(message.Attributes.SenderId).toBe('events.amazonaws.com');
  });

  test('gets nothing when its policy does not let EventBridge in', async () => {
    const bridge = new TestEvents();
    await bridge.rule([{ Arn: await bridge.queue('q', { allowed: false }) }]);
    await bridge.put();
    expect(await bridge.failure()).toMatch(/AccessDeniedException: User: events\.amazonaws\.com is not authorized to perform: sqs:sendmessage/);
    expect(bridge.test.clock.pending).toBe(0);
  });

  test('may be called with a role instead', async () => {
    const bridge = new TestEvents();
    const RoleArn = bridge.test.role('Sender', 'events.amazonaws.com', 'sqs:SendMessage');
    await bridge.rule([{ Arn: await bridge.queue('q', { allowed: false }), RoleArn }]);
    await bridge.put();
    expect(await bridge.messages('q')).toHaveLength(1);
  });

  test('in FIFO order by the target\'s message group', async () => {
    const bridge = new TestEvents();
    const Arn = await bridge.queue('q.fifo', { attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } });
    await expect(bridge.rule([{ Arn }])).rejects.toMatchObject({ message: 'Parameter(s) SqsParameters must be specified for target: 0.' });
    await bridge.rule([{ Arn, SqsParameters: { MessageGroupId: 'g' } }]);
    await bridge.put();
    expect((await bridge.messages('q.fifo'))[0].Attributes.MessageGroupId).toBe('g');
  });
});

test('a topic gets a message', async () => {
  const sns = recorder('sns', 'Publish');
  const bridge = new TestEvents(sns.service);
  await bridge.rule([{ Arn: ACCOUNT_ARN('sns', 't'), Input: '"hi"' }]);
  await bridge.put();
  await eventually(() => sns.calls.length > 0);
  expect(sns.calls).toEqual([{ operation: 'Publish', input: { TopicArn: ACCOUNT_ARN('sns', 't'), Message: '"hi"' }, principal: SERVICE }]);
});

test('a function is called asynchronously', async () => {
  const lambda = recorder('lambda', 'Invoke');
  const bridge = new TestEvents(lambda.service);
  await bridge.rule([{ Arn: ACCOUNT_ARN('lambda', 'function:f'), InputPath: '$.detail' }]);
  await bridge.put();
  await eventually(() => lambda.calls.length > 0);
  expect(lambda.calls).toEqual([{ operation: 'Invoke', input: { FunctionName: ACCOUNT_ARN('lambda', 'function:f'), InvocationType: 'Event', Payload: '{"n":1}' }, principal: SERVICE }]);
});

test('a log group gets a line', async () => {
  const logs = recorder('logs', 'CreateLogStream', 'PutLogEvents');
  const bridge = new TestEvents(logs.service);
  await bridge.rule([{ Arn: `${ACCOUNT_ARN('logs', 'log-group:/aws/events/all')}:*`, Input: '{"a":1}' }]);
  await bridge.put();
  await eventually(() => logs.calls.length === 2);
  expect(logs.calls.map(({ operation }) => operation)).toEqual(['CreateLogStream', 'PutLogEvents']);
  expect(logs.calls[1].input).toEqual({ logGroupName: '/aws/events/all', logStreamName: 'r', logEvents: [{ timestamp: bridge.test.clock.now(), message: '{"a":1}' }] });
});

describe('another bus', () => {
  const start = async (policy?: object) => {
    const bridge = new TestEvents();
    const { EventBusArn: Arn } = await bridge.call('CreateEventBus', { Name: 'other' });
    if (policy) {
      await bridge.call('PutPermission', { EventBusName: 'other', Policy: JSON.stringify(policy) });
    }
    await bridge.call('PutRule', { Name: 'all', EventBusName: 'other', EventPattern: '{"detail":{"n":[1]}}' });
    await bridge.call('PutTargets', { Rule: 'all', EventBusName: 'other', Targets: [{ Id: 'q', Arn: await bridge.queue('q') }] });
    return { bridge, Arn };
  };

  test('gets the event, which stays what it is', async () => {
    const { bridge, Arn } = await start();
    await bridge.rule([{ Arn, RoleArn: bridge.test.role('Forward', 'events.amazonaws.com', 'events:PutEvents') }]);
    const { Entries: [{ EventId: id }] } = await bridge.put({ Resources: ['arn:a'], Time: 1_700_000_000 });
    expect(JSON.parse((await bridge.messages('q'))[0].Body)).toMatchObject({ id, time: '2023-11-14T22:13:20Z', resources: ['arn:a'], detail: { n: 1 } });
  });

  test('needs a policy when the rule has no role', async () => {
    const { bridge, Arn } = await start();
    await bridge.rule([{ Arn }]);
    await bridge.put();
    expect(await bridge.failure()).toMatch(/AccessDeniedException.*events:PutEvents/);
  });

  test('lets EventBridge in by its policy', async () => {
    const { bridge, Arn } = await start({
      Version: '2012-10-17',
      Statement: [{ Sid: 'a', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'events:PutEvents', Resource: ACCOUNT_ARN('events', 'event-bus/other') }],
    });
    await bridge.rule([{ Arn }]);
    await bridge.put();
    expect(await bridge.messages('q')).toHaveLength(1);
  });
});

describe('the dead-letter queue of a target', () => {
  const attributes = (message: any) => (
    Object.fromEntries(Object.entries<any>(message.MessageAttributes).map(([name, { StringValue: value }]) => [name, value]))
  );

  test('gets at once what is not tried again', async () => {
    const bridge = new TestEvents();
    const TARGET = ACCOUNT_ARN('sqs', 'missing');
    await bridge.rule([{ Arn: TARGET, DeadLetterConfig: { Arn: await bridge.queue('dead') }, Input: '{"other":true}' }]);
    const { Entries: [{ EventId: id }] } = await bridge.put();
    const [message] = await bridge.messages('dead');
    expect(JSON.parse(message.Body)).toMatchObject({ id, detail: { n: 1 } });
    expect(attributes(message)).toEqual({
      RULE_ARN: RULE, TARGET_ARN: TARGET, ERROR_CODE: 'NO_RESOURCE', ERROR_MESSAGE: 'The specified queue does not exist.', RETRY_ATTEMPTS: '0',
    });
  });

  test('tells of permissions that are missing', async () => {
    const bridge = new TestEvents();
    await bridge.rule([{ Arn: await bridge.queue('q', { allowed: false }), DeadLetterConfig: { Arn: await bridge.queue('dead') } }]);
    await bridge.put();
    expect(attributes((await bridge.messages('dead'))[0])).toMatchObject({ ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: expect.stringContaining('sqs:sendmessage') });
  });

  const failing = (code: string, status: number): ServiceFactory => () => ({
    name: 'lambda',
    resourceTypes: {},
    operations: {
      Invoke: {
        permissions: () => [],
        handle: () => {
          throw new AwsError(code, 'Rate exceeded', status);
        },
      },
    },
  });

  test.each([
    ['the attempts are used up', { MaximumRetryAttempts: 2 }, 'MaximumRetryAttempts', '2'],
    ['the event is too old', { MaximumEventAgeInSeconds: 60 }, 'MaximumEventAgeInSeconds', expect.stringMatching(/^[67]$/)],
  ])('gets what was tried again until %s', async (_, RetryPolicy, condition, attempts) => {
    const bridge = new TestEvents(failing('TooManyRequestsException', 429));
    await bridge.rule([{ Arn: ACCOUNT_ARN('lambda', 'function:f'), RetryPolicy, DeadLetterConfig: { Arn: await bridge.queue('dead') } }]);
    await bridge.put();
    for (let second = 0; second < 130; second++) {
      await bridge.test.clock.advance(1000);
    }
    expect(attributes((await bridge.messages('dead'))[0])).toMatchObject({ ERROR_CODE: 'THROTTLING', EXHAUSTED_RETRY_CONDITION: condition, RETRY_ATTEMPTS: attempts });
  });

  test('that cannot be reached is told of', async () => {
    const bridge = new TestEvents();
    await bridge.rule([{ Arn: ACCOUNT_ARN('sqs', 'missing'), DeadLetterConfig: { Arn: ACCOUNT_ARN('sqs', 'dead') } }]);
    await bridge.put();
    await eventually(() => bridge.test.entries.some(entry => entry.kind === 'failure' && /into the dead-letter queue .*QueueDoesNotExist/.test(entry.message)));
  });
});
