import { callBack, callBackWith, RunningRelay } from './running-relay';
import { AwsError } from '../../../local/kernel/aws-error';

/** Messages on their way to a third party, and its answers on their way back. */
const relay = new RunningRelay();
beforeAll(() => relay.start(), 60_000);
afterAll(() => relay.stop());

test('a message is acknowledged, reaches the third party with its credentials, and the answer reaches the client', async () => {
  const data = { item: 'tea', note: null, __proto__: { a: 1 }, callbackUrl: 'https://evil.example', text: '{% $token %} <correlationId> "\\' };
  const { client, ack, callbackUrl } = await relay.ordered(data);
  expect(ack).toEqual({ type: 'accepted', correlationId: expect.stringMatching(/^[\w-]{15}=$/), expiresAt: relay.clock.now() / 1000 + 120 });
  const { method, path, headers, body } = relay.thirdParty.requests.at(-1)!;
  expect([method, path, headers['x-api-key'], headers['content-type']]).toEqual(['POST', '/orders', 's3cret', 'application/json; charset=utf-8']);
  expect(body).toEqual({ correlationId: ack.correlationId, callbackUrl, data });
  expect(callbackUrl).toMatch(new RegExp(`^${relay.runtime.endpoint}/\\w+/callbacks/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`));

  const answer = { status: 'shipped', gone: null, list: [], number: 1.5 };
  expect((await callBack(callbackUrl, answer)).status).toBe(200);
  expect(await client.next()).toEqual({ type: 'answer', correlationId: ack.correlationId, data: answer });
});

test.each([
  ['a text', 'text/plain', '"shipped"', 'shipped'],
  ['null', 'application/json', 'null', null],
  ['a list that says it is a form', 'application/x-www-form-urlencoded', '[1]', [1]],
  ['what is no token', 'application/json', '{"token":"other"}', { token: 'other' }],
])('an answer may be %s', async (_case, type, body, data) => {
  const { client, ack, callbackUrl } = await relay.ordered();
  expect((await callBackWith(callbackUrl, body, type)).status).toBe(200);
  expect(await client.next()).toEqual({ type: 'answer', correlationId: ack.correlationId, data });
});

test('each answer reaches the client that waits for it', async () => {
  const [ana, ben] = [await relay.ordered('ana'), await relay.ordered('ben')];
  await callBack(ben.callbackUrl, 'for ben');
  await callBack(ana.callbackUrl, 'for ana');
  expect([await ana.client.next(), await ben.client.next()]).toEqual([
    { type: 'answer', correlationId: ana.ack.correlationId, data: 'for ana' }, { type: 'answer', correlationId: ben.ack.correlationId, data: 'for ben' },
  ]);
  expect(ana.callbackUrl).not.toBe(ben.callbackUrl);
});

test('the table does not tell how to call back', async () => {
  const { callbackUrl } = await relay.ordered();
  const { Items: rows } = await relay.call('dynamodb', 'Scan', { TableName: relay.outputs.TableName });
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(callbackUrl.split('/').at(-1));
});

