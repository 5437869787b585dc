/**
 * Finds the values of chosen fields in an event.
 *
 * A field is named by its path joined with dots, and a dot in a name of the event counts as such a joint: `{"a.b": 1}`
 * and `{"a": {"b": 1}}` hold the same field. A field inside arrays has many values; each remembers the elements it is
 * in, because a rule has to find its fields in the same ones.
 */
import { Scalar } from './value-test';
import { wellFormed } from './well-formed';

/** An element of an array on the way to a value. */
export interface ArrayElement {
  /** Which array, counted through the event. */
  readonly array: number;
  readonly outer?: ArrayElement;
  /** How many elements enclose a value in this one, itself included. */
  readonly depth: number;
}

/** The values found for one field. Only the first `size` entries count. */
export class FieldValues {
  size = 0;
  values: Scalar[] = [];
  /** The innermost element around each value; only kept up when `inElements` is set. */
  elements: (ArrayElement | undefined)[] = [];
  /** Whether some value is inside an element of an array that is not the value itself. */
  inElements = false;
  /** How many readers share this field. */
  uses = 0;

  add(value: Scalar, element: ArrayElement | undefined): void {
    if (element !== undefined && !this.inElements) {
      this.inElements = true;
      this.elements.fill(undefined, 0, this.size);
    }
    if (this.inElements) {
      this.elements[this.size] = element;
    }
    this.values[this.size++] = value;
  }

  clear(): void {
    this.size = 0;
    this.inElements = false;
    if (this.values.length > KEPT_CAPACITY) {
      this.values = [];
      this.elements = [];
    }
  }
}

interface PathNode {
  readonly children: Map<string, PathNode>;
  field?: FieldValues;
}

/** Which field somebody is interested in. */
export interface FieldName {
  readonly path: string;
  /** Whether a name of the event that is empty counts as a step on the path; else what is under it is not there. */
  readonly seesEmptyNames: boolean;
}

const KEPT_CAPACITY = 64;

/** Beyond this depth Jackson refuses to read an event; what lies deeper is not seen here. */
const MAXIMUM_DEPTH = 1000;

/** The fields somebody is interested in, and their values in the event read last. */
export class EventFields {
  private readonly root: PathNode = { children: new Map() };
  /** The fields that are not under an empty name. */
  private readonly namedRoot: PathNode = { children: new Map() };
  private passesOverEmptyNames = false;
  private filled: FieldValues[] = [];
  private arrays = 0;

  /** The fields that have values in the event read last. */
  get found(): readonly FieldValues[] {
    return this.filled;
  }

  /** The field at a path, from now on filled by every read; each use has to be given back. */
  use(field: FieldName): FieldValues {
    let node = this.rootOf(field);
    for (const name of field.path.split('.')) {
      let child = node.children.get(name);
      if (child === undefined) {
        child = { children: new Map() };
        node.children.set(name, child);
      }
      node = child;
    }
    node.field ??= new FieldValues();
    node.field.uses++;
    return node.field;
  }

  /** The field at a path, if somebody uses it. */
  find(field: FieldName): FieldValues | undefined {
    return descend(this.rootOf(field), field.path)?.field;
  }

  /** Gives back one use of the field at a path; what nobody uses any more is forgotten. */
  release(field: FieldName): void {
    const names = field.path.split('.');
    const nodes = [this.rootOf(field)];
    for (const name of names) {
      nodes.push(nodes[nodes.length - 1].children.get(name)!);
    }
    const leaf = nodes[names.length];
    if (--leaf.field!.uses > 0) {
      return;
    }
    leaf.field = undefined;
    for (let depth = names.length; depth > 0 && nodes[depth].field === undefined && nodes[depth].children.size === 0; depth--) {
      nodes[depth - 1].children.delete(names[depth - 1]);
    }
  }

  /** Looks up all fields in an event; false when it is not an object. */
  read(event: unknown): boolean {
    for (const field of this.filled) {
      field.clear();
    }
    this.filled = [];
    this.arrays = 0;
    if (typeof event !== 'object' || event === null || Array.isArray(event)) {
      return false;
    }
    this.readObject(event as Record<string, unknown>, this.root, undefined, 1);
    if (this.namedRoot.children.size > 0) {
      this.passesOverEmptyNames = true;
      this.readObject(event as Record<string, unknown>, this.namedRoot, undefined, 1);
      this.passesOverEmptyNames = false;
    }
    return true;
  }

  private rootOf({ seesEmptyNames }: FieldName): PathNode {
    return seesEmptyNames ? this.root : this.namedRoot;
  }

  private readObject(object: Record<string, unknown>, node: PathNode, element: ArrayElement | undefined, depth: number): void {
    for (const name of Object.keys(object)) {
      if (name === '' && this.passesOverEmptyNames) {
        continue;
      }
      const child = node.children.get(name) ?? (name.includes('.') ? descend(node, name) : undefined);
      if (child !== undefined) {
        this.readValue(object[name], child, element, depth);
      }
    }
  }

  private readValue(value: unknown, node: PathNode, element: ArrayElement | undefined, depth: number): void {
    if (typeof value !== 'object' || value === null) {
      if (node.field !== undefined && value !== undefined) {
        if (node.field.size === 0) {
          this.filled.push(node.field);
        }
        node.field.add(typeof value === 'string' ? wellFormed(value) : value as Scalar, element);
      }
    } else if (depth < MAXIMUM_DEPTH) {
      if (Array.isArray(value)) {
        this.readArray(value, node, element, depth + 1);
      } else if (node.children.size > 0) {
        this.readObject(value as Record<string, unknown>, node, element, depth + 1);
      }
    }
  }

  private readArray(array: unknown[], node: PathNode, outer: ArrayElement | undefined, depth: number): void {
    const id = this.arrays++;
    for (const item of array) {
      // A scalar is a value of the field itself; only what is inside of an object or array is bound to its element.
      const isScalar = typeof item !== 'object' || item === null;
      this.readValue(item, node, isScalar ? outer : { array: id, outer, depth: (outer?.depth ?? 0) + 1 }, depth);
    }
  }
}

function descend(node: PathNode, name: string): PathNode | undefined {
  let child: PathNode | undefined = node;
  for (const part of name.split('.')) {
    child = child?.children.get(part);
  }
  return child;
}
