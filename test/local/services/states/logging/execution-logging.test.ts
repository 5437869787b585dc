import { AwsError } from '../../../../../local/kernel/aws-error';
import { logs } from '../../../../../local/services/logs';
import { states } from '../../../../../local/services/states';
import { eventually, TestKernel } from '../../../../support/test-kernel';

const GROUP = '/workflows';
const DESTINATION = { CloudWatchLogsLogGroup: { LogGroupArn: `arn:aws:logs:us-east-1:000000000000:log-group:${GROUP}:*` } };
const DELIVERY_ACTIONS = [
  'logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries',
  'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups',
];
const VALIDATION_STREAM = 'log_stream_created_by_aws_to_validate_log_delivery_subscriptions';

const PASS = { StartAt: 'State_1', States: { State_1: { Type: 'Pass', Result: { Arg1: 'argument1' }, End: true } } };
const FAIL = { StartAt: 'FailState', States: { FailState: { Type: 'Fail', Error: 'SomeFailure', Cause: 'It fails.' } } };
const CAUGHT = {
  StartAt: 'Call',
  States: {
    Call: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem', Parameters: { TableName: 'secret' }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }], End: true },
    Done: { Type: 'Succeed' },
  },
};

const REFUSING = {
  permissions: () => [],
  handle: () => {
    throw new AwsError('ValidationException', 'No.');
  },
};

