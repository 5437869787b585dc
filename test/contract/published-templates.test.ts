import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { WebSocketClient } from '../../integ/websocket-client';
import { TraceEntry } from '../../local/kernel/contracts';
import { loadTemplate } from '../../local/kernel/template';
import { Runtime, startRuntime } from '../../local/main';
import { FakeClock } from '../support/fake-clock';
import { eventually } from '../support/test-kernel';

const MESSAGE = '{"first_name" : "Jane", "last_name" : "Doe"}';

let runtime: Runtime;
let clock: FakeClock;
let entries: TraceEntry[];
afterEach(() => runtime.stop());

/** Runs a template as it was published, and connects to its API. */
async function connect(name: string, query: string = ''): Promise<WebSocketClient> {
  clock = new FakeClock();
  entries = [];
  const stack = loadTemplate(join(__dirname, 'templates', name, 'template.yaml'));
  runtime = await startRuntime({ stacks: [stack], port: 0, clock, watch: trace => trace.subscribe(entry => entries.push(entry)) });
  expect(entries.filter(entry => entry.kind === 'failure')).toEqual([]);
  return WebSocketClient.connect(`${runtime.stacks[0].outputs.APIEndpoint}${query}`);
}

/** The next message, which comes when a workflow has waited its time. */
async function afterWaiting(client: WebSocketClient, seconds: number): Promise<string> {
  let message: string | undefined;
  void client.nextText().then(text => { message = text; });
  // Before it, whatever there is to do has nothing to wait for.
  for (let second = 0; second < seconds; second++) {
    expect(message).toBeUndefined();
    await clock.advance(1000);
  }
  return eventually(() => message);
}

/** Every timer that a message starts stands: that of the integration and that of the workflow. */
async function send(client: WebSocketClient, timers: number): Promise<void> {
  const before = clock.pending;
  client.send(MESSAGE);
  await eventually(() => clock.pending >= before + timers);
}

test('a workflow that is waited for answers with the whole of its execution', async () => {
  const client = await connect('apigw-websocket-api-sfn-sync');
  await send(client, 2);
  const text = await afterWaiting(client, 3);
  const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
  const escaped = String.raw`{\\"first_name\\" : \\"Jane\\", \\"last_name\\" : \\"Doe\\"}`;
  const details = String.raw`{"__type":"com\.amazonaws\.swf\.base\.model#CloudWatchEventsExecutionDataDetails","included":true}`;
  expect(text).toMatch(new RegExp([
    String.raw`^{"billingDetails":{"billedDurationInMilliseconds":3\d00,"billedMemoryUsedInMB":64}`,
    String.raw`"executionArn":"arn:aws:states:us-east-1:000000000000:express:SyncSFn-\w{12}:(?<name>${uuid}):${uuid}"`,
    `"input":"${escaped}"`,
    `"inputDetails":${details}`,
    String.raw`"name":"\k<name>"`,
    `"output":"${escaped}"`,
    `"outputDetails":${details}`,
    String.raw`"startDate":1\.\d+E9`,
    String.raw`"stateMachineArn":"arn:aws:states:us-east-1:000000000000:stateMachine:SyncSFn-\w{12}"`,
    '"status":"SUCCEEDED"',
    String.raw`"stopDate":1\.\d+E9`,
    String.raw`"traceHeader":"Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=1"}$`,
  ].join(',')));
  const { startDate, stopDate } = JSON.parse(text);
  expect(stopDate - startDate).toBe(3);
  await client.close();
});

test('a workflow that is not waited for answers at once, and its message comes later', async () => {
  const client = await connect('apigw-websocket-api-sfn-async');
  await send(client, 1);
  expect(await client.nextText()).toMatch(/^\{"executionArn":"arn:aws:states:us-east-1:000000000000:execution:AsyncSFn-\w{12}:[0-9a-f-]{36}","startDate":1\.\d+E9\}$/);
  expect(await afterWaiting(client, 5)).toBe('{"Message":"Hello from asynchronous workflow execution!"}');
  await client.close();
});

test('a connection is a row, which holds its headers and its query as Java prints them, until it ends', async () => {
  const client = await connect('apigw-websocket-api-connection-dynamodb', '?foo=bar');
  client.send(MESSAGE);
  const answer = await client.next();
  const { connectionId: id, apiId } = answer.requestContext;
  expect(answer).toEqual({
    requestContext: {
      routeKey: '$default',
      messageId: expect.stringMatching(/^.{15}=$/),
      eventType: 'MESSAGE',
      extendedRequestId: answer.requestContext.requestId,
      requestTime: '02/Jan/2026:03:04:05 +0000',
      messageDirection: 'IN',
      stage: 'api',
      connectedAt: clock.now(),
      requestTimeEpoch: clock.now(),
      identity: { sourceIp: '127.0.0.1' },
      requestId: expect.stringMatching(/^.{15}=$/),
      domainName: `${apiId}.execute-api.us-east-1.amazonaws.com`,
      connectionId: expect.stringMatching(/^.{15}=$/),
      apiId: expect.stringMatching(/^[a-z0-9]{10}$/),
    },
    body: MESSAGE,
    isBase64Encoded: false,
  });

  const dynamodb = new DynamoDBClient({ endpoint: runtime.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const get = new GetItemCommand({ TableName: runtime.stacks[0].outputs.SessionsTable, Key: { connectionid: { S: id } } });
  const row = async () => (await dynamodb.send(get)).Item;
  expect(await row()).toEqual({
    connectionid: { S: id },
    ttl: { N: String(clock.now() + 86400) },
    querystring: { S: '{foo=bar}' },
    headers: {
      S: expect.stringMatching(new RegExp([
        `^{Host=${apiId}\\.execute-api\\.us-east-1\\.amazonaws\\.com`, 'Sec-WebSocket-Extensions=permessage-deflate; client_max_window_bits', 'Sec-WebSocket-Key=[\\w+/]{22}==',
        'Sec-WebSocket-Version=13', 'X-Amzn-Trace-Id=Root=1-[0-9a-f]{8}-[0-9a-f]{24}', 'X-Forwarded-For=127\\.0\\.0\\.1', 'X-Forwarded-Port=443', 'X-Forwarded-Proto=https}$',
      ].join(', '))),
    },
  });
  await client.close();
  await eventually(() => entries.some(entry => entry.kind === 'call' && entry.operation === 'DeleteItem'));
  expect(await row()).toBeUndefined();
  dynamodb.destroy();
});
