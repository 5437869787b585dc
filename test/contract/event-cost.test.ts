import { RunningSocket } from './running-socket';

const SUBSCRIPTIONS_PER_CONNECTION = 250;

/** SUBSCRIPTIONS=100000 takes some minutes. */
const MANY = Number(process.env.SUBSCRIPTIONS ?? 10_000);

/** Of many subscriptions, so many are asked for by clients; the others are copies of the rows that came of it. */
const ASKED_FOR = 200;

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
  const client = await running.connect();
  for (let each = 0; each < Math.min(count, ASKED_FOR); each++) {
    expect(await client.request({ action: 'subscribe', subscriptionId: `s${each}-0`, pattern: unrelated(each) })).toMatchObject({ type: 'subscribed' });
  }
  if (count > ASKED_FOR) {
    await copySubscriptions(Math.ceil(count / ASKED_FOR) - 1);
  }
}

/** Each copy is of another connection, and of other values. */
async function copySubscriptions(copies: number): Promise<void> {
  const { Items: rows } = await running.call('dynamodb', 'Scan', { TableName: running.outputs.TableName, FilterExpression: 'attribute_exists(subscriptionId)' });
  const templates: string[] = rows.map((row: object) => JSON.stringify(row)).filter((row: string) => /other[- ]/i.test(row));
  expect(templates).toHaveLength(2 * ASKED_FOR);
  for (let copy = 1; copy <= copies; copy++) {
    for (let first = 0; first < templates.length; first += 25) {
      const Item = (row: string) => JSON.parse(row.replace(/(s\d+)-0/g, `$1-${copy}`).replace(/(other[- ]\d+)/gi, `$1-${copy}`).replace(/(connection#|"connectionId":\{"S":"|[0-9a-f]{2}#)(?=[\w-]{8})/g, `$1${copy}-`));
      const requests = templates.slice(first, first + 25).map(row => ({ PutRequest: { Item: Item(row) } }));
      const { UnprocessedItems: left } = await running.call('dynamodb', 'BatchWriteItem', { RequestItems: { [running.outputs.TableName]: requests } });
      expect(left).toEqual({});
    }
  }
  expect(await countRows()).toBeGreaterThanOrEqual(templates.length * (copies + 1));
}

/** How many rows of subscriptions there are. */
async function countRows(): Promise<number> {
  let total = 0;
  for (let from: Record<string, any> | undefined, more = true; more; more = from !== undefined) {
    const page = await running.call('dynamodb', 'Scan', {
      TableName: running.outputs.TableName, Select: 'COUNT', FilterExpression: 'attribute_exists(subscriptionId)', ExclusiveStartKey: from,
    });
    total += page.Count;
    from = page.LastEvaluatedKey;
  }
  return total;
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

  const events: any[] = [];
  for (let token: string | undefined, more = true; more; more = token !== undefined) {
    const page = await running.call('logs', 'FilterLogEvents', {
      logGroupName: running.outputs.LogGroupName, filterPattern: '{ $.execution_arn = "*DeliveryWorkflow*" }', nextToken: token,
    });
    events.push(...page.events.map((event: any) => JSON.parse(event.message)));
    token = page.nextToken;
  }
  const read = events.filter(({ type, details: { resource } }) => type === 'TaskSucceeded' && resource === 'query').map(({ details: { output } }) => JSON.parse(output).ScannedCount);
  return {
    statesEntered: events.filter(({ type }) => type.endsWith('StateEntered')).length,
    reads: read.length,
    rowsRead: read.reduce((sum, each) => sum + each, 0),
    calls,
  };
}

test(`an event costs as much beside ${MANY} subscriptions that it cannot match as beside 10`, async () => {
  const beside10 = await costBeside(10);
  await running.stop();
  expect(beside10).toMatchObject({ reads: 5, rowsRead: 1 });
  expect(beside10.statesEntered).toBeGreaterThan(10);
  const besideMany = await costBeside(MANY);
  expect(besideMany).toEqual(beside10);
}, 600_000);
