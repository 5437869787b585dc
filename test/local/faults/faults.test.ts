import { Faults } from '../../../local/faults/faults';
import { parseFaults } from '../../../local/faults/read-faults';
import { ConnectionLostError } from '../../../local/kernel/connection-lost-error';
import { dynamodb } from '../../../local/services/dynamodb';
import { events } from '../../../local/services/events';
import { sqs } from '../../../local/services/sqs';
import { states } from '../../../local/services/states';
import { FakeStorage } from '../../support/fake-storage';
import { ACCOUNT, eventually, TestKernel } from '../../support/test-kernel';

let t: TestKernel;

beforeEach(async () => {
  t = new TestKernel(dynamodb, events, sqs, states);
  for (const name of ['one', 'two']) {
    await t.create('AWS::DynamoDB::Table', {
      TableName: name, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }, name);
  }
});

function given(...rules: object[]): void {
  t.faults.replace(parseFaults(JSON.stringify({ seed: 7, rules }), 'faults', t.kernel.services));
}

const put = (pk: string = 'a', TableName: string = 'one') => t.call('dynamodb', 'PutItem', { TableName, Item: { pk: { S: pk } } });
const count = async (TableName: string = 'one') => (await t.call('dynamodb', 'Scan', { TableName })).Count;
const outcome = (call: Promise<unknown>) => call.then(() => 'ok', error => error.code ?? error.name);

/** What became of each of so many writes. */
async function outcomes(number: number): Promise<string> {
  const each: string[] = [];
  for (let index = 0; index < number; index++) {
    each.push(await outcome(put()) === 'ok' ? '.' : 'x');
  }
  return each.join('');
}

describe('an error', () => {
  test.each([
    ['dynamodb', 'throttled', { code: 'ThrottlingException', status: 400, message: expect.stringMatching(/^Throughput exceeds the current capacity/) }],
    ['dynamodb', 'internal', { code: 'InternalServerError', status: 500 }],
    ['dynamodb', 'unavailable', { code: 'ServiceUnavailable', status: 503 }],
    ['dynamodb', 'ProvisionedThroughputExceededException', { code: 'ProvisionedThroughputExceededException', status: 400, message: expect.stringMatching(/^The level of configured provisioned/) }],
    ['*', 'throttled', { code: 'ThrottlingException', status: 400 }],
    ['dynamodb', { code: 'Mine', status: 418, message: 'tea' }, { code: 'Mine', status: 418, message: 'tea' }],
  ])('of %s: %j', async (service, error, expected) => {
    given({ service, error });
    await expect(put()).rejects.toMatchObject(expected);
    t.faults.enable('rule 1', false);
    expect(await count()).toBe(0);
  });

  test('after what was asked for has been done', async () => {
    given({ service: 'dynamodb', operation: 'PutItem', error: 'internal', when: 'after' });
    await expect(put()).rejects.toMatchObject({ code: 'InternalServerError' });
    expect(await count()).toBe(1);
  });

  test('only where IAM would let the call through: whoever may not is told that', async () => {
    const role = t.role('Reader', 'states.amazonaws.com', 'dynamodb:GetItem');
    const principal = t.kernel.assumeRole(role, 'states.amazonaws.com', 'arn:aws:states:us-east-1:000000000000:stateMachine:M');
    given({ service: 'dynamodb', error: 'throttled' });
    await expect(t.call('dynamodb', 'PutItem', { TableName: 'one', Item: { pk: { S: 'a' } } }, principal)).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await expect(t.call('dynamodb', 'GetItem', { TableName: 'one', Key: { pk: { S: 'a' } } }, principal)).rejects.toMatchObject({ code: 'ThrottlingException' });
  });
});

