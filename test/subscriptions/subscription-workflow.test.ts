import { compileStateMachine } from '../../local/engines/asl';
import { protocolErrors } from '../../src/subscriptions/protocol-errors';
import { SubscriptionIndex } from '../../src/subscriptions/subscription-index';
import { completeQuotas } from '../../src/subscriptions/subscription-quotas';
import { subscriptionWorkflow } from '../../src/subscriptions/subscription-workflow';
import { VirtualServices } from '../support/virtual-services';

const workflowOf = (quotas = completeQuotas()) => compileStateMachine(JSON.stringify(subscriptionWorkflow({
  tableName: 'table',
  partition: 'aws',
  keys: new SubscriptionIndex({ paths: [], fixed: [], keysLimit: quotas.keysPerSubscription, catchAll: true }),
  quotas,
  errors: protocolErrors(quotas, { asksForClaims: false, makesRules: false }),
  claims: [],
})));

const REQUEST = { connectionId: 'SOqGjdZioAMCEeg=', requestId: 'request', connectedAt: 0, pattern: '', subscriptionId: '', startAfter: '' };

async function list(startAfter: unknown) {
  const services = new VirtualServices({ query: () => ({ Items: [] }) });
  const text = startAfter === undefined ? '' : JSON.stringify(startAfter);
  const { output } = await services.run(workflowOf(), { ...REQUEST, action: '"subscriptions"', startAfter: text });
  return { output, queries: services.of('query') };
}

test.each([[undefined], [null], ['mine'], ['x'.repeat(64)]])('a list may begin after %j', async startAfter => {
  expect((await list(startAfter)).output).toEqual({ type: 'subscriptions', subscriptions: [], requestId: 'request' });
});

test.each([[1], [{}], [['mine']], ['x'.repeat(1200)], ['not#mine']])('no answer carried %j as `next`, which DynamoDB is not bothered with', async startAfter => {
  const { output, queries } = await list(startAfter);
  expect(output).toMatchObject({ type: 'error', error: { code: 'StartNotAString', retryable: false } });
  expect(queries).toEqual([]);
});

test.each([[2048, 24], [888, 40]])('a pattern of %d characters, with %d keys, is written by a state that holds 256 KB', async (patternCharacters, keysPerSubscription) => {
  const source = Array.from({ length: keysPerSubscription }, (_, index) => String(index));
  const pattern = (text: string) => JSON.stringify({ source, detail: { text: [text] } });
  const longest = pattern('😀'.repeat(patternCharacters - pattern('').length));
  const services = new VirtualServices({ testEventPattern: () => ({ Result: false }), transactWriteItems: () => ({}) });
  const { output } = await services.run(workflowOf(completeQuotas({ patternCharacters, keysPerSubscription })), { ...REQUEST, action: '"subscribe"', pattern: longest });
  expect(output).toMatchObject({ type: 'subscribed' });
  const [{ input }] = services.of('transactWriteItems');
  expect(input.TransactItems).toHaveLength(2 + keysPerSubscription);
  expect(Buffer.byteLength(JSON.stringify(input))).toBeLessThan(262_144);
});
