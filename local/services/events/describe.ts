import { EventBus, Rule } from './event-bus';
import { EventBuses } from './event-buses';
import { Operation } from '../../kernel/contracts';

/** Operations that only read what the template declared. */
export function describeOperations(buses: EventBuses): Record<string, Operation> {
  return {
    ListEventBuses: {
      permissions: () => [{ action: 'events:ListEventBuses', resource: '*' }],
      handle: (input: { NamePrefix?: string }) => ({
        EventBuses: buses.all().filter(bus => bus.name.startsWith(input.NamePrefix ?? '')).map(describeBus),
      }),
    },
    DescribeEventBus: {
      permissions: (input: { Name?: string }) => [{ action: 'events:DescribeEventBus', resource: buses.get(input.Name).arn }],
      handle: (input: { Name?: string }) => describeBus(buses.get(input.Name)),
    },
    ListRules: {
      permissions: (input: { EventBusName?: string }) => [{ action: 'events:ListRules', resource: `${buses.get(input.EventBusName).arn.replace(':event-bus/', ':rule/')}/*` }],
      handle: (input: { EventBusName?: string; NamePrefix?: string }) => {
        const bus = buses.get(input.EventBusName);
        return { Rules: [...bus.rules.values()].filter(rule => rule.name.startsWith(input.NamePrefix ?? '')).map(rule => describeRule(bus, rule)) };
      },
    },
  };
}

function describeBus(bus: EventBus) {
  return { Name: bus.name, Arn: bus.arn };
}

function describeRule(bus: EventBus, rule: Rule) {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.patternText,
    State: rule.enabled ? 'ENABLED' : 'DISABLED',
    Description: rule.description,
    EventBusName: bus.name,
  };
}