describe('LoggingConfiguration', () => {
  let kernel: TestKernel;
  beforeEach(async () => {
    kernel = new TestKernel(logs, states, () => ({ name: 'dynamodb', operations: { GetItem: REFUSING }, resourceTypes: {} }));
    await kernel.create('AWS::Logs::LogGroup', { LogGroupName: GROUP });
  });

  async function stateMachine(configuration: object, definition: object = PASS, type = 'EXPRESS', actions = DELIVERY_ACTIONS): Promise<string> {
    const { ref } = await kernel.create('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'Machine',
      StateMachineType: type,
      RoleArn: kernel.role('Workflow', 'states.amazonaws.com', ...actions),
      Definition: definition,
      LoggingConfiguration: { Destinations: [DESTINATION], ...configuration },
    });
    return ref;
  }

  async function streams(): Promise<string[]> {
    const { logStreams } = await kernel.call('logs', 'DescribeLogStreams', { logGroupName: GROUP });
    return logStreams.map((stream: any) => stream.logStreamName).filter((name: string) => name !== VALIDATION_STREAM);
  }

  /** The records once there are so many. */
  async function records(count: number): Promise<any[]> {
    for (let attempt = 0; ; attempt++) {
      const { events } = await kernel.call('logs', 'FilterLogEvents', { logGroupName: GROUP, logStreamNamePrefix: 'states/' });
      if (events.length >= count || attempt === 1000) {
        expect(events).toHaveLength(count);
        return events.map(({ message }: any) => JSON.parse(message));
      }
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  test('an Express execution is logged event by event', async () => {
    const arn = await stateMachine({ Level: 'ALL', IncludeExecutionData: true });
    const { executionArn } = await kernel.call('states', 'StartSyncExecution', { stateMachineArn: arn, input: '{"a":1}' });
    const common = { event_timestamp: String(kernel.clock.now()), execution_arn: executionArn, redrive_count: '0' };
    const truncated = { truncated: false };
    expect(await records(4)).toEqual([
      { id: '1', type: 'ExecutionStarted', details: { input: '{"a":1}', inputDetails: truncated, roleArn: expect.any(String) }, previous_event_id: '0', ...common },
      { id: '2', type: 'PassStateEntered', details: { name: 'State_1', input: '{"a":1}', inputDetails: truncated }, previous_event_id: '0', ...common },
      { id: '3', type: 'PassStateExited', details: { name: 'State_1', output: '{"Arg1":"argument1"}', outputDetails: truncated }, previous_event_id: '2', ...common },
      { id: '4', type: 'ExecutionSucceeded', details: { output: '{"Arg1":"argument1"}', outputDetails: truncated }, previous_event_id: '3', ...common },
    ]);
    expect(await streams()).toEqual([expect.stringMatching(/^states\/Machine\/2026-01-02-03-04\/[0-9a-f]{8}$/)]);
  });

  test('without execution data, nothing of it is logged', async () => {
    const arn = await stateMachine({ Level: 'ALL' }, CAUGHT, 'STANDARD', [...DELIVERY_ACTIONS]);
    await kernel.call('states', 'StartExecution', { stateMachineArn: arn, input: '{"secret":"s"}' });
    const logged = await records(9);
    expect(JSON.stringify(logged)).not.toContain('secret');
    expect(logged.at(-1)).toMatchObject({ type: 'ExecutionSucceeded', details: {} });
    expect(logged.find(({ type }) => type === 'TaskScheduled').details).toEqual({ resourceType: 'aws-sdk:dynamodb', resource: 'getItem', region: 'us-east-1' });
  });

  test.each([
    ['ERROR', FAIL, ['FailStateEntered', 'ExecutionFailed']],
    ['FATAL', FAIL, ['ExecutionFailed']],
    ['ERROR', CAUGHT, ['TaskFailed']],
  ])('level %s', async (Level, definition, types) => {
    const arn = await stateMachine({ Level }, definition);
    await kernel.call('states', 'StartSyncExecution', { stateMachineArn: arn });
    expect((await records(types.length)).map(({ type }) => type)).toEqual(types);
  });

  test('an execution of which nothing is logged makes no stream', async () => {
    const arn = await stateMachine({ Level: 'ERROR' });
    await kernel.call('states', 'StartSyncExecution', { stateMachineArn: arn });
    await records(0);
    expect(await streams()).toEqual([]);
  });

  test('data that no log event can hold is cut, and marked', async () => {
    const arn = await stateMachine({ Level: 'ALL', IncludeExecutionData: true });
    const input = JSON.stringify({ text: '"é'.repeat(43_000) });
    await kernel.call('states', 'StartSyncExecution', { stateMachineArn: arn, input });
    const [started, , , succeeded] = await records(4);
    expect(started.details.inputDetails).toEqual({ truncated: true });
    expect(input.startsWith(started.details.input)).toBe(true);
    const bytes = Buffer.byteLength(JSON.stringify(started.details.input));
    expect(bytes).toBeLessThanOrEqual(248 * 1024);
    expect(bytes).toBeGreaterThan(248 * 1024 - 10);
    expect(succeeded.details.outputDetails).toEqual({ truncated: false });
  });

  test('DescribeStateMachine tells it', async () => {
    const arn = await stateMachine({ Level: 'FATAL' });
    expect((await kernel.call('states', 'DescribeStateMachine', { stateMachineArn: arn })).loggingConfiguration).toEqual({
      level: 'FATAL', includeExecutionData: false, destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: DESTINATION.CloudWatchLogsLogGroup.LogGroupArn } }],
    });
    expect((await kernel.call('logs', 'FilterLogEvents', { logGroupName: GROUP, logStreamNames: [VALIDATION_STREAM] })).events).toHaveLength(1);
  });

  test.each(DELIVERY_ACTIONS)('a role that may not %s cannot be used', async missing => {
    await expect(stateMachine({ Level: 'ALL' }, PASS, 'EXPRESS', DELIVERY_ACTIONS.filter(action => action !== missing))).rejects.toMatchObject({
      code: 'AccessDeniedException', message: expect.stringMatching(new RegExp(`^The state machine IAM Role is not authorized to access the Log Destination .*${missing}`)),
    });
  });

  test.each([
    [{ Level: 'SOME' }],
    [{ Level: 'ALL', Destinations: [] }],
    [{ Level: 'ALL', Destinations: [DESTINATION, DESTINATION] }],
    [{ Level: 'ALL', Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/workflows' } }] }],
    [{ Level: 'ALL', Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/none:*' } }] }],
  ])('%j is refused', async configuration => {
    await expect(stateMachine(configuration)).rejects.toMatchObject({ code: 'InvalidLoggingConfiguration' });
  });

  test('level OFF needs neither a destination nor a permission', async () => {
    await stateMachine({ Level: 'OFF', Destinations: [] }, PASS, 'EXPRESS', []);
  });

  test('executions run on when their log group is gone, and whoever watches is told once', async () => {
    const arn = await stateMachine({ Level: 'ALL' });
    await kernel.call('logs', 'DeleteLogGroup', { logGroupName: GROUP });
    for (let run = 0; run < 3; run++) {
      expect(await kernel.call('states', 'StartSyncExecution', { stateMachineArn: arn })).toMatchObject({ status: 'SUCCEEDED' });
      await new Promise(resolve => setTimeout(resolve));
    }
    const failure = await eventually(() => kernel.entries.find(({ kind }) => kind === 'failure'));
    expect(failure).toMatchObject({ source: 'states', message: `The log group ${GROUP} does not get its logs: ResourceNotFoundException: The specified log group does not exist.` });
    expect(kernel.entries.filter(({ kind }) => kind === 'failure')).toHaveLength(1);
  });
});
