import { callBack, RunningRelay } from './running-relay';

/** Third parties that are slow, do not work, or do not want to. */
const relay = new RunningRelay();
beforeAll(() => relay.start(), 60_000);
afterAll(() => relay.stop());

/** Moves the clock until the third party has got so many requests. */
async function requests(count: number): Promise<void> {
  for (let attempt = 0; relay.thirdParty.requests.length < count && attempt < 10_000; attempt++) {
    await relay.clock.advance(10);
  }
  expect(relay.thirdParty.requests).toHaveLength(count);
}

beforeEach(() => {
  relay.thirdParty.requests.length = 0;
});

test.each([
  ['busy', 429],
  ['not well', 503],
  ['slow to take it', 'stall' as const],
])('a third party that is %s gets the same request again, and the client hears of it once', async (_case, answer) => {
  relay.thirdParty.next(answer, answer);
  const { client, ack, callbackUrl } = await relay.ordered();
  await requests(3);
  const bodies = relay.thirdParty.requests.map(({ body }) => body);
  expect(bodies).toEqual([1, 2, 3].map(() => ({ correlationId: ack.correlationId, callbackUrl, data: { item: 'tea' } })));
  const answers = [await callBack(callbackUrl, 'a'), await callBack(callbackUrl, 'b'), await callBack(callbackUrl, 'c')];
  expect(answers.map(({ status }) => status)).toEqual([200, 409, 409]);
  await client.next();
  await client.close();
  expect(client.unread).toEqual([]);
});

test('a third party that answers before it has taken the request is heard', async () => {
  relay.thirdParty.next('stall');
  const { client, callbackUrl } = await relay.ordered();
  expect((await callBack(callbackUrl, 'early')).status).toBe(200);
  expect(await client.next()).toMatchObject({ data: 'early' });
  await requests(2);
});

test('what is tried in vain goes to the dead-letter queue, and can be answered from there', async () => {
  relay.thirdParty.next(500, 502, 504);
  const { client, ack } = await relay.ordered({ item: 'milk' });
  await requests(3);
  const { body: event, attributes } = await relay.letter(relay.outputs.QueueUrl);
  expect(attributes).toMatchObject({ ERROR_CODE: 'ERROR_FROM_TARGET', RETRY_ATTEMPTS: '2', EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts' });
  expect(event.detail).toMatchObject({ correlationId: ack.correlationId, data: { item: 'milk' } });
  const { pathname } = new URL(event.detail.callbackUrl);
  expect((await callBack(`${relay.runtime.endpoint}/${relay.outputs.CallbackApiId}${pathname}`, 'by hand')).status).toBe(200);
  expect(await client.next()).toMatchObject({ data: 'by hand' });
});

test('what the third party refuses is not tried again', async () => {
  relay.thirdParty.next(400);
  const { ack } = await relay.ordered();
  const { body: event, attributes } = await relay.letter(relay.outputs.QueueUrl);
  expect(attributes).toMatchObject({ RETRY_ATTEMPTS: '0' });
  expect(event.detail).toMatchObject({ correlationId: ack.correlationId });
  await relay.clock.advance(30_000);
  expect(relay.thirdParty.requests).toHaveLength(1);
});

test('one request that is stuck keeps no other', async () => {
  relay.thirdParty.next('stall');
  await relay.ordered('first');
  const { client, callbackUrl } = await relay.ordered('second');
  await callBack(callbackUrl, 'second');
  expect(await client.next()).toMatchObject({ data: 'second' });
  await requests(3);
});
