/**
 * Chance that comes again: the same for the same numbers, at least 0 and below 1. The fate of a rule's n-th match hangs on nothing else, neither on the clock nor
 * on what other rules have met.
 */
export function chance(...numbers: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const number of numbers) {
    state = mixed(state ^ number);
  }
  return (state >>> 0) / 2 ** 32;
}

/** The finalizer of MurmurHash3: every bit of the number changes half of the bits. */
function mixed(number: number): number {
  let state = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) + 0x6d2b79f5 | 0;
}
