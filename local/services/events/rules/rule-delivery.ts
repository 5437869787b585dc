import { Failure, sendToDeadLetterQueue } from './dead-letters';
import { EventBus } from './event-bus';
import { EventEnvelope } from './event-envelope';
import { Rule } from './rule';
import { Target } from './target';
import { AwsError } from '../../../kernel/aws-error';
import { ServiceContext } from '../../../kernel/contracts';
import { insist } from '../../../kernel/insist';
import { isTransient } from '../../../kernel/transient-error';
import { targetKind } from '../targets';

const FIRST_RETRY_MILLISECONDS = 1000;
const LONGEST_RETRY_MILLISECONDS = 60 * 60 * 1000;

/** Hands events to the targets of the rules that match them, each on its own and later than the call that put the event. */
export class RuleDelivery {
  private readonly stopped = new AbortController();

  constructor(private readonly context: ServiceContext) {}

  /** Hands an event to every rule that matches it. */
  deliver(bus: EventBus, event: EventEnvelope): void {
    this.handOver(bus, bus.matchingRules(event), event);
  }

  /** Hands an event to one rule, whatever its pattern. */
  fire(bus: EventBus, rule: Rule, event: EventEnvelope): void {
    this.handOver(bus, [rule], event);
  }

  /** Gives up what would be tried again. */
  stop(): void {
    this.stopped.abort();
  }

  private handOver(bus: EventBus, rules: readonly Rule[], event: EventEnvelope): void {
    const { trace, clock } = this.context;
    const activity = trace.detailed ? trace.begin() : undefined;
    if (trace.active) {
      const names = rules.map(rule => rule.name);
      trace.emit({ kind: 'event', time: clock.now(), bus: bus.name, source: event.source, detailType: event['detail-type'], rules: names, ...(activity && { event }) }, activity);
    }
    const start = () => rules.forEach(rule => rule.targets.forEach(target => setImmediate(() => void this.deliverTo(rule, target, event))));
    if (activity) {
      trace.within(activity, start);
    } else {
      start();
    }
  }

  private async deliverTo(rule: Rule, target: Target, event: EventEnvelope): Promise<void> {
    const { clock } = this.context;
    const ingested = clock.now();
    for (let attempt = 0; ; attempt++) {
      try {
        await this.attempt(rule, target, event, ingested, attempt);
        return;
      } catch (error) {
        // What its service cannot recover from is not tried again, as on AWS.
        const exhausted = isTransient(error) ? exhaustedBound(target, attempt, (clock.now() - ingested) / 1000) : undefined;
        if (!isTransient(error) || exhausted) {
          await this.giveUp(rule, target, event, { error, retryAttempts: attempt, exhausted });
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

  private async attempt(rule: Rule, target: Target, event: EventEnvelope, ingested: number, attempt: number): Promise<void> {
    const { definition } = target;
    const body = target.input.render(event, { name: rule.name, arn: rule.arn, ingestionTime: new Date(ingested).toISOString() });
    const send = async () => {
      if (body !== undefined) {
        await targetKind(definition.Arn).send({ context: this.context, ruleArn: rule.arn, target: definition, body, event });
      }
    };
    await (this.context.trace.detailed ? this.observe(rule, definition.Arn, body, attempt, send) : send());
  }

  /** Tells whoever observes what a target is sent, and what becomes of it. */
  private async observe(rule: Rule, target: string, input: string | undefined, attempt: number, send: () => Promise<void>): Promise<void> {
    const { trace, clock } = this.context;
    const activity = trace.begin();
    const startedAt = clock.now();
    const tell = (outcome: string) => trace.detail({ kind: 'delivery', time: clock.now(), startedAt, rule: rule.name, target, input, attempt, outcome }, activity);
    try {
      await trace.within(activity, send);
      tell('ok');
    } catch (error) {
      tell(describe(error));
      throw error;
    }
  }

  private async giveUp(rule: Rule, target: Target, event: EventEnvelope, failure: Failure): Promise<void> {
    this.report(`Rule ${rule.name} could not hand event ${event.id} to ${target.definition.Arn}`, failure.error);
    if (target.deadLetterArn === undefined) {
      return;
    }
    try {
      await insist(this.context.clock, this.stopped.signal, () => sendToDeadLetterQueue(this.context, rule, target, event, failure));
    } catch (error) {
      this.report(`Rule ${rule.name} could not put event ${event.id} into the dead-letter queue ${target.deadLetterArn}`, error);
    }
  }

  private report(what: string, error: unknown): void {
    this.context.trace.emit({ kind: 'failure', time: this.context.clock.now(), source: 'events', message: `${what}: ${describe(error)}` });
  }
}

function describe(error: unknown): string {
  return error instanceof AwsError ? `${error.code}: ${error.message}` : error instanceof Error ? error.stack ?? error.message : String(error);
}

function exhaustedBound({ maximumRetryAttempts, maximumEventAgeSeconds }: Target, attempt: number, age: number): Failure['exhausted'] {
  return attempt >= maximumRetryAttempts ? 'MaximumRetryAttempts' : age >= maximumEventAgeSeconds ? 'MaximumEventAgeInSeconds' : undefined;
}
