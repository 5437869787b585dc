import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WebSocketApi, WebSocketRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, ITable, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import {
  DynamoDbDeleteItem, DynamoDbGetItem, DynamoDbPutItem, DynamoDbQuery, DynamoDbTransactWrite, DynamoDbTransactWriteItem, DynamoDbUpdateItem, MockIntegration,
  Publish, PutEvents, PutRecord, SendMessage, StartExecution, StartSyncExecution, Value,
} from '../../src';

const KEY_ARN = 'arn:aws:kms:eu-north-1:111111111111:key/k';
const TABLE_ARN = 'arn:aws:dynamodb:eu-north-1:111111111111:table/orders';
const other = 'arn:aws:dynamodb:eu-north-1:111111111111:table/other';

function statementsOf(make: (stack: Stack) => WebSocketRouteIntegration): unknown {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'eu-north-1' } });
  new WebSocketApi(stack, 'Api').addRoute('route', { integration: make(stack), returnResponse: true });
  const template = Template.fromStack(stack);
  const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('ApiIntegrationRole'));
  return policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .map(({ Action, Resource, Condition, Effect }) => [Effect, Action, Resource, ...Condition ? [Condition] : []]);
}

const key = { pk: Value.connectionId() };
const table = (stack: Stack, arn = TABLE_ARN): ITable => Table.fromTableArn(stack, arn, arn);
const via = (service: string) => ({ StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', [`${service}.eu-north-1.`, { Ref: 'AWS::URLSuffix' }]] } } });

test.each<[string, (stack: Stack) => WebSocketRouteIntegration, unknown[]]>([
  ['DynamoDbPutItem', stack => new DynamoDbPutItem('I', { table: table(stack), item: key }), [['Allow', 'dynamodb:PutItem', TABLE_ARN]]],
  ['DynamoDbGetItem', stack => new DynamoDbGetItem('I', { table: table(stack), key }), [['Allow', 'dynamodb:GetItem', TABLE_ARN]]],
  ['DynamoDbUpdateItem', stack => new DynamoDbUpdateItem('I', { table: table(stack), key, updateExpression: 'REMOVE a' }), [['Allow', 'dynamodb:UpdateItem', TABLE_ARN]]],
  ['DynamoDbDeleteItem', stack => new DynamoDbDeleteItem('I', { table: table(stack), key }), [['Allow', 'dynamodb:DeleteItem', TABLE_ARN]]],
  ['DynamoDbQuery', stack => new DynamoDbQuery('I', {
    table: table(stack), keyConditionExpression: 'pk = :pk', expressionAttributeValues: { ':pk': Value.connectionId() },
  }), [['Allow', 'dynamodb:Query', TABLE_ARN]]],
  ['DynamoDbQuery of an index', stack => new DynamoDbQuery('I', {
    table: table(stack), indexName: 'byName', keyConditionExpression: 'pk = :pk', expressionAttributeValues: { ':pk': Value.connectionId() },
  }), [['Allow', 'dynamodb:Query', `${TABLE_ARN}/index/byName`]]],
  ['DynamoDbTransactWrite', stack => {
    const [orders, others] = [table(stack), table(stack, other)];
    return new DynamoDbTransactWrite('I', {
      items: [
        DynamoDbTransactWriteItem.put({ table: orders, item: key }),
        DynamoDbTransactWriteItem.put({ table: others, item: key }),
        DynamoDbTransactWriteItem.update({ table: orders, key: { pk: Value.requestId() }, updateExpression: 'REMOVE a' }),
        DynamoDbTransactWriteItem.delete({ table: others, key: { pk: Value.requestId() } }),
        DynamoDbTransactWriteItem.conditionCheck({ table: orders, key: { pk: Value.literal('x') }, conditionExpression: 'attribute_exists(pk)' }),
      ],
    });
  }, [
    ['Allow', 'dynamodb:PutItem', TABLE_ARN],
    ['Allow', 'dynamodb:PutItem', other],
    ['Allow', 'dynamodb:UpdateItem', TABLE_ARN],
    ['Allow', 'dynamodb:DeleteItem', other],
    ['Allow', 'dynamodb:ConditionCheckItem', TABLE_ARN],
  ]],
  ['PutEvents', stack => new PutEvents('I', {
    eventBus: EventBus.fromEventBusName(stack, 'Bus', 'bus'), source: 's', detailType: Value.literal('d'),
  }), [['Allow', 'events:PutEvents', expect.anything()]]],
  ['StartExecution', stack => new StartExecution('I', {
    stateMachine: StateMachine.fromStateMachineArn(stack, 'M', 'arn:aws:states:eu-north-1:111111111111:stateMachine:m'),
  }), [['Allow', 'states:StartExecution', 'arn:aws:states:eu-north-1:111111111111:stateMachine:m']]],
  ['StartSyncExecution', stack => new StartSyncExecution('I', {
    stateMachine: StateMachine.fromStateMachineArn(stack, 'M', 'arn:aws:states:eu-north-1:111111111111:stateMachine:m'),
    permissions: [new PolicyStatement({ actions: ['kms:Decrypt'], resources: [KEY_ARN] })],
  }), [['Allow', 'states:StartSyncExecution', 'arn:aws:states:eu-north-1:111111111111:stateMachine:m'], ['Allow', 'kms:Decrypt', KEY_ARN]]],
  ['SendMessage', stack => new SendMessage('I', {
    queue: Queue.fromQueueArn(stack, 'Q', 'arn:aws:sqs:eu-north-1:222222222222:q'),
  }), [['Allow', 'sqs:SendMessage', 'arn:aws:sqs:eu-north-1:222222222222:q']]],
  ['Publish', stack => new Publish('I', {
    topic: Topic.fromTopicArn(stack, 'T', 'arn:aws:sns:eu-north-1:111111111111:t'),
  }), [['Allow', 'sns:Publish', 'arn:aws:sns:eu-north-1:111111111111:t']]],
  ['PutRecord', stack => new PutRecord('I', {
    stream: Stream.fromStreamArn(stack, 'S', 'arn:aws:kinesis:eu-north-1:111111111111:stream/s'),
  }), [['Allow', 'kinesis:PutRecord', 'arn:aws:kinesis:eu-north-1:111111111111:stream/s']]],
  ['MockIntegration', () => new MockIntegration('I'), []],
])('%s: the action on the resource and nothing else', (_, make, statements) => {
  expect(statementsOf(make)).toEqual(statements);
});

test.each<[string, (stack: Stack, key: Key) => WebSocketRouteIntegration, string, string | string[]]>([
  ['a table', (stack, encryptionKey) => new DynamoDbPutItem('I', {
    table: new Table(stack, 'T', { partitionKey: { name: 'pk', type: AttributeType.STRING }, encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }), item: key,
  }), 'dynamodb', 'kms:Decrypt'],
  ['a queue', (stack, encryptionMasterKey) => new SendMessage('I', {
    queue: new Queue(stack, 'Q', { encryption: QueueEncryption.KMS, encryptionMasterKey }),
  }), 'sqs', ['kms:GenerateDataKey', 'kms:Decrypt']],
  ['a topic', (stack, masterKey) => new Publish('I', { topic: new Topic(stack, 'T', { masterKey }) }), 'sns', ['kms:GenerateDataKey', 'kms:Decrypt']],
  ['a stream', (stack, encryptionKey) => new PutRecord('I', { stream: new Stream(stack, 'S', { encryptionKey }) }), 'kinesis', 'kms:GenerateDataKey'],
])('%s with a key of its own: what its caller needs of the key, through the service alone', (_, make, service, actions) => {
  const statements = statementsOf(stack => make(stack, new Key(stack, 'Key'))) as unknown[];
  expect(statements).toHaveLength(2);
  expect(statements[1]).toEqual(['Allow', actions, { 'Fn::GetAtt': [expect.stringContaining('Key'), 'Arn'] }, via(service)]);
});

test('the partition is that of the stack', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'cn-north-1' } });
  const queue = new Queue(stack, 'Q', { encryption: QueueEncryption.KMS });
  new WebSocketApi(stack, 'Api').addRoute('route', { integration: new SendMessage('I', { queue }), returnResponse: true });
  const template = JSON.stringify(Template.fromStack(stack).toJSON());
  expect(template).toContain('["sqs.cn-north-1.",{"Ref":"AWS::URLSuffix"}]');
  expect(template).toContain('{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":apigateway:cn-north-1:sqs:path/111111111111/"');
  expect(template).not.toContain('"arn:aws:');
});
