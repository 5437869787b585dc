import { Page, pageOf } from './pages';
import { Operation, Permission, ServiceContext } from '../../../kernel/contracts';
import { invalid, violation } from '../errors';
import { EventBus } from '../rules/event-bus';
import { EventBuses } from '../rules/event-buses';
import { checkRuleName, Rule, RuleSettings } from '../rules/rule';

export interface RuleInput extends RuleSettings {
  readonly Name?: string;
  readonly EventBusName?: string;
}

/** What IAM has to allow for an action on a rule. */
export function onRule(buses: EventBuses, action: string, bus: string | undefined, name: unknown): Permission {
  return { action: `events:${action}`, resource: buses.get(bus).ruleArn(String(name)) };
}

/** Operations on rules. */
export function ruleOperations({ clock }: ServiceContext, buses: EventBuses): Record<string, Operation> {
  const operation = (action: string, handle: (bus: EventBus, name: string, input: RuleInput) => unknown): Operation<RuleInput> => ({
    permissions: ({ EventBusName: bus, Name: name }) => [onRule(buses, action, bus, name)],
    handle: input => {
      checkRuleName(input.Name);
      return handle(buses.get(input.EventBusName), input.Name, input);
    },
  });

  return {
    PutRule: operation('PutRule', (bus, name, input) => {
      const { EventPattern, ScheduleExpression, State, Description, RoleArn } = input;
      return { RuleArn: bus.putRule(name, { EventPattern, ScheduleExpression, State, Description, RoleArn }, clock.now()).arn };
    }),
    DeleteRule: operation('DeleteRule', (bus, name) => {
      if ((bus.rules.get(name)?.targets.size ?? 0) > 0) {
        throw invalid("Rule can't be deleted since it has targets.");
      }
      bus.deleteRule(name);
    }),
    DescribeRule: operation('DescribeRule', (bus, name) => ({ ...describe(bus, bus.rule(name)), CreatedBy: bus.environment.account })),
    EnableRule: operation('EnableRule', (bus, name) => bus.setState(name, 'ENABLED')),
    DisableRule: operation('DisableRule', (bus, name) => bus.setState(name, 'DISABLED')),
    ListRules: {
      permissions: ({ EventBusName: bus }: RuleInput) => [onRule(buses, 'ListRules', bus, '*')],
      handle: (input: { EventBusName?: string; NamePrefix?: string } & Page) => {
        const bus = buses.get(input.EventBusName);
        const { items, NextToken } = pageOf([...bus.rules.values()].filter(rule => rule.name.startsWith(input.NamePrefix ?? '')), input);
        return { Rules: items.map(rule => describe(bus, rule)), NextToken };
      },
    },
    ListRuleNamesByTarget: {
      permissions: ({ EventBusName: bus }: RuleInput) => [onRule(buses, 'ListRuleNamesByTarget', bus, '*')],
      handle: (input: { EventBusName?: string; TargetArn?: string } & Page) => {
        if (typeof input.TargetArn !== 'string') {
          throw violation(null, 'targetArn', 'not be null');
        }
        const rules = [...buses.get(input.EventBusName).rules.values()];
        const names = rules.filter(rule => [...rule.targets.values()].some(target => target.definition.Arn === input.TargetArn)).map(rule => rule.name);
        const { items, NextToken } = pageOf(names, input);
        return { RuleNames: items, NextToken };
      },
    },
  };
}

function describe(bus: EventBus, { name, arn, settings }: Rule) {
  const { EventPattern, ScheduleExpression, State = 'ENABLED', Description, RoleArn } = settings;
  return { Name: name, Arn: arn, EventPattern, ScheduleExpression, State, Description, RoleArn, EventBusName: bus.name };
}
