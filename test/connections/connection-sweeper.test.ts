import { Duration } from 'aws-cdk-lib';
import { ChatStack } from './chat-stack';
import { ConnectionSweeper } from '../../src';

test('the workflow may read all connections, look at those of its stage, forget them, and nothing else', () => {
  const stack = new ChatStack();
  new ConnectionSweeper(stack, 'Sweeper', stack);
  expect(stack.allowed('SweeperWorkflowRole')).toEqual([
    'dynamodb:Query on <Connections>.Arn/index/listing',
    'dynamodb:UpdateItem, dynamodb:DeleteItem on <Connections>.Arn',
    'execute-api:ManageConnections on arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<EndpointApi>/live/GET/@connections/*',
    'sqs:SendMessage on <SweeperDeadLetterQueue>.Arn',
    'states:StartExecution on <SweeperWorkflow>',
  ]);
});

test.each([[undefined, 'rate(15 minutes)'], [Duration.minutes(1), 'rate(1 minute)']])('every %s', (interval, ScheduleExpression) => {
  const stack = new ChatStack();
  new ConnectionSweeper(stack, 'Sweeper', { endpoint: stack.endpoint, connections: stack.connections, interval });
  stack.template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression, State: 'ENABLED' });
});

test('an interval below a minute is none', () => {
  const stack = new ChatStack();
  expect(() => new ConnectionSweeper(stack, 'Sweeper', { endpoint: stack.endpoint, connections: stack.connections, interval: Duration.seconds(30) })).toThrow(/minute/);
});
