import { FieldPath, literal } from '../push/field-path';

/** A field that every subscription has a fixed value for, and the JSONata expression of that value when a client subscribes. */
export interface FixedField {
  readonly path: FieldPath;
  readonly value: string;
}

/** How events find subscriptions: the keys of both sides, as JSONata expressions of Step Functions. */
export interface MatchKeys {
  /**
   * The keys of `$pattern`, each as `{ "key", "sure", "before" }`. It is sure when the key says all that the pattern does: whatever carries it matches. `before` are
   * digests of those before it: an event with several values in one field may carry several of a subscription's keys, and finds it once, under the first.
   */
  readonly keysOfPattern: string;

  /** What the sort keys of a subscription's match rows begin with, before the bucket. */
  readonly sortKeyPrefix: string;

  /**
   * `{ "pages", "digests" }` of `$event`: the first page, `{ "key", "prefix"? }`, under each key that it carries; and the digests of its keys, where it may carry
   * several of one subscription.
   */
  readonly keysOfEvent: string;
}

/** JSONata: one object of fields for each combination of their values. */
export function combinations(paths: readonly FieldPath[], variables: ReadonlyMap<FieldPath, string>): string {
  const fields = object(paths.map((path, index) => [path, `$field${index}`]));
  return paths.reduceRight((inner, path, index) => `${variables.get(path)}.($field${index} := $; ${inner})`, fields);
}

/** JSONata: an object with a field for each path. */
export function object(fields: readonly (readonly [FieldPath, string])[]): string {
  return `{${fields.map(([{ text }, value]) => `${literal(text)}: ${value}`).join(', ')}}`;
}
