import { EventBus } from 'aws-cdk-lib/aws-events';
import { ChatStack } from './chat-stack';
import { DirectMessage, MessageValue, Value } from '../../src';

test('the workflow may look up and forget a connection, post to those of its stage, and nothing else', () => {
  const stack = new ChatStack();
  new DirectMessage(stack, 'DirectMessage', stack);
  expect(stack.allowed('DirectMessageWorkflowRole')).toEqual([
    'dynamodb:GetItem, dynamodb:UpdateItem, dynamodb:DeleteItem on <Connections>.Arn',
    'execute-api:ManageConnections on arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<EndpointApi>/live/POST/@connections/*',
    'sqs:SendMessage on <DirectMessageDeadLetterQueue>.Arn',
  ]);
});

test('a route waits for the workflow, and its message needs no recipient to be answered', () => {
  const stack = new ChatStack();
  const directMessage = new DirectMessage(stack, 'DirectMessage', stack);
  stack.endpoint.addRoute('chat', directMessage.integration('Chat', { message: Value.body('$.text').asString() }));
  expect(stack.allowed('EndpointApiIntegrationRole')).toContainEqual('states:StartSyncExecution on <DirectMessageWorkflow>');
  stack.template.hasResourceProperties('AWS::ApiGatewayV2::Model', { Schema: { required: ['text'] } });
});

test('events name their recipient', () => {
  const stack = new ChatStack();
  const directMessage = new DirectMessage(stack, 'DirectMessage', stack);
  directMessage.onEvent('Paid', { eventBus: new EventBus(stack, 'Bus'), eventPattern: { source: ['shop'] }, to: MessageValue.field('detail.connectionId') });
  expect(stack.definition('DirectMessageWorkflow').States.FromEvent.ItemProcessor.States['Template Paid'].Output).toEqual({
    to: '{% ($exists($event.`detail`.`connectionId`) ? $event.`detail`.`connectionId` : null) %}', message: '{% $event %}',
  });
});
