/** Changes a copy of an item: what is not changed is shared with the old one, and every path means a place in the old one. */
import { childOf, Path } from './path';
import { validationError } from '../errors';
import { AttributeValue, Attributes, setMember } from '../values/attribute-value';

interface ListChange {
  readonly removed: Set<number>;
  readonly appended: { readonly index: number; readonly value: AttributeValue }[];
}

type MutableAttributes = Record<string, AttributeValue>;

/** A value that this editor has copied, and may change. */
interface Container {
  readonly M?: MutableAttributes;
  readonly L?: AttributeValue[];
}

export class ItemEditor {
  private readonly root: { readonly M: MutableAttributes };
  private readonly copied = new WeakSet<object>();
  /** Lists change their length only in the end, lest an index shift under a later action. */
  private readonly lists = new Map<AttributeValue[], ListChange>();

  constructor(item: Attributes) {
    this.root = { M: { ...item } };
  }

  set(path: Path, value: AttributeValue): void {
    const container = this.containerOf(path);
    const last = path[path.length - 1];
    if (typeof last === 'string') {
      setMember(container.M!, last, value);
    } else if (last < container.L!.length) {
      container.L![last] = value;
    } else {
      this.changeOf(container.L!).appended.push({ index: last, value });
    }
  }

  remove(path: Path): void {
    const container = this.containerOf(path);
    const last = path[path.length - 1];
    if (typeof last === 'string') {
      delete container.M![last];
    } else {
      this.changeOf(container.L!).removed.add(last);
    }
  }

  /** The changed item. */
  finish(): Attributes {
    this.lists.forEach(({ removed, appended }, list) => {
      const kept = list.filter((_, index) => !removed.has(index));
      const added = appended.sort((left, right) => left.index - right.index).map(({ value }) => value);
      list.splice(0, list.length, ...kept, ...added);
    });
    return this.root.M;
  }

  /** The map or list that holds the end of a path, copied with everything above it. */
  private containerOf(path: Path): Container {
    let container: Container = this.root;
    path.slice(0, -1).forEach(element => {
      container = this.copyChild(container, element);
    });
    if (typeof path[path.length - 1] === 'string' ? !container.M : !container.L) {
      throw invalidPath();
    }
    return container;
  }

  private copyChild(parent: Container, element: string | number): Container {
    const child = childOf(parent, element);
    if (!child?.M && !child?.L) {
      throw invalidPath();
    }
    if (this.copied.has(child)) {
      return child as Container;
    }
    const copy: Container = child.M ? { M: { ...child.M } } : { L: [...child.L!] };
    this.copied.add(copy);
    if (typeof element === 'string') {
      setMember<AttributeValue>(parent.M!, element, copy);
    } else {
      parent.L![element] = copy;
    }
    return copy;
  }

  private changeOf(list: AttributeValue[]): ListChange {
    let change = this.lists.get(list);
    if (!change) {
      change = { removed: new Set(), appended: [] };
      this.lists.set(list, change);
    }
    return change;
  }
}

function invalidPath() {
  return validationError('The document path provided in the update expression is invalid for update');
}
