import { Page, pageOf } from './pages';
import { onRule } from './rules';
import { Operation } from '../../../kernel/contracts';
import { violation } from '../errors';
import { EventBuses } from '../rules/event-buses';
import { TargetDefinition } from '../rules/target-definition';

interface TargetsInput {
  readonly Rule?: string;
  readonly EventBusName?: string;
}

/** Operations on the targets of rules. */
export function targetOperations(buses: EventBuses): Record<string, Operation> {
  return {
    PutTargets: {
      permissions: ({ EventBusName: bus, Rule: rule, Targets: targets }: TargetsInput & { Targets?: TargetDefinition[] }) => [
        onRule(buses, 'PutTargets', bus, rule),
        // Who makes EventBridge act in a role has to be allowed to lend it.
        ...rolesOf(targets).map(resource => ({ action: 'iam:PassRole', resource, context: { 'iam:PassedToService': 'events.amazonaws.com' } })),
      ],
      handle: ({ EventBusName: bus, Rule: rule, Targets: targets }: TargetsInput & { Targets?: TargetDefinition[] }) => {
        buses.get(bus).putTargets(required(rule, 'rule'), listOf(targets, 'targets'));
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
    },
    RemoveTargets: {
      permissions: ({ EventBusName: bus, Rule: rule }: TargetsInput) => [onRule(buses, 'RemoveTargets', bus, rule)],
      handle: ({ EventBusName: bus, Rule: name, Ids: ids }: TargetsInput & { Ids?: string[] }) => {
        const { targets } = buses.get(bus).rule(required(name, 'rule'));
        listOf(ids, 'ids').forEach(id => targets.delete(id));
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
    },
    ListTargetsByRule: {
      permissions: ({ EventBusName: bus, Rule: rule }: TargetsInput) => [onRule(buses, 'ListTargetsByRule', bus, rule)],
      handle: (input: TargetsInput & Page) => {
        const { targets } = buses.get(input.EventBusName).rule(required(input.Rule, 'rule'));
        const { items, NextToken } = pageOf([...targets.values()].map(({ definition }) => definition), input);
        return { Targets: items, NextToken };
      },
    },
  };
}

function rolesOf(targets: unknown): string[] {
  const roles = Array.isArray(targets) ? targets.map(target => target?.RoleArn).filter((arn): arn is string => typeof arn === 'string') : [];
  return [...new Set(roles)];
}

function required(value: string | undefined, member: string): string {
  if (typeof value !== 'string') {
    throw violation(null, member, 'not be null');
  }
  return value;
}

function listOf<Item>(items: readonly Item[] | undefined, member: string): readonly Item[] {
  if (!Array.isArray(items)) {
    throw violation(null, member, 'not be null');
  }
  if (items.length === 0 || items.length > 100) {
    throw violation(items, member, items.length === 0 ? 'have length greater than or equal to 1' : 'have length less than or equal to 100');
  }
  return items;
}
