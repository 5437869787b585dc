/** Document paths, once their placeholders are looked up. */
import { attributeOf, AttributeValue, Attributes } from '../values/attribute-value';

/** Names of map members and indexes of list elements; the first is an attribute's name. */
export type Path = readonly [string, ...(string | number)[]];

/** The value at a path, if there is one. */
export function valueAt(item: Attributes, path: Path): AttributeValue | undefined {
  let value = attributeOf(item, path[0]);
  for (let index = 1; value !== undefined && index < path.length; index++) {
    value = childOf(value, path[index]);
  }
  return value;
}

/** A member of a map, or an element of a list. */
export function childOf(value: AttributeValue, element: string | number): AttributeValue | undefined {
  if (typeof element === 'number') {
    return value.L?.[element];
  }
  return value.M && attributeOf(value.M, element);
}

/** A path as DynamoDB's errors print it. */
export function printPath(path: Path): string {
  return `[${path.map(element => typeof element === 'number' ? `[${element}]` : element).join(', ')}]`;
}

/** Whether two paths are the same. */
export function equalPaths(left: Path, right: Path): boolean {
  return left.length === right.length && left.every((element, index) => element === right[index]);
}

/** How two paths get into each other's way: one holds the other, or they take the same value for a list and for a map. */
export function collisionOf(left: Path, right: Path): 'overlap' | 'conflict' | undefined {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    if (typeof left[index] !== typeof right[index]) {
      return 'conflict';
    }
    if (left[index] !== right[index]) {
      return undefined;
    }
  }
  return 'overlap';
}
