import { SUBSCRIPTION_ID_LENGTH } from './subscription-id';
import { SubscriptionQuotas } from './subscription-quotas';
import { literal } from '../push/field-path';
import { ProtocolError, absent, typeOf } from '../workflows/answers';

export interface ProtocolErrorOptions {
  readonly asksForClaims: boolean;
  readonly makesRules: boolean;
  /** The fields of which a pattern has to name one. */
  readonly requiredFields?: readonly string[];
}

/** Every error that the subscription workflow answers with. */
export function protocolErrors(quotas: Required<SubscriptionQuotas>, { asksForClaims, makesRules, requiredFields }: ProtocolErrorOptions): ProtocolError[] {
  const { subscriptionsPerConnection, patternCharacters, keysPerSubscription } = quotas;
  return [
    final('UnknownAction', `'\`action\` must be subscribe, unsubscribe, subscriptions or ping, or another action of this API; received ' & (${absent('action')} ? 'none' : $substring($request.action, 0, 100)) & '.'`),
    final('PatternMissing', '\'`pattern` is missing or null. Send {"action": "subscribe", "pattern": {…}} with an EventBridge event pattern.\''),
    final('PatternTooLong', `'\`pattern\` must be at most ${patternCharacters} characters of JSON; received ' & $length($request.pattern) & '. Name fewer values, or subscribe with several patterns.'`),
    final('PatternNotAnObject', `'\`pattern\` must be a JSON object that maps fields to lists of values, such as {"source": ["shop"]}; received ' & ${typeOf('pattern')} & '.'`),
    // The reason is AWS's own; what follows it names the request within AWS and means nothing to a client.
    final('InvalidEventPattern', "$substringBefore($cause, ' (Service: ')"),
    ...requiredFields ? [final('PatternTooBroad', `'\`pattern\` must name 1 to ${keysPerSubscription} values, and nothing but values, for one of these fields, outside of $or: ' & ${literal(`${requiredFields.join(', ')}.`)}`)] : [],
    ...asksForClaims ? [final('NotAllowed', "'This connection may not subscribe: its authorizer did not say for whom it acts.'")] : [],
    final('SubscriptionIdInvalid', `'\`subscriptionId\` must be a string of 1 to ${SUBSCRIPTION_ID_LENGTH} letters, digits, dots, colons, hyphens and underscores.'`),
    final('SubscriptionNotFound', "'This connection has no subscription with the id ' & $request.subscriptionId & '.'"),
    final('SubscriptionLimitExceeded', `'A connection may have ${subscriptionsPerConnection} subscriptions. Unsubscribe from another first.'`),
    final('StartNotAString', "'`startAfter` must be the string that the last answer carried as `next`.'"),
    final('NotConnected', "'The connection is not known any more. Connect again and subscribe.'"),
    ...makesRules ? [{ code: 'RuleLimitExceeded', retryable: true, message: "'There are as many different patterns as there may be. Try again later, or with a pattern that others have too.'" }] : [],
    { code: 'Busy', retryable: true, message: "'Other requests change the same subscriptions. Try again.'" },
  ];
}

function final(code: string, message: string): ProtocolError {
  return { code, message, retryable: false };
}
