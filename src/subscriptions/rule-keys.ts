import { FixedField, MatchKeys, combinations, object } from './match-keys';
import { MATCH_KEY_PREFIX } from './rows';

/** Longest text of claims that stands in a sort key as it is: it holds 1,024 bytes, and a character takes up to four. */
const CLAIMS_TEXT_LIMIT = 150;

/** JSONata: what stands for claims in sort keys. */
const PREFIX = `$prefix := function($claims) { ($text := $string($claims); ($length($text) > ${CLAIMS_TEXT_LIMIT} ? $hash($text, 'SHA-256') : $text) & '#') };`;

/**
 * Subscribers are looked up by the rule that their pattern shares; the event comes with that rule's name. What the policy fixes begins the sort key, so that an
 * event reads no row of those whom it does not concern.
 */
export class RuleKeys implements MatchKeys {
  constructor(private readonly fixed: readonly FixedField[]) {}

  get keysOfPattern(): string {
    return `[{ 'key': '${MATCH_KEY_PREFIX}rule=' & $rule, 'before': [] }]`;
  }

  get sortKeyPrefix(): string {
    return this.fixed.length === 0 ? "''" : `(${PREFIX} $prefix(${object(this.fixed.map(({ path, value }) => [path, value]))}))`;
  }

  get keysOfEvent(): string {
    const key = `'${MATCH_KEY_PREFIX}rule=' & $rule`;
    if (this.fixed.length === 0) {
      return `{ 'pages': [{ 'key': ${key} }], 'digests': [] }`;
    }
    const paths = this.fixed.map(({ path }) => path);
    const variables = new Map(paths.map((path, index) => [path, `$values${index}`]));
    return `(${PREFIX}
      ${[...variables].map(([path, variable]) => `${variable} := $distinct(${path.valuesOfEvent}[$type($) = 'string']);`).join('\n      ')}
      { 'pages': [[${combinations(paths, variables)}].{ 'key': ${key}, 'prefix': $prefix($) }], 'digests': [] }
    )`;
  }
}
