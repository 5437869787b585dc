import { CfnOutput, SecretValue, Stack } from 'aws-cdk-lib';
import { Authorization } from 'aws-cdk-lib/aws-events';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Command } from 'commander';
import { WebSocketClient } from '../../integ/websocket-client';
import { addRedriveCommand } from '../../local/cli/redrive';
import { AwsClient } from '../../local/cli/redrive/aws-client';
import { AwsError } from '../../local/kernel/aws-error';
import { DirectMessage, EventMessage, EventSocket, MessageValue, Presence, WebhookRelay, WebSocketEndpoint, WebSocketMonitoring } from '../../src';
import { RunningApp } from '../support/running-app';
import { ThirdParty } from '../support/third-party';

/** `lambdaless redrive` against the runtime, with the templates of the library. */
const thirdParty = new ThirdParty();
const app = new RunningApp(async stack => declare(stack, await thirdParty.start()));
const { faults, entries } = app;
let aws: AwsClient;

beforeAll(async () => {
  await app.start();
  aws = new AwsClient({ region: 'us-east-1', endpoint: app.runtime.endpoint, environment: {}, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
}, 60_000);
afterEach(async () => {
  for (const name of ['Socket', 'Presence', 'Welcome', 'Relay', 'Other']) {
    await empty(output(`${name}Queue`));
  }
});
afterAll(async () => {
  await app.stop();
  await thirdParty.stop();
});

function declare(stack: Stack, url: string): void {
  const socket = new EventSocket(stack, 'Socket');
  const endpoint = WebSocketEndpoint.fromWebSocketStage(stack, 'Endpoint', socket.stage);
  const presence = new Presence(stack, 'Presence', { connections: socket.connections });
  const directMessage = new DirectMessage(stack, 'DirectMessage', { endpoint, connections: socket.connections });
  directMessage.onEvent('Greet', {
    eventBus: socket.eventBus, eventPattern: { source: ['greeter'] }, to: MessageValue.field('detail.to'), message: EventMessage.of({ text: MessageValue.field('detail.text') }),
  });
  const relay = new WebhookRelay(stack, 'Relay', { endpoint, url, authorization: Authorization.apiKey('x-api-key', SecretValue.unsafePlainText('key')) });
  socket.api.addRoute('order', { integration: relay.integration('Order'), returnResponse: true });
  // The runtime takes alarms and dashboards, and does nothing with them.
  new WebSocketMonitoring(stack, 'Monitoring', { watched: [socket, presence, directMessage, relay] });
  const outputs = {
    Url: socket.url,
    Bus: socket.eventBus.eventBusName,
    RelayBus: relay.eventBus.eventBusName,
    Delivery: socket.deliveryWorkflow.stateMachineArn,
    PresenceWorkflow: presence.workflow.stateMachineArn,
    Stream: socket.connections.addStream(),
    SocketQueue: socket.deadLetterQueue.queueUrl,
    PresenceQueue: presence.deadLetterQueue.queueUrl,
    WelcomeQueue: directMessage.deadLetterQueue.queueUrl,
    RelayQueue: relay.deadLetterQueue.queueUrl,
    OtherQueue: new Queue(stack, 'Other').queueUrl,
  };
  Object.entries(outputs).forEach(([name, value]) => new CfnOutput(stack, name, { value }));
}

const output = (name: string) => app.outputs[name];
const denied = (action: string) => faults.next(action, new AwsError('AccessDeniedException', 'no', 400));
const forbidden = () => faults.next('execute-api:PostToConnection', new AwsError('ForbiddenException', 'Forbidden', 403));

async function put(source: string, detail: object): Promise<void> {
  await aws.json('events', 'PutEvents', { Entries: [{ EventBusName: output('Bus'), Source: source, DetailType: 'Test', Detail: JSON.stringify(detail) }] });
}

async function lettersIn(queue: string): Promise<number> {
  const { Attributes: attributes } = await aws.json('sqs', 'GetQueueAttributes', {
    QueueUrl: output(`${queue}Queue`), AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
  });
  return Number(attributes.ApproximateNumberOfMessages) + Number(attributes.ApproximateNumberOfMessagesNotVisible);
}

const arrived = (queue: string, count = 1) => app.until(async () => await lettersIn(queue) === count);

async function empty(QueueUrl: string): Promise<void> {
  for (;;) {
    const { Messages: messages = [] } = await aws.json('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    for (const { ReceiptHandle } of messages) {
      await aws.json('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
    }
    if (messages.length === 0) {
      return;
    }
  }
}

async function send(queue: string, body: string, attributes: Record<string, string> = {}): Promise<void> {
  const MessageAttributes = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]));
  await aws.json('sqs', 'SendMessage', { QueueUrl: output(`${queue}Queue`), MessageBody: body, MessageAttributes });
}

