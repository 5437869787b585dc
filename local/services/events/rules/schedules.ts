import { EventBus } from './event-bus';
import { EventEnvelope } from './event-envelope';
import { Rule } from './rule';
import { RuleDelivery } from './rule-delivery';
import { ServiceContext } from '../../../kernel/contracts';

/** Fires the rules of the default bus that have a schedule. */
export class Schedules {
  private readonly cancelled = new Map<EventBus, () => void>();

  constructor(private readonly context: ServiceContext, private readonly delivery: RuleDelivery) {}

  /** Looks anew at what a bus has to fire next. */
  update(bus: EventBus): void {
    this.cancelled.get(bus)?.();
    this.cancelled.delete(bus);
    this.wait(bus, this.context.clock.now());
  }

  stop(): void {
    this.cancelled.forEach(cancel => cancel());
    this.cancelled.clear();
  }

  private wait(bus: EventBus, after: number): void {
    const rules = [...bus.rules.values()].filter(rule => rule.isEnabled && rule.schedule);
    const times = rules
      .map(rule => [rule, rule.schedule!.next(after, rule.startedAt)] as const)
      .filter((each): each is [Rule, number] => each[1] !== undefined);
    if (times.length === 0) {
      return;
    }
    const due = Math.min(...times.map(([, time]) => time));
    const { clock } = this.context;
    this.cancelled.set(bus, clock.schedule(Math.max(0, due - clock.now()), () => {
      if (clock.now() < due) {
        this.wait(bus, after);
        return;
      }
      times.filter(([, time]) => time === due).forEach(([rule]) => this.delivery.fire(bus, rule, this.event(bus, rule, due)));
      // A clock that was late fires once: what was missed is not made up for.
      this.wait(bus, Math.max(due, clock.now()));
    }));
  }

  private event({ environment }: EventBus, rule: Rule, time: number): EventEnvelope {
    return {
      'version': '0',
      'id': this.context.randomness.uuid(),
      'detail-type': 'Scheduled Event',
      'source': 'aws.events',
      'account': environment.account,
      'time': new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
      'region': environment.region,
      'resources': [rule.arn],
      'detail': {},
    };
  }
}
