/**
 * Decides whether all fields of a rule can be found in the same elements of the event's arrays.
 *
 * Every array on the way to the chosen values may contribute one element only. Fields are looked at in the order of
 * their paths, and a field counts as absent when none of its values is in the elements that the fields before it have
 * settled on; where none of them has chosen from an array yet, all its elements count.
 *
 * Arrays inside one element do not depend on each other, so the search goes element by element and stays linear. Only
 * choices that cannot be split that way are tried one after the other, and their number is bounded.
 */
import { ArrayElement } from './event-fields';

/** What a rule needs of one field, as the elements around its values. */
export interface Need {
  /** Around the values that the rule accepts. */
  readonly accepted: readonly ElementPath[];
  /** Around all values; undefined unless the rule also accepts that the field is absent. */
  readonly present?: readonly ElementPath[];
}

/** The elements around a value, from the outermost to the innermost. */
export type ElementPath = readonly ArrayElement[];

/** More alternatives than this are not tried; the rule then does not match. */
const MAXIMUM_ALTERNATIVES = 10_000;

/** The elements around a value whose innermost element is given. */
export function elementPath(element: ArrayElement | undefined): ElementPath {
  const path = new Array<ArrayElement>(element?.depth ?? 0);
  for (let current = element; current !== undefined; current = current.outer) {
    path[current.depth - 1] = current;
  }
  return path;
}

/** Whether one choice of elements meets all needs, which are sorted by the paths of their fields. */
export function canBeConsistent(needs: readonly Need[]): boolean {
  return new ConsistencySearch().canMeet(needs, 0);
}

class ConsistencySearch {
  private alternatives = 0;

  /** Whether the needs can be met below one element (or the event), all of whose enclosing elements are chosen. */
  canMeet(needs: readonly Need[], depth: number): boolean {
    const absenceCounts = needs.some(need => need.present !== undefined);
    const byArray = new Map<number, Need[]>();
    for (let index = 0; index < needs.length; index++) {
      const { accepted, present } = needs[index];
      const mayBeAbsent = present !== undefined && !isHere(present, depth);
      if (mayBeAbsent && present.length === 0) {
        continue;
      }
      const acceptedHere = isHere(accepted, depth);
      if (acceptedHere && !absenceCounts) {
        continue;
      }
      const parts = mayBeAbsent ? partsIfAbsentOrAccepted(accepted, present, depth) : partsIfAccepted(accepted, depth);
      if (acceptedHere) {
        // Choosing from an array can make a later field absent that would be there otherwise, so a value at hand is not always best.
        parts.unshift([]);
      }
      if (parts.length !== 1) {
        const others = (part: readonly Need[]) => [...needs.slice(0, index), ...part, ...needs.slice(index + 1)];
        return parts.some(part => ++this.alternatives <= MAXIMUM_ALTERNATIVES && this.canMeet(others(part), depth));
      }
      for (const need of parts[0]) {
        appendTo(byArray, (need.accepted[0] ?? need.present![0])[depth].array, need);
      }
    }
    return [...byArray.values()].every(group => this.canChooseElement(group, depth));
  }

  /** Whether some element of an array meets the needs that are all about this array. */
  private canChooseElement([first, ...others]: readonly Need[], depth: number): boolean {
    // No field before the first has chosen an element, so all of its values count and it is not absent.
    const firstByElement = groupBy(first.accepted, path => path[depth]);
    const othersByElement = others.map(({ accepted, present }) => ({
      accepted: groupBy(accepted, path => path[depth]),
      present: present && groupBy(present, path => path[depth]),
    }));
    for (const [element, accepted] of firstByElement) {
      const inElement: Need[] = [{ accepted }];
      for (const other of othersByElement) {
        inElement.push({ accepted: other.accepted.get(element) ?? [], present: other.present && (other.present.get(element) ?? []) });
      }
      if (inElement.every(need => need.present !== undefined || need.accepted.length > 0) && this.canMeet(inElement, depth + 1)) {
        return true;
      }
    }
    return false;
  }
}

/** The ways to meet a need for an accepted value inside arrays: one for each array. */
function partsIfAccepted(accepted: readonly ElementPath[], depth: number): Need[][] {
  const deeper = accepted.filter(path => path.length > depth);
  return [...groupBy(deeper, path => path[depth].array).values()].map(group => [{ accepted: group }]);
}

/** The ways to meet a need for a field that is in arrays only, and may have an accepted value or be absent. */
function partsIfAbsentOrAccepted(accepted: readonly ElementPath[], present: readonly ElementPath[], depth: number): Need[][] {
  const byArray = [...groupBy(present, path => path[depth].array).values()];
  if (byArray.length === 1) {
    return [[{ accepted, present }]];
  }
  return [byArray.map(group => ({ accepted: [], present: group })), ...partsIfAccepted(accepted, depth)];
}

function isHere(paths: readonly ElementPath[], depth: number): boolean {
  return paths.some(path => path.length === depth);
}

function groupBy<K, V>(values: readonly V[], key: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    appendTo(groups, key(value), value);
  }
  return groups;
}

function appendTo<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group === undefined) {
    groups.set(key, [value]);
  } else {
    group.push(value);
  }
}
