import { VirtualHost } from '../../local/cli/engines/virtual-host';
import { StatesError, TaskRequest, compileStateMachine } from '../../local/engines/asl';
import { EventMessage } from '../../src/push/event-message';
import { deliveryWorkflow } from '../../src/subscriptions/delivery-workflow';
import { SubscriptionIndex } from '../../src/subscriptions/subscription-index';

const CONTEXT = { Execution: { Id: 'arn:execution' }, StateMachine: { Id: 'arn:machine' } };
const EVENT = { 'version': '0', 'id': 'e1', 'source': 'shop', 'detail-type': 'Sold', 'account': '0', 'time': '', 'region': '', 'resources': [], 'detail': {} };

type Answer = (input: any, attempt: number) => unknown;

/** The services as the workflow finds them. */
class Services extends VirtualHost {
  readonly calls: { name: string; input: any; at: number }[] = [];

  constructor(private readonly answers: Record<string, Answer>) {
    super();
  }

  async task({ resource, arguments: input }: TaskRequest): Promise<unknown> {
    const name = resource.slice(resource.lastIndexOf(':') + 1);
    const attempt = this.calls.filter(call => call.name === name && JSON.stringify(call.input) === JSON.stringify(input)).length;
    this.calls.push({ name, input, at: this.now() });
    return this.answers[name](input, attempt);
  }

  of(name: string) {
    return this.calls.filter(call => call.name === name);
  }
}

const workflowOf = (shards: number) => compileStateMachine(JSON.stringify(deliveryWorkflow({
  tableName: 'table',
  partition: 'aws',
  apiEndpoint: 'api.execute-api.us-east-1.amazonaws.com',
  stageName: 'live',
  message: EventMessage.event(),
  pageSize: 3,
  shards,
  required: [],
  deadLetterQueueUrl: 'https://queue',
  decided: false,
  keys: new SubscriptionIndex({ paths: [], fixed: [], keysLimit: 20, catchAll: true }),
})));
const workflow = workflowOf(4);

const row = (name: string, pattern = 'p', bucket = '00') => ({
  pk: { S: 'match#{}' }, sk: { S: `${bucket}#${name}#s` }, connectionId: { S: name }, subscriptionId: { S: 's' }, pattern: { S: pattern },
});

async function deliver(rows: object[], answers: Record<string, Answer> = {}, input: object = EVENT, machine = workflow) {
  const services = new Services({
    query: ({ ExpressionAttributeValues: { ':key': { S: key }, ':after': after, ':to': to }, Limit: limit }) => {
      const all = key === 'match#{}' ? rows.filter(({ sk: { S: text } }: any) => !after || (text >= after.S && text <= to.S)) : [];
      const items = all.slice(0, limit);
      return { Items: items, ...(items.length === limit ? { LastEvaluatedKey: { pk: (items.at(-1) as any).pk, sk: (items.at(-1) as any).sk } } : {}) };
    },
    testEventPattern: () => ({ Result: true }),
    invoke: () => ({ StatusCode: 200 }),
    startExecution: () => ({}),
    deleteItem: () => ({}),
    sendMessage: () => ({}),
    ...answers,
  });
  const result = await machine.execute({ input, type: 'EXPRESS', context: CONTEXT }, services);
  return { services, result };
}

const failing = (error: string, times: number): Answer => (_, attempt) => {
  if (attempt < times) {
    throw new StatesError(error, 'the reason');
  }
  return {};
};

test.each(['ApiGateway.429', 'ApiGateway.500', 'ApiGateway.503', 'ApiGateway.504'])('%s is tried again, later each time, at a time of chance', async error => {
  const { services, result } = await deliver([row('a')], { invoke: failing(error, 3) });
  expect(result).toMatchObject({ status: 'SUCCEEDED' });
  const posts = services.of('invoke').map(({ at }) => at);
  expect(posts).toHaveLength(4);
  posts.slice(1).forEach((at, index) => {
    expect(at - posts[index]).toBeGreaterThanOrEqual(0);
    expect(at - posts[index]).toBeLessThanOrEqual(1000 * 2 ** index);
  });
  expect(new Set(posts).size).toBeGreaterThan(1);
});

