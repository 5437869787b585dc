import { AwsError } from '../../../../../local/kernel/aws-error';
import { fakeService, start, task } from '../workflows';

async function run(resource: string, parameters: object, service: string, answer: (operation: string, input: any) => unknown) {
  const fake = fakeService(service, answer);
  const workflow = await start(task(resource, parameters), { services: [fake.factory] });
  const { output, ...execution } = await workflow.run();
  return { ...execution, output: output === undefined ? undefined : JSON.parse(output), calls: fake.calls };
}

const DATE = 'Fri, 02 Jan 2026 03:04:05 GMT';

test('sqs:sendMessage sends an object as its JSON, and tells of the HTTP answer', async () => {
  const answer = { MD5OfMessageBody: 'd'.repeat(32), MessageId: '1'.repeat(36), SequenceNumber: undefined };
  const { output, calls } = await run('sqs:sendMessage', { QueueUrl: 'q', MessageBody: { a: [1] } }, 'sqs', () => answer);
  expect(calls).toEqual([{ operation: 'SendMessage', input: { QueueUrl: 'q', MessageBody: '{"a":[1]}' } }]);
  const { RequestId: id } = output.SdkResponseMetadata;
  expect(output).toEqual({
    MD5OfMessageBody: answer.MD5OfMessageBody,
    MessageId: answer.MessageId,
    SdkHttpMetadata: {
      AllHttpHeaders: { 'x-amzn-RequestId': [id], 'Date': [DATE], 'connection': ['keep-alive'], 'Content-Length': ['106'], 'Content-Type': ['application/x-amz-json-1.0'] },
      HttpHeaders: { 'connection': 'keep-alive', 'Content-Length': '106', 'Content-Type': 'application/x-amz-json-1.0', 'Date': DATE, 'x-amzn-RequestId': id },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: id },
  });
  expect(Object.keys(output)).toEqual(['MD5OfMessageBody', 'MessageId', 'SdkHttpMetadata', 'SdkResponseMetadata']);
});

test('sns:publish publishes an object as its JSON, and a text as it is', async () => {
  const { output, calls } = await run('sns:publish', { TopicArn: 't', Message: { a: 1 } }, 'sns', () => ({ MessageId: 'm', SequenceNumber: '1'.repeat(20) }));
  expect(calls[0].input).toEqual({ TopicArn: 't', Message: '{"a":1}' });
  expect(output).toMatchObject({ MessageId: 'm', SequenceNumber: '1'.repeat(20), SdkHttpMetadata: { HttpHeaders: { 'Content-Length': '352', 'Content-Type': 'text/xml' } } });
  expect((await run('sns:publish', { Message: '{"a" : 1}' }, 'sns', () => ({}))).calls[0].input).toEqual({ Message: '{"a" : 1}' });
});

test('dynamodb:getItem tells of the HTTP answer as well', async () => {
  const { output } = await run('dynamodb:getItem', {}, 'dynamodb', () => ({ Item: { id: { S: 'a' } } }));
  expect(output).toMatchObject({ Item: { id: { S: 'a' } }, SdkHttpMetadata: { HttpHeaders: { 'Server': 'Server', 'Content-Length': '25', 'x-amz-crc32': expect.stringMatching(/^\d+$/) } } });
});

test('lambda:invoke hands over any JSON, and gives the payload parsed', async () => {
  const { output, calls } = await run('lambda:invoke', { FunctionName: 'f', Payload: 'text', LogType: 'Tail' }, 'lambda', () => ({
    StatusCode: 200, ExecutedVersion: '$LATEST', LogResult: 'bG9n', Payload: '{"a":1}',
  }));
  expect(calls).toEqual([{ operation: 'Invoke', input: { FunctionName: 'f', Payload: '"text"', LogType: 'Tail' } }]);
  expect(output).toEqual({
    ExecutedVersion: '$LATEST',
    LogResult: 'bG9n',
    Payload: { a: 1 },
    SdkHttpMetadata: {
      AllHttpHeaders: expect.objectContaining({ 'X-Amz-Log-Result': ['bG9n'] }),
      HttpHeaders: expect.objectContaining({ 'Content-Length': '7', 'Content-Type': 'application/json', 'X-Amz-Executed-Version': '$LATEST', 'x-amzn-Remapped-Content-Length': '0' }),
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: expect.any(String) },
    StatusCode: 200,
  });
});

