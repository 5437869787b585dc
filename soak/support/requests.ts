/** Requests as the services' clients make them, to be changed. Names come from few, so that what they make stays little. */
import { Random } from './random';

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/000000000000/a';
const TARGETS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  DynamoDB_20120810: {
    CreateTable: { TableName: 'aaa', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
    DeleteTable: { TableName: 'aaa' },
    PutItem: { TableName: 'aaa', Item: { pk: { S: 'x' }, l: { L: [{ M: { a: { N: '1' } } }] }, b: { B: 'AAEC' } }, ConditionExpression: 'attribute_not_exists(pk) OR #n > :v', ExpressionAttributeNames: { '#n': 'n' }, ExpressionAttributeValues: { ':v': { N: '0' } } },
    GetItem: { TableName: 'aaa', Key: { pk: { S: 'x' } }, ProjectionExpression: 'l[0].a, b', ConsistentRead: true },
    UpdateItem: { TableName: 'aaa', Key: { pk: { S: 'x' } }, UpdateExpression: 'SET n = if_not_exists(n, :v) + :v REMOVE l[0] ADD c :v', ExpressionAttributeValues: { ':v': { N: '1' } }, ReturnValues: 'ALL_NEW' },
    Query: { TableName: 'aaa', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'x' } }, Limit: 5 },
    Scan: { TableName: 'aaa', FilterExpression: 'contains(pk, :p)', ExpressionAttributeValues: { ':p': { S: 'x' } }, Segment: 0, TotalSegments: 2 },
    TransactWriteItems: { TransactItems: [{ Put: { TableName: 'aaa', Item: { pk: { S: 'y' } } } }, { ConditionCheck: { TableName: 'aaa', Key: { pk: { S: 'x' } }, ConditionExpression: 'attribute_exists(pk)' } }] },
    BatchWriteItem: { RequestItems: { aaa: [{ PutRequest: { Item: { pk: { S: 'z' } } } }] } },
  },
  AWSEvents: {
    PutEvents: { Entries: [{ Source: 's', DetailType: 't', Detail: '{"a":[1,{"b":null}]}' }] },
    TestEventPattern: { EventPattern: '{"source":[{"prefix":"s"}],"detail":{"a":[{"numeric":[">",0]}]}}', Event: '{"id":"1","account":"0","source":"s","time":"2026-01-01T00:00:00Z","region":"r","resources":[],"detail-type":"t","detail":{"a":1}}' },
    PutRule: { Name: 'a', EventPattern: '{"source":["s"],"$or":[{"detail-type":["t"]},{"account":["0"]}]}' },
    PutTargets: { Rule: 'a', Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:us-east-1:000000000000:a', InputTransformer: { InputPathsMap: { a: '$.detail.a' }, InputTemplate: '{"x":<a>}' } }] },
    DeleteRule: { Name: 'a', Force: true },
  },
  AWSStepFunctions: {
    ValidateStateMachineDefinition: { definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","QueryLanguage":"JSONata","Output":"{% $states.input.a[0] %}","End":true}}}' },
    StartExecution: { stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:a', input: '{"a":1}' },
    TestState: { definition: '{"Type":"Pass","Parameters":{"a.$":"States.Format(\'{}\', $.a)"},"End":true}', input: '{"a":[1]}', roleArn: 'arn:aws:iam::000000000000:role/a' },
  },
  AmazonSQS: {
    CreateQueue: { QueueName: 'a', Attributes: { VisibilityTimeout: '1' } },
    SendMessage: { QueueUrl: QUEUE, MessageBody: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } },
    ReceiveMessage: { QueueUrl: QUEUE, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] },
    DeleteMessage: { QueueUrl: QUEUE, ReceiptHandle: 'x' },
    DeleteQueue: { QueueUrl: QUEUE },
  },
  Logs_20140328: {
    CreateLogGroup: { logGroupName: 'a' },
    CreateLogStream: { logGroupName: 'a', logStreamName: 'a' },
    PutLogEvents: { logGroupName: 'a', logStreamName: 'a', logEvents: [{ timestamp: 1_700_000_000_000, message: 'x' }] },
    FilterLogEvents: { logGroupName: 'a', filterPattern: '{ $.a = 1 && $.b = "x*" }' },
    DeleteLogGroup: { logGroupName: 'a' },
  },
};

/** What takes away all that the others have made. */
export const CLEANING: ReadonlyArray<readonly [target: string, input: object]> = [
  ['DynamoDB_20120810.DeleteTable', { TableName: 'aaa' }], ['AWSEvents.RemoveTargets', { Rule: 'a', Ids: ['a'] }], ['AWSEvents.DeleteRule', { Name: 'a' }],
  ['AmazonSQS.DeleteQueue', { QueueUrl: QUEUE }], ['Logs_20140328.DeleteLogGroup', { logGroupName: 'a' }],
];

/** A request for an operation, before it is changed. */
export function anyRequest(random: Random): { target: string; input: object } {
  const prefix = random.pick(Object.keys(TARGETS));
  const operation = random.pick(Object.keys(TARGETS[prefix]));
  return { target: `${prefix}.${operation}`, input: TARGETS[prefix][operation] };
}
