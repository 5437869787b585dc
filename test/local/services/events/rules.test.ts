import { ACCOUNT_ARN, TestEvents } from './test-events';
import { Principal } from '../../../../local/kernel/contracts';

const PATTERN = '{"source":["shop"]}';
const QUEUE = ACCOUNT_ARN('sqs', 'q');

let bridge: TestEvents;
beforeEach(async () => {
  bridge = new TestEvents();
  await bridge.call('CreateEventBus', { Name: 'orders', Description: 'all orders' });
});

test('a rule is made, described, changed, listed and deleted', async () => {
  const arn = ACCOUNT_ARN('events', 'rule/orders/r');
  const on = { EventBusName: 'orders', Name: 'r' };
  expect(await bridge.call('PutRule', { ...on, EventPattern: PATTERN, Description: 'd' })).toEqual({ RuleArn: arn });
  expect(await bridge.call('DescribeRule', on)).toEqual({
    Name: 'r', Arn: arn, EventPattern: PATTERN, State: 'ENABLED', Description: 'd', EventBusName: 'orders', CreatedBy: '000000000000',
  });
  await bridge.call('PutTargets', { Rule: 'r', EventBusName: 'orders', Targets: [{ Id: 'q', Arn: QUEUE, InputPath: '$.detail' }] });
  await bridge.call('PutRule', { ...on, EventPattern: '{"source":["other"]}', State: 'DISABLED' });
  expect(await bridge.call('ListTargetsByRule', { Rule: 'r', EventBusName: 'orders' })).toEqual({ Targets: [{ Id: 'q', Arn: QUEUE, InputPath: '$.detail' }] });
  expect(await bridge.call('ListRuleNamesByTarget', { TargetArn: QUEUE, EventBusName: 'orders' })).toEqual({ RuleNames: ['r'] });
  expect((await bridge.call('ListRules', { EventBusName: 'orders' })).Rules).toMatchObject([{ State: 'DISABLED', EventPattern: '{"source":["other"]}' }]);
  await expect(bridge.call('DeleteRule', on)).rejects.toMatchObject({ code: 'ValidationException', message: "Rule can't be deleted since it has targets." });
  expect(await bridge.call('RemoveTargets', { Rule: 'r', EventBusName: 'orders', Ids: ['q'] })).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
  await bridge.call('DeleteRule', on);
  await bridge.call('DeleteRule', on);
  await expect(bridge.call('DescribeRule', on)).rejects.toMatchObject({ code: 'ResourceNotFoundException', message: 'Rule r does not exist on EventBus orders.' });
});

test('a rule that is changed goes by its new pattern', async () => {
  await bridge.queue('q');
  await bridge.rule([{ Arn: QUEUE }], { EventPattern: '{"source":["none"]}' });
  await bridge.call('PutRule', { Name: 'r', EventPattern: PATTERN });
  await bridge.put({ Source: 'none' });
  await bridge.put();
  expect((await bridge.messages('q')).map(message => JSON.parse(message.Body).source)).toEqual(['shop']);
});

test('lists come in pages', async () => {
  for (const name of ['a', 'b', 'c']) {
    await bridge.call('PutRule', { Name: name, EventPattern: PATTERN });
  }
  const first = await bridge.call('ListRules', { Limit: 2 });
  expect(first.Rules.map((rule: any) => rule.Name)).toEqual(['a', 'b']);
  expect((await bridge.call('ListRules', { Limit: 2, NextToken: first.NextToken })).Rules.map((rule: any) => rule.Name)).toEqual(['c']);
  await expect(bridge.call('ListRules', { NextToken: 'garbage' })).rejects.toMatchObject({ code: 'ValidationException' });
});

