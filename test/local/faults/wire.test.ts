/** Faults as programs outside of the runtime meet them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { WebSocketClient } from '../../../integ/websocket-client';
import { parseFaults } from '../../../local/faults/read-faults';
import { TraceEntry } from '../../../local/kernel/contracts';
import { loadTemplate } from '../../../local/kernel/template';
import { Runtime, SERVICES, startRuntime } from '../../../local/main';
import { TestKernel } from '../../support/test-kernel';

const services = [...new TestKernel(...SERVICES).kernel.services];
const ref = (name: string) => ({ Ref: name });
const integration = (properties: object) => ({ Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref('Api'), TemplateSelectionExpression: '\\$default', ...properties } });
const route = (key: string, target: string) => ({
  Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Api'), RouteKey: key, RouteResponseSelectionExpression: '$default', Target: { 'Fn::Join': ['/', ['integrations', ref(target)]] } },
});

let runtime: Runtime;
let url: string;
let server: ReturnType<typeof createServer>;
let directory: string;
let requests = 0;
const entries: TraceEntry[] = [];

beforeAll(async () => {
  server = createServer((_, response) => {
    requests++;
    response.setHeader('content-type', 'application/json');
    response.end('{"from":"server"}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const Resources = {
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'one', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'queue' } },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('Api'), StageName: 'live', AutoDeploy: true } },
    Mock: integration({ IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode":200}' } }),
    MockResponse: {
      Type: 'AWS::ApiGatewayV2::IntegrationResponse',
      Properties: { ApiId: ref('Api'), IntegrationId: ref('Mock'), IntegrationResponseKey: '$default', ResponseTemplates: { $default: '{"pong":1}' }, TemplateSelectionExpression: '\\$default' },
    },
    Http: integration({ IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'POST', IntegrationUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x` }),
    Ping: route('ping', 'Mock'),
    PingResponse: { Type: 'AWS::ApiGatewayV2::RouteResponse', Properties: { ApiId: ref('Api'), RouteId: ref('Ping'), RouteResponseKey: '$default' } },
    Call: route('call', 'Http'),
    CallResponse: { Type: 'AWS::ApiGatewayV2::RouteResponse', Properties: { ApiId: ref('Api'), RouteId: ref('Call'), RouteResponseKey: '$default' } },
  };
  directory = mkdtempSync(join(tmpdir(), 'faults-'));
  writeFileSync(join(directory, 'stack.json'), JSON.stringify({ Resources }));
  runtime = await startRuntime({ stacks: [loadTemplate(join(directory, 'stack.json'))], port: 0, watch: trace => trace.subscribe(entry => entries.push(entry)) });
  url = `${runtime.endpoint.replace('http', 'ws')}/${runtime.apis[0].apiId}/live`;
});
afterEach(() => {
  given();
  entries.length = 0;
  requests = 0;
});
afterAll(async () => {
  await runtime.stop();
  server.close();
  rmSync(directory, { recursive: true });
});

function given(...rules: object[]): void {
  runtime.faults.replace(parseFaults(JSON.stringify({ rules }), 'faults', services));
}

const client = () => new DynamoDBClient({ endpoint: runtime.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });
const put = () => client().send(new PutItemCommand({ TableName: 'one', Item: { pk: { S: 'a' } } }));
const items = async () => (await client().send(new ScanCommand({ TableName: 'one' }))).Count;

test('the SDK knows the error for what it is', async () => {
  given({ service: 'dynamodb', operation: 'PutItem', error: 'throttled' });
  await expect(put()).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
  given({ service: 'sqs', error: 'throttled' });
  const sqs = new SQSClient({ endpoint: runtime.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });
  await expect(sqs.send(new SendMessageCommand({ QueueUrl: `${runtime.endpoint}/000000000000/queue`, MessageBody: 'x' }))).rejects.toMatchObject({ name: 'RequestThrottled' });
});

test('an SDK that tries again comes through', async () => {
  given({ service: 'dynamodb', operation: 'PutItem', error: 'internal', times: 2 });
  await new DynamoDBClient({ endpoint: runtime.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } })
    .send(new PutItemCommand({ TableName: 'one', Item: { pk: { S: 'b' } } }));
  expect(runtime.faults.states()[0].injected).toBe(2);
});

test('the connection of a call is lost, before or after it was done', async () => {
  const before = await items();
  given({ service: 'dynamodb', operation: 'PutItem', connection: 'lost' });
  await expect(put()).rejects.toThrow('socket hang up');
  expect(await items()).toBe(before);
  given({ service: 'dynamodb', operation: 'PutItem', connection: 'lost', when: 'after' });
  await expect(put()).rejects.toThrow('socket hang up');
  given();
  expect(await items()).toBe(before! + 1);
  expect(entries.filter(({ kind }) => kind === 'failure')).toEqual([]);
});

describe('a client\'s connection is lost', () => {
  const ABNORMAL = 1006;

  test.each(['before', 'after'])('in the handshake, %s the gateway has decided', async when => {
    given({ socket: 'connect', connection: 'lost', when, times: 1 });
    await expect(WebSocketClient.connect(url)).rejects.toMatchObject({ code: 'ECONNRESET' });
    const again = await WebSocketClient.connect(url);
    expect(await again.request({ action: 'ping' })).toEqual({ pong: 1 });
    await again.close();
  });

  test.each([['before', []], ['after', ['{"pong":1}']]])('%s a message of its own', async (when, answers) => {
    given({ socket: 'message', connection: 'lost', when });
    const socket = await WebSocketClient.connect(url);
    const closed = socket.closed();
    socket.send({ action: 'ping' });
    expect(await closed).toBe(ABNORMAL);
    expect(socket.unread).toEqual(answers);
    expect(entries.filter(({ kind }) => kind === 'message')).toHaveLength(answers.length);
  });

  test.each([['before', []], ['after', ['{"pong":1}']]])('%s a message to it', async (when, answers) => {
    given({ socket: 'push', connection: 'lost', when });
    const socket = await WebSocketClient.connect(url);
    const closed = socket.closed();
    socket.send({ action: 'ping' });
    expect(await closed).toBe(ABNORMAL);
    expect(socket.unread).toEqual(answers);
  });

  test('and others stay', async () => {
    const [one, two] = [await WebSocketClient.connect(url), await WebSocketClient.connect(url)];
    given({ socket: 'push', connection: 'lost', times: 1 });
    const closed = one.closed();
    one.send({ action: 'ping' });
    await closed;
    expect(await two.request({ action: 'ping' })).toEqual({ pong: 1 });
    await two.close();
  });
});

test('a server that a route calls does not answer, or answers with a failure', async () => {
  const socket = await WebSocketClient.connect(url);
  expect(await socket.request({ action: 'call' })).toEqual({ from: 'server' });
  given({ http: '127.0.0.1:*', connection: 'lost', times: 1 }, { http: '127.0.0.1:*', error: { status: 503, body: 'busy' } });
  expect(await socket.request({ action: 'call' })).toMatchObject({ message: 'Internal server error' });
  socket.send({ action: 'call' });
  expect(await socket.nextText()).toBe('busy');
  expect(requests).toBe(1);
  await socket.close();
});