describe('a callback that is refused', () => {
  test('because it was answered before: 409', async () => {
    const { client, callbackUrl } = await relay.ordered();
    expect((await callBack(callbackUrl, 1)).status).toBe(200);
    expect((await callBack(callbackUrl, 2)).status).toBe(409);
    await client.next();
    await client.close();
    expect(client.unread).toEqual([]);
    expect((await callBack(callbackUrl, 3)).status).toBe(409);
  });

  test('because two came at once: one is delivered', async () => {
    const { client, callbackUrl } = await relay.ordered();
    const answers = await Promise.all([1, 2, 3, 4].map(number => callBack(callbackUrl, number)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    await client.next();
    await client.close();
    expect(client.unread).toEqual([]);
  });

  test('because the client has gone: 410, however often', async () => {
    const { client, callbackUrl } = await relay.ordered();
    await client.close();
    expect((await callBack(callbackUrl, 1)).status).toBe(410);
    expect((await callBack(callbackUrl, 1)).status).toBe(410);
  });

  test('because it comes too late: 410', async () => {
    const { client, callbackUrl } = await relay.ordered();
    await relay.clock.advance(119_000);
    const other = await relay.ordered();
    await relay.clock.advance(1000);
    expect((await callBack(callbackUrl, 1)).status).toBe(410);
    expect((await callBack(other.callbackUrl, 2)).status).toBe(200);
    await client.close();
    expect(client.unread).toEqual([]);
  });

  test.each([
    ['another token', () => '00000000-0000-4000-8000-000000000000', 404],
    ['a token of another writing', (token: string) => token.toUpperCase(), 404],
    ['a token and more', (token: string) => `${token}%20`, 404],
    ['no token', () => '', 404],
    ['a path beyond', (token: string) => `${token}/x`, 404],
    ['a path that leads back', (token: string) => `x%2F..%2F${token}`, 404],
    ['a prototype', () => '__proto__', 404],
    ['a token of 5,000 characters', () => 'x'.repeat(5000), 404],
    ['JSON that makes the token a number', () => '%22,%22token%22:7,%22a%22:%22', 400],
    ['JSON that ends the input', () => '%22%7D', 400],
    ['a control character', () => '%00', 400],
  ])('because its URL has %s', async (_case, changed, status) => {
    const { client, callbackUrl } = await relay.ordered();
    const token = callbackUrl.split('/').at(-1)!;
    expect((await callBack(callbackUrl.replace(token, () => changed(token)), 'forged')).status).toBe(status);
    expect((await callBack(callbackUrl, 'genuine')).status).toBe(200);
    expect(await client.next()).toMatchObject({ data: 'genuine' });
  });

  test.each([
    ['is no JSON', '{"status":'],
    ['is empty', ''],
    ['is a form', 'status=shipped'],
    ['ends the input', '1},{'],
    ['has 10,000 bytes', JSON.stringify('x'.repeat(9_998))],
    ['has 10,000 bytes, most of them spaces', `1${' '.repeat(9_999)}`],
    ['has 200,000 bytes', JSON.stringify('x'.repeat(200_000))],
    ['has 5,000,000 bytes', JSON.stringify('x'.repeat(5_000_000))],
  ])('because its body %s, and the URL works afterwards', async (_case, body) => {
    const { client, callbackUrl } = await relay.ordered();
    expect((await callBackWith(callbackUrl, body)).status).toBe(400);
    expect((await callBack(callbackUrl, 'well')).status).toBe(200);
    expect(await client.next()).toMatchObject({ data: 'well' });
    expect(client.unread).toEqual([]);
  });

  test('because its body brings a token, which counts: 404', async () => {
    const { client, callbackUrl } = await relay.ordered();
    expect((await callBackWith(callbackUrl, '1,"token":"00000000-0000-4000-8000-000000000000"')).status).toBe(404);
    expect((await callBack(callbackUrl, 'well')).status).toBe(200);
    expect(await client.next()).toMatchObject({ data: 'well' });
  });

  test('because it does not say how long it is: 400', async () => {
    const { callbackUrl } = await relay.ordered();
    const body = new Blob([JSON.stringify('x'.repeat(150_000))]).stream();
    const response = await fetch(callbackUrl, { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect(response.status).toBe(400);
  });

  test('because it is a GET: 404, and what only looks is not told of anything', async () => {
    const { callbackUrl } = await relay.ordered();
    expect((await fetch(callbackUrl)).status).toBe(404);
    expect((await callBack(callbackUrl, 1)).status).toBe(200);
  });

  test('is told so in its status, whatever its answer looks like', async () => {
    const { client, callbackUrl } = await relay.ordered();
    const longest = JSON.stringify('"'.repeat(4_998)).padEnd(9_999);
    expect((await callBackWith(callbackUrl.slice(0, -1), longest)).status).toBe(404);
    expect((await callBackWith(callbackUrl, longest)).status).toBe(200);
    expect(await client.next()).toMatchObject({ data: '"'.repeat(4_998) });
  });
});

describe('an answer that cannot be delivered now', () => {
  const retried = async (response: Promise<Response>) => {
    const { pending } = relay.clock;
    while (relay.clock.pending <= pending) {
      await new Promise(resolve => setImmediate(resolve));
    }
    await relay.clock.advance(1000);
    return (await response).status;
  };

  test('is tried again', async () => {
    const { client, callbackUrl } = await relay.ordered();
    relay.faults.next('execute-api:PostToConnection', new AwsError('LimitExceededException', 'slow down', 429));
    expect(await retried(callBack(callbackUrl, 1))).toBe(200);
    expect(await client.next()).toMatchObject({ data: 1 });
  });

  test('has not used up its URL: 503, and the next is delivered', async () => {
    const { client, callbackUrl } = await relay.ordered();
    relay.faults.next('execute-api:PostToConnection', new AwsError('ForbiddenException', 'Forbidden', 403));
    expect((await callBack(callbackUrl, 1)).status).toBe(503);
    expect((await callBack(callbackUrl, 2)).status).toBe(200);
    expect(await client.next()).toMatchObject({ data: 2 });
  });

  test('because the table is busy, is tried again', async () => {
    const { client, callbackUrl } = await relay.ordered();
    relay.faults.next('dynamodb:UpdateItem', new AwsError('ProvisionedThroughputExceededException', 'slow down', 400));
    expect(await retried(callBack(callbackUrl, 1))).toBe(200);
    expect(await client.next()).toMatchObject({ data: 1 });
  });
});

describe('a message that is not passed on', () => {
  test.each([['has no data', {}], ['has data that is null', { data: null }]])('because it %s', async (_case, message) => {
    const client = await relay.open();
    const count = relay.thirdParty.requests.length;
    expect(await client.request({ action: 'order', ...message })).toMatchObject({ message: 'Bad request body' });
    expect(relay.thirdParty.requests).toHaveLength(count);
  });

  test.each([
    ['the table', 'dynamodb:PutItem', new AwsError('ResourceNotFoundException', 'no', 400)],
    ['the bus', 'events:PutEvents', { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalException', ErrorMessage: 'no' }] }],
  ])('because %s does not take it, is not acknowledged', async (_case, action, fault) => {
    const client = await relay.open();
    const count = relay.thirdParty.requests.length;
    relay.faults.next(action, fault);
    expect(await client.request({ action: 'order', data: 1 })).toMatchObject({ type: 'error', error: { code: 'Unavailable', retryable: true } });
    expect(relay.thirdParty.requests).toHaveLength(count);
  });
});

test('a day after it has expired, a URL is as unknown as any other', async () => {
  const { callbackUrl } = await relay.ordered();
  await relay.clock.advance(121_000 + 23 * 3_600_000);
  expect((await callBack(callbackUrl, 1)).status).toBe(410);
  await relay.clock.advance(49 * 3_600_000);
  expect((await callBack(callbackUrl, 1)).status).toBe(404);
});