test('what never succeeds ends in the dead-letter queue after five attempts, and keeps nobody else from the event', async () => {
  const { services, result } = await deliver([row('a'), row('b'), row('c')], {
    invoke: ({ Path: path }) => {
      if (path.endsWith('b')) {
        throw new StatesError('ApiGateway.429', 'slow down');
      }
      return {};
    },
  });
  expect(result).toMatchObject({ status: 'FAILED', error: 'DeliveryFailed', cause: expect.stringContaining('slow down') });
  expect(services.of('invoke').map(({ input }) => input.Path).sort()).toEqual(['a', ...Array(5).fill('b'), 'c'].map(name => `/@connections/${name}`));
  const [{ input }] = services.of('sendMessage');
  expect(JSON.parse(input.MessageBody)).toEqual({ event: EVENT, connectionIds: ['b'] });
  expect(input.MessageAttributes).toMatchObject({ HOP: { StringValue: 'delivery' }, TARGET_ARN: { StringValue: 'arn:machine' }, EXECUTION_ARN: { StringValue: 'arn:execution' } });
  expect(input.MessageAttributes.ERROR_CODE.StringValue).toBe('ApiGateway.429');
  expect(JSON.parse(input.MessageAttributes.ERROR_MESSAGE.StringValue)).toEqual([{ connectionId: 'b', subscriptionId: 's', error: 'ApiGateway.429', cause: 'slow down' }]);
});

describe('a letter is an input', () => {
  const busy = (name: string): Answer => ({ Path: path }) => path.endsWith(name) ? failing('ApiGateway.403', 1)({}, 0) : {};
  const letterOf = async (...args: Parameters<typeof deliver>) => {
    const { services } = await deliver(...args);
    const [{ input }] = services.of('sendMessage');
    return JSON.parse(input.MessageBody);
  };
  const reached = (services: Services) => services.of('invoke').map(({ input }) => input.Path.slice('/@connections/'.length));

  test('that reaches whom the event has missed, and nobody else', async () => {
    const rows = [row('a'), row('b'), row('c'), row('d'), row('e')];
    const { services, result } = await deliver(rows, {}, await letterOf([row('a'), row('b'), row('c')], { invoke: busy('b') }));
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(reached(services)).toEqual(['b']);
    const [{ input }] = services.of('startExecution');
    expect(input.Input.connectionIds).toEqual(['b']);
  });

  test('and none for whoever does not subscribe any more', async () => {
    const { services, result } = await deliver([row('a')], {}, await letterOf([row('a'), row('b')], { invoke: busy('b') }));
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(reached(services)).toEqual([]);
  });

  test('that reaches everybody where it is not known who was missed', async () => {
    const letter = await letterOf([row('a')], { query: failing('DynamoDb.AccessDeniedException', 9) });
    expect(letter).toEqual({ event: EVENT, connectionIds: null });
    expect(reached((await deliver([row('a'), row('b')], {}, letter)).services).sort()).toEqual(['a', 'b']);
  });

  test('that becomes a letter again, for the same connections at most', async () => {
    const letter = await letterOf([row('a'), row('b')], { invoke: busy('b') });
    expect(await letterOf([row('a'), row('b')], { invoke: busy('b') }, letter)).toEqual(letter);
    expect(await letterOf([row('a'), row('b')], { query: failing('DynamoDb.AccessDeniedException', 9) }, letter)).toEqual(letter);
  });

  test('of a further page, that begins with that page', async () => {
    const page = { key: 'match#{}', prefix: '', number: 2, after: '00#b#s ', to: '~' };
    const rows = [row('a'), row('b'), row('c'), row('d')];
    const letter = await letterOf(rows, { invoke: busy('c') }, { event: EVENT, digests: [], page });
    expect(letter).toEqual({ event: EVENT, digests: [], page, connectionIds: ['c'] });
    expect(reached((await deliver(rows, {}, letter)).services)).toEqual(['c']);
  });

  test('whose numbers have all their digits', async () => {
    const { services } = await deliver([row('a')], { invoke: busy('a') }, { ...EVENT, detail: { n: 0.1234567890123456 } });
    expect(services.of('sendMessage')[0].input.MessageBody).toContain('"n":0.1234567890123456}');
  });

  test('for what fails as a whole, with the reason', async () => {
    const { services, result } = await deliver([{ ...row('a'), pattern: { S: 'x'.repeat(300_000) } }]);
    expect(result).toMatchObject({ status: 'FAILED', error: 'DeliveryFailed' });
    expect(JSON.parse(services.of('sendMessage')[0].input.MessageBody)).toEqual({ event: EVENT, connectionIds: null });
  });
});

test('410 is not tried again: the row is deleted, and nothing has failed', async () => {
  const { services, result } = await deliver([row('a'), row('b')], { invoke: ({ Path: path }) => path.endsWith('a') ? failing('ApiGateway.410', 1)({}, 0) : {} });
  expect(result).toMatchObject({ status: 'SUCCEEDED' });
  expect(services.of('deleteItem').map(({ input }) => input)).toEqual([{ TableName: 'table', Key: { pk: { S: 'match#{}' }, sk: { S: '00#a#s' } } }]);
  expect(services.of('invoke')).toHaveLength(2);
});