/** Runs the command as its user would; gives what it prints, and its exit code. */
async function run(...args: string[]) {
  const printed: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(text => printed.push(String(text)) > 0);
  try {
    const program = new Command().exitOverride();
    addRedriveCommand(program);
    await program.parseAsync(['redrive', '--endpoint-url', app.runtime.endpoint, ...args], { from: 'user' });
    return { text: printed.join(''), exitCode: process.exitCode };
  } finally {
    write.mockRestore();
    process.exitCode = undefined;
  }
}

async function redrive(queue: string, ...args: string[]) {
  const { text, exitCode } = await run('--queue', output(`${queue}Queue`), '--json', ...args);
  return { ...JSON.parse(text), exitCode };
}

async function subscriber(source: string): Promise<WebSocketClient> {
  const client = await app.open();
  expect(await client.request({ action: 'subscribe', pattern: { source: [source] } })).toMatchObject({ type: 'subscribed' });
  return client;
}

test('what one subscriber has missed reaches it, and nobody else twice', async () => {
  const clients = [await subscriber('a'), await subscriber('a')];
  forbidden();
  await put('a', { n: 1 });
  await arrived('Socket');
  const rehearsed = await redrive('Socket', '--dry-run');
  expect(rehearsed).toMatchObject({
    dryRun: true,
    redriven: 0,
    wouldBeRedriven: 1,
    exitCode: 0,
    letters: [{ hop: 'delivery', target: output('Delivery'), errorCode: 'ApiGateway.403', outcome: 'wouldBeRedriven', queueUrl: output('SocketQueue') }],
  });
  expect(clients.flatMap(({ unread }) => unread)).toHaveLength(1);

  const done = await redrive('Socket');
  expect(done).toMatchObject({ redriven: 1, refused: 0, failed: 0, exitCode: 0, letters: [{ messageId: rehearsed.letters[0].messageId, outcome: 'redriven' }] });
  expect(done.letters[0].takenBy).toContain(`redrive-${rehearsed.letters[0].messageId}`);
  await app.until(() => clients.every(({ unread }) => unread.length === 1));
  expect(await lettersIn('Socket')).toBe(0);
});

test('an event that did not reach its workflow reaches it, as the rule hands it on', async () => {
  const client = await subscriber('b');
  denied('states:StartExecution');
  await put('b', { n: 1 });
  await arrived('Socket');
  expect(await redrive('Socket')).toMatchObject({ redriven: 1, letters: [{ hop: 'rule', errorCode: 'NO_PERMISSIONS', target: output('Delivery') }] });
  expect(await client.next()).toMatchObject({ source: 'b', detail: { n: 1 } });

  const ana = await app.open();
  await app.until(() => entries.some(({ kind }) => kind === 'connect'));
  const { connectionId } = entries.filter(entry => entry.kind === 'connect').at(-1) as { connectionId: string };
  denied('states:StartExecution');
  await put('greeter', { to: connectionId, text: 'it\'s "you"' });
  await app.until(async () => await lettersIn('Welcome') + await lettersIn('Socket') === 1);
  expect((await run('--stack', 'Stack')).text).toMatch(/^redriven +rule .*\n1 redriven, 0 refused, 0 failed in 4 queues/);
  expect(await ana.next()).toEqual({ text: 'it\'s "you"' });
});

test('a request that a third party did not take goes to it again', async () => {
  const client = await app.open();
  thirdParty.next(403);
  const { correlationId } = await client.request({ action: 'order', data: 7 });
  await arrived('Relay');
  expect(await redrive('Relay')).toMatchObject({ redriven: 1, letters: [{ hop: 'rule' }] });
  await app.until(() => thirdParty.requests.length >= 2);
  expect(thirdParty.requests.map(({ body }) => body.correlationId)).toEqual([correlationId, correlationId]);
  expect(await lettersIn('Relay')).toBe(0);
});

test('a request is not put back where somebody else would get it too', async () => {
  const client = await app.open();
  thirdParty.next(403);
  await client.request({ action: 'order', data: 7 });
  await arrived('Relay');
  const rule = { Name: 'eavesdropper', EventBusName: output('RelayBus') };
  await aws.json('events', 'PutRule', { ...rule, EventPattern: '{"version":["0"]}' });
  expect(await redrive('Relay')).toMatchObject({ refused: 1, exitCode: 1, letters: [{ problem: { code: 'unsupported', message: expect.stringContaining('eavesdropper') } }] });
  expect(await lettersIn('Relay')).toBe(1);
  await aws.json('events', 'DeleteRule', rule);
  expect(await redrive('Relay')).toMatchObject({ redriven: 1 });
});

