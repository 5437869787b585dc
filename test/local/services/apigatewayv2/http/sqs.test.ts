import { sqs } from '../../../../../local/services/sqs';
import { ACCOUNT, ROLE, ENVIRONMENT } from '../test-gateway';
import { refusal, TestHttpApi } from './test-http-api';

let api: TestHttpApi;
let queueUrl: string;

beforeEach(async () => {
  api = await TestHttpApi.start([sqs]);
  queueUrl = (await call('CreateQueue', { QueueName: 'orders' })).QueueUrl;
});

afterEach(() => api.stop());

const call = (operation: string, input: object): Promise<any> => api.gateway.kernel.invoke({ principal: ACCOUNT, service: 'sqs', operation, input });

function route(key: string, operation: string, RequestParameters: Record<string, string>): void {
  api.route(key, { IntegrationType: 'AWS_PROXY', IntegrationSubtype: `SQS-${operation}`, CredentialsArn: ROLE, RequestParameters: { QueueUrl: queueUrl, ...RequestParameters } });
}

test('a message is sent with its attributes, and SQS answers in XML', async () => {
  route('POST /send', 'SendMessage', { MessageBody: '$request.body', MessageAttributes: '{"kind":{"DataType":"String","StringValue":"${request.header.x-kind}"}}' });
  const response = await api.post('/send', 'a & b = "c" %41 +', { 'x-kind': 'new' });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/xml']);
  expect(await response.text()).toMatch(/^(<\?xml[^>]*\?>\s*)?<SendMessageResponse xmlns="http:\/\/queue\.amazonaws\.com\/doc\/2012-11-05\/">.*<MessageId>/);
  expect((await call('ReceiveMessage', { QueueUrl: queueUrl, MessageAttributeNames: ['All'] })).Messages).toMatchObject([
    { Body: 'a & b = "c" %41 +', MessageAttributes: { kind: { DataType: 'String', StringValue: 'new' } } },
  ]);
});

test('messages are received, deleted and purged', async () => {
  route('POST /receive', 'ReceiveMessage', { MaxNumberOfMessages: '$request.querystring.count', AttributeNames: 'SentTimestamp,SenderId' });
  route('POST /delete', 'DeleteMessage', { ReceiptHandle: '$request.body.handle' });
  route('POST /purge', 'PurgeQueue', {});
  await call('SendMessage', { QueueUrl: queueUrl, MessageBody: 'one' });
  const received = await (await api.post('/receive?count=1', '')).text();
  expect(received).toContain('<Body>one</Body>');
  expect(received).toContain('<Name>SenderId</Name>');
  const handle = /<ReceiptHandle>([^<]+)</.exec(received)![1];
  expect((await api.post('/delete', JSON.stringify({ handle }))).status).toBe(200);
  await call('SendMessage', { QueueUrl: queueUrl, MessageBody: 'two' });
  expect((await api.post('/purge', '')).status).toBe(200);
  expect((await call('ReceiveMessage', { QueueUrl: queueUrl })).Messages ?? []).toEqual([]);
});

test('what SQS refuses is handed on', async () => {
  route('POST /delete', 'DeleteMessage', { ReceiptHandle: '$request.body' });
  const response = await api.post('/delete', 'nonsense');
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await response.text()).toContain('<Code>ReceiptHandleIsInvalid</Code>');
});

test('attributes that are no map are the client\'s fault', async () => {
  route('POST /send', 'SendMessage', { MessageBody: 'x', MessageAttributes: '$request.body' });
  expect((await api.post('/send', '[1]')).status).toBe(400);
});

test('a role that may not is told so by SQS', async () => {
  const arn = `arn:aws:iam::${ENVIRONMENT.account}:role/weak`;
  api.gateway.kernel.roles.define({
    arn,
    name: 'weak',
    policies: [],
    trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
  });
  api.route('POST /purge', { IntegrationType: 'AWS_PROXY', IntegrationSubtype: 'SQS-PurgeQueue', CredentialsArn: arn, RequestParameters: { QueueUrl: queueUrl } });
  const response = await api.post('/purge', '');
  expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
});

test('a static text that is JSON is no source', () => {
  expect(refusal(() => route('POST /send', 'SendMessage', { MessageBody: 'x', MessageAttributes: '{"a":{"DataType":"String","StringValue":"b"}}' }))).toBe(
    'Invalid selection expression specified: Validation Result: warnings : [], errors : [Invalid source: {"a":{"DataType":"String","StringValue":"b"}} specified for destination: MessageAttributes]',
  );
});
