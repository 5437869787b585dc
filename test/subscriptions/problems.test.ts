import { App, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Admission, EventMessage, EventSocket, SubscriptionConstraint, SubscriptionEngine } from '../../src';

const socket = (props: object) => () => new EventSocket(new Stack(new App(), 'Stack'), 'Socket', props);

test.each<[string, string, () => unknown]>([
  ['fieldPath', 'indexedFields: "detail." is not the path of an event\'s field.', socket({ indexedFields: ['detail.'] })],
  ['constraintValues', 'SubscriptionConstraint.fieldEquals("source", …) needs at least one text', () => SubscriptionConstraint.fieldEquals('source')],
  ['constraintValues', 'that is known at synthesis', () => SubscriptionConstraint.fieldEquals('source', Lazy.string({ produce: () => 'shop' }))],
  ['constraintClaim', 'received "2nd"', () => SubscriptionConstraint.fieldEqualsClaim('detail.tenantId', '2nd')],
  ['constraintRepeated', 'allow compares "detail.owner" with more than one claim', socket({
    admission: Admission.ticket({ claims: ['user', 'deputy'] }),
    allow: ['user', 'deputy'].map(claim => SubscriptionConstraint.fieldEqualsClaim('detail.owner', claim)),
  })],
  ['messageExpression', '"{% $event %}" would be an expression', socket({ message: EventMessage.of({ text: '{% $event %}' }) })],
  ['messageUnknown', 'a list or an object that only CloudFormation will know', socket({ message: EventMessage.of({ all: [Fn.split(',', Fn.ref('List'))] }) })],
  ['messageUnknown', 'Take elements of lists with Fn.select()', socket({ message: EventMessage.of({ any: Lazy.any({ produce: () => 1 }) }) })],
  ['integerOption', 'quotas.subscriptionsPerConnection must be an integer from 1 to 100000; received 0.', socket({ quotas: { subscriptionsPerConnection: 0 } })],
  ['integerOption', 'quotas.keysPerSubscription must be an integer from 1 to 24; received 25.', socket({ quotas: { keysPerSubscription: 25 } })],
  ['integerOption', 'shards must be an integer from 1 to 64; received what only CloudFormation will know.', socket({ shards: Lazy.number({ produce: () => 8 }) })],
  ['engineOption', 'indexedFields has no meaning for SubscriptionEngine.rules()', socket({ engine: SubscriptionEngine.rules(), indexedFields: ['detail.id'] })],
  ['engineOption', 'requireIndexedField has no meaning for SubscriptionEngine.rules()', socket({ engine: SubscriptionEngine.rules(), requireIndexedField: true })],
])('%s: %s', (id, message, provoke) => {
  expect(provoke).toThrow(message);
  expect(provoke).toThrow(`[cdk-lambdaless-websockets:${id}]`);
});