test.each([
  ['neither pattern nor schedule', 'PutRule', { Name: 'r' }, 'ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.'],
  ['a pattern that is none', 'PutRule', { Name: 'r', EventPattern: '{"source":"shop"}' }, 'InvalidEventPatternException', expect.stringMatching(/^Event pattern is not valid\. Reason: /)],
  ['a name with a blank', 'PutRule', { Name: 'a b', EventPattern: PATTERN }, 'ValidationException',
    "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+"],
  ['a bus that is not there', 'PutRule', { Name: 'r', EventPattern: PATTERN, EventBusName: 'none' }, 'ResourceNotFoundException', 'Event bus none does not exist.'],
  ['a state that is none', 'PutRule', { Name: 'r', EventPattern: PATTERN, State: 'ON' }, 'ValidationException', expect.stringContaining("'ON' at 'state'")],
  ['targets of a rule that is not there', 'PutTargets', { Rule: '__proto__', Targets: [{ Id: 'q', Arn: QUEUE }] }, 'ResourceNotFoundException', 'Rule __proto__ does not exist on EventBus default.'],
  ['no targets', 'PutTargets', { Rule: 'r', Targets: [] }, 'ValidationException', expect.stringContaining('length greater than or equal to 1')],
  ['a bus twice', 'CreateEventBus', { Name: 'orders' }, 'ResourceAlreadyExistsException', 'Event bus orders already exists.'],
  ['a bus of no name', 'CreateEventBus', {}, 'ValidationException', expect.stringContaining("null at 'name'")],
  ['to lose the default bus', 'DeleteEventBus', { Name: 'default' }, 'ValidationException', 'Cannot delete event bus default.'],
  ['to lose what is not there', 'DeleteEventBus', { Name: 'none' }, 'ResourceNotFoundException', 'Event bus none does not exist.'],
])('refuses %s', async (_, operation, input, code, message) => {
  await expect(bridge.call(operation, input)).rejects.toMatchObject({ code, message });
});

test.each([
  ['an id with a sign', { Id: '!@#', Arn: QUEUE }, "1 validation error detected: Value '!@#' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+"],
  ['no id', { Id: undefined, Arn: QUEUE }, "1 validation error detected: Value null at 'targets.1.member.id' failed to satisfy constraint: Member must not be null"],
  ['what is no ARN', { Id: 'q', Arn: 'queue' }, 'Parameter Arn is not valid. Reason: Provided Arn is not in correct format.'],
  ['two inputs', { Id: 'q', Arn: QUEUE, Input: '1', InputPath: '$' }, 'Only one of Input, InputPath, or InputTransformer must be provided for target q.'],
  ['no template', { Id: 'q', Arn: QUEUE, InputTransformer: {} },
    "1 validation error detected: Value null at 'inputTransformer.inputTemplate' failed to satisfy constraint: Member must not be null"],
  ['a placeholder that is none', { Id: 'q', Arn: QUEUE, InputTransformer: { InputTemplate: '"<x>"' } }, 'InputTemplate for target q contains invalid placeholder x.'],
])('refuses a target with %s', async (_, target, message) => {
  await expect(bridge.rule([target])).rejects.toMatchObject({ code: 'ValidationException', message });
  expect(await bridge.call('ListTargetsByRule', { Rule: 'r' })).toEqual({ Targets: [] });
});

describe('limits', () => {
  const exceeded = { code: 'LimitExceededException', message: 'The requested resource exceeds the maximum number allowed.' };

  test('five targets a rule', async () => {
    const targets = Array.from({ length: 6 }, (_, index) => ({ Id: String(index), Arn: QUEUE }));
    await bridge.rule(targets.slice(0, 5));
    await bridge.call('PutTargets', { Rule: 'r', Targets: targets.slice(0, 1) });
    await expect(bridge.call('PutTargets', { Rule: 'r', Targets: targets.slice(5) })).rejects.toMatchObject(exceeded);
  });

  test('three hundred rules a bus', async () => {
    for (let index = 0; index < 300; index++) {
      await bridge.call('PutRule', { Name: `r${index}`, EventPattern: PATTERN });
    }
    await expect(bridge.call('PutRule', { Name: 'more', EventPattern: PATTERN })).rejects.toMatchObject(exceeded);
    await bridge.call('PutRule', { Name: 'r0', EventPattern: PATTERN });
    await bridge.call('PutRule', { Name: 'more', EventPattern: PATTERN, EventBusName: 'orders' });
  });

  test('thirty of them with wildcards', async () => {
    const wild = '{"source":[{"wildcard":"s*p"}]}';
    for (let index = 0; index < 30; index++) {
      await bridge.call('PutRule', { Name: `r${index}`, EventPattern: wild });
    }
    await expect(bridge.call('PutRule', { Name: 'more', EventPattern: '{"source":[{"anything-but":{"wildcard":"s*"}}]}' })).rejects.toMatchObject(exceeded);
    await bridge.call('PutRule', { Name: 'tame', EventPattern: '{"detail":{"wildcard":["x"]}}' });
  });
});

