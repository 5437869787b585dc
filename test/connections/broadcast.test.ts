import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ChatStack } from './chat-stack';
import { Broadcast, ConnectionTable, EventMessage, MessageValue, Value, WebSocketEndpoint } from '../../src';

const text = Value.body('$.text').asString();

test('the workflow may read all connections, post to those of its stage, forget them, and nothing else', () => {
  const stack = new ChatStack();
  new Broadcast(stack, 'Broadcast', stack);
  expect(stack.allowed('BroadcastWorkflowRole')).toEqual([
    'dynamodb:Query on <Connections>.Arn/index/listing',
    'dynamodb:UpdateItem, dynamodb:DeleteItem on <Connections>.Arn',
    'execute-api:ManageConnections on arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<EndpointApi>/live/POST/@connections/*',
    'sqs:SendMessage on <BroadcastDeadLetterQueue>.Arn',
    'states:StartExecution on <BroadcastWorkflow>',
  ]);
});

test('a route may start the workflow, and nothing else', () => {
  const stack = new ChatStack();
  const broadcast = new Broadcast(stack, 'Broadcast', stack);
  stack.endpoint.addRoute('broadcast', broadcast.integration('Broadcast', { message: text }));
  expect(stack.allowed('EndpointApiIntegrationRole')).toContainEqual('states:StartExecution on <BroadcastWorkflow>');
});

test('it works with the stage that the constructs of the CDK have made', () => {
  const stack = new ChatStack();
  const webSocketApi = new WebSocketApi(stack, 'Mine');
  const stage = new WebSocketStage(stack, 'MyStage', { webSocketApi, stageName: 'prod', autoDeploy: true });
  const connections = new ConnectionTable(stack, 'MyConnections');
  webSocketApi.addRoute('$connect', { integration: connections.connectIntegration(), returnResponse: true });
  webSocketApi.addRoute('$disconnect', { integration: connections.disconnectIntegration() });
  new Broadcast(stack, 'Broadcast', { endpoint: WebSocketEndpoint.fromWebSocketStage(stack, 'MyEndpoint', stage), connections });
  expect(stack.allowed('BroadcastWorkflowRole')).toContainEqual(expect.stringContaining('<Mine>/prod/POST/@connections/*'));
  expect(stack.definition('BroadcastWorkflow').States.Send.ItemProcessor.States.Call.Arguments).toMatchObject({
    ApiEndpoint: '<Mine>.execute-api.<AWS::Region>.<AWS::URLSuffix>', Stage: 'prod', AuthType: 'IAM_ROLE', AllowNullValues: true,
  });
});

test('no function of ours is behind it, and its queue takes only encrypted calls', () => {
  const stack = new ChatStack();
  new Broadcast(stack, 'Broadcast', stack);
  expect(JSON.stringify(stack.template.toJSON())).not.toMatch(/lambda/i);
  stack.template.resourceCountIs('AWS::SQS::Queue', 1);
  stack.template.resourceCountIs('AWS::SQS::QueuePolicy', 1);
});

test('failures go to the queue that it is given', () => {
  const stack = new ChatStack();
  const deadLetterQueue = new Queue(stack, 'Mine');
  expect(new Broadcast(stack, 'Broadcast', { ...stack, endpoint: stack.endpoint, connections: stack.connections, deadLetterQueue }).deadLetterQueue).toBe(deadLetterQueue);
  stack.template.resourceCountIs('AWS::SQS::Queue', 1);
  expect(stack.allowed('BroadcastWorkflowRole')).toContainEqual('sqs:SendMessage on <Mine>.Arn');
});

test('a queue with a key of its author\'s asks for the key, through SQS alone', () => {
  const stack = new ChatStack();
  const deadLetterQueue = new Queue(stack, 'Mine', { encryptionMasterKey: new Key(stack, 'Key') });
  new Broadcast(stack, 'Broadcast', { endpoint: stack.endpoint, connections: stack.connections, deadLetterQueue });
  expect(stack.allowed('BroadcastWorkflowRole')).toContainEqual('kms:GenerateDataKey, kms:Decrypt on <Key>.Arn');
});

test('an event goes to the workflow whole: nothing of it is placed in a text', () => {
  const stack = new ChatStack();
  const broadcast = new Broadcast(stack, 'Broadcast', stack);
  const eventBus = new EventBus(stack, 'Bus');
  broadcast.onEvent('Sold', { eventBus, eventPattern: { source: ['shop'] }, message: EventMessage.of({ type: 'sold', what: MessageValue.field('detail.item') }), except: MessageValue.field('detail.seller') });
  broadcast.onEvent('Any', { eventBus, eventPattern: { source: ['news'] } });
  stack.template.resourceCountIs('AWS::Events::Rule', 2);
  stack.template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['shop'] },
    Targets: [{ InputTransformer: { InputTemplate: '{"template":"Sold","event":<aws.events.event.json>}' } }],
  });
  const { States: states } = stack.definition('BroadcastWorkflow').States.FromEvent.ItemProcessor;
  expect(states['Template Sold']).toEqual({
    Type: 'Pass',
    Output: {
      message: { type: 'sold', what: '{% ($exists($event.`detail`.`item`) ? $event.`detail`.`item` : null) %}' },
      except: '{% ($exists($event.`detail`.`seller`) ? $event.`detail`.`seller` : null) %}',
    },
    End: true,
  });
  expect(states['Template Any'].Output).toEqual({ message: '{% $event %}', except: null });
});

test.each([0, -1, 1.5, 1001, NaN])('a page cannot have %d connections', pageSize => {
  const stack = new ChatStack();
  expect(() => new Broadcast(stack, 'Broadcast', { endpoint: stack.endpoint, connections: stack.connections, pageSize })).toThrow(/pageSize must be an integer from 1 to 1000; received/);
});

test('a message for everybody cannot name a subscription', () => {
  const stack = new ChatStack();
  const broadcast = new Broadcast(stack, 'Broadcast', stack);
  const eventBus = new EventBus(stack, 'Bus');
  expect(() => broadcast.onEvent('Sold', { eventBus, eventPattern: { source: ['shop'] }, message: EventMessage.envelope() }))
    .toThrow(/The message of Stack\/Broadcast\/Sold asks for a subscription, and none is behind it.*:noSubscription]$/);
});

test.each(['x'.repeat(71), 'a<b>', 'say "it"', 'a\\b'])('what is told of events cannot be called %s', id => {
  const stack = new ChatStack();
  const broadcast = new Broadcast(stack, 'Broadcast', stack);
  expect(() => broadcast.onEvent(id, { eventBus: new EventBus(stack, 'Bus'), eventPattern: { source: ['shop'] } }))
    .toThrow(`onEvent('${id}', …) names a state of the workflow, and stands in the rule: it has 70 characters at most, none of which is < > " or \\. [cdk-lambdaless-websockets:eventId]`);
});