test.each([
  ['sqs:sendMessage', 'sqs', 'MessageBody'], ['sns:publish', 'sns', 'Message'], ['lambda:invoke', 'lambda', 'Payload'],
])('%s: null is nothing', async (resource, service, name) => {
  const { calls } = await run(resource, { [name]: null }, service, () => ({}));
  expect(JSON.stringify(calls[0].input)).toBe('{}');
});

describe('what a function throws', () => {
  const thrown = { errorMessage: 'no', errorType: 'OutOfStock', trace: [] };

  test.each(['lambda:invoke', 'arn:aws:lambda:us-east-1:000000000000:function:f'])('fails the Task under the name of its type: %s', async resource => {
    const text = JSON.stringify(thrown, undefined, 1);
    const isArn = resource.startsWith('arn:');
    const fake = fakeService('lambda', () => ({ StatusCode: 200, FunctionError: 'Unhandled', Payload: text }));
    const definition: any = task('lambda:invoke', isArn ? { n: 1 } : { FunctionName: 'f' }, isArn ? { Resource: resource } : {});
    const { run: runExpress } = await start(definition, { services: [fake.factory] });
    // The older integration hands the text on as it is.
    expect(await runExpress()).toMatchObject({ status: 'FAILED', error: 'OutOfStock', cause: isArn ? text : JSON.stringify(thrown) });
    if (isArn) {
      expect(fake.calls).toEqual([{ operation: 'Invoke', input: { FunctionName: resource, Payload: '{"n":1}' } }]);
    }
  });

  test.each(['{"errorMessage":"2026-01-02T03:04:05Z 1 Task timed out after 3.00 seconds"}', 'null', '"text"', '{"errorType":5}'])('without a type, it is not known: %s', async Payload => {
    const { error, cause } = await run('lambda:invoke', { FunctionName: 'f' }, 'lambda', () => ({ StatusCode: 200, FunctionError: 'Unhandled', Payload }));
    expect(error).toBe('Lambda.Unknown');
    expect(cause).toBe(`The cause could not be determined because Lambda did not return an error type. Returned payload: ${Payload}`);
  });
});

test('a function that is only to be called later gives nothing', async () => {
  const { output } = await run('lambda:invoke', { FunctionName: 'f', InvocationType: 'Event' }, 'lambda', () => ({ StatusCode: 202 }));
  expect(output).toMatchObject({ StatusCode: 202, Payload: '', SdkHttpMetadata: { HttpStatusCode: 202 } });
});

test.each([
  ['sqs:sendMessage', 'sqs', 'MissingRequiredParameterException', 'SQS.AmazonSQSException', 'Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; '],
  ['sqs:sendMessage', 'sqs', 'QueueDoesNotExist', 'SQS.QueueDoesNotExistException', 'Service: AmazonSQS; Status Code: 400; Error Code: AWS.SimpleQueueService.NonExistentQueue; '],
  ['sns:publish', 'sns', 'InvalidParameter', 'SNS.InvalidParameterException', 'Service: AmazonSNS; Status Code: 400; Error Code: InvalidParameter; '],
  ['lambda:invoke', 'lambda', 'ResourceNotFoundException', 'Lambda.ResourceNotFoundException', 'Service: AWSLambda; Status Code: 400; Error Code: ResourceNotFoundException; '],
  ['lambda:invoke', 'lambda', 'AccessDeniedException', 'Lambda.AWSLambdaException', 'Service: AWSLambda; Status Code: 400; Error Code: AccessDeniedException; '],
  ['events:putEvents', 'events', 'ValidationException', 'EventBridge.AmazonEventBridgeException', 'Service: AmazonEventBridge; Status Code: 400; Error Code: ValidationException; '],
  ['dynamodb:putItem', 'dynamodb', 'ResourceNotFoundException', 'DynamoDB.ResourceNotFoundException', 'Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; '],
])('%s: %s %s is named %s', async (resource, service, code, error, cause) => {
  const failing = () => {
    throw new AwsError(code, 'no');
  };
  const execution = await run(resource, {}, service, failing);
  expect(execution).toMatchObject({ status: 'FAILED', error });
  expect(execution.cause).toMatch(new RegExp(`^no \\(${cause}Request ID: [0-9a-f-]{36}; Proxy: null\\)$`));
});
