import { AwsError } from '../../../../../local/kernel/aws-error';
import { fakeService, start, task } from '../workflows';

const id = '[0-9a-f-]{36}';

/** Runs one Task with a service that answers as it is told. */
async function run(resource: string, parameters: object, service: string, answer: (operation: string, input: any) => unknown = () => ({})) {
  const fake = fakeService(service, answer);
  const workflow = await start(task(`aws-sdk:${resource}`, parameters), { services: [fake.factory] });
  const { output, ...execution } = await workflow.run();
  return { ...execution, output: output === undefined ? undefined : JSON.parse(output), calls: fake.calls };
}

describe('what a service is asked', () => {
  test.each<[resource: string, service: string, parameters: object, operation: string, input: object]>([
    ['sqs:sendMessage', 'sqs', { QueueUrl: 'q', MessageBody: { a: 1 }, MessageAttributes: { MessageBody: { DataType: 'String' } } },
      'SendMessage', { QueueUrl: 'q', MessageBody: '{"a":1}', MessageAttributes: { MessageBody: { DataType: 'String' } } }],
    ['sns:publish', 'sns', { TopicArn: 't', Message: 'as it is' }, 'Publish', { TopicArn: 't', Message: 'as it is' }],
    ['lambda:invoke', 'lambda', { FunctionName: 'f', Payload: [1] }, 'Invoke', { FunctionName: 'f', Payload: '[1]' }],
    ['eventbridge:putEvents', 'events', { Entries: [{ Source: 's', Detail: { n: 1 } }] }, 'PutEvents', { Entries: [{ Source: 's', Detail: '{"n":1}' }] }],
    ['cloudwatchlogs:putLogEvents', 'logs', { LogGroupName: 'g', LogEvents: [{ Timestamp: 5, Message: { a: 1 } }] },
      'PutLogEvents', { logGroupName: 'g', logEvents: [{ timestamp: 5, message: '{"a":1}' }] }],
    ['cloudwatchlogs:createLogGroup', 'logs', { LogGroupName: 'g', Tags: { Team: 'A' } }, 'CreateLogGroup', { logGroupName: 'g', tags: { Team: 'A' } }],
    ['scheduler:createSchedule', 'scheduler', { Name: 'n', Target: { Arn: 'a', Input: { a: 1 } } }, 'CreateSchedule', { Name: 'n', Target: { Arn: 'a', Input: '{"a":1}' } }],
    ['dynamodbstreams:describeStream', 'dynamodb', { StreamArn: 's' }, 'DescribeStream', { StreamArn: 's' }],
    ['pipes:describePipe', 'pipes', { Name: 'p' }, 'DescribePipe', { Name: 'p' }],
    ['sts:getCallerIdentity', 'sts', {}, 'GetCallerIdentity', {}],
    ['cloudformation:describeStacks', 'cloudformation', { StackName: 's' }, 'DescribeStacks', { StackName: 's' }],
  ])('%s', async (resource, service, parameters, operation, input) => {
    const { calls, status } = await run(resource, parameters, service);
    expect(calls).toEqual([{ operation, input }]);
    expect(status).toBe('SUCCEEDED');
  });

  test('names that begin with a small letter are refused, as are deeper ones where the service has such', async () => {
    const small = await run('sqs:sendMessage', { queueUrl: 'q' }, 'sqs');
    expect(small).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: 'The field "queueUrl" is not supported by Step Functions', calls: [] });
    expect(await run('cloudwatchlogs:putLogEvents', { LogEvents: [{ message: 'a' }] }, 'logs')).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('"message"') });
  });

  test('prototype keys are data', async () => {
    const { calls } = await run('dynamodb:putItem', { Item: JSON.parse('{"__proto__":{"S":"a"},"constructor":{"S":"b"}}') }, 'dynamodb');
    expect(JSON.stringify(calls[0].input)).toBe('{"Item":{"__proto__":{"S":"a"},"constructor":{"S":"b"}}}');
  });
});

