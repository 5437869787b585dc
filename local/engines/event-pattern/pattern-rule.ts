/**
 * A compiled event pattern is one or more rules, one for each way through its `$or` lists. A rule matches when all of
 * its fields do.
 */
import { compileValueTests, ValuePredicate, ValueTest } from './value-test';

/** What a rule asks of the field at one path. */
export class FieldCondition {
  /** Whether one value of the field is accepted; undefined when only the absence of the field is. */
  readonly accepts?: ValuePredicate;

  /**
   * @param path the names on the way to the field, joined by dots
   * @param tests the field must have a value that passes one of them
   * @param acceptsAbsence whether the condition also holds when the field has no value
   * @param seesEmptyNames whether a name of the event that is empty counts as a step on the path; else what is under it is not there
   */
  constructor(readonly path: string, readonly tests: readonly ValueTest[], readonly acceptsAbsence: boolean, readonly seesEmptyNames = true) {
    this.accepts = tests.length > 0 ? compileValueTests(tests) : undefined;
  }
}

/** The conditions of one rule, sorted by path: the order decides what "absent" means among the elements of an array. */
export type PatternRule = readonly FieldCondition[];