describe('what a rule is about', () => {
  test.each([
    ['an operation', { service: 'dynamodb', operation: 'DeleteItem' }, 'ok'],
    ['a service', { service: 'sqs' }, 'ok'],
    ['a resource', { service: 'dynamodb', resource: 'arn:aws:dynamodb:*:table/two' }, 'ok'],
    ['this resource', { service: 'dynamodb', resource: 'arn:aws:dynamodb:*:table/one' }, 'ThrottlingException'],
    ['any resource like it', { service: 'dynamodb', resource: '*/o*e' }, 'ThrottlingException'],
    ['another caller', { service: 'dynamodb', caller: 'states' }, 'ok'],
    ['this caller', { service: 'dynamodb', caller: 'client' }, 'ThrottlingException'],
  ])('%s', async (_, rule, expected) => {
    given({ ...rule, error: 'throttled' });
    expect(await outcome(put())).toBe(expected);
  });

  test('a service that calls with a role is known by the resource on whose behalf it calls', async () => {
    const principal = t.kernel.assumeRole(t.role('Writer', 'states.amazonaws.com', 'dynamodb:*'), 'states.amazonaws.com', 'arn:aws:states:us-east-1:000000000000:stateMachine:M', 'any-name');
    given({ caller: 'states', error: 'throttled' });
    const call = (by: typeof principal) => outcome(t.call('dynamodb', 'PutItem', { TableName: 'one', Item: { pk: { S: 'a' } } }, by));
    expect([await call(principal), await call(ACCOUNT)]).toEqual(['ThrottlingException', 'ok']);
  });

  test('the first error that is due is the one', async () => {
    given({ service: 'dynamodb', error: 'throttled', times: 1 }, { service: 'dynamodb', error: 'internal' });
    expect([await outcome(put()), await outcome(put())]).toEqual(['ThrottlingException', 'InternalServerError']);
    expect(t.faults.states().map(({ seen, injected }) => [seen, injected])).toEqual([[2, 1], [1, 1]]);
  });
});

describe('how often', () => {
  test('a share of the calls, the same on every run', async () => {
    given({ service: 'dynamodb', error: 'throttled', share: 0.2 });
    const first = await outcomes(1000);
    given({ service: 'dynamodb', error: 'throttled', share: 0.2 });
    expect(await outcomes(1000)).toBe(first);
    const failed = first.replaceAll('.', '').length;
    expect(failed).toBeGreaterThan(150);
    expect(failed).toBeLessThan(250);
  });

  test('another seed is another course', async () => {
    const courses = [];
    for (const seed of [1, 2]) {
      t.faults.replace(parseFaults(JSON.stringify({ seed, rules: [{ service: 'dynamodb', error: 'throttled', share: 0.5 }] }), 'faults', t.kernel.services));
      courses.push(await outcomes(100));
    }
    expect(courses[0]).not.toBe(courses[1]);
  });

  test('calls between that the rule is not about change nothing', async () => {
    const rule = { service: 'dynamodb', resource: '*/one', error: 'throttled', share: 0.5 };
    given(rule);
    const first = await outcomes(50);
    given(rule);
    const each: string[] = [];
    for (let index = 0; index < 50; index++) {
      await put('b', 'two');
      each.push(await outcomes(1));
    }
    expect(each.join('')).toBe(first);
  });

  test.each([[0, '..........'], [1, 'xxxxxxxxxx']])('a share of %d', async (share, expected) => {
    given({ service: 'dynamodb', error: 'throttled', share });
    expect(await outcomes(10)).toBe(expected);
  });

  test('after some have passed, and no more than so many', async () => {
    given({ service: 'dynamodb', error: 'throttled', skip: 3, times: 2 });
    expect(await outcomes(8)).toBe('...xx...');
  });
});

