import { GROUP, STREAM, TestLogs } from './test-logs';
import { Principal } from '../../../../local/kernel/contracts';

const ARN = `arn:aws:logs:us-east-1:000000000000:log-group:${GROUP}`;

describe('log groups', () => {
  let kernel: TestLogs;
  beforeEach(async () => {
    kernel = await TestLogs.start({ RetentionInDays: '7', Tags: [{ Key: 'team', Value: 'one' }] });
  });

  test('are as the template declares them', async () => {
    const { logGroups } = await kernel.ask('DescribeLogGroups', {});
    expect(logGroups).toEqual([expect.objectContaining({ logGroupName: GROUP, arn: `${ARN}:*`, logGroupArn: ARN, retentionInDays: 7, creationTime: kernel.clock.now() })]);
    expect(await kernel.ask('ListTagsForResource', { resourceArn: ARN })).toEqual({ tags: { team: 'one' } });
  });

  test('are changed where they stand, and deleted with what they hold', async () => {
    const [service] = [...kernel.kernel.services];
    const type = service.resourceTypes['AWS::Logs::LogGroup'];
    await kernel.put([['kept', 0]]);
    const request = { properties: { LogGroupName: GROUP, RetentionInDays: 30 } } as never;
    const resource = { ref: GROUP };
    await type.update!(request, request, resource);
    expect((await kernel.ask('DescribeLogGroups', {})).logGroups[0]).toMatchObject({ retentionInDays: 30 });
    expect(await kernel.find()).toEqual(['kept']);
    await type.delete(request, resource);
    await type.delete(request, resource);
    expect((await kernel.ask('DescribeLogGroups', {})).logGroups).toEqual([]);
  });

  test('a name that the template leaves out is made up', async () => {
    expect(await kernel.create('AWS::Logs::LogGroup', {}, 'Logs')).toMatchObject({ ref: 'Stack-Logs-ABCDEFGHIJKL', attributes: { Arn: expect.stringMatching(/:log-group:Stack-Logs-ABCDEFGHIJKL:\*$/) } });
  });

  test('exist once', async () => {
    await expect(kernel.ask('CreateLogGroup', { logGroupName: GROUP })).rejects.toMatchObject({ code: 'ResourceAlreadyExistsException', message: 'The specified log group already exists' });
  });

  test('are listed by prefix, by pattern, by name, and in pages', async () => {
    for (const logGroupName of ['/b', '/a', '/app/other', '__proto__']) {
      await kernel.ask('CreateLogGroup', { logGroupName });
    }
    const list = async (input: object) => {
      const { logGroups, nextToken } = await kernel.ask('DescribeLogGroups', input);
      return { names: logGroups.map((group: any) => group.logGroupName), nextToken };
    };
    expect(await list({ logGroupNamePrefix: '/app' })).toEqual({ names: ['/app/other', GROUP], nextToken: undefined });
    expect((await list({ logGroupNamePattern: 'THING' })).names).toEqual([GROUP]);
    expect((await list({ logGroupIdentifiers: [`${ARN}:*`, '/a'] })).names).toEqual(['/a', GROUP]);
    expect((await list({ logGroupClass: 'INFREQUENT_ACCESS' })).names).toEqual([]);
    const first = await list({ limit: 3 });
    expect(first.names).toEqual(['/a', '/app/other', GROUP]);
    expect(await list({ limit: 3, nextToken: first.nextToken })).toEqual({ names: ['/b', '__proto__'], nextToken: undefined });
  });

  test.each([
    ['CreateLogGroup', { logGroupName: 'with space' }],
    ['CreateLogGroup', { logGroupName: '' }],
    ['CreateLogGroup', {}],
    ['CreateLogGroup', { logGroupName: 'x'.repeat(513) }],
    ['CreateLogStream', { logGroupName: GROUP, logStreamName: 'a:b' }],
    ['PutRetentionPolicy', { logGroupName: GROUP, retentionInDays: 2 }],
    ['PutRetentionPolicy', { logGroupName: GROUP }],
    ['DescribeLogGroups', { limit: 51 }],
    ['DescribeLogGroups', { logGroupNamePrefix: 'a', logGroupNamePattern: 'b' }],
    ['DescribeLogStreams', { logGroupName: GROUP, orderBy: 'Size' }],
    ['DescribeLogStreams', { logGroupName: GROUP, orderBy: 'LastEventTime', logStreamNamePrefix: 'a' }],
    ['DescribeLogStreams', { logGroupName: GROUP, nextToken: 'x' }],
    ['TagResource', { resourceArn: 'arn:aws:s3:::bucket', tags: {} }],
    ['PutResourcePolicy', { policyName: 'p', policyDocument: 'no JSON' }],
    ['PutResourcePolicy', { policyName: 'p', policyDocument: '{"Statement":[{"Effect":"Perhaps"}]}' }],
  ])('%s refuses %j', async (operation, input) => {
    await expect(kernel.ask(operation, input)).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  test('queries are refused by name', async () => {
    await expect(kernel.ask('StartQuery', {})).rejects.toMatchObject({ code: 'NotImplemented', message: expect.stringContaining('logs:StartQuery') });
  });

  test('tags come and go', async () => {
    await kernel.ask('TagResource', { resourceArn: ARN, tags: { team: 'two', __proto__x: 'y' } });
    await kernel.ask('UntagResource', { resourceArn: ARN, tagKeys: ['team'] });
    expect(await kernel.ask('ListTagsForResource', { resourceArn: `${ARN}:*` })).toEqual({ tags: { __proto__x: 'y' } });
  });
});

describe('log streams', () => {
  test('tell when their events were', async () => {
    const kernel = await TestLogs.start();
    await kernel.create('AWS::Logs::LogStream', { LogGroupName: GROUP, LogStreamName: 'two' });
    await kernel.put([['a', 2000], ['b', 1000]]);
    await kernel.put([['c', 3000]], 'two');
    const now = kernel.clock.now();
    const { logStreams } = await kernel.ask('DescribeLogStreams', { logGroupName: GROUP, orderBy: 'LastEventTime', descending: true });
    expect(logStreams).toEqual([
      expect.objectContaining({ logStreamName: STREAM, firstEventTimestamp: now - 2000, lastEventTimestamp: now - 1000, lastIngestionTime: now, arn: `${ARN}:log-stream:${STREAM}` }),
      expect.objectContaining({ logStreamName: 'two', lastEventTimestamp: now - 3000 }),
    ]);
    await kernel.ask('DeleteLogStream', { logGroupName: GROUP, logStreamName: STREAM });
    expect(await kernel.find()).toEqual(['c']);
    await expect(kernel.ask('CreateLogStream', { logGroupName: GROUP, logStreamName: 'two' })).rejects.toMatchObject({ code: 'ResourceAlreadyExistsException' });
  });
});

describe('what else a template declares', () => {
  test('a metric filter counts where there are no metrics, but its pattern has to be one', async () => {
    const kernel = await TestLogs.start();
    const filter = { LogGroupName: GROUP, MetricTransformations: [{ MetricName: 'm', MetricNamespace: 'n', MetricValue: '1' }] };
    await kernel.create('AWS::Logs::MetricFilter', { ...filter, FilterPattern: '{ $.status = 5* }' });
    expect((await kernel.ask('DescribeLogGroups', {})).logGroups[0].metricFilterCount).toBe(1);
    await expect(kernel.create('AWS::Logs::MetricFilter', { ...filter, FilterPattern: '{ $.status' })).rejects.toThrow('Invalid filter pattern');
  });

  test.each([
    [{ DataProtectionPolicy: {} }, 'DataProtectionPolicy'],
    [{ RetentionInDays: 8 }, 'retentionInDays'],
  ])('a group with %j is refused', async (properties, named) => {
    await expect(new TestLogs().create('AWS::Logs::LogGroup', properties)).rejects.toThrow(named);
  });

  test('nothing takes a subscription filter, whose events would be missed', () => {
    const [service] = [...new TestLogs().kernel.services];
    expect(service.resourceTypes).not.toHaveProperty(['AWS::Logs::SubscriptionFilter']);
  });
});

describe('permissions', () => {
  const SERVICE: Principal = { kind: 'service', arn: 'delivery.logs.amazonaws.com' };
  const put = (kernel: TestLogs, principal: Principal, logGroupName = GROUP) =>
    kernel.call('logs', 'PutLogEvents', { logGroupName, logStreamName: STREAM, logEvents: [{ message: 'a', timestamp: kernel.clock.now() }] }, principal);

  test('a role may do what its policies allow', async () => {
    const kernel = await TestLogs.start();
    const role = (name: string, ...actions: string[]) =>
      kernel.kernel.assumeRole(kernel.role(name, 'apigateway.amazonaws.com', ...actions), 'apigateway.amazonaws.com', 'arn:aws:apigateway:us-east-1::/account');
    await put(kernel, role('Writer', 'logs:PutLogEvents'));
    await expect(put(kernel, role('Reader', 'logs:FilterLogEvents'))).rejects.toMatchObject({
      code: 'AccessDeniedException', message: expect.stringContaining(`logs:PutLogEvents on resource: ${ARN}:log-stream:${STREAM}`),
    });
    // What is denied tells nobody whether it exists.
    await expect(put(kernel, role('Reader', 'logs:FilterLogEvents'), '/none')).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });

  test('a service may do what a resource policy allows', async () => {
    const kernel = await TestLogs.start();
    await expect(put(kernel, SERVICE)).rejects.toMatchObject({ code: 'AccessDeniedException' });
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: SERVICE.arn }, Action: 'logs:PutLogEvents', Resource: `${ARN}:*` }],
    });
    await kernel.create('AWS::Logs::ResourcePolicy', { PolicyName: 'delivery', PolicyDocument });
    await put(kernel, SERVICE);
    expect(await kernel.ask('DescribeResourcePolicies', {})).toEqual({ resourcePolicies: [{ policyName: 'delivery', policyDocument: PolicyDocument }] });
    await kernel.ask('DeleteResourcePolicy', { policyName: 'delivery' });
    await expect(put(kernel, SERVICE)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });
});
