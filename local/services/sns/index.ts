import { publishOperations } from './operations/publish';
import { subscriptionOperations } from './operations/subscriptions';
import { topicOperations } from './operations/topics';
import { PROTOCOLS } from './protocols';
import { resourceTypes } from './resources';
import { Delivery } from './topics/delivery';
import { Topics } from './topics/topics';
import { Service, ServiceContext } from '../../kernel/contracts';
import { INSISTENCE } from '../../kernel/insist';

/** Amazon Simple Notification Service, for queues and functions. */
export function sns(context: ServiceContext): Service {
  const topics = new Topics(context.randomness);
  const delivery = new Delivery(context);
  return {
    name: 'sns',
    protocols: PROTOCOLS,
    operations: {
      ...topicOperations(context, topics),
      ...subscriptionOperations(context, topics),
      ...publishOperations(context, topics, delivery),
    },
    resourceTypes: resourceTypes(topics),
    assumptions: [
      { about: 'The signature of a notification', assumed: 'It has AWS\'s length and place, and verifies nothing: nobody else has AWS\'s key.' },
      { about: 'The language of filter policies', assumed: 'That of event patterns without wildcard, and of anything-but only values and prefix.' },
      { about: 'A filter policy on arrays of objects in a message\'s body', assumed: 'Its conditions have to hold for one of the objects, as in event patterns.' },
      INSISTENCE,
    ],
    stop: () => delivery.stop(),
  };
}