test('records that a pipe could not hand on are read again, as long as the stream keeps them', async () => {
  const StreamArn = output('Stream');
  const { StreamDescription: { Shards: [{ ShardId }] } } = await aws.json('streams', 'DescribeStream', { StreamArn });
  const { ShardIterator } = await aws.json('streams', 'GetShardIterator', { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
  const { Records: records } = await aws.json('streams', 'GetRecords', { ShardIterator });
  const joined = records.filter(({ eventName, dynamodb: { Keys: { sk } } }: any) => eventName === 'INSERT' && sk.S === 'connection');
  expect(joined.length).toBeGreaterThan(1);
  const { SequenceNumber: first } = joined[0].dynamodb;
  const { SequenceNumber: last } = joined.at(-1).dynamodb;
  const pipe = app.runtime.stacks[0].resources.find(({ type }) => type === 'AWS::Pipes::Pipe')!.physicalId;
  const letter = (endSequenceNumber: string) => JSON.stringify({
    context: { partnerResourceArn: `arn:aws:pipes:us-east-1:000000000000:pipe/${pipe}`, condition: 'RetryAttemptsExhausted' },
    DDBStreamBatchInfo: { streamArn: StreamArn, shardId: ShardId, startSequenceNumber: first, endSequenceNumber, batchSize: joined.length },
  });
  await send('Presence', letter(last));
  const told = () => entries.filter(entry => entry.kind === 'event' && entry.detailType === 'ClientJoined').length;
  // The pipe itself may be behind.
  await app.until(() => told() >= joined.length);
  const before = told();
  expect(await redrive('Presence')).toMatchObject({ redriven: 1, letters: [{ hop: 'pipe', errorCode: 'RetryAttemptsExhausted' }] });
  await app.until(() => told() === before + joined.length);

  await send('Presence', letter(`9${last}`));
  expect(await redrive('Presence')).toMatchObject({ refused: 1, letters: [{ problem: { code: 'expired' } }] });
});

describe('what is refused, by name, stays:', () => {
  const delivery = () => ({ HOP: 'delivery', TARGET_ARN: output('Delivery'), ERROR_CODE: 'x' });
  const gone = 'arn:aws:states:us-east-1:000000000000:stateMachine:gone';
  const ruleArn = (name: string) => `arn:aws:events:us-east-1:000000000000:rule/${output('Bus')}/${name}`;
  const event = JSON.stringify({ 'source': 's', 'detail-type': 'd', 'detail': {} });
  const rule = () => app.runtime.stacks[0].resources.find(({ type, logicalId }) => type === 'AWS::Events::Rule' && logicalId.startsWith('SocketRule'))!.physicalId.split('|').at(-1)!;
  const cases: [string, string, () => [string, Record<string, string>?], string?][] = [
    ['a message of somebody else', 'foreign', () => ['hello']],
    ['JSON that is no letter', 'foreign', () => ['{"context":{"partnerResourceArn":7},"__proto__":{"HOP":"delivery"}}']],
    ['broken JSON', 'malformed', () => ['{"event":', delivery()]],
    ['a list in the place of an input', 'malformed', () => ['[]', delivery()]],
    ['a target that is no workflow', 'malformed', () => ['{}', { ...delivery(), TARGET_ARN: 'arn:aws:lambda:us-east-1:000000000000:function:f' }]],
    ['a way that is not known', 'unknownHop', () => ['{}', { ...delivery(), HOP: 'constructor' }]],
    ['a workflow that is gone', 'targetGone', () => ['{}', { ...delivery(), TARGET_ARN: gone }]],
    ['a workflow that has another queue', 'notItsQueue', () => ['{}', delivery()], 'Other'],
    ['a rule that is gone', 'targetGone', () => [event, { RULE_ARN: ruleArn('gone'), TARGET_ARN: output('Delivery') }]],
    ['a rule that has no such target', 'targetGone', () => [event, { RULE_ARN: ruleArn(rule()), TARGET_ARN: gone }]],
    ['a rule that has another queue', 'notItsQueue', () => [event, { RULE_ARN: ruleArn(rule()), TARGET_ARN: output('Delivery') }], 'Other'],
    ['what is no event', 'malformed', () => ['{"detail":1}', { RULE_ARN: ruleArn(rule()), TARGET_ARN: output('Delivery') }]],
    ['what is no rule', 'malformed', () => [event, { RULE_ARN: 'rule', TARGET_ARN: output('Delivery') }]],
    ['a pipe that is gone', 'targetGone', () => [JSON.stringify({
      context: { partnerResourceArn: 'arn:aws:pipes:us-east-1:000000000000:pipe/gone' },
      DDBStreamBatchInfo: { streamArn: 's', shardId: 's', startSequenceNumber: '1', endSequenceNumber: '2' },
    })]],
    ['a pipe without a batch', 'malformed', () => ['{"context":{"partnerResourceArn":"arn:aws:pipes:us-east-1:000000000000:pipe/p"}}']],
  ];

  test.each(cases)('%s', async (_what, code, make, queue = 'Socket') => {
    const started = entries.filter(entry => entry.kind === 'call' && entry.operation === 'StartExecution').length;
    await send(queue, ...make());
    expect(await redrive(queue)).toMatchObject({ redriven: 0, refused: 1, failed: 0, exitCode: 1, letters: [{ outcome: 'refused', problem: { code } }] });
    expect(entries.filter(entry => entry.kind === 'call' && entry.operation === 'StartExecution')).toHaveLength(started);
    expect(await lettersIn(queue)).toBe(1);
  });
});

describe('a letter is not lost', () => {
  const letter = () => send('Socket', '{"event":{"version":"0"},"connectionIds":[]}', { HOP: 'delivery', TARGET_ARN: output('Delivery'), ERROR_CODE: 'Some' });

  test('when its target does not take it', async () => {
    await letter();
    denied('states:StartExecution');
    expect(await redrive('Socket')).toMatchObject({ failed: 1, exitCode: 1, letters: [{ outcome: 'failed', problem: { code: 'AccessDeniedException' } }] });
    expect(await redrive('Socket')).toMatchObject({ redriven: 1 });
  });

  test('when it cannot be deleted: that it was taken is said', async () => {
    await letter();
    denied('sqs:DeleteMessage');
    expect(await redrive('Socket')).toMatchObject({ failed: 1, letters: [{ takenBy: expect.stringContaining('redrive-'), problem: { message: expect.stringContaining('It was taken') } }] });
    expect(await lettersIn('Socket')).toBe(1);
  });

  test('among others, which are put back', async () => {
    await letter();
    await send('Socket', 'foreign');
    await letter();
    const { redriven, refused, exitCode } = await redrive('Socket');
    expect({ redriven, refused, exitCode }).toEqual({ redriven: 2, refused: 1, exitCode: 1 });
    expect(await lettersIn('Socket')).toBe(1);
  });

  test('that is not asked for', async () => {
    for (let count = 0; count < 12; count++) {
      await letter();
    }
    expect((await redrive('Socket', '--hop', 'broadcast')).letters).toEqual([]);
    expect((await redrive('Socket', '--reason', 'Other')).letters).toEqual([]);
    expect((await redrive('Socket', '--limit', '11', '--hop', 'delivery', '--reason', 'Some')).letters).toHaveLength(11);
    expect(await lettersIn('Socket')).toBe(1);
  });
});

describe('what cannot be begun', () => {
  test.each([
    ['without a queue', [], 'Say whose letters: --stack <name>, or --queue <url>.'],
    ['with a queue that is none', ['--queue', 'x'], 'x is no URL of HTTP.'],
    ['with an endpoint that is none', ['--endpoint-url', 'ftp://x', '--stack', 'Stack'], 'ftp://x is no URL of HTTP.'],
    ['with a queue that is not there', ['--queue', 'https://sqs.us-east-1.amazonaws.com/000000000000/none'], /^AWS.SimpleQueueService.NonExistentQueue|^QueueDoesNotExist/],
    ['with a stack that is not there', ['--stack', 'None'], 'ValidationError: Stack with id None does not exist'],
    ['without a number', ['--limit', '0', '--stack', 'Stack'], /A limit is a whole number/],
  ])('%s is said', async (_what, args, message) => {
    jest.spyOn(process.stderr, 'write').mockReturnValueOnce(true);
    await expect(run(...args)).rejects.toThrow(message);
  });

  test.each([['AWS_ENDPOINT_URL', 'x'], ['AWS_ENDPOINT_URL_SQS', 'x']])('%s that is no URL is said, and one that is empty is none', async (variable, value) => {
    process.env[variable] = value;
    const args = variable === 'AWS_ENDPOINT_URL' ? ['redrive', '--stack', 'Stack'] : ['redrive', '--endpoint-url', app.runtime.endpoint, '--stack', 'Stack'];
    const program = new Command();
    addRedriveCommand(program);
    await expect(program.parseAsync(args, { from: 'user' })).rejects.toThrow('x is no URL of HTTP.');
    process.env[variable] = '';
    expect((await run('--stack', 'Stack')).exitCode).toBe(0);
    delete process.env[variable];
  });

  test('where nobody listens', async () => {
    await expect(run('--endpoint-url', 'http://127.0.0.1:9', '--stack', 'Stack')).rejects.toThrow('ECONNREFUSED 127.0.0.1:9');
  });
});