describe('what a Task gives', () => {
  test.each<[resource: string, service: string, answer: object, output: object]>([
    ['dynamodb:describeTable', 'dynamodb', { Table: { CreationDateTime: 1767323045.5, ItemCount: 2 } }, { Table: { CreationDateTime: '2026-01-02T03:04:05.500Z', ItemCount: 2 } }],
    ['dynamodb:getItem', 'dynamodb', { Item: { CreationDateTime: { N: '5' } } }, { Item: { CreationDateTime: { N: '5' } } }],
    ['scheduler:getSchedule', 'scheduler', { Name: 'n', CreationDate: 1767323045 }, { Name: 'n', CreationDate: '2026-01-02T03:04:05Z' }],
    ['cloudwatchlogs:getLogEvents', 'logs', { events: [{ message: 'a', timestamp: 5 }], nextForwardToken: 't' }, { Events: [{ Message: 'a', Timestamp: 5 }], NextForwardToken: 't' }],
    ['cloudwatchlogs:listTagsForResource', 'logs', { tags: { team: 'a' } }, { Tags: { team: 'a' } }],
    ['lambda:invoke', 'lambda', { StatusCode: 200, FunctionError: 'Unhandled', Payload: '{"a":1}' }, { StatusCode: 200, FunctionError: 'Unhandled', Payload: '{"a":1}' }],
    ['sqs:sendMessage', 'sqs', { MessageId: 'm', SequenceNumber: undefined }, { MessageId: 'm' }],
  ])('%s', async (resource, service, answer, output) => {
    expect((await run(resource, {}, service, () => answer)).output).toEqual(output);
  });
});

describe('an error', () => {
  const failing = (code: string, status = 400) => () => {
    throw new AwsError(code, 'no', status);
  };

  test.each<[resource: string, service: string, code: string, error: string]>([
    ['sqs:sendMessage', 'sqs', 'QueueDoesNotExist', 'Sqs.QueueDoesNotExistException'],
    ['sqs:sendMessage', 'sqs', 'MissingRequiredParameterException', 'Sqs.SqsException'],
    ['sns:publish', 'sns', 'NotFound', 'Sns.NotFoundException'],
    ['sns:publish', 'sns', 'InvalidParameter', 'Sns.InvalidParameterException'],
    ['lambda:invoke', 'lambda', 'ResourceNotFoundException', 'Lambda.ResourceNotFoundException'],
    ['lambda:invoke', 'lambda', 'AccessDeniedException', 'Lambda.LambdaException'],
    ['cloudwatchlogs:getLogEvents', 'logs', 'ResourceNotFoundException', 'CloudWatchLogs.ResourceNotFoundException'],
    ['scheduler:getSchedule', 'scheduler', 'ResourceNotFoundException', 'Scheduler.ResourceNotFoundException'],
    ['pipes:describePipe', 'pipes', 'NotFoundException', 'Pipes.NotFoundException'],
    ['cloudformation:describeStacks', 'cloudformation', 'ValidationError', 'CloudFormation.CloudFormationException'],
    ['dynamodbstreams:getRecords', 'dynamodb', 'ExpiredIteratorException', 'DynamoDbStreams.ExpiredIteratorException'],
    ['dynamodbstreams:getRecords', 'dynamodb', 'ValidationException', 'DynamoDbStreams.DynamoDbException'],
  ])('%s: %s %s is named %s', async (resource, service, code, error) => {
    const { cause, ...execution } = await run(resource, {}, service, failing(code));
    expect(execution).toMatchObject({ status: 'FAILED', error });
    expect(cause).toMatch(new RegExp(`^no \\(Service: ${error.split('.')[0]}, Status Code: 400, Request ID: ${id}\\) \\(SDK Attempt Count: 1\\)$`));
  });
});

describe('aws-sdk:sfn', () => {
  test('starts another execution, whose input may be any JSON', async () => {
    const { test: kernel, stateMachineArn, run: runExpress } = await start(task('aws-sdk:sfn:startExecution', { StateMachineArn: '{% $states.input.arn %}', Input: { K: [1] } }));
    const { ref: arn } = await kernel.create('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'Other', RoleArn: kernel.role('Other', 'states.amazonaws.com'), DefinitionString: '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}',
    });
    const { output } = await runExpress({ arn });
    const { ExecutionArn: executionArn, StartDate: startDate } = JSON.parse(output);
    expect(startDate).toBe('2026-01-02T03:04:05Z');
    expect(await kernel.call('states', 'DescribeExecution', { executionArn })).toMatchObject({ input: '{"K":[1]}' });
    expect(stateMachineArn).not.toBe(arn);
  });

  test.each(['sendTaskSuccess', 'sendTaskFailure'])('%s refuses a token that is none', async action => {
    const { run: runExpress } = await start(task(`aws-sdk:sfn:${action}`, { TaskToken: 'x', ...(action === 'sendTaskSuccess' ? { Output: 'text' } : {}) }));
    expect(await runExpress()).toMatchObject({
      error: 'Sfn.InvalidTokenException', cause: expect.stringMatching(/^Invalid Token: 'Invalid token' \(Service: Sfn, Status Code: 400, Request ID: .*\) \(SDK Attempt Count: 1\)$/),
    });
  });
});
