import { describeOperations } from './describe';
import { Connections } from './connections/connections';
import { connectionOperations } from './connections/operations';
import { connectionTypes } from './connections/resources';
import { EventBuses } from './event-buses';
import { putEvents } from './put-events';
import { resourceTypes } from './resources';
import { RuleDelivery } from './rule-delivery';
import { testEventPattern } from './test-event-pattern';
import { Service, ServiceContext } from '../../kernel/contracts';
import { awsJson } from '../../wire/aws-json';

/** Amazon EventBridge: buses, rules and their targets. */
export function events(context: ServiceContext): Service {
  const buses = new EventBuses(context.environment);
  const connections = new Connections();
  const delivery = new RuleDelivery(context);
  return {
    name: 'events',
    protocols: [awsJson({ version: '1.1', targetPrefix: 'AWSEvents' })],
    operations: {
      PutEvents: putEvents(context, buses, delivery),
      TestEventPattern: testEventPattern(),
      ...describeOperations(buses),
      ...connectionOperations(connections),
    },
    resourceTypes: { ...resourceTypes(buses), ...connectionTypes(context, connections) },
    stop: () => delivery.stop(),
  };
}
