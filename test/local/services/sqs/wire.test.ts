import {
  ChangeMessageVisibilityCommand, CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, ListQueuesCommand, QueueDoesNotExist,
  ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient, StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { sqs } from '../../../../local/services/sqs';
import { Listener } from '../../../../local/wire/listener';
import { ACCOUNT, TestKernel } from '../../../support/test-kernel';

let endpoint: string;
let runtime: TestKernel;
let listener: Listener;
let client: SQSClient;
let url: string;

beforeEach(async () => {
  runtime = new TestKernel(sqs);
  listener = new Listener({ kernel: runtime.kernel, account: '000000000000' });
  endpoint = runtime.endpoint = `http://127.0.0.1:${await listener.listen(0)}`;
  client = new SQSClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });
  url = (await client.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes: { VisibilityTimeout: '10' } }))).QueueUrl!;
});
afterEach(async () => {
  client.destroy();
  await listener.close();
  expect(runtime.entries.filter(entry => entry.kind === 'failure')).toEqual([]);
});

/** A form as older clients and API Gateway send it. */
async function form(body: string, { path = '/000000000000/jobs', accept = '*/*', type = 'application/x-www-form-urlencoded', query = '' } = {}) {
  return runtime.kernel.send(ACCOUNT, 'sqs', { method: 'POST', path, query, headers: { accept, 'content-type': type }, body });
}

describe('the SDK', () => {
  test('sends, receives, hides and deletes; what comes back is checked by its digests', async () => {
    expect(url).toBe(`${endpoint}/000000000000/jobs`);
    const MessageAttributes = { n: { DataType: 'Number', StringValue: '1' }, b: { DataType: 'Binary.png', BinaryValue: new Uint8Array([0, 255]) } };
    const sent = await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'Zoë 😀\r\n<&>', MessageAttributes }));
    const { Messages: [message] = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: url, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] }));
    expect(message).toMatchObject({ MessageId: sent.MessageId, Body: 'Zoë 😀\r\n<&>', MessageAttributes, MD5OfMessageAttributes: sent.MD5OfMessageAttributes });
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 20 }));
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }));
    expect((await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }))).Attributes).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '0' });
    expect((await client.send(new ListQueuesCommand({}))).QueueUrls).toEqual([url]);
  });

  test('gets its own exceptions', async () => {
    const missing = client.send(new SendMessageCommand({ QueueUrl: `${endpoint}/000000000000/none`, MessageBody: 'x' }));
    await expect(missing).rejects.toBeInstanceOf(QueueDoesNotExist);
    await expect(missing).rejects.toMatchObject({ message: 'The specified queue does not exist.', Code: 'AWS.SimpleQueueService.NonExistentQueue', Type: 'Sender', $metadata: { httpStatusCode: 400 } });
    await expect(client.send(new StartMessageMoveTaskCommand({ SourceArn: 'arn:aws:sqs:us-east-1:000000000000:none' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
  });

  test.each([
    ['more than a megabyte', () => new SendMessageCommand({ QueueUrl: url, MessageBody: 'x'.repeat(1024 * 1024 + 1) }), 'InvalidParameterValue', 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.'],
    ['a character that XML cannot hold', () => new SendMessageCommand({ QueueUrl: url, MessageBody: 'a\u0001' }), 'InvalidMessageContents', expect.stringMatching(/^Invalid characters found/)],
    ['half a surrogate pair', () => new SendMessageCommand({ QueueUrl: url, MessageBody: 'a\ud800' }), 'InvalidMessageContents', expect.anything()],
    ['nothing', () => new SendMessageCommand({ QueueUrl: url, MessageBody: '' }), 'MissingParameter', 'The request must contain the parameter MessageBody.'],
    ['eleven messages', () => new SendMessageBatchCommand({ QueueUrl: url, Entries: Array.from({ length: 11 }, (_, index) => ({ Id: String(index), MessageBody: 'x' })) }),
      'AWS.SimpleQueueService.TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10. You have sent 11.'],
    ['no messages', () => new SendMessageBatchCommand({ QueueUrl: url, Entries: [] }), 'AWS.SimpleQueueService.EmptyBatchRequest', expect.anything()],
    ['an id twice', () => new SendMessageBatchCommand({ QueueUrl: url, Entries: [{ Id: 'a', MessageBody: 'x' }, { Id: 'a', MessageBody: 'y' }] }), 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct', 'Id a repeated.'],
    ['an id with a colon', () => new SendMessageBatchCommand({ QueueUrl: url, Entries: [{ Id: 'a:b', MessageBody: 'x' }] }), 'AWS.SimpleQueueService.InvalidBatchEntryId', expect.stringMatching(/^A batch entry id can only/)],
    ['a batch that is too long together', () => new SendMessageBatchCommand({ QueueUrl: url, Entries: ['a', 'b'].map(Id => ({ Id, MessageBody: 'x'.repeat(524_289) })) }),
      'AWS.SimpleQueueService.BatchRequestTooLong', 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048578 bytes.'],
    ['eleven at once', () => new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 11 }), 'InvalidParameterValue', 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.'],
    ['a wait of 21 seconds', () => new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 21 }), 'InvalidParameterValue', 'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.'],
    ['a receipt handle that is none', () => new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'garbage' }), 'ReceiptHandleIsInvalid', 'The input receipt handle "garbage" is not a valid receipt handle.'],
    ['a number that is none', () => new SendMessageCommand({ QueueUrl: url, MessageBody: 'x', MessageAttributes: { n: { DataType: 'Number', StringValue: 'one' } } }), 'InvalidParameterValue', expect.stringMatching(/to a number\.$/)],
    ['an attribute without a value', () => new SendMessageCommand({ QueueUrl: url, MessageBody: 'x', MessageAttributes: { ErrorDetails: { DataType: 'String', StringValue: '' } } }),
      'InvalidParameterValue', "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'."],
    ['an attribute of another kind', () => new SendMessageCommand({ QueueUrl: url, MessageBody: 'x', MessageAttributes: { n: { DataType: 'Date', StringValue: 'x' } } }), 'InvalidParameterValue', expect.stringMatching(/Binary, Number, String\.$/)],
  ])('is refused %s', async (_name, command, code, message) => {
    await expect(client.send(command() as SendMessageCommand)).rejects.toMatchObject({ Code: code, message });
    expect(await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }))).toMatchObject({ Attributes: { ApproximateNumberOfMessages: '0' } });
  });
});