describe('permissions', () => {
  const caller = (...actions: string[]): Principal => {
    const roleArn = bridge.test.role('Caller', 'states.amazonaws.com', ...actions);
    return bridge.test.kernel.assumeRole(roleArn, 'states.amazonaws.com', ACCOUNT_ARN('states', 'stateMachine:m'));
  };

  test('who lends EventBridge a role has to be allowed to', async () => {
    const role = ACCOUNT_ARN('iam', 'role/Lent').replace('us-east-1', '');
    await bridge.call('PutRule', { Name: 'r', EventPattern: PATTERN });
    const put = (principal: Principal, target: object = {}) => bridge.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'q', Arn: QUEUE, ...target }] }, principal);
    await put(caller('events:PutTargets'));
    await expect(put(caller('events:PutTargets'), { RoleArn: role })).rejects.toMatchObject({ code: 'AccessDeniedException', message: expect.stringContaining(`iam:PassRole on resource: ${role}`) });
    await put(caller('events:PutTargets', 'iam:PassRole'), { RoleArn: role });
  });

  test('a bus may let other accounts in', async () => {
    await bridge.call('PutPermission', { EventBusName: 'orders', Action: 'events:PutEvents', Principal: '111111111111', StatementId: 'other' });
    await bridge.call('PutPermission', { EventBusName: 'orders', Action: 'events:PutEvents', Principal: '*', StatementId: 'all' });
    const { Policy } = await bridge.call('DescribeEventBus', { Name: 'orders' });
    expect(JSON.parse(Policy)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'other', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action: 'events:PutEvents', Resource: ACCOUNT_ARN('events', 'event-bus/orders') },
        { Sid: 'all', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: ACCOUNT_ARN('events', 'event-bus/orders') },
      ],
    });
    await bridge.call('RemovePermission', { EventBusName: 'orders', StatementId: 'other' });
    await expect(bridge.call('RemovePermission', { EventBusName: 'orders', StatementId: 'other' })).rejects.toMatchObject({ code: 'ResourceNotFoundException', message: 'Statement with the provided id does not exist.' });
    await bridge.call('RemovePermission', { EventBusName: 'orders', RemoveAllPermissions: true });
    expect(await bridge.call('DescribeEventBus', { Name: 'orders' })).not.toHaveProperty('Policy', expect.anything());
  });

  test.each(['{', '[]', 'null', '{"Statement":[{"Effect":"Maybe"}]}'])('the policy %s is refused', async Policy => {
    await expect(bridge.call('PutPermission', { EventBusName: 'orders', Policy })).rejects.toMatchObject({ code: 'ValidationException' });
  });

  test('a template declares them as well', async () => {
    await bridge.test.create('AWS::Events::EventBusPolicy', {
      EventBusName: 'orders', StatementId: 's', Statement: { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'events:PutEvents', Resource: ACCOUNT_ARN('events', 'event-bus/orders') },
    });
    const entry = { EventBusName: 'orders', Source: 's', DetailType: 'd', Detail: '{}' };
    await bridge.call('PutEvents', { Entries: [entry] }, { kind: 'service', arn: 'sns.amazonaws.com' });
    await expect(bridge.call('PutEvents', { Entries: [entry] }, { kind: 'service', arn: 'scheduler.amazonaws.com' })).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });
});
