/**
 * What a pattern may ask of one value of a field, and the function that answers it.
 */
import { numberText } from './comparable-number';
import { IgnoreCaseText } from './ignore-case-text';
import { IpRange, parseIpAddress } from './ip-address';
import { Wildcard } from './wildcard';

/** A leaf of an event; a bigint stands for a number that no double holds. */
export type Scalar = string | number | bigint | boolean | null;

/** One test of a value. */
export type ValueTest =
  | { readonly kind: 'equals'; readonly value: Scalar }
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'suffix'; readonly text: string }
  | { readonly kind: 'equals-ignore-case'; readonly text: IgnoreCaseText }
  | { readonly kind: 'prefix-ignore-case'; readonly text: IgnoreCaseText }
  | { readonly kind: 'suffix-ignore-case'; readonly text: IgnoreCaseText }
  | { readonly kind: 'wildcard'; readonly wildcard: Wildcard }
  | { readonly kind: 'numeric'; readonly range: NumericRange }
  | { readonly kind: 'ip'; readonly range: IpRange }
  | { readonly kind: 'exists' }
  | { readonly kind: 'anything-but'; readonly tests: readonly ValueTest[] };

/** The numbers between two bounds. */
export interface NumericRange {
  readonly low: number;
  readonly lowOpen: boolean;
  readonly high: number;
  readonly highOpen: boolean;
}

/** Answers a test for one value. */
export type ValuePredicate = (value: Scalar) => boolean;

/** The predicate that holds when any of the tests does. */
export function compileValueTests(tests: readonly ValueTest[]): ValuePredicate {
  const equals = tests.flatMap(test => test.kind === 'equals' ? [test.value] : []);
  const seesNumbers = tests.some(asksForNumber);
  const others = tests.filter(test => test.kind !== 'equals').map(test => compileValueTest(test, seesNumbers));
  const predicates = equals.length > 0 ? [compileEquals(equals), ...others] : others;
  if (predicates.length === 1) {
    return predicates[0];
  }
  return value => {
    for (const predicate of predicates) {
      if (predicate(value)) {
        return true;
      }
    }
    return false;
  };
}

function compileEquals(values: readonly Scalar[]): ValuePredicate {
  if (values.length === 1) {
    const [only] = values;
    return value => value === only;
  }
  const all = new Set(values);
  return value => all.has(value);
}

/** Whether a test makes EventBridge read the numbers of a field as numbers, and no longer as texts. */
function asksForNumber(test: ValueTest): boolean {
  switch (test.kind) {
    case 'equals': return typeof test.value === 'number';
    case 'numeric': return true;
    case 'anything-but': return test.tests.some(asksForNumber);
    default: return false;
  }
}

function compileValueTest(test: ValueTest, seesNumbers: boolean): ValuePredicate {
  switch (test.kind) {
    case 'equals': return compileEquals([test.value]);
    case 'prefix': return ifString(value => value.startsWith(test.text));
    case 'suffix': return ifString(value => value.endsWith(test.text));
    case 'equals-ignore-case': return ifString(value => test.text.equals(value));
    case 'prefix-ignore-case': return ifString(value => test.text.isPrefixOf(value));
    case 'suffix-ignore-case': return ifString(value => test.text.isSuffixOf(value));
    case 'wildcard': return ifString(value => test.wildcard.matches(value));
    case 'numeric': return compileNumeric(test.range);
    case 'ip': return compileIp(test.range, seesNumbers);
    case 'exists': return () => true;
    case 'anything-but': {
      const isForbidden = compileValueTests(test.tests);
      // "Anything but nothing" does not match everything, but nothing.
      return test.tests.length === 0 ? () => false : value => !isForbidden(value);
    }
  }
}

function ifString(predicate: (value: string) => boolean): ValuePredicate {
  return value => typeof value === 'string' && predicate(value);
}

function compileNumeric({ low, lowOpen, high, highOpen }: NumericRange): ValuePredicate {
  return value => typeof value === 'number'
    && (lowOpen ? value > low : value >= low)
    && (highOpen ? value < high : value <= high);
}

function compileIp({ low, high }: IpRange, seesNumbers: boolean): ValuePredicate {
  return value => {
    if (seesNumbers && typeof value === 'number') {
      return false;
    }
    const digits = addressDigits(value)?.slice(0, low.length);
    if (digits === undefined || digits < low || digits > high) {
      return false;
    }
    // EventBridge compares digit by digit until one lies between the bounds, and at most to the block's last one: an IPv6 address can be in an IPv4 block.
    return digits.length === low.length || !high.startsWith(digits);
  };
}

/** The digits of an address, or those of a number, which EventBridge takes for the same. */
export function addressDigits(value: Scalar): string | undefined {
  switch (typeof value) {
    case 'string': return parseIpAddress(value);
    case 'number': case 'bigint': return numberText(value);
    default: return undefined;
  }
}
