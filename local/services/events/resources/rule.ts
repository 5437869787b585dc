import { ProvisionedResource, ResourceRequest, ResourceType, ServiceContext } from '../../../kernel/contracts';
import { EventBuses } from '../rules/event-buses';
import { checkRuleName } from '../rules/rule';
import { TargetDefinition } from '../rules/target-definition';

interface RuleProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly EventBusName?: string;
  readonly EventPattern?: unknown;
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly RoleArn?: string;
  readonly Targets?: TargetDefinition[];
}

/** AWS::Events::Rule */
export function ruleType(context: ServiceContext, buses: EventBuses): ResourceType {
  const put = (request: ResourceRequest<RuleProperties>): ProvisionedResource => {
    const { properties } = request;
    const bus = buses.get(properties.EventBusName);
    const name = properties.Name ?? request.generateName(64);
    checkRuleName(name);
    const { EventPattern: pattern, ScheduleExpression, State, Description, RoleArn } = properties;
    const EventPattern = pattern === undefined || typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
    const rule = bus.putRule(name, { EventPattern, ScheduleExpression, State, Description, RoleArn }, context.clock.now());
    const targets = properties.Targets ?? [];
    // Those that the template no longer names go.
    [...rule.targets.keys()].filter(id => !targets.some(target => target.Id === id)).forEach(id => rule.targets.delete(id));
    try {
      bus.putTargets(name, targets);
    } catch (error) {
      if (rule.targets.size === 0) {
        bus.deleteRule(name);
      }
      throw error;
    }
    return { ref: bus.name === 'default' ? name : `${bus.name}|${name}`, attributes: { Arn: rule.arn } };
  };

  return {
    properties: {
      used: ['Name', 'EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'Targets', 'Description', 'RoleArn'], withoutEffect: ['Tags'],
    },
    create: put,
    update: put,
    replacedBy: ['Name', 'EventBusName'],
    delete: ({ properties }: ResourceRequest<RuleProperties>, { ref }) => {
      buses.find(properties.EventBusName)?.deleteRule(ref.slice(ref.indexOf('|') + 1));
    },
  };
}
