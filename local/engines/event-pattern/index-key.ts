/**
 * What can be looked up about a value to find the conditions it may meet.
 */
import { FieldCondition } from './pattern-rule';
import { Scalar, ValueTest } from './value-test';
import { Wildcard } from './wildcard';

/** A property that a value has to have for a test to accept it. */
export type IndexKey =
  | { readonly kind: 'equals'; readonly value: Scalar }
  | { readonly kind: 'upper-case'; readonly text: string }
  | { readonly kind: 'address'; readonly digits: string }
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'suffix'; readonly text: string }
  | { readonly kind: 'any-value' };

const ANY_VALUE: IndexKey = { kind: 'any-value' };
const ASCII_ONLY = /^[\0-\x7f]*$/;

/** Keys of which a value must have one to meet the condition; undefined when the field may be absent. */
export function indexKeys(condition: FieldCondition): readonly IndexKey[] | undefined {
  if (condition.acceptsAbsence) {
    return undefined;
  }
  const keys = condition.tests.map(indexKey);
  return keys.some(key => key.kind === 'any-value') ? [ANY_VALUE] : keys;
}

function indexKey(test: ValueTest): IndexKey {
  switch (test.kind) {
    case 'equals': return { kind: 'equals', value: test.value };
    case 'ip': return test.range.low === test.range.high ? { kind: 'address', digits: test.range.low } : ANY_VALUE;
    case 'prefix': case 'suffix': return test.text === '' ? ANY_VALUE : { kind: test.kind, text: test.text };
    // Only in ASCII do all forms of a text have one upper-case form.
    case 'equals-ignore-case':
      return ASCII_ONLY.test(test.text.text) ? { kind: 'upper-case', text: test.text.text.toUpperCase() } : ANY_VALUE;
    case 'wildcard': return wildcardKey(test.wildcard);
    default: return ANY_VALUE;
  }
}

function wildcardKey({ head, tail }: Wildcard): IndexKey {
  if (tail === undefined) {
    return { kind: 'equals', value: head };
  }
  if (head !== '') {
    return { kind: 'prefix', text: head };
  }
  return tail === '' ? ANY_VALUE : { kind: 'suffix', text: tail };
}
