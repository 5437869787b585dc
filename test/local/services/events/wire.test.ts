import {
  DescribeRuleCommand, EventBridgeClient, ListEventBusesCommand, ListTargetsByRuleCommand, PutEventsCommand, PutPermissionCommand, PutRuleCommand,
  PutTargetsCommand, ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import { TestEvents } from './test-events';
import { Listener } from '../../../../local/wire/listener';

let bridge: TestEvents;
let listener: Listener;
let client: EventBridgeClient;

beforeEach(async () => {
  bridge = new TestEvents();
  listener = new Listener({ kernel: bridge.test.kernel, account: '000000000000' });
  const endpoint = `http://127.0.0.1:${await listener.listen(0)}`;
  client = new EventBridgeClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await listener.close();
});

test('the SDK makes a rule whose target gets what the SDK puts', async () => {
  const Arn = await bridge.queue('q');
  await client.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["shop"]}' }));
  expect(await client.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 'q', Arn, RetryPolicy: { MaximumRetryAttempts: 0 } }] }))).toMatchObject({ FailedEntryCount: 0, FailedEntries: [] });
  expect(await client.send(new ListTargetsByRuleCommand({ Rule: 'r' }))).toMatchObject({ Targets: [{ Id: 'q', Arn, RetryPolicy: { MaximumRetryAttempts: 0 } }] });
  await client.send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: '{}', Time: new Date(1_700_000_000_000) }] }));
  expect(JSON.parse((await bridge.messages('q'))[0].Body)).toMatchObject({ source: 'shop', time: '2023-11-14T22:13:20Z' });
});

test('the SDK reads times and gets its own exceptions', async () => {
  expect((await client.send(new ListEventBusesCommand({}))).EventBuses).toMatchObject([{ Name: 'default', CreationTime: new Date(bridge.test.clock.now()) }]);
  await expect(client.send(new DescribeRuleCommand({ Name: 'none' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
  expect((await client.send(new PutPermissionCommand({ Action: 'events:PutEvents', Principal: '*', StatementId: 's' }))).$metadata.httpStatusCode).toBe(200);
});
