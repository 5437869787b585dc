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

/** What a rule needs of one field, as the elements around its values: from the outermost to the innermost. */
export interface Need {
  /** Around the values that the rule accepts. */
  readonly accepted: readonly ElementPath[];
  /** Around all values; undefined unless the rule accepts that the field is absent. */
  readonly present?: readonly ElementPath[];
}

/** The elements around a value. */
export type ElementPath = readonly ArrayElement[];

/** A field that has to have a value in the chosen elements, or must not. */
interface Demand {
  readonly isWanted: boolean;
  readonly paths: readonly ElementPath[];
}

/** More alternatives than this are not tried; the rule then does not match. */
const MAXIMUM_ALTERNATIVES = 10_000;

/** The elements around a value, the outermost first. */
export function elementPath(element: ArrayElement | undefined): ElementPath {
  const path = new Array<ArrayElement>(element?.depth ?? 0);
  for (let current = element; current !== undefined; current = current.outer) {
    path[current.depth - 1] = current;
  }
  return path;
}

/** Whether one choice of elements meets all needs, which are sorted by the paths of their fields. */
export function canBeConsistent(needs: readonly Need[]): boolean {
  return new ConsistencySearch().chooseReadings(needs, 0, []);
}

class ConsistencySearch {
  private alternatives = 0;

  /** A field that may be there or not is tried both ways. */
  chooseReadings(needs: readonly Need[], index: number, demands: Demand[]): boolean {
    if (index === needs.length) {
      return this.canMeet(demands, 0);
    }
    const { accepted, present } = needs[index];
    const readings: Demand[] = [];
    if (present !== undefined && !present.some(path => path.length === 0)) {
      readings.push({ isWanted: false, paths: present });
    }
    if (accepted.length > 0) {
      readings.push({ isWanted: true, paths: accepted });
    }
    return this.tryEach(readings, reading => this.chooseReadings(needs, index + 1, [...demands, reading]));
  }

  /** Whether the demands can be met below one element (or the event), all of whose enclosing elements are chosen. */
  private canMeet(demands: readonly Demand[], depth: number): boolean {
    const hasUnwanted = demands.some(demand => !demand.isWanted);
    const byArray = new Map<number, Demand[]>();
    for (let index = 0; index < demands.length; index++) {
      const { isWanted, paths } = demands[index];
      const isHere = paths.some(path => path.length === depth);
      if (isHere && !isWanted) {
        return false;
      }
      if (isHere && !hasUnwanted) {
        continue;
      }
      const deeper = groupBy(paths.filter(path => path.length > depth), path => path[depth].array);
      if (isWanted && (isHere || deeper.size !== 1)) {
        // Choosing from an array can make a field absent that would be there otherwise, so a value at hand is not always best.
        const others = (replacement: readonly Demand[]) => [...demands.slice(0, index), ...replacement, ...demands.slice(index + 1)];
        const choices = [...deeper.values()].map(group => others([{ isWanted, paths: group }]));
        return this.tryEach(isHere ? [others([]), ...choices] : choices, choice => this.canMeet(choice, depth));
      }
      for (const [array, group] of deeper) {
        appendTo(byArray, array, { isWanted, paths: group });
      }
    }
    for (const group of byArray.values()) {
      if (!this.canChooseElement(group, depth)) {
        return false;
      }
    }
    return true;
  }

  /** Whether some element of an array meets the demands on that array. */
  private canChooseElement(demands: readonly Demand[], depth: number): boolean {
    // No field before this one has chosen an element, so the field is there.
    if (!demands[0].isWanted) {
      return false;
    }
    const byElement = demands.map(demand => groupBy(demand.paths, path => path[depth]));
    for (const element of byElement[0].keys()) {
      const inElement = demands.map(({ isWanted }, index) => ({ isWanted, paths: byElement[index].get(element) ?? [] }));
      if (inElement.every(demand => !demand.isWanted || demand.paths.length > 0) && this.canMeet(inElement, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private tryEach<T>(choices: readonly T[], succeeds: (choice: T) => boolean): boolean {
    if (choices.length === 1) {
      return succeeds(choices[0]);
    }
    return choices.some(choice => ++this.alternatives <= MAXIMUM_ALTERNATIVES && succeeds(choice));
  }
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