describe('late', () => {
  test('a call comes, or its answer does', async () => {
    given({ service: 'dynamodb', operation: 'PutItem', delay: 500, times: 1 }, { service: 'dynamodb', operation: 'PutItem', delay: 500, when: 'after', skip: 1 });
    const first = put('a');
    await t.clock.advance(499);
    expect(await count()).toBe(0);
    await t.clock.advance(1);
    await first;
    const second = put('b');
    let answered = false;
    void second.then(() => { answered = true; });
    await t.clock.advance(499);
    expect([await count(), answered]).toEqual([2, false]);
    await t.clock.advance(1);
    await second;
  });

  test('by a time that chance takes from a range', async () => {
    given({ service: 'dynamodb', delay: [100, 200] });
    const times: number[] = [];
    for (let index = 0; index < 20; index++) {
      const began = t.clock.now();
      const call = put().then(() => times.push(t.clock.now() - began));
      await t.clock.advance(200);
      await call;
    }
    expect(Math.min(...times)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...times)).toBeLessThanOrEqual(200);
    expect(new Set(times).size).toBeGreaterThan(5);
  });

  test('what is to come late is given up when the runtime stops', async () => {
    given({ service: 'dynamodb', operation: 'PutItem', delay: 500 });
    const call = put();
    t.faults.stop();
    await call;
    expect(t.faults.active).toBe(false);
  });
});

