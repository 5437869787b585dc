import { pageOf } from './pages';
import { onTopic } from './topics';
import { AwsError } from '../../../kernel/aws-error';
import { Operation, ServiceContext } from '../../../kernel/contracts';
import { checkArn, invalidParameter } from '../errors';
import { Subscription } from '../topics/subscription';
import { Topics } from '../topics/topics';

interface SubscribeInput {
  readonly TopicArn?: string;
  readonly Protocol?: string;
  readonly Endpoint?: string;
  readonly Attributes?: Record<string, string>;
}

interface SubscriptionInput {
  readonly SubscriptionArn?: string;
  readonly AttributeName?: string;
  readonly AttributeValue?: string;
}

/** Operations on subscriptions. */
export function subscriptionOperations({ environment }: ServiceContext, topics: Topics): Record<string, Operation> {
  const { partition, region, account } = environment;

  const onSubscription = (action: string, handle: (subscription: Subscription, input: SubscriptionInput) => unknown): Operation<SubscriptionInput> => ({
    permissions: ({ SubscriptionArn: arn }) => [{ action: `SNS:${action}`, resource: topics.getSubscription(arn).topic.arn }],
    handle: input => handle(topics.getSubscription(input.SubscriptionArn), input),
  });

  return {
    Subscribe: onTopic(topics, 'Subscribe', (topic, { Protocol: protocol, Endpoint: endpoint, Attributes: attributes = {} }: SubscribeInput) => (
      { SubscriptionArn: topics.subscribe(topic, { protocol, endpoint }, attributes).arn }
    )),
    // What is not subscribed is unsubscribed already.
    Unsubscribe: {
      permissions: ({ SubscriptionArn: arn }: SubscriptionInput) => {
        checkArn(arn, 'SubscriptionArn');
        if (arn.split(':').length < 7) {
          throw invalidParameter('SubscriptionId');
        }
        return [{ action: 'SNS:Unsubscribe', resource: arn.slice(0, arn.lastIndexOf(':')) }];
      },
      handle: ({ SubscriptionArn: arn }: SubscriptionInput) => {
        topics.unsubscribe(arn!);
      },
    },
    ListSubscriptions: {
      permissions: () => [{ action: 'SNS:ListSubscriptions', resource: `arn:${partition}:sns:${region}:${account}:*` }],
      handle: ({ NextToken: token }: { NextToken?: string }) => describe(topics.subscriptions(), token),
    },
    ListSubscriptionsByTopic: onTopic(topics, 'ListSubscriptionsByTopic', (topic, { NextToken: token }: { TopicArn?: string; NextToken?: string }) => (
      describe([...topic.subscriptions.values()], token)
    )),
    GetSubscriptionAttributes: onSubscription('GetSubscriptionAttributes', subscription => ({ Attributes: subscription.describe() })),
    SetSubscriptionAttributes: onSubscription('SetSubscriptionAttributes', (subscription, { AttributeName: name, AttributeValue: value = '' }) => {
      subscription.set({ [String(name)]: value });
    }),
    ConfirmSubscription: onTopic(topics, 'ConfirmSubscription', () => {
      throw new AwsError('InvalidParameter', 'Invalid token');
    }),
  };
}

function describe(subscriptions: readonly Subscription[], token: string | undefined) {
  const { items, NextToken } = pageOf(subscriptions, token);
  return {
    Subscriptions: items.map(({ arn, topic, protocol, endpoint }) => (
      { SubscriptionArn: arn, Owner: topic.environment.account, Protocol: protocol, Endpoint: endpoint, TopicArn: topic.arn }
    )),
    NextToken,
  };
}
