import { chance } from './chance';
import { FaultPlan, FaultRule } from './fault-plan';
import { CallMatcher, callMatcher, textMatcher } from './matcher';

/** A rule, and what has become of it. */
export interface RuleState {
  readonly rule: FaultRule;
  readonly enabled: boolean;
  /** How many it was about, while it was on. */
  readonly seen: number;
  /** How many of those met the fault. */
  readonly injected: number;
}

/** A rule that runs. */
export interface RunningRule {
  readonly rule: FaultRule;
  /** Whether a call is one that the rule is about. */
  readonly isCall: CallMatcher;
  readonly isHost: (host: string) => boolean;
  enabled: boolean;
  seen: number;
  injected: number;
}

/** A fault that is due. */
export interface DueFault {
  readonly rule: FaultRule;
  /** Chance for whatever else the fault has to decide. */
  readonly chance: number;
}

/** After these nothing else can happen to the same thing. */
const LAST = ['error', 'status', 'connection', 'process'];

/** The rules of a run, and how often each has been met. */
export class RunningRules {
  private readonly rules: RunningRule[];

  constructor(private readonly plan: FaultPlan) {
    this.rules = plan.rules.map(rule => ({
      rule,
      isCall: rule.subject.kind === 'call' ? callMatcher(rule.subject) : () => false,
      isHost: rule.subject.kind === 'http' ? textMatcher(rule.subject.host) : () => false,
      enabled: true,
      seen: 0,
      injected: 0,
    }));
  }

  get active(): boolean {
    return this.rules.some(({ enabled }) => enabled);
  }

  states(): RuleState[] {
    return this.rules.map(({ rule, enabled, seen, injected }) => ({ rule, enabled, seen, injected }));
  }

  /** Switches a rule on or off; false when there is none of that name. */
  enable(name: string, enabled: boolean): boolean {
    const running = this.rules.find(({ rule }) => rule.name === name);
    if (running) {
      running.enabled = enabled;
    }
    return running !== undefined;
  }

  /** The faults that are due for something, in the order of their rules. */
  due(isAbout: (running: RunningRule) => boolean): DueFault[] {
    const due: DueFault[] = [];
    for (const [index, running] of this.rules.entries()) {
      if (running.enabled && isAbout(running) && this.isDue(index, running)) {
        due.push({ rule: running.rule, chance: chance(this.plan.seed, index, running.seen, 1) });
        if (LAST.includes(running.rule.fault.kind)) {
          break;
        }
      }
    }
    return due;
  }

  private isDue(index: number, running: RunningRule): boolean {
    const { share, skip, times } = running.rule;
    const number = running.seen++;
    if (number < skip || running.injected >= times || chance(this.plan.seed, index, number) >= share) {
      return false;
    }
    running.injected++;
    return true;
  }
}
