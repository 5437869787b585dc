import { ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { statementOf } from '../operations/permissions';
import { EventBuses } from '../rules/event-buses';

interface EventBusPolicyProperties {
  readonly EventBusName?: string;
  readonly StatementId: string;
  readonly Statement?: Record<string, unknown> | string;
  readonly Action?: string;
  readonly Principal?: string;
  readonly Condition?: { readonly Type: string; readonly Key: string; readonly Value: string };
}

/** AWS::Events::EventBusPolicy: one statement of a bus's policy. */
export function eventBusPolicyType(buses: EventBuses): ResourceType {
  return {
    properties: { used: ['EventBusName', 'StatementId', 'Statement', 'Action', 'Principal', 'Condition'] },
    create: ({ properties, environment }: ResourceRequest<EventBusPolicyProperties>) => {
      const { EventBusName: name, StatementId: id, Statement: given } = properties;
      const bus = buses.get(name);
      const statement = typeof given === 'string' ? JSON.parse(given) as Record<string, unknown> : given;
      bus.policy.put(statement ? { ...statement, Sid: id } : statementOf(properties, bus.arn, environment));
      return { ref: `${bus.name}|${id}` };
    },
    delete: ({ properties }: ResourceRequest<EventBusPolicyProperties>) => {
      const bus = buses.find(properties.EventBusName);
      if (bus?.policy.has(properties.StatementId)) {
        bus.policy.remove(properties.StatementId);
      }
    },
  };
}
