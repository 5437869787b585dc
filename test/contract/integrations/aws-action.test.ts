import { CfnOutput } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { AnswerFailure, AwsActionIntegration, Response, Value } from '../../../src';
import { ACKNOWLEDGED, BAD_REQUEST_BODY, failed, IntegrationApp, REJECTED, tellsFailures, UNAVAILABLE } from '../../support/integration-app';

const app = new IntegrationApp(stack => {
  const table = new Table(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
  const machine = new StateMachine(stack, 'Machine', { comment: 'a "comment"', definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')) });
  const queue = new Queue(stack, 'Queue');
  new CfnOutput(stack, 'QueueName', { value: queue.queueName });
  return {
    scan: () => new AwsActionIntegration('Scan', {
      service: 'dynamodb',
      action: 'Scan',
      request: Value.object({ TableName: Value.literal(table.tableName), Limit: Value.body('$.limit').asNumber() }),
      resources: [table.tableArn],
      response: Response.json(Value.object({ count: Value.answer('$.Count') })),
      failures: [AnswerFailure.unlessEquals('$.Count', '0', { frame: { code: 'Full', message: 'There is something.' } })],
    }),
    put: () => new AwsActionIntegration('Put', {
      service: 'dynamodb',
      action: 'PutItem',
      request: Value.object({ TableName: Value.literal(table.tableName), Item: Value.dynamoDbAttributes({ pk: Value.body('$.id').asString() }) }),
      resources: [table.tableArn],
    }),
    describe: () => new AwsActionIntegration('Describe', {
      service: 'states',
      action: 'DescribeStateMachine',
      request: Value.object({ stateMachineArn: Value.literal(machine.stateMachineArn) }),
      resources: [machine.stateMachineArn],
      response: Response.body(),
    }),
    find: () => new AwsActionIntegration('Find', {
      service: 'sqs',
      action: 'GetQueueUrl',
      form: { QueueName: Value.body('$.name').asString() },
      resources: [queue.queueArn],
      response: Response.json(Value.answer('$.GetQueueUrlResponse.GetQueueUrlResult.QueueUrl')),
    }),
  };
});

beforeAll(() => app.start(), 60_000);
afterAll(() => app.stop());

test('calls any action of a service with a JSON protocol', async () => {
  expect(await app.ask({ action: 'scan', limit: 1 })).toBe('{"count":0}');
  expect(await app.ask({ action: 'scan' })).toBe(BAD_REQUEST_BODY);
  expect(await app.ask({ action: 'scan', limit: 0 })).toBe(REJECTED);
});

test('tells failures that have the status of a success', async () => {
  expect(await app.ask({ action: 'put', id: 'x' })).toBe(ACKNOWLEDGED);
  expect(await app.ask({ action: 'scan', limit: 1 })).toBe(failed('Full', 'There is something.'));
});

test('passes the answer on as it comes', async () => {
  expect(JSON.parse(await app.ask({ action: 'describe' }))).toMatchObject({ type: 'STANDARD', status: 'ACTIVE' });
});

test('calls any action of a service with a query protocol, on what the role may', async () => {
  expect(JSON.parse(await app.ask({ action: 'find', name: app.outputs.QueueName }))).toMatch(new RegExp(`/${app.outputs.QueueName}$`));
  expect(await app.ask({ action: 'find', name: 'other' })).toBe(UNAVAILABLE);
});

tellsFailures(() => app, 'dynamodb:Scan', { action: 'scan', limit: 1 });
