import { EventExpansion } from './event';
import { permission } from './target-access';
import { defined } from '../json';

/** Event `SNS`: a subscription of the function, and the topic's permission. */
export const topicSubscription: EventExpansion = event => {
  event.check('FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy', 'Region', 'Topic');
  const { Topic: topic = event.fail("Missing required property 'Topic'.", 'Properties'), ...options } = event.properties;
  return {
    resources: {
      [event.logicalId]: {
        Type: 'AWS::SNS::Subscription',
        ...event.resource.inheritedAttributes,
        Properties: defined({ Endpoint: event.target.arn, Protocol: 'lambda', TopicArn: topic, ...options }),
      },
      [`${event.logicalId}Permission`]: permission(event, 'sns.amazonaws.com', topic),
    },
  };
};
