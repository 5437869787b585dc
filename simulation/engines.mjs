import { KEYS } from './day.mjs';
import { costOf, execution, together } from './prices.mjs';
import { ASSUMED } from './system.mjs';

const PUT = { events: 1 };
const nothing = together(PUT, execution(ASSUMED.nothingMilliseconds.value), { reads: KEYS });
const delivery = together(execution(ASSUMED.deliveryMilliseconds.value), { reads: 1 });

/** What a million events cost before the messages to clients, when so many of a hundred match and each that does matches so many distinct patterns of one client each. */
export function engineCosts(matching, patterns) {
  const share = matching / 100;
  const matched = together(PUT, execution(ASSUMED.deliveryMilliseconds.value), { reads: KEYS });
  return {
    index: (1 - share) * costOf(nothing) * 1e6 + share * costOf(matched) * 1e6,
    rules: costOf(PUT) * 1e6 + share * patterns * costOf(delivery) * 1e6,
  };
}
