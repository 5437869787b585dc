import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WebSocketApi, WebSocketRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import {
  AwsActionIntegration, DynamoDbDeleteItem, DynamoDbGetItem, DynamoDbQuery, DynamoDbTransactWrite, DynamoDbTransactWriteItem, DynamoDbUpdateItem,
  MockIntegration, Publish, Response, SendMessage, StartSyncExecution, Value,
} from '../../src';

/** What is wrong with an integration is said where it is written, with an identifier. */
let stack: Stack;
let table: Table;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
  table = new Table(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
});

const key = { pk: Value.connectionId() };

test.each<[string, () => WebSocketRouteIntegration]>([
  ['placeholderMissing', () => new DynamoDbUpdateItem('I', { table, key, updateExpression: 'SET a = :a' })],
  ['placeholderMissing', () => new DynamoDbDeleteItem('I', { table, key, conditionExpression: '#a = :a', expressionAttributeValues: { ':a': Value.literal(1) } })],
  ['placeholderUnused', () => new DynamoDbUpdateItem('I', { table, key, updateExpression: 'REMOVE a', expressionAttributeValues: { ':a': Value.literal(1) } })],
  ['placeholderUnused', () => new DynamoDbUpdateItem('I', { table, key, updateExpression: 'SET a = :a', expressionAttributeValues: { 'a': Value.literal(1), ':a': Value.literal(1) } })],
  ['placeholderUnused', () => new DynamoDbGetItem('I', { table, key, expressionAttributeNames: { '#a': 'a' } })],
  ['attributeMissing', () => new DynamoDbGetItem('I', { table, key: { pk: Value.body('$.id').asString().optional() } })],
  ['attributeMissing', () => new DynamoDbUpdateItem('I', {
    table, key, updateExpression: 'SET a = :a', expressionAttributeValues: { ':a': Value.body('$.a').asString().optional() },
  })],
  ['attributeType', () => new DynamoDbGetItem('I', { table, key: { pk: Value.body('$.id') } })],
  ['queryLimit', () => new DynamoDbQuery('I', { table, keyConditionExpression: 'pk = :pk', expressionAttributeValues: { ':pk': Value.connectionId() }, limit: 1001 })],
  ['queryLimit', () => new DynamoDbQuery('I', { table, keyConditionExpression: 'pk = :pk', expressionAttributeValues: { ':pk': Value.connectionId() }, limit: 0.5 })],
  ['transactionItems', () => new DynamoDbTransactWrite('I', { items: [] })],
  ['transactionItems', () => new DynamoDbTransactWrite('I', { items: Array.from({ length: 101 }, () => DynamoDbTransactWriteItem.delete({ table, key })) })],
  ['standardStateMachine', () => new StartSyncExecution('I', { stateMachine: new StateMachine(stack, 'M', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'P')) }) })],
  ['messageGroupMissing', () => new SendMessage('I', { queue: new Queue(stack, 'Q', { fifo: true }) })],
  ['messageDelay', () => new SendMessage('I', { queue: new Queue(stack, 'Q', { fifo: true }), messageGroupId: Value.connectionId(), delay: Duration.seconds(1) })],
  ['messageDelay', () => new SendMessage('I', { queue: new Queue(stack, 'Q'), delay: Duration.seconds(901) })],
  ['messageGroupMissing', () => new Publish('I', { topic: new Topic(stack, 'T', { fifo: true }) })],
  ['messageAttributeOptional', () => new SendMessage('I', { queue: new Queue(stack, 'Q'), messageAttributes: { a: Value.claim('sub').optional() } })],
  ['mockBody', () => new MockIntegration('I', { response: Response.body() })],
  ['errorName', () => new MockIntegration('I', { response: Response.ack().withError('"x', { code: 'X', message: 'x' }) })],
  ['eachOptional', () => new MockIntegration('I', { response: Response.json(Value.each('$.a', Value.element('$.b').optional())) })],
  ['eachInEach', () => new MockIntegration('I', { response: Response.json(Value.each('$.a', Value.each('$.b', Value.element()))) })],
  ['valuePath', () => new MockIntegration('I', { response: Response.json(Value.each('$..a', Value.element())) })],
])('%s', (problem, make) => {
  expect(make).toThrow(`[cdk-lambdaless-websockets:${problem}]`);
});

test('a limit that only CloudFormation will know is taken', () => {
  const { valueAsNumber: limit } = new CfnParameter(stack, 'Limit', { type: 'Number' });
  const integration = new DynamoDbQuery('I', { table, keyConditionExpression: 'pk = :pk', expressionAttributeValues: { ':pk': Value.connectionId() }, limit });
  new WebSocketApi(stack, 'Api').addRoute('route', { integration, returnResponse: true });
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Integration'))).toContain('{"Ref":"Limit"}');
});

const query = (response: Response) => new DynamoDbQuery('I', {
  table, keyConditionExpression: 'pk = :pk', expressionAttributeValues: { ':pk': Value.connectionId() }, response,
});

test.each<[string, () => WebSocketRouteIntegration]>([
  ['elementOutsideEach', () => query(Response.json(Value.element('$.a')))],
  ['messageInResponse', () => query(Response.json(Value.each('$.Items', Value.body('$.a'))))],
  ['answerInRequest', () => new DynamoDbGetItem('I', { table, key: { pk: Value.element('$.a').asString() } })],
  ['mockAnswer', () => new MockIntegration('I', { response: Response.json(Value.answer('$.a')) })],
  ['headerValue', () => new AwsActionIntegration('I', { service: 's', action: 'A', headers: { 'X-A': 'it\'s' } })],
])('%s, when the app is synthesized', (problem, make) => {
  expect(() => {
    new WebSocketApi(stack, 'Api').addRoute('route', { integration: make(), returnResponse: true });
    (stack.node.root as App).synth();
  }).toThrow(`[cdk-lambdaless-websockets:${problem}]`);
});
