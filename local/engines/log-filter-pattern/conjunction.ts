import { Scanner } from './scanner';

export type Predicate<Subject> = (subject: Subject) => boolean;

/** Reads conditions joined by `&&` and `||`, of which the first binds tighter. */
export function readConditions<Subject>(scanner: Scanner, readCondition: () => Predicate<Subject>): Predicate<Subject> {
  const alternatives = [readAll(scanner, readCondition)];
  while (scanner.accept('||')) {
    alternatives.push(readAll(scanner, readCondition));
  }
  return alternatives.length === 1 ? alternatives[0] : subject => alternatives.some(holds => holds(subject));
}

function readAll<Subject>(scanner: Scanner, readCondition: () => Predicate<Subject>): Predicate<Subject> {
  const conditions = [readCondition()];
  while (scanner.accept('&&')) {
    conditions.push(readCondition());
  }
  return conditions.length === 1 ? conditions[0] : subject => conditions.every(holds => holds(subject));
}
