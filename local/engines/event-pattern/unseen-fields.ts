/**
 * Fields that EventBridge never finds. It passes over every name of an event that no pattern mentions, and takes an
 * empty name at the end of a path for none: unless another path has one in its middle, no event has such a field.
 */
import { PatternRule } from './pattern-rule';

/** The rules as they work out: a field that is never found is absent in every event. */
export function withoutUnseenFields(rules: readonly PatternRule[]): readonly PatternRule[] {
  const paths = rules.flatMap(rule => rule.map(({ path }) => path));
  if (!paths.some(endsInEmptyName) || paths.some(mentionsEmptyName)) {
    return rules;
  }
  return rules
    .filter(rule => rule.every(({ path, acceptsAbsence }) => acceptsAbsence || !endsInEmptyName(path)))
    .map(rule => rule.filter(({ path }) => !endsInEmptyName(path)));
}

function endsInEmptyName(path: string): boolean {
  return path.endsWith('.');
}

function mentionsEmptyName(path: string): boolean {
  return path === '' || path.startsWith('.') && /[^.]/.test(path) || /\.\.+[^.]/.test(path);
}
