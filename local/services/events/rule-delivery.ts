import { EventBus, EventEnvelope, Rule, Target } from './event-bus';
import { targetKind } from './targets';
import { AwsError } from '../../kernel/aws-error';
import { ServiceContext } from '../../kernel/contracts';

/** What a target's service may recover from. Anything else is not tried again, as on AWS. */
const RETRIED_STATUSES = new Set([429, 500, 502, 503, 504]);
const FIRST_RETRY_MILLISECONDS = 1000;
const LONGEST_RETRY_MILLISECONDS = 60 * 60 * 1000;

/** Hands events to the targets of the rules that match them, each on its own and later than the call that put the event. */
export class RuleDelivery {
  private readonly stopped = new AbortController();

  constructor(private readonly context: ServiceContext) {}

  deliver(bus: EventBus, event: EventEnvelope): void {
    const rules = bus.matchingRules(event);
    if (this.context.trace.active) {
      this.context.trace.emit({
        kind: 'event', time: this.context.clock.now(), bus: bus.name, source: event.source, detailType: event['detail-type'], rules: rules.map(rule => rule.name),
      });
    }
    for (const rule of rules) {
      for (const target of rule.targets) {
        setImmediate(() => void this.deliverTo(rule, target, event));
      }
    }
  }

  /** Gives up what would be tried again. */
  stop(): void {
    this.stopped.abort();
  }

  private async deliverTo(rule: Rule, target: Target, event: EventEnvelope): Promise<void> {
    const { clock } = this.context;
    const ingested = clock.now();
    for (let attempt = 0; ; attempt++) {
      try {
        await this.attempt(rule, target, event);
        return;
      } catch (error) {
        const age = (clock.now() - ingested) / 1000;
        const retried = error instanceof AwsError && RETRIED_STATUSES.has(error.status)
          && attempt < target.maximumRetryAttempts && age < target.maximumEventAgeSeconds;
        if (!retried) {
          this.fail(rule, target, event, error);
          return;
        }
        if (!await this.pause(attempt)) {
          return;
        }
      }
    }
  }

  /** Waits for the next attempt; false when there is none, because the service stops. */
  private async pause(attempt: number): Promise<boolean> {
    const { clock, randomness } = this.context;
    const longest = Math.min(FIRST_RETRY_MILLISECONDS * 2 ** attempt, LONGEST_RETRY_MILLISECONDS);
    try {
      await clock.sleep(longest * (0.5 + randomness.number() / 2), this.stopped.signal);
      return true;
    } catch {
      return false;
    }
  }

  private async attempt(rule: Rule, target: Target, event: EventEnvelope): Promise<void> {
    const ingestionTime = new Date(this.context.clock.now()).toISOString();
    const body = target.input.render(event as unknown as Record<string, unknown>, { name: rule.name, arn: rule.arn, ingestionTime });
    if (body !== undefined) {
      await targetKind(target.arn).send(this.context, rule, target, body);
    }
  }

  private fail(rule: Rule, target: Target, event: EventEnvelope, error: unknown): void {
    const reason = error instanceof AwsError ? `${error.code}: ${error.message}` : error instanceof Error ? error.stack : String(error);
    this.context.trace.emit({
      kind: 'failure',
      time: this.context.clock.now(),
      source: 'events',
      message: `Rule ${rule.name} could not hand event ${event.id} to ${target.arn}: ${reason}`,
    });
  }
}