describe('the query protocol', () => {
  test('sends a message with attributes to the queue of its path', async () => {
    const attribute = 'MessageAttribute.1.Name=a&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=x';
    const answer = await form(`Action=SendMessage&Version=2012-11-05&MessageBody=hello+%26+bye&${attribute}`);
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml' } });
    expect(answer.body).toMatch(/^<SendMessageResponse xmlns="http:\/\/queue.amazonaws.com\/doc\/2012-11-05\/"><SendMessageResult><MD5OfMessageBody>[0-9a-f]{32}</);
    const received = await form('Action=ReceiveMessage&AttributeName.1=SenderId&MessageAttributeName=All');
    expect(received.body).toMatch(/<ReceiveMessageResult><Message><MessageId>[^<]+<\/MessageId>.*<Body>hello &amp; bye<\/Body><Attribute><Name>SenderId<\/Name><Value>000000000000<\/Value><\/Attribute>/);
    expect(received.body).toMatch(/<MessageAttribute><Name>a<\/Name><Value><DataType>String<\/DataType><StringValue>x<\/StringValue><\/Value><\/MessageAttribute>/);
  });

  test('takes batches, and the queue from the form', async () => {
    const QueueUrl = encodeURIComponent(url);
    const entry = 'SendMessageBatchRequestEntry';
    const answer = await form(`Action=SendMessageBatch&QueueUrl=${QueueUrl}&${entry}.1.Id=a&${entry}.1.MessageBody=x&${entry}.2.Id=b`, { path: '/' });
    expect(answer.body).toMatch(/<SendMessageBatchResultEntry><Id>a<\/Id>.*<BatchResultErrorEntry><Id>b<\/Id><SenderFault>true<\/SenderFault><Code>MissingParameter<\/Code>/);
  });

  test('answers in JSON to who accepts it, as API Gateway does', async () => {
    const answer = await form('Action=SendMessage&MessageBody=x', { accept: 'application/json' });
    expect(JSON.parse(answer.body)).toEqual({
      SendMessageResponse: {
        SendMessageResult: {
          MD5OfMessageBody: expect.any(String),
          MD5OfMessageAttributes: null,
          MD5OfMessageSystemAttributes: null,
          MessageId: expect.any(String),
          SequenceNumber: null,
        },
        ResponseMetadata: { RequestId: answer.headers['x-amzn-requestid'] },
      },
    });
    expect(JSON.parse((await form('Action=ReceiveMessage', { accept: 'application/json' })).body).ReceiveMessageResponse.ReceiveMessageResult).toEqual({
      messages: [{ Attributes: null, Body: 'x', MD5OfBody: expect.any(String), MD5OfMessageAttributes: null, MessageAttributes: null, MessageId: expect.any(String), ReceiptHandle: expect.any(String) }],
    });
    expect(JSON.parse((await form('Action=ReceiveMessage', { accept: 'application/json' })).body).ReceiveMessageResponse.ReceiveMessageResult).toEqual({ messages: null });
    const refused = await form('Action=SendMessage', { accept: 'application/json' });
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.body)).toEqual({ Error: { Code: 'MissingParameter', Message: 'The request must contain the parameter MessageBody.', Type: 'Sender' }, RequestId: expect.any(String) });
  });

  test.each([
    ['a queue that is not there', 'Action=SendMessage&MessageBody=x', { path: '/000000000000/none' }, 400, /<Code>AWS\.SimpleQueueService\.NonExistentQueue<\/Code><Message>The specified queue does not exist for this wsdl version\.</],
    ['a delay that is no number', 'Action=SendMessage&MessageBody=x&DelaySeconds=soon', {}, 400, /<Code>InvalidParameterValue<\/Code><Message>Value soon for parameter DelaySeconds/],
    ['a receipt handle that is none', 'Action=DeleteMessage&ReceiptHandle=garbage', {}, 404, /<Code>ReceiptHandleIsInvalid</],
    ['a form that does not say that it is one', 'Action=SendMessage&MessageBody=x', { type: 'application/json' }, 403, /^<AccessDeniedException><Message>Unable to determine service\/operation name to be authorized</],
    ['an operation that nobody knows', 'Action=constructor', {}, 501, /does not emulate sqs:constructor/],
    ['names of fields without end', `Action=SendMessage&MessageBody=x&${'a.'.repeat(10_000)}=1`, {}, 200, /SendMessageResult/],
  ])('%s', async (_name, body, more, status, expected) => {
    const answer = await form(body, more);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(expected);
  });
});
