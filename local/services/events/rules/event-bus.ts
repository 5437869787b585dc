import { BusPolicy } from './bus-policy';
import { EventEnvelope } from './event-envelope';
import { Rule, RuleSettings } from './rule';
import { compileTarget, Target } from './target';
import { TargetDefinition } from './target-definition';
import { EventPatternIndex } from '../../../engines/event-pattern';
import { AwsError } from '../../../kernel/aws-error';
import { Environment } from '../../../kernel/contracts';
import { invalid, limitExceeded } from '../errors';

const MAXIMUM_RULES = 300;
const MAXIMUM_WILDCARD_RULES = 30;
const MAXIMUM_TARGETS = 5;

/** A bus with its rules. */
export class EventBus {
  readonly rules = new Map<string, Rule>();
  readonly policy = new BusPolicy();
  description?: string;
  modifiedAt: number;
  private readonly enabledRules = new EventPatternIndex<Rule>();

  constructor(
    readonly name: string,
    readonly arn: string,
    readonly environment: Environment,
    readonly createdAt: number,
    /** Called when the rules that have a schedule may have changed. */
    private readonly scheduleChanged: (bus: EventBus) => void,
  ) {
    this.modifiedAt = createdAt;
  }

  ruleArn(name: string): string {
    return `${this.arn.slice(0, this.arn.lastIndexOf(':'))}:rule/${this.name === 'default' ? name : `${this.name}/${name}`}`;
  }

  rule(name: string): Rule {
    const rule = this.rules.get(name);
    if (!rule) {
      throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${this.name}.`);
    }
    return rule;
  }

  /** Makes a rule, or changes one, which keeps its targets. */
  putRule(name: string, settings: RuleSettings, now: number): Rule {
    if (settings.ScheduleExpression && this.name !== 'default') {
      throw invalid('ScheduleExpression is supported only on the default event bus.');
    }
    const standing = this.rules.get(name);
    const sameSchedule = standing?.settings.ScheduleExpression === settings.ScheduleExpression;
    const rule = new Rule(name, this.ruleArn(name), settings, standing && sameSchedule ? standing.startedAt : now, standing?.targets);
    this.checkLimits(rule);
    this.replace(rule);
    return rule;
  }

  setState(name: string, state: 'ENABLED' | 'DISABLED'): void {
    const { arn, settings, startedAt, targets } = this.rule(name);
    this.replace(new Rule(name, arn, { ...settings, State: state }, startedAt, targets));
  }

  putTargets(name: string, definitions: readonly TargetDefinition[]): void {
    const rule = this.rule(name);
    const added = new Map(definitions.map((definition, index): [string, Target] => [definition?.Id, compileTarget(definition, index)]));
    if (new Set([...rule.targets.keys(), ...added.keys()]).size > MAXIMUM_TARGETS) {
      throw limitExceeded();
    }
    added.forEach((target, id) => rule.targets.set(id, target));
  }

  deleteRule(name: string): void {
    this.forget(name);
    this.scheduleChanged(this);
  }

  matchingRules(event: EventEnvelope): Rule[] {
    return this.enabledRules.match(event);
  }

  private checkLimits(rule: Rule): void {
    const others = [...this.rules.values()].filter(({ name }) => name !== rule.name);
    if (others.length >= MAXIMUM_RULES || (rule.hasWildcard && others.filter(({ hasWildcard }) => hasWildcard).length >= MAXIMUM_WILDCARD_RULES)) {
      throw limitExceeded();
    }
  }

  private replace(rule: Rule): void {
    this.forget(rule.name);
    this.rules.set(rule.name, rule);
    if (rule.isEnabled && rule.pattern) {
      this.enabledRules.add(rule.pattern, rule);
    }
    this.scheduleChanged(this);
  }

  private forget(name: string): void {
    const rule = this.rules.get(name);
    this.rules.delete(name);
    if (rule?.pattern) {
      this.enabledRules.delete(rule.pattern, rule);
    }
  }
}
