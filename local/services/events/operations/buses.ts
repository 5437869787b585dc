import { Page, pageOf } from './pages';
import { Operation, ServiceContext } from '../../../kernel/contracts';
import { invalid } from '../errors';
import { EventBus } from '../rules/event-bus';
import { EventBuses } from '../rules/event-buses';

interface BusInput {
  readonly Name?: string;
  readonly Description?: string;
  readonly EventSourceName?: string;
}

/** Operations on buses. */
export function busOperations({ environment }: ServiceContext, buses: EventBuses): Record<string, Operation> {
  const arnOf = (name?: string) => buses.get('default').arn.replace(/default$/, String(name));

  return {
    CreateEventBus: {
      permissions: ({ Name: name }: BusInput) => [{ action: 'events:CreateEventBus', resource: arnOf(name) }],
      handle: ({ Name: name, Description: description, EventSourceName: source }: BusInput) => {
        if (source !== undefined) {
          throw invalid('the local runtime does not emulate partner event sources');
        }
        const bus = buses.create(name, environment);
        bus.description = description;
        return { EventBusArn: bus.arn, Description: description };
      },
    },
    DeleteEventBus: {
      permissions: ({ Name: name }: BusInput) => [{ action: 'events:DeleteEventBus', resource: arnOf(name) }],
      handle: ({ Name: name }: BusInput) => {
        const bus = buses.get(name);
        if (bus.name === 'default') {
          throw invalid('Cannot delete event bus default.');
        }
        if (bus.rules.size > 0) {
          throw invalid(`Cannot delete event bus ${bus.name}, since it has rules.`);
        }
        buses.delete(bus.name);
      },
    },
    DescribeEventBus: {
      permissions: ({ Name: name }: BusInput) => [{ action: 'events:DescribeEventBus', resource: buses.get(name).arn }],
      handle: ({ Name: name }: BusInput) => describe(buses.get(name)),
    },
    ListEventBuses: {
      permissions: () => [{ action: 'events:ListEventBuses', resource: '*' }],
      handle: (input: { NamePrefix?: string } & Page) => {
        const { items, NextToken } = pageOf(buses.all().filter(bus => bus.name.startsWith(input.NamePrefix ?? '')), input);
        return { EventBuses: items.map(describe), NextToken };
      },
    },
  };
}

function describe(bus: EventBus) {
  return {
    Name: bus.name,
    Arn: bus.arn,
    Description: bus.description,
    Policy: bus.policy.text,
    CreationTime: bus.createdAt / 1000,
    LastModifiedTime: bus.modifiedAt / 1000,
  };
}
