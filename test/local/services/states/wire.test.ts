import {
  CreateStateMachineCommand, DescribeExecutionCommand, DescribeStateMachineCommand, GetExecutionHistoryCommand, InvalidDefinition, InvalidToken,
  SendTaskHeartbeatCommand, SendTaskSuccessCommand, SFNClient, StartExecutionCommand, TaskTimedOut, TestStateCommand, ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { sqs } from '../../../../local/services/sqs';
import { states } from '../../../../local/services/states';
import { Listener } from '../../../../local/wire/listener';
import { TestKernel } from '../../../support/test-kernel';

let runtime: TestKernel;
let listener: Listener;
let client: SFNClient;
let roleArn: string;
let queueUrl: string;

beforeEach(async () => {
  runtime = new TestKernel(states, sqs);
  listener = new Listener({ kernel: runtime.kernel, account: '000000000000' });
  const endpoint = runtime.endpoint = `http://127.0.0.1:${await listener.listen(0)}`;
  client = new SFNClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1, disableHostPrefix: true });
  roleArn = runtime.role('Machine', 'states.amazonaws.com', 'sqs:SendMessage');
  ({ QueueUrl: queueUrl } = await runtime.call('sqs', 'CreateQueue', { QueueName: 'jobs' }));
});
afterEach(async () => {
  client.destroy();
  await listener.close();
  expect(runtime.entries.filter(entry => entry.kind === 'failure')).toEqual([]);
});

const waiting = () => JSON.stringify({
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      End: true,
      Parameters: { QueueUrl: queueUrl, MessageBody: { 'token.$': '$$.Task.Token', 'order.$': '$.order' } },
    },
  },
});

test('a workflow waits for what somebody sends who has got its message from a queue', async () => {
  const { stateMachineArn } = await client.send(new CreateStateMachineCommand({ name: 'orders', definition: waiting(), roleArn }));
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '{"order":7}' }));
  const { Messages: [message] } = await runtime.call('sqs', 'ReceiveMessage', { QueueUrl: queueUrl, WaitTimeSeconds: 1 });
  const { token: taskToken, order } = JSON.parse(message.Body);
  expect(order).toBe(7);
  await client.send(new SendTaskHeartbeatCommand({ taskToken }));
  expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({ status: 'RUNNING', redriveStatus: 'NOT_REDRIVABLE' });
  await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"paid":true}' }));
  await runtime.clock.advance(0);
  expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({ status: 'SUCCEEDED', output: '{"paid":true}', startDate: new Date(1767323045000) });
  const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events.map(({ type }) => type)).toContain('TaskSubmitted');
  await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }))).rejects.toBeInstanceOf(TaskTimedOut);
  await expect(client.send(new SendTaskSuccessCommand({ taskToken: 'x', output: '1' }))).rejects.toBeInstanceOf(InvalidToken);
});

test('the SDK gets what it asks for, and its own exceptions', async () => {
  const definition = '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}';
  const { stateMachineArn, creationDate } = await client.send(new CreateStateMachineCommand({ name: 'empty', definition, roleArn, type: 'EXPRESS' }));
  expect(creationDate).toEqual(new Date(1767323045000));
  expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({ status: 'ACTIVE', type: 'EXPRESS', definition, creationDate });
  await expect(client.send(new CreateStateMachineCommand({ name: 'other', definition: '{}', roleArn }))).rejects.toBeInstanceOf(InvalidDefinition);
  expect(await client.send(new ValidateStateMachineDefinitionCommand({ definition: '{}' }))).toMatchObject({ result: 'FAIL', diagnostics: [{ severity: 'ERROR' }, {}] });
  expect(await client.send(new TestStateCommand({ definition: '{"Type":"Pass","Result":1,"End":true}', roleArn }))).toMatchObject({ status: 'SUCCEEDED', output: '1' });
});
