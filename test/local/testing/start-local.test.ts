import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { App, CfnOutput, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { startLocal, LocalApp } from '../../../local/testing';
import { Admission, EventSocket, EventSocketProps } from '../../../src';
import { eventually } from '../../support/test-kernel';

const running: LocalApp[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(local => local.stop()));
});

function shop(props: EventSocketProps = {}): Stack {
  const stack = new Stack(new App(), 'Shop');
  const socket = new EventSocket(stack, 'Socket', props);
  new CfnOutput(stack, 'Url', { value: socket.url });
  new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
  new CfnOutput(stack, 'TableName', { value: socket.table.tableName });
  return stack;
}

async function start(...args: Parameters<typeof startLocal>): Promise<LocalApp> {
  const local = await startLocal(...args);
  running.push(local);
  return local;
}

const put = (local: LocalApp, detail: object) => local.call<{ Entries: Array<{ EventId: string }> }>('events', 'PutEvents', {
  Entries: [{ EventBusName: local.output('BusName'), Source: 'shop', DetailType: 'Sold', Detail: JSON.stringify(detail) }],
});

describe('startLocal', () => {
  test('runs the app of a stack: clients subscribe, and await what they are sent', async () => {
    const local = await start(shop());
    const client = await local.connect();
    expect(await client.request({ action: 'subscribe', pattern: { source: ['shop'] }, subscriptionId: 'orders' })).toMatchObject({ type: 'subscribed' });
    await put(local, { total: 1 });
    await put(local, { total: 2 });
    expect(await client.next(({ detail }) => detail.total === 2)).toMatchObject({ source: 'shop' });
    expect(await client.next()).toMatchObject({ detail: { total: 1 } });
    expect(client.unread).toEqual([]);
  });

  test('takes an app, a directory, and says what else it cannot take', async () => {
    const stack = shop();
    const app = stack.node.root as App;
    expect(Object.keys((await start(app)).webSocketUrls)).toEqual(['Shop/Socket/Api']);
    expect((await start(app.outdir)).output('Url')).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\//);
    await expect(startLocal('/nowhere')).rejects.toThrow('startLocal: /nowhere is no cloud assembly: it has no manifest.json. Give the app itself, or synthesize it first.');
    await expect(startLocal({ node: { root: {} } })).rejects.toThrow('startLocal takes a CDK app, a stack that is in an app, or the directory of a cloud assembly: the root of this construct has no synth().');
  });

  test('several run side by side, each by itself, and change nothing of the process', async () => {
    const before = { ...process.env };
    const [first, second] = await Promise.all([start(shop()), start(shop())]);
    expect(first.endpoint).not.toBe(second.endpoint);
    const [one, other] = [await first.connect(), await second.connect()];
    await one.request({ action: 'subscribe', pattern: { source: ['shop'] } });
    await other.request({ action: 'subscribe', pattern: { source: ['shop'] } });
    await put(second, { of: 'second' });
    await put(first, { of: 'first' });
    expect((await one.next()).detail).toEqual({ of: 'first' });
    expect((await other.next()).detail).toEqual({ of: 'second' });
    expect([one.unread, other.unread]).toEqual([[], []]);
    expect(process.env).toEqual(before);
  });

  test('gives parameters their values, and refuses others', async () => {
    const stack = new Stack(new App(), 'Stack');
    new CfnOutput(stack, 'Out', { value: new CfnParameter(stack, 'Name').valueAsString });
    const app = stack.node.root as App;
    expect((await start(app, { parameters: { Name: 'x' } })).outputs).toEqual({ Stack: { Out: 'x' } });
    await expect(startLocal(app, { parameters: { Other: 'x' } })).rejects.toThrow('Parameters: [Other] do not exist in the template.');
    await expect(startLocal(app)).rejects.toThrow('Parameters: [Name] must have values.');
  });
});

