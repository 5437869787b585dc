import { pageSize } from './rows';
import { integerOption } from '../validation/integer-option';

/** What one client may ask of an EventSocket. */
export interface SubscriptionQuotas {
  /**
   * Subscriptions that a connection may have at a time.
   *
   * @default 100
   */
  readonly subscriptionsPerConnection?: number;

  /**
   * Characters that a pattern may have as JSON, at most the 2,048 of an EventBridge rule. With shorter patterns the delivery workflow takes more subscribers at once.
   *
   * @default 2048
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
   */
  readonly patternCharacters?: number;

  /**
   * Keys of the index that a subscription may have, at most 40, or 24 with the longest patterns: one for each value of the field by which its pattern is looked up.
   * A pattern with more values is looked up by another field.
   *
   * @default 20
   */
  readonly keysPerSubscription?: number;
}

/** Each quota's usual and greatest value. */
const QUOTAS = {
  subscriptionsPerConnection: { usual: 100, greatest: 100_000 },
  patternCharacters: { usual: 2048, greatest: 2048 },
  // Replacing a subscription writes two rows for each key, and a transaction has at most 100.
  keysPerSubscription: { usual: 20, greatest: 40 },
};

/** The rows of a subscription are written at once, by a state: of those with long patterns it holds fewer than a transaction. */
function greatestKeys(patternCharacters: number): number {
  return Array.from({ length: QUOTAS.keysPerSubscription.greatest }, (_, index) => index + 1).filter(keys => pageSize(patternCharacters, keys) >= keys).length;
}

/** All quotas, with their usual values where none are given. */
export function completeQuotas(quotas: SubscriptionQuotas = {}): Required<SubscriptionQuotas> {
  const complete = (name: keyof SubscriptionQuotas, greatest: number = QUOTAS[name].greatest) => integerOption(`quotas.${name}`, quotas[name] ?? QUOTAS[name].usual, greatest);
  const patternCharacters = complete('patternCharacters');
  return {
    subscriptionsPerConnection: complete('subscriptionsPerConnection'),
    patternCharacters,
    keysPerSubscription: complete('keysPerSubscription', greatestKeys(patternCharacters)),
  };
}
