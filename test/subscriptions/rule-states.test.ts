import { compileStateMachine } from '../../local/engines/asl';
import { protocolErrors } from '../../src/subscriptions/protocol-errors';
import { RuleKeys } from '../../src/subscriptions/rule-keys';
import { completeQuotas } from '../../src/subscriptions/subscription-quotas';
import { subscriptionWorkflow } from '../../src/subscriptions/subscription-workflow';
import { Answer, VirtualServices, failing } from '../support/virtual-services';

const quotas = completeQuotas();
const workflow = compileStateMachine(JSON.stringify(subscriptionWorkflow({
  tableName: 'table',
  partition: 'aws',
  keys: new RuleKeys([]),
  rules: { namePrefix: 'socket', eventBusName: 'bus', limit: 10, targetArn: 'arn:target', roleArn: 'arn:role', deadLetterQueueArn: 'arn:queue' },
  quotas,
  errors: protocolErrors(quotas, { asksForClaims: false, makesRules: true }),
  claims: [],
})));

/** A client subscribes to a pattern that has no rule yet. */
async function subscribe(answers: Record<string, Answer>) {
  let phase: string | undefined;
  const services = new VirtualServices({
    testEventPattern: () => ({ Result: true }),
    getItem: ({ Key: { pk: { S: partition } } }) => partition === 'rules' && phase ? { Item: { phase: { S: phase } } } : {},
    transactWriteItems: ({ TransactItems: [first] }) => {
      phase = first.Update.Key.pk.S === 'rules' ? 'making' : phase;
      return {};
    },
    putRule: () => ({}),
    putTargets: () => ({ FailedEntryCount: 0, FailedEntries: [] }),
    ...answers,
    updateItem: (input, attempt) => {
      answers.updateItem?.(input, attempt);
      phase = 'ready';
      return {};
    },
  });
  const result = await services.run(workflow, {
    connectionId: 'ana', requestId: 'request', connectedAt: 0, action: '"subscribe"', pattern: '{"source":["shop"]}', subscriptionId: '"mine"', startAfter: '',
  });
  return { services, result };
}

const SUBSCRIBED = { status: 'SUCCEEDED', output: { type: 'subscribed', subscriptionId: 'mine', requestId: 'request' } };
const unfinished = { FailedEntryCount: 1, FailedEntries: [{ TargetId: 'delivery', ErrorCode: 'ConcurrentModificationException' }] };

test.each([
  ['putRule', 'EventBridge.ConcurrentModificationException'],
  ['putTargets', 'EventBridge.ConcurrentModificationException'],
  ['updateItem', 'DynamoDb.TransactionConflictException'],
])('who is refused by %s because others make the same rule tries again', async (call, error) => {
  const succeeding: Answer = () => ({ FailedEntryCount: 0 });
  const { result, services } = await subscribe({ [call]: (input, attempt) => attempt < 2 ? failing(error, 2)(input, attempt) : succeeding(input, attempt) });
  expect(result).toMatchObject(SUBSCRIBED);
  expect(services.of(call)).toHaveLength(3);
});

test('a target that EventBridge had no time for is put again', async () => {
  const { result, services } = await subscribe({ putTargets: (_, attempt) => attempt < 2 ? unfinished : { FailedEntryCount: 0 } });
  expect(result).toMatchObject(SUBSCRIBED);
  expect(services.of('putTargets')).toHaveLength(3);
});

test('a target that is never put ends the attempts, with the reason in the log', async () => {
  const { result, services } = await subscribe({ putTargets: () => unfinished });
  expect(result).toMatchObject({ status: 'FAILED', error: 'TargetNotPut', cause: JSON.stringify(unfinished.FailedEntries) });
  expect(services.of('putTargets')).toHaveLength(6);
});
