import { EventPattern, EventPatternIndex } from '../../engines/event-pattern';
import { TargetInput } from '../../engines/input-transformer';
import { Environment } from '../../kernel/contracts';

/** An event as EventBridge hands it to targets. */
export interface EventEnvelope {
  readonly 'version': '0';
  readonly 'id': string;
  readonly 'detail-type': string;
  readonly 'source': string;
  readonly 'account': string;
  readonly 'time': string;
  readonly 'region': string;
  readonly 'resources': readonly string[];
  readonly 'detail': unknown;
}

export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  readonly input: TargetInput;
  /** Attempts after the first, as the target or EventBridge's default says. */
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly patternText: string;
  readonly pattern: EventPattern;
  readonly enabled: boolean;
  readonly targets: readonly Target[];
}

/** A bus with its rules. */
export class EventBus {
  readonly rules = new Map<string, Rule>();
  private readonly enabledRules = new EventPatternIndex<Rule>();

  constructor(readonly name: string, readonly arn: string, readonly environment: Environment) {}

  addRule(rule: Rule): void {
    this.rules.set(rule.name, rule);
    if (rule.enabled) {
      this.enabledRules.add(rule.pattern, rule);
    }
  }

  deleteRule(arn: string): void {
    const rule = [...this.rules.values()].find(each => each.arn === arn);
    if (rule) {
      this.rules.delete(rule.name);
      this.enabledRules.delete(rule.pattern, rule);
    }
  }

  matchingRules(event: EventEnvelope): Rule[] {
    return this.enabledRules.match(event);
  }
}