test('403 and 413 are not tried again', async () => {
  for (const error of ['ApiGateway.403', 'ApiGateway.413']) {
    const { services, result } = await deliver([row('a')], { invoke: failing(error, 9) });
    expect(result).toMatchObject({ status: 'FAILED' });
    expect(services.of('invoke')).toHaveLength(1);
    expect(services.of('sendMessage')).toHaveLength(1);
  }
});

test('a pattern that cannot be tested keeps no other from being delivered', async () => {
  const { services, result } = await deliver([row('a', 'bad'), row('b', 'good')], {
    testEventPattern: ({ EventPattern: pattern }) => pattern === 'bad' ? failing('EventBridge.InvalidEventPatternException', 9)({}, 0) : { Result: true },
  });
  expect(result).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('InvalidEventPatternException') });
  expect(services.of('invoke').map(({ input }) => input.Path)).toEqual(['/@connections/b']);
});

test('a key that cannot be read keeps no other from being delivered', async () => {
  const { services, result } = await deliver([row('a')], {
    query: ({ ExpressionAttributeValues: { ':key': { S: key } } }) => key === 'match#{}' ? { Items: [row('a')] } : failing('DynamoDb.ResourceNotFoundException', 9)({}, 0),
  });
  expect(result).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('ResourceNotFoundException') });
  expect(services.of('invoke')).toHaveLength(1);
});

/** Everything that one event makes of so many rows: the executions, and whom each served. */
async function deliverAll(rows: object[], machine = workflow) {
  const executions: string[][] = [];
  const inputs: any[] = [EVENT];
  while (inputs.length > 0) {
    const { services, result } = await deliver(rows, {}, inputs.shift(), machine);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    executions.push(services.of('invoke').map(({ input }) => input.Path.replace('/@connections/', '')));
    inputs.push(...services.of('startExecution').map(({ input }) => input.Input));
  }
  return executions;
}

test('the next page is handed over before anybody is served, from where this one ends', async () => {
  const rows = ['a', 'b', 'c', 'd', 'e'].map(name => row(name));
  const { services } = await deliver(rows);
  expect(services.of('invoke').map(({ input }) => input.Path)).toEqual(['/@connections/a', '/@connections/b', '/@connections/c']);
  const [{ input }] = services.of('startExecution');
  expect(input).toEqual({ StateMachineArn: 'arn:machine', Input: { event: EVENT, digests: [], page: { key: 'match#{}', prefix: '', number: 2, after: '00#c#s ', to: '~' } } });
  expect(services.calls.findIndex(({ name }) => name === 'startExecution')).toBeLessThan(services.calls.findIndex(({ name }) => name === 'invoke'));

  const further = await deliver(rows, {}, input.Input);
  expect(further.services.of('query')).toHaveLength(1);
  expect(further.services.of('invoke')[0].input.RequestBody).toEqual(EVENT);
  expect(await deliverAll(rows)).toEqual([['a', 'b', 'c'], ['d', 'e']]);
});

test.each([1, 2, 3, 16, 64])('the third page and those after it are %i ranges, side by side; each subscriber is served once', async shards => {
  const machine = workflowOf(shards);
  const buckets = (count: number) => Array.from({ length: count }, (_, index) => Math.floor(index * 256 / count).toString(16).padStart(2, '0'));
  for (const count of [6, 7, 20, 60]) {
    const executions = await deliverAll(buckets(count).map((bucket, index) => row(`c${index}`, 'p', bucket)), machine);
    expect(executions.flat().sort()).toEqual(Array.from({ length: count }, (_, index) => `c${index}`).sort());
    expect(executions.every(served => served.length <= 3)).toBe(true);
  }
  const crowded = await deliverAll(Array.from({ length: 40 }, (_, index) => row(`c${String(index).padStart(2, '0')}`, 'p', '7f')), machine);
  expect(crowded.flat()).toHaveLength(40);
  expect(new Set(crowded.flat()).size).toBe(40);
});

test('when the queue cannot be reached, the execution tells what failed', async () => {
  const { result } = await deliver([row('a')], { invoke: failing('ApiGateway.403', 9), sendMessage: failing('SQS.AccessDeniedException', 9) });
  expect(result).toMatchObject({ status: 'FAILED', error: 'DeliveryFailed', cause: expect.stringContaining('ApiGateway.403') });
});
