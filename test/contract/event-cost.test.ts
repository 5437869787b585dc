import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { RunningSocket } from './running-socket';

const SUBSCRIPTIONS_PER_CONNECTION = 250;

let running: RunningSocket;
afterEach(() => running.stop());

/** Patterns that the event cannot match, by each field that the index knows. */
const unrelated = (count: number) => [
  { source: [`other-${count}`] },
  { 'detail-type': [`Other ${count}`] },
  { 'source': ['shop'], 'detail-type': [`Other ${count}`] },
  { 'source': ['shop'], 'detail-type': ['Sold'], 'detail': { orderId: [`other-${count}`] } },
][count % 4];

async function subscribeAll(count: number): Promise<void> {
  for (let first = 0; first < count; first += SUBSCRIPTIONS_PER_CONNECTION) {
    const client = await running.connect();
    for (let each = first; each < Math.min(count, first + SUBSCRIPTIONS_PER_CONNECTION); each++) {
      expect(await client.request({ action: 'subscribe', pattern: unrelated(each) })).toMatchObject({ type: 'subscribed' });
    }
  }
}

/** What one event costs beside this many subscriptions that it cannot match. */
async function costBeside(count: number) {
  running = await RunningSocket.start({
    props: () => ({ indexedFields: ['detail.orderId'], quotas: { subscriptionsPerConnection: SUBSCRIPTIONS_PER_CONNECTION } }),
    change: template => Object.entries<any>(template.Resources).filter(([id, { Type: type }]) => type === 'AWS::StepFunctions::StateMachine' && id.includes('Delivery'))
      .forEach(([, { Properties: { LoggingConfiguration: logging } }]) => Object.assign(logging, { Level: 'ALL', IncludeExecutionData: true })),
  });
  const client = await running.subscriber({ detail: { orderId: [7] } });
  await subscribeAll(count);
  const before = running.entries.length;
  await running.put({ orderId: 7 });
  await client.next();
  await running.delivered(1);
  const calls = running.entries.slice(before).filter(({ kind }) => kind === 'call').length;

  const logs = new CloudWatchLogsClient({ endpoint: running.runtime.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const events: any[] = [];
  for (let token: string | undefined, more = true; more; more = token !== undefined) {
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName: running.outputs.LogGroupName, filterPattern: '{ $.execution_arn = "*DeliveryWorkflow*" }', nextToken: token }));
    events.push(...page.events!.map(event => JSON.parse(event.message!)));
    token = page.nextToken;
  }
  logs.destroy();
  const read = events.filter(({ type, details: { resource } }) => type === 'TaskSucceeded' && resource === 'query').map(({ details: { output } }) => JSON.parse(output).ScannedCount);
  return {
    statesEntered: events.filter(({ type }) => type.endsWith('StateEntered')).length,
    reads: read.length,
    rowsRead: read.reduce((sum, each) => sum + each, 0),
    calls,
  };
}

test('an event costs as much beside 2,000 subscriptions that it cannot match as beside 10', async () => {
  const beside10 = await costBeside(10);
  await running.stop();
  expect(beside10).toMatchObject({ reads: 5, rowsRead: 1 });
  expect(beside10.statesEntered).toBeGreaterThan(10);
  expect(await costBeside(2000)).toEqual(beside10);
}, 240_000);