describe('the app', () => {
  test('is reached by the AWS SDK, and its environment by other programs', async () => {
    const local = await start(shop());
    const events = new EventBridgeClient(local.aws);
    const { Entries: [entry] = [] } = await events.send(new PutEventsCommand({ Entries: [{ EventBusName: local.output('BusName'), Source: 'shop', DetailType: 'Sold', Detail: '{}' }] }));
    expect(entry.EventId).toBeDefined();
    const dynamodb = new DynamoDBClient(local.aws);
    expect((await dynamodb.send(new ScanCommand({ TableName: local.output('TableName') }))).Items).toEqual([]);
    expect(local.env).toEqual({ AWS_ENDPOINT_URL: local.endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' });
    events.destroy();
    dynamodb.destroy();
  });

  test('moves through time: idle connections end, and schedules fall due', async () => {
    const stack = shop();
    const queue = new Queue(stack, 'Queue');
    new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
    new Rule(stack, 'Nightly', { schedule: Schedule.rate(Duration.hours(1)), targets: [new SqsQueue(queue)] });
    const local = await start(stack);
    const client = await local.connect();
    const before = local.now();
    await local.advance(11 * 60_000);
    expect(local.now() - before).toBeGreaterThanOrEqual(11 * 60_000);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    await local.advance(60 * 60_000);
    await local.traced(entry => entry.kind === 'call' && entry.operation === 'SendMessage');
    expect(await local.call('sqs', 'ReceiveMessage', { QueueUrl: local.output('QueueUrl') })).toMatchObject({ Messages: [{}] });
  });

  test('keeps a trace, in which a test awaits what happens', async () => {
    const local = await start(shop());
    const client = await local.connect();
    await client.request({ action: 'subscribe', pattern: { source: ['shop'] } });
    await put(local, {});
    expect(await local.traced(entry => entry.kind === 'push')).toMatchObject({ kind: 'push', stage: 'live' });
    expect(local.trace.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['connect', 'message', 'event', 'push', 'call']));
    await expect((await start(shop(), { patience: 10 })).traced(({ kind }) => kind === 'push')).rejects.toThrow(/^Nothing of the kind has happened within 10 ms: \(\{ kind \}\) => kind === 'push'/);
  });

  test('says which outputs and APIs there are when one is asked for that is not', async () => {
    const local = await start(shop());
    expect(() => local.output('Nope')).toThrow('No stack has an output Nope. Outputs: Shop.Url, Shop.BusName, Shop.TableName.');
    const two = shop();
    new EventSocket(two, 'Second');
    await expect((await start(two)).connect()).rejects.toThrow(/^The app has several WebSocket APIs, connect to one of them: Shop\/Socket\/Api at ws:.+, Shop\/Second\/Api at ws:.+\.$/);
    await expect((await start(new Stack(new App(), 'Empty').node.root as App)).connect()).rejects.toThrow('The app has no WebSocket API.');
  });

  test('refuses a call as AWS does, with its code', async () => {
    const local = await start(shop());
    await expect(local.call('dynamodb', 'GetItem', { TableName: 'nope', Key: {} })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    await expect(local.call('s3', 'GetObject', {})).rejects.toThrow('The local runtime does not emulate the service "s3".');
  });
});

describe('a client', () => {
  test('that waits in vain says what came instead, and what went wrong in the app', async () => {
    const local = await start(shop());
    const client = await local.connect();
    client.send({ action: 'ping' });
    client.send({ action: 'nonsense' });
    await eventually(() => client.unread.length === 2);
    await expect(client.next(message => message.detail.total === 7, { patience: 50 })).rejects.toThrow(
      /^No message came within 50 ms that message => message\.detail\.total === 7 accepts\.\nUnread instead:\n {2}1\. \{"type":"pong",.+\}\n {2}2\. \{"type":"error",/,
    );
    await expect(local.call('dynamodb', 'GetItem', { TableName: 'nope', Key: { pk: { S: 'a' } } })).rejects.toThrow();
    await expect(client.next(() => false, { patience: 5 })).rejects.toThrow(/What went wrong in the app meanwhile:\n {2}dynamodb:GetItem: ResourceNotFoundException/);
  });

  test('that waits for an event in vain is told which there were', async () => {
    const local = await start(shop());
    const client = await local.connect();
    await put(local, { total: 1 });
    await expect(client.next(undefined, { patience: 50 })).rejects.toThrow(
      /^No message came within 50 ms\.\nNone is unread\.\nEvents meanwhile:\n {2}shop "Sold" on \S+, taken by Shop-SocketRule\S+$/,
    );
  });

  test('that waits when its connection ends is told so at once', async () => {
    const local = await start(shop());
    const client = await local.connect();
    const waiting = client.next();
    await client.close();
    await expect(waiting).rejects.toThrow('No message came before the connection ended with code 1000.\nNone is unread.');
    await expect(client.next()).rejects.toThrow('before the connection ended with code 1000');
    expect(() => client.send('x')).toThrow('The message was not sent: before the connection ended with code 1000');
  });

  test('that is refused is told the status, and why', async () => {
    const local = await start(shop({ admission: Admission.ticket() }));
    await expect(local.connect(undefined, { query: { ticket: 'forged' } })).rejects.toThrow(/\/live\?ticket=forged refused the handshake with status \d+: /);
    await expect(local.connect(`${Object.values(local.webSocketUrls)[0]}?a=1`, { query: { ticket: 'forged' } })).rejects.toThrow(/\/live\?a=1&ticket=forged refused the handshake/);
    await expect(local.connect('ws://127.0.0.1:1/')).rejects.toThrow('ws://127.0.0.1:1/ cannot be connected to: connect ECONNREFUSED 127.0.0.1:1');
  });

  test('waits for ever where it has the patience', async () => {
    const local = await start(shop());
    const client = await local.connect();
    let failed: unknown;
    const waiting = client.next(() => true, { patience: Infinity }).catch(error => { failed = error; });
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(failed).toBeUndefined();
    await client.close();
    await waiting;
  });

  test('has texts that are no JSON as they are', async () => {
    const local = await start(shop());
    const client = await local.connect();
    client.send('no JSON');
    expect(await client.next()).toMatchObject({ message: 'Bad request body' });
  });
});
