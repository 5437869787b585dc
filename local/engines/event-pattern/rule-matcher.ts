/**
 * Holds a rule against the fields of an event.
 */
import { canBeConsistent, ElementPath, elementPath, Need } from './array-consistency';
import { ArrayElement, EventFields, FieldValues } from './event-fields';
import { FieldCondition, PatternRule } from './pattern-rule';

interface BoundCondition {
  readonly condition: FieldCondition;
  readonly field: FieldValues;
}

/** A rule bound to a reader of events; the reader has to have read the event. */
export class RuleMatcher {
  private readonly bound: BoundCondition[];

  constructor(readonly rule: PatternRule, private readonly fields: EventFields) {
    this.bound = rule.map(condition => ({ condition, field: fields.use(condition) }));
  }

  /** Gives the fields back to the reader. */
  release(): void {
    for (const condition of this.rule) {
      this.fields.release(condition);
    }
  }

  /** Whether the event read last meets all conditions. */
  matches(): boolean {
    let conditionsInElements = 0;
    let needsSearch = false;
    for (const { condition, field } of this.bound) {
      if (field.size === 0) {
        if (!condition.acceptsAbsence) {
          return false;
        }
      } else if (field.inElements && condition.acceptsAbsence) {
        needsSearch = true;
      } else if (!acceptsSome(condition, field)) {
        return false;
      } else if (field.inElements) {
        conditionsInElements++;
      }
    }
    return needsSearch || conditionsInElements > 1 ? this.matchesInSameElements() : true;
  }

  private matchesInSameElements(): boolean {
    const needs: Need[] = [];
    for (const { condition, field } of this.bound) {
      if (field.inElements) {
        needs.push({
          accepted: elementPaths(field, index => condition.accepts?.(field.values[index]) ?? false),
          present: condition.acceptsAbsence ? elementPaths(field, () => true) : undefined,
        });
      }
    }
    return canBeConsistent(needs);
  }
}

function acceptsSome({ accepts }: FieldCondition, { size, values }: FieldValues): boolean {
  if (accepts === undefined) {
    return false;
  }
  for (let index = 0; index < size; index++) {
    if (accepts(values[index])) {
      return true;
    }
  }
  return false;
}

/** The elements around the chosen values, without repeating those of values side by side. */
function elementPaths(field: FieldValues, isChosen: (index: number) => boolean): ElementPath[] {
  const elements = new Set<ArrayElement | undefined>();
  for (let index = 0; index < field.size; index++) {
    if (isChosen(index)) {
      elements.add(field.elements[index]);
    }
  }
  return [...elements].map(elementPath);
}
