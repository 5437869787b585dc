/** Picks parts of an item, by a projection or by plain names. */
import { Binder } from './binder';
import { parseProjection } from './parse';
import { childOf, collisionOf, Path, printPath } from './path';
import { Placeholders } from './placeholders';
import { attributeOf, AttributeValue, Attributes, setMember } from '../values/attribute-value';

/** The parts of an item that are asked for. */
export interface Projection {
  readonly paths: readonly Path[];
  /** Copies what there is of them out of an item. */
  readonly pick: (item: Attributes) => Attributes;
}

const RESERVED_WORD = 0;
const UNDEFINED_NAME = 1;
const OVERLAP = 2;
const CONFLICT = 3;

/** Binds a projection; throws what is wrong with it. */
export function bindProjection(source: string, placeholders: Placeholders): Projection {
  const binder = new Binder('ProjectionExpression', placeholders);
  const paths = parseProjection(source).map(node => binder.path(node, { reserved: RESERVED_WORD, undefined: UNDEFINED_NAME }));
  reportCollisions(binder, paths, { overlap: OVERLAP, conflict: CONFLICT });
  binder.throwIfAny();
  return projectPaths(paths);
}

/** The projection to attributes by their names. */
export function projectNames(names: readonly string[]): Projection {
  return projectPaths(names.map((name): Path => [name]));
}

/** The projection to paths that do not overlap. */
export function projectPaths(paths: readonly Path[]): Projection {
  const tree = paths.every(path => path.length === 1) ? undefined : pathTree(paths);
  return {
    paths,
    pick: item => {
      const result: Record<string, AttributeValue> = {};
      if (tree) {
        tree.forEach((branch, name) => copyBranch(result, name as string, attributeOf(item, name as string), branch));
      } else {
        paths.forEach(([name]) => copyBranch(result, name, attributeOf(item, name), undefined));
      }
      return result;
    },
  };
}

/** Tells of paths that get into each other's way. */
export function reportCollisions(binder: Binder, paths: readonly Path[], ranks: { readonly overlap: number; readonly conflict: number }): void {
  paths.forEach((path, index) => paths.slice(0, index).forEach(earlier => {
    const collision = collisionOf(earlier, path);
    if (collision) {
      binder.report(ranks[collision], `Two document paths ${collision} with each other; must remove or rewrite one of these paths; `
        + `path one: ${printPath(earlier)}, path two: ${printPath(path)}`);
    }
  }));
}

/** What is wanted below a value; undefined where all of it is. */
type Branch = Map<string | number, Branch> | undefined;

function pathTree(paths: readonly Path[]): NonNullable<Branch> {
  const tree: NonNullable<Branch> = new Map();
  for (const path of paths) {
    let branch = tree;
    path.forEach((element, index) => {
      if (index === path.length - 1) {
        branch.set(element, undefined);
      } else {
        const below = branch.get(element) ?? new Map<string | number, Branch>();
        branch.set(element, below);
        branch = below;
      }
    });
  }
  return tree;
}

function copyBranch(target: Record<string, AttributeValue>, name: string, value: AttributeValue | undefined, branch: Branch): void {
  const picked = value && pickBranch(value, branch);
  if (picked) {
    setMember(target, name, picked);
  }
}

/** The part of a value that is wanted; undefined where there is nothing of it. */
function pickBranch(value: AttributeValue, branch: Branch): AttributeValue | undefined {
  if (!branch) {
    return value;
  }
  if (value.L) {
    // Elements keep their order, and close the ranks.
    const indexes = [...branch.keys()].filter(element => typeof element === 'number').sort((left, right) => left - right);
    const elements = indexes.flatMap(index => {
      const element = childOf(value, index);
      const picked = element && pickBranch(element, branch.get(index));
      return picked ? [picked] : [];
    });
    return elements.length > 0 ? { L: elements } : undefined;
  }
  if (value.M) {
    const members: Record<string, AttributeValue> = {};
    branch.forEach((below, name) => copyBranch(members, String(name), childOf(value, name), below));
    return Object.keys(members).length > 0 ? { M: members } : undefined;
  }
  return undefined;
}
