import fc from 'fast-check';
import { AwsError } from '../../local/kernel/aws-error';
import { SERVICES } from '../../local/main';
import { hostileJson } from '../support/fuzz';
import { TestKernel } from '../support/test-kernel';

/** The same on every run. */
const SEED = 20_261_126;
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'toJSON'];

const OBJECTS = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype, Promise.prototype, Object, Array];
const members = () => OBJECTS.map(each => Object.getOwnPropertyNames(each));
const before = members();

const runtime = new TestKernel(...SERVICES);
/** The input of an API's own operations is made by its gateway, never by a caller. */
const services = [...runtime.kernel.services].filter(({ protocols, operations }) => Object.keys(operations).length > 0 && !protocols?.every(({ kind }) => kind === 'api'));
beforeAll(async () => {
  await runtime.create('AWS::DynamoDB::Table', {
    TableName: 'table', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  });
  await runtime.create('AWS::SQS::Queue', { QueueName: 'queue' });
  await runtime.create('AWS::SNS::Topic', { TopicName: 'topic' });
  await runtime.create('AWS::Events::EventBus', { Name: 'bus' });
  await runtime.create('AWS::Logs::LogGroup', { LogGroupName: 'group' });
});

/** Calls an operation: an answer, and a refusal in AWS's words, is what anybody may have; anything else is a fault. */
async function outcome(service: string, operation: string, input: object): Promise<string> {
  const answered = runtime.call(service, operation, input).then(() => 'ok', error => error instanceof AwsError ? error.code : `${error.stack}\n${JSON.stringify(input)}`);
  // What waits for somebody waits for time that does not pass here.
  return Promise.race([answered, new Promise<string>(resolve => setImmediate(() => setImmediate(() => resolve('waits'))))]);
}

async function expectNoFault(service: string, operation: string, input: object): Promise<void> {
  expect(await outcome(service, operation, input)).toMatch(/^\w+$/);
  expect(members()).toEqual(before);
}

describe.each(services.map(({ name, operations }) => [name, Object.keys(operations)] as const))('%s', (service, operations) => {
  test.each(operations)('%s takes names of JavaScript for data, or refuses them', async operation => {
    const inputs = fc.sample(hostileJson(...NAMES, 'TableName', 'Item', 'Key', 'QueueUrl', 'Entries', 'Name', 'input'), { seed: SEED, numRuns: 60 });
    for (const input of inputs) {
      if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
        await expectNoFault(service, operation, input);
      }
    }
  });
});

const QUEUE = 'http://127.0.0.1:9/000000000000/queue';
const CALLS: Array<[string, string, object]> = [
  ['dynamodb', 'PutItem', { TableName: 'table', Item: { pk: { S: 'a' }, map: { M: { b: { N: '1' } } } }, ExpressionAttributeNames: { '#a': 'b' }, ExpressionAttributeValues: { ':a': { S: 'b' } }, ConditionExpression: '#a <> :a' }],
  ['dynamodb', 'UpdateItem', { TableName: 'table', Key: { pk: { S: 'a' } }, UpdateExpression: 'SET #a.b = :a', ExpressionAttributeNames: { '#a': 'map' }, ExpressionAttributeValues: { ':a': { M: {} } } }],
  ['dynamodb', 'GetItem', { TableName: 'table', Key: { pk: { S: 'a' } }, ProjectionExpression: '#a', ExpressionAttributeNames: { '#a': 'map' } }],
  ['dynamodb', 'BatchGetItem', { RequestItems: { table: { Keys: [{ pk: { S: 'a' } }] } } }],
  ['dynamodb', 'BatchWriteItem', { RequestItems: { table: [{ PutRequest: { Item: { pk: { S: 'b' } } } }] } }],
  ['dynamodb', 'TransactWriteItems', { TransactItems: [{ Put: { TableName: 'table', Item: { pk: { S: 'c' } } } }] }],
  ['events', 'PutEvents', { Entries: [{ EventBusName: 'bus', Source: 'shop', DetailType: 'Sold', Detail: '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}' }] }],
  ['events', 'TestEventPattern', { EventPattern: '{"detail":{"__proto__":["a"],"constructor":[{"exists":true}]}}', Event: '{"id":"1","account":"1","source":"s","time":"2026-01-01T00:00:00Z","region":"r","resources":[],"detail-type":"t","detail":{"__proto__":"a"}}' }],
  ['sqs', 'SendMessage', { QueueUrl: QUEUE, MessageBody: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } }],
  ['sns', 'Publish', { TopicArn: 'arn:aws:sns:us-east-1:000000000000:topic', Message: '{"__proto__":1}', MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } }],
  ['logs', 'CreateLogStream', { logGroupName: 'group', logStreamName: 'stream' }],
  ['logs', 'PutLogEvents', { logGroupName: 'group', logStreamName: 'stream', logEvents: [{ timestamp: 0, message: '{"__proto__":1}' }] }],
  ['logs', 'CreateLogGroup', { logGroupName: 'other', tags: { a: 'b' } }],
  ['states', 'TestState', { definition: '{"Type":"Pass","QueryLanguage":"JSONata","Output":"{% $merge([$states.input, {\'__proto__\': {\'polluted\': true}}]) %}","End":true}', roleArn: 'arn:aws:iam::000000000000:role/r', input: '{"__proto__":{"polluted":true}}' }],
  ['states', 'TestState', { definition: '{"Type":"Pass","ResultPath":"$.__proto__.polluted","Result":true,"End":true}', roleArn: 'arn:aws:iam::000000000000:role/r', input: '{}' }],
  ['states', 'TestState', { definition: '{"Type":"Pass","ResultPath":"$.constructor.prototype.polluted","Result":true,"End":true}', roleArn: 'arn:aws:iam::000000000000:role/r', input: '{}' }],
];

test.each(CALLS)('what %s:%s is meant for, with such a name anywhere', async (service, operation, input) => {
  expect(await outcome(service, operation, input)).toBe('ok');
  for (const name of NAMES) {
    for (const changed of withMember(input, name)) {
      await expectNoFault(service, operation, changed);
    }
  }
});

/** The input once for each object in it, which has one member more; made as JSON.parse makes it. */
function withMember(input: object, name: string): object[] {
  const objects = JSON.stringify(input).match(/\{(?=")/g)?.length ?? 0;
  return Array.from({ length: objects }, (_, chosen) => {
    let index = 0;
    return JSON.parse(JSON.stringify(input).replace(/\{(?=")/g, brace => index++ === chosen ? `{${JSON.stringify(name)}:{"polluted":true},` : brace));
  });
}
