import { Match } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ChatStack } from './chat-stack';
import { Presence } from '../../src';

test('the pipe may read the stream and run the workflow, which may put events on the bus, and neither anything else', () => {
  const stack = new ChatStack();
  new Presence(stack, 'Presence', stack);
  expect(stack.allowed('PresencePipeRole')).toEqual([
    'dynamodb:DescribeStream, dynamodb:GetShardIterator, dynamodb:GetRecords on <Connections>.StreamArn',
    'dynamodb:ListStreams on *',
    'sqs:SendMessage on <PresenceDeadLetterQueue>.Arn',
    'states:StartSyncExecution on <PresenceWorkflow>',
  ]);
  expect(stack.allowed('PresenceWorkflowRole')).toEqual(['events:PutEvents on <PresenceEventBus>.Arn', 'sqs:SendMessage on <PresenceDeadLetterQueue>.Arn']);
});

test('only rows of connections that come and go pass, and a failed batch is repeated, but not for ever', () => {
  const stack = new ChatStack();
  new Presence(stack, 'Presence', stack);
  stack.template.hasResourceProperties('AWS::Pipes::Pipe', {
    SourceParameters: {
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT","REMOVE"],"dynamodb":{"Keys":{"sk":{"S":["connection"]}}}}' }] },
      DynamoDBStreamParameters: { StartingPosition: 'LATEST', BatchSize: 10, MaximumRetryAttempts: 10, DeadLetterConfig: { Arn: Match.anyValue() } },
    },
    TargetParameters: { StepFunctionStateMachineParameters: { InvocationType: 'REQUEST_RESPONSE' } },
  });
});

test('it tells a bus of the author\'s, under a name of theirs', () => {
  const stack = new ChatStack();
  const eventBus = new EventBus(stack, 'Bus');
  const presence = new Presence(stack, 'Presence', { connections: stack.connections, eventBus, source: 'shop.presence' });
  expect([presence.joined, presence.left]).toEqual([
    { source: ['shop.presence'], detailType: ['ClientJoined'] }, { source: ['shop.presence'], detailType: ['ClientLeft'] },
  ]);
  expect(stack.allowed('PresenceWorkflowRole')).toEqual(['events:PutEvents on <Bus>.Arn', 'sqs:SendMessage on <PresenceDeadLetterQueue>.Arn']);
  stack.template.resourceCountIs('AWS::Events::EventBus', 1);
});

test('it tells a bus of another account by its ARN: its name would be that of a bus of its own', () => {
  const stack = new ChatStack();
  const eventBusArn = 'arn:aws:events:eu-west-1:222222222222:event-bus/central';
  new Presence(stack, 'Presence', { connections: stack.connections, eventBus: EventBus.fromEventBusArn(stack, 'Central', eventBusArn) });
  expect(stack.definition('PresenceWorkflow').States.PutEvents.Arguments.Entries).toContain(`'EventBusName': '${eventBusArn}'`);
  expect(stack.allowed('PresenceWorkflowRole')).toContain(`events:PutEvents on ${eventBusArn}`);
});

test.each(['', 'aws.presence', "it's", '{% $x %}', 'x'.repeat(257)])('%j cannot be its source', source => {
  const stack = new ChatStack();
  const make = () => new Presence(stack, 'Presence', { connections: stack.connections, source });
  expect(make).toThrow(/The source of presence events is a text of letters, digits.*\[cdk-lambdaless-websockets:presenceSource]$/);
});
