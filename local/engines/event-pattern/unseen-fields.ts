/**
 * Fields that EventBridge never finds. It passes over every name of an event that no pattern mentions, and takes an empty name at the end of a path for none:
 * unless another path has one in its middle, only a name that itself ends in a dot leads to such a field.
 */
import { FieldCondition, PatternRule } from './pattern-rule';

/** The rules as they work out. */
export function withoutUnseenFields(rules: readonly PatternRule[]): readonly PatternRule[] {
  const paths = rules.flatMap(rule => rule.map(({ path }) => path));
  if (!paths.some(endsInEmptyName) || paths.some(mentionsEmptyName)) {
    return rules;
  }
  // All conditions, since those of one rule have to be found in the same elements of arrays.
  return rules.map(rule => rule.map(({ path, tests, acceptsAbsence }) => new FieldCondition(path, tests, acceptsAbsence, false)));
}

function endsInEmptyName(path: string): boolean {
  return path.endsWith('.');
}

function mentionsEmptyName(path: string): boolean {
  return path === '' || path.startsWith('.') && /[^.]/.test(path) || /\.\.+[^.]/.test(path);
}
