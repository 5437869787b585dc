import { ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { EventBuses } from '../rules/event-buses';

interface EventBusProperties {
  readonly Name: string;
  readonly Description?: string;
  readonly Policy?: unknown;
}

/** AWS::Events::EventBus */
export function eventBusType(buses: EventBuses): ResourceType {
  const set = (name: string, { Description: description, Policy: policy }: EventBusProperties) => {
    const bus = buses.get(name);
    bus.description = description;
    if (policy === undefined) {
      bus.policy.clear();
    } else {
      bus.policy.replace(typeof policy === 'string' ? policy : JSON.stringify(policy));
    }
    return { ref: bus.name, attributes: { Arn: bus.arn, Name: bus.name, Policy: bus.policy.text } };
  };
  return {
    properties: { used: ['Name', 'Description', 'Policy'], withoutEffect: ['KmsKeyIdentifier', 'DeadLetterConfig', 'Tags', 'LogConfig'] },
    create: ({ properties, environment }: ResourceRequest<EventBusProperties>) => {
      buses.create(properties.Name, environment);
      return set(properties.Name, properties);
    },
    update: ({ properties }: ResourceRequest<EventBusProperties>) => set(properties.Name, properties),
    replacedBy: ['Name'],
    delete: (_, { ref }) => buses.delete(ref),
  };
}
