/**
 * Event patterns as PutRule and TestEventPattern receive them.
 */
import { EventFields } from './event-fields';
import { InvalidEventPatternError } from './invalid-event-pattern-error';
import { InvalidOperandError } from './invalid-operand-error';
import { JsonReadError } from './json-read-error';
import { parsePattern, PatternTooLargeError } from './pattern-parser';
import { FieldCondition, PatternRule } from './pattern-rule';
import { RuleMatcher } from './rule-matcher';
import { withoutUnseenFields } from './unseen-fields';
import { ValueTest } from './value-test';
import { exceedsWildcardComplexity } from './wildcard-complexity';

const MAXIMUM_WILDCARD_COMPLEXITY = 10;
const TOO_COMPLEX = 'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character';

/** A compiled event pattern. */
export class EventPattern {
  private fields?: EventFields;
  private matchers: readonly RuleMatcher[] = [];

  /** @param rules what compileEventPattern found; the pattern matches when one of them does */
  constructor(readonly rules: readonly PatternRule[]) {}

  /** Whether an event, as parsed from JSON, matches; what is not an object never does. */
  matches(event: unknown): boolean {
    if (this.fields === undefined) {
      const fields = new EventFields();
      this.matchers = this.rules.map(rule => new RuleMatcher(rule, fields));
      this.fields = fields;
    }
    return this.fields.read(event) && this.matchers.some(matcher => matcher.matches());
  }
}

/** Compiles the JSON text of a pattern; throws InvalidEventPatternError with the message of EventBridge. */
export function compileEventPattern(pattern: string): EventPattern {
  const rules = parseRules(pattern);
  if (isTooComplex(rules)) {
    throw new InvalidEventPatternError(TOO_COMPLEX);
  }
  return new EventPattern(withoutUnseenFields(rules));
}

function parseRules(pattern: string): PatternRule[] {
  try {
    return parsePattern(pattern, 'operator');
  } catch (error) {
    const isAboutGrammar = error instanceof JsonReadError && error.location !== undefined;
    if (!isAboutGrammar || !pattern.includes('$or')) {
      throw toPatternError(error);
    }
  }
  // A pattern in which `$or` makes no sense as the operator may be one from the time when it was a name like any other.
  try {
    return parsePattern(pattern, 'field');
  } catch (error) {
    throw toPatternError(error);
  }
}

function toPatternError(error: unknown): unknown {
  const isKnown = error instanceof JsonReadError || error instanceof InvalidOperandError || error instanceof PatternTooLargeError;
  return isKnown ? new InvalidEventPatternError(error.message) : error;
}

/** The wildcards of one field count together where EventBridge follows them together: after the same fields before it. */
function isTooComplex(rules: readonly PatternRule[]): boolean {
  const identities = new Map<FieldCondition, number>();
  const groups = new Map<string, Map<string, string[]>>();
  for (const rule of rules) {
    let before = '';
    for (const condition of rule) {
      for (const wildcards of condition.tests.map(wildcardsOf)) {
        if (wildcards.length > 0) {
          const key = `${before} ${condition.path}`;
          groups.set(key, (groups.get(key) ?? new Map()).set(JSON.stringify(wildcards), wildcards));
        }
      }
      identities.set(condition, identities.get(condition) ?? identities.size);
      before += `,${identities.get(condition)}`;
    }
  }
  return [...groups.values()].some(group => exceedsWildcardComplexity([...group.values()], MAXIMUM_WILDCARD_COMPLEXITY));
}

function wildcardsOf(test: ValueTest): string[] {
  switch (test.kind) {
    case 'wildcard': return [test.wildcard.source];
    case 'anything-but': return test.tests.flatMap(wildcardsOf);
    default: return [];
  }
}