describe('events of a bus', () => {
  let queue: string;
  const received = async () => (await t.call('sqs', 'ReceiveMessage', { QueueUrl: queue, MaxNumberOfMessages: 10 })).Messages?.map(({ Body }: any) => JSON.parse(Body).id) ?? [];
  const putEvent = () => t.call('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: '{}' }] });

  beforeEach(async () => {
    queue = (await t.create('AWS::SQS::Queue', { QueueName: 'queue' }, 'Queue')).ref;
    const dead = (await t.create('AWS::SQS::Queue', { QueueName: 'dead' }, 'Dead')).ref;
    await t.create('AWS::SQS::QueuePolicy', {
      Queues: [queue, dead], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' }] },
    }, 'Policy');
    const DeadLetterConfig = { Arn: 'arn:aws:sqs:us-east-1:000000000000:dead' };
    await t.create('AWS::Events::Rule', { EventPattern: { source: ['shop'] }, Targets: [{ Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:000000000000:queue', DeadLetterConfig }] }, 'Rule');
  });

  test('come twice, the second time later', async () => {
    given({ caller: 'events', duplicate: 1000 });
    await putEvent();
    await t.clock.advance(999);
    const [first, ...others] = await received();
    expect(others).toEqual([]);
    await t.clock.advance(1);
    expect(await received()).toEqual([first]);
  });

  test('come late', async () => {
    given({ caller: 'events', service: 'sqs', delay: 5000 });
    await putEvent();
    await t.clock.advance(4999);
    expect(await received()).toEqual([]);
    await t.clock.advance(1);
    expect(await received()).toHaveLength(1);
  });

  test.each(['throttled', 'internal', 'unavailable'])('come all the same when their target is %s for a while', async error => {
    given({ caller: 'events', service: 'sqs', error, times: 3 });
    await putEvent();
    await t.clock.advance(60_000);
    expect(await received()).toHaveLength(1);
    expect(t.faults.states()[0].injected).toBe(3);
  });

  test('come into the dead-letter queue, when nothing else helps, also when that is busy', async () => {
    given(
      { caller: 'events', resource: '*:queue', error: { code: 'KmsDisabled', status: 400, message: 'no key' } },
      { caller: 'events', resource: '*:dead', error: 'throttled', times: 3 },
    );
    await putEvent();
    await t.clock.advance(60_000);
    const { Messages: messages } = await t.call('sqs', 'ReceiveMessage', { QueueUrl: queue.replace(/queue$/, 'dead'), MessageAttributeNames: ['All'] });
    expect(messages).toMatchObject([{ MessageAttributes: { ERROR_MESSAGE: { StringValue: 'no key' } } }]);
    expect(t.faults.states().map(({ injected }) => injected)).toEqual([1, 3]);
  });
});

test('a connection that is lost, before and after, is lost for callers outside only', async () => {
  given({ service: 'dynamodb', operation: 'PutItem', connection: 'lost', times: 1 }, { service: 'dynamodb', operation: 'PutItem', connection: 'lost', when: 'after' });
  await expect(put('a')).rejects.toThrow(ConnectionLostError);
  await expect(put('b')).rejects.toThrow(ConnectionLostError);
  expect(await count()).toBe(1);
  const principal = t.kernel.assumeRole(t.role('Writer', 'states.amazonaws.com', 'dynamodb:*'), 'states.amazonaws.com', 'arn:aws:states:us-east-1:000000000000:stateMachine:M');
  await t.call('dynamodb', 'PutItem', { TableName: 'one', Item: { pk: { S: 'c' } } }, principal);
});

describe('the process is killed', () => {
  test.each([['before', 0], ['after', 1]])('%s a call, and nobody hears of it', async (when, items) => {
    given({ service: 'dynamodb', operation: 'PutItem', process: 'killed', when });
    let answered = false;
    void put().finally(() => { answered = true; });
    await eventually(() => t.kills === 1);
    expect([await count(), answered]).toEqual([items, false]);
  });

  test.each([['before', 0], ['after', 1]])('%s something is stored', async (when, entries) => {
    const storage = new FakeStorage();
    const around = t.faults.around(storage);
    given({ storage: 'write', process: 'killed', when, skip: 1 });
    await around.write(new Map([['first', 'x']]));
    void around.write(new Map([['second', 'x']]));
    await eventually(() => t.kills === 1);
    expect(storage.entries.size).toBe(1 + Number(entries));
  });
});

test('a request to a server fails as told, without the server or behind its back', async () => {
  given(
    { http: 'third.example', error: { status: 503, body: 'busy' }, times: 1 },
    { http: 'third.*', connection: 'lost', times: 1 },
    { http: 'third.example', error: { status: 500 }, when: 'after', times: 1 },
    { http: 'other.example', connection: 'lost' },
  );
  let sent = 0;
  const request = () => t.faults.request(new URL('http://third.example/x'), async () => ({ status: 200, sent: ++sent }));
  expect(await request()).toMatchObject({ status: 503, body: 'busy' });
  await expect(request()).rejects.toThrow(ConnectionLostError);
  expect(sent).toBe(0);
  expect(await request()).toMatchObject({ status: 500 });
  expect(await request()).toEqual({ status: 200, sent: 2 });
});

describe('while it runs', () => {
  test('rules are switched off and on again, by name', async () => {
    given({ name: 'busy', service: 'dynamodb', error: 'throttled' });
    expect(t.faults.enable('busy', false)).toBe(true);
    expect([t.faults.active, await outcome(put())]).toEqual([false, 'ok']);
    expect(t.faults.enable('busy', true)).toBe(true);
    expect(await outcome(put())).toBe('ThrottlingException');
    expect(t.faults.states()).toMatchObject([{ enabled: true, seen: 1, injected: 1, rule: { name: 'busy' } }]);
    expect(t.faults.enable('lazy', true)).toBe(false);
  });

  test('nothing fails during a deployment', async () => {
    given({ service: 'dynamodb', error: 'throttled' });
    expect(await t.faults.pauseDuring(() => outcome(put()))).toBe('ok');
    await expect(t.faults.pauseDuring(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await outcome(put())).toBe('ThrottlingException');
  });

  test('each fault is told to whoever watches', async () => {
    given({ name: 'busy', service: 'dynamodb', operation: 'PutItem', error: 'throttled', skip: 1 });
    await put();
    await outcome(put());
    expect(t.entries.filter(({ kind }) => kind === 'fault')).toEqual([
      { kind: 'fault', time: t.clock.now(), rule: 'busy', what: 'dynamodb:PutItem by client', fault: 'throttled', when: 'before' },
    ]);
    expect(t.entries).toContainEqual(expect.objectContaining({ kind: 'call', operation: 'PutItem', outcome: 'ThrottlingException' }));
  });

  test('without any rule nothing is asked', () => {
    const faults = new Faults({ clock: t.clock, trace: t.kernel.trace, kill: () => {} });
    expect(faults.active).toBe(false);
    given();
    expect(t.faults.active).toBe(false);
  });
});
