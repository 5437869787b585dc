import { eventBusType } from './event-bus';
import { eventBusPolicyType } from './event-bus-policy';
import { ruleType } from './rule';
import { ResourceType, ServiceContext } from '../../../kernel/contracts';
import { EventBuses } from '../rules/event-buses';

/** How buses, their policies and rules come into being. */
export function resourceTypes(context: ServiceContext, buses: EventBuses): Record<string, ResourceType> {
  return {
    'AWS::Events::EventBus': eventBusType(buses),
    'AWS::Events::EventBusPolicy': eventBusPolicyType(buses),
    'AWS::Events::Rule': ruleType(context, buses),
  };
}
