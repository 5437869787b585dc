import { StatesError, compileStateMachine } from '../../local/engines/asl';
import { EventMessage } from '../../src/push/event-message';
import { FieldPath } from '../../src/push/field-path';
import { DeliveryWorkflowOptions, deliveryWorkflow } from '../../src/subscriptions/delivery-workflow';
import { SubscriptionIndex } from '../../src/subscriptions/subscription-index';
import { Answer, VirtualServices, failing, never } from '../support/virtual-services';

const EVENT = { 'version': '0', 'id': 'e1', 'source': 'shop', 'detail-type': 'Sold', 'account': '0', 'time': '', 'region': '', 'resources': [], 'detail': {} };

const workflowOf = (shards: number, options: Partial<DeliveryWorkflowOptions> = {}) => compileStateMachine(JSON.stringify(deliveryWorkflow({
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
  ...options,
})));
const workflow = workflowOf(4);

const row = (name: string, pattern = 'p', bucket = '00') => ({
  pk: { S: 'match#{}' }, sk: { S: `${bucket}#${name}#s` }, connectionId: { S: name }, subscriptionId: { S: 's' }, pattern: { S: pattern },
});

async function deliver(rows: object[], answers: Record<string, Answer> = {}, input: object = EVENT, machine = workflow) {
  const services = new VirtualServices({
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
  return { services, result: await services.run(machine, input) };
}

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
  const reached = (services: VirtualServices) => services.of('invoke').map(({ input }) => input.Path.slice('/@connections/'.length));

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

/** Keys that a workflow finds for an event. */
const keysOf = (keysOfEvent: string) => ({ keysOfPattern: '[]', sortKeyPrefix: "''", keysOfEvent });

describe('what Step Functions ends is in the dead-letter queue', () => {
  const letter = async (machine: ReturnType<typeof workflowOf>, input?: object, answers?: Record<string, Answer>) => {
    const { services, result } = await deliver([row('a')], answers, input, machine);
    expect(result).toMatchObject({ status: 'FAILED', error: 'DeliveryFailed' });
    const [{ input: { MessageBody: body, MessageAttributes: { ERROR_CODE: code, ERROR_MESSAGE: reason } } }] = services.of('sendMessage');
    return { body: JSON.parse(body), code: code.StringValue, reason: reason.StringValue, services };
  };

  test('the expression that finds the keys of an event', async () => {
    const machine = workflowOf(4, { keys: keysOf('[1..9999999999]') });
    const { body, code, reason, services } = await letter(machine);
    expect({ body, code }).toEqual({ body: { event: EVENT, connectionIds: null }, code: 'States.QueryEvaluationError' });
    expect(reason).toContain('memory limit exceeded');
    expect(services.of('query')).toEqual([]);
    expect((await letter(machine, { event: EVENT, connectionIds: ['b'] })).body).toEqual({ event: EVENT, connectionIds: ['b'] });
  });

  test('the condition that an event has to meet', async () => {
    const path = { valuesOfEvent: '[1..9999999999]' } as FieldPath;
    const { body, reason } = await letter(workflowOf(4, { required: [{ path, values: ['a'] }] }));
    expect(body).toEqual({ event: EVENT, connectionIds: null });
    expect(reason).toContain('memory limit exceeded');
  });

  test('an event that no message holds says so, and is looked up for nobody', async () => {
    const { code, reason, services } = await letter(workflow, { ...EVENT, detail: { long: 'x'.repeat(130 * 1024) } });
    expect({ code, reason }).toEqual({ code: 'MessageTooLong', reason: expect.stringContaining('131072 bytes') });
    expect(services.of('query')).toEqual([]);
  });

  test.each(['query', 'testEventPattern', 'invoke', 'deleteItem'])('%s that never answers', async name => {
    const gone: Record<string, Answer> = name === 'deleteItem' ? { invoke: failing('ApiGateway.410', 1) } : {};
    const { body, reason, services } = await letter(workflow, EVENT, { ...gone, [name]: never });
    expect(body.event).toEqual(EVENT);
    expect(reason).toContain('States.Timeout');
    expect(services.of(name)).toHaveLength(name === 'query' ? 4 : 1);
  });

  test('a queue that never answers leaves the reason in the log', async () => {
    const { result } = await deliver([row('a')], { invoke: failing('ApiGateway.403', 9), sendMessage: never });
    expect(result).toMatchObject({ status: 'FAILED', error: 'DeliveryFailed', cause: expect.stringContaining('ApiGateway.403') });
  });

  test('more keys than can be looked up while the table is slow', async () => {
    const machine = workflowOf(4, { keys: keysOf("{ 'pages': [[1..640].{ 'key': 'match#' & $string($) }], 'digests': [] }") });
    const { body } = await letter(machine, EVENT, { query: never });
    expect(body).toEqual({ event: EVENT, connectionIds: null });
  });

  test('a page that begins late, and whose every request takes as long as it may', async () => {
    const slow = (last: Answer): Answer => (input, attempt) => attempt < 4 ? failing('ApiGateway.503', 9)(input, attempt) : last(input, attempt);
    const rows = [...Array(7).keys()].map(index => row(`c${index}`, 'p', `0${index}`));
    const page = { key: 'match#{}', prefix: '', number: 2, after: '!', to: '~' };
    let reads = 0;
    const services = new VirtualServices({
      query: input => slow(() => ({ Items: rows.slice(0, 4) }))(input, reads++),
      startExecution: slow(never),
      testEventPattern: slow((_, attempt) => attempt < 5 ? { Result: true } : {}),
      invoke: slow(() => failing('ApiGateway.410', 99)({}, 0)),
      deleteItem: slow(never),
      sendMessage: slow(() => ({})),
    }, { chance: 1, age: 30_000 });
    const result = await services.run(workflowOf(64), { event: EVENT, digests: [], page });
    expect(result).toMatchObject({ status: 'FAILED', error: 'DeliveryFailed' });
    expect(services.of('sendMessage')).toHaveLength(5);
    expect(services.age).toBeGreaterThan(180_000);
    expect(services.age).toBeLessThan(300_000);
  });
});
