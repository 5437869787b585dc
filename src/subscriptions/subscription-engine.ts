import { integerOption } from '../validation/integer-option';

/** How rules are made for patterns. */
export interface RulesEngineOptions {
  /**
   * Rules that the socket may have on the bus, one for each distinct pattern. A bus has 300, and 30 with wildcards.
   *
   * @default 200
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
   */
  readonly rulesLimit?: number;
}

/** How an event finds its subscribers; docs/engines.md says when to choose which. */
export class SubscriptionEngine {
  /** Every event starts the delivery workflow, which looks up the subscriptions that could match it. A subscription makes no resource, and is live at once. */
  static index(): SubscriptionEngine {
    return new SubscriptionEngine();
  }

  /**
   * EventBridge has a rule for each distinct pattern, which all of its subscribers share: an event that matches nothing costs nothing. For buses where nearly nothing
   * matches, and clients that have few patterns in common. Clients make rules: a new pattern becomes live a while after it is acknowledged.
   */
  static rules(options: RulesEngineOptions = {}): SubscriptionEngine {
    return new SubscriptionEngine(integerOption('rulesLimit', options.rulesLimit ?? 200, 2000));
  }

  private constructor(/** @internal */ readonly _rulesLimit?: number) {}
}
