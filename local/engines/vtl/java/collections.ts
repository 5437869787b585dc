/** The collections that templates make and are given. */

import { equal } from './values';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';

/** More than this many elements no template makes by anything but mistake or malice. */
const MAX_ELEMENTS = 1_000_000;

/** Refuses collections that have grown without measure. */
export function checkSize(size: number): void {
  if (size > MAX_ELEMENTS) throw new VtlRuntimeError(`A collection can not have more than ${MAX_ELEMENTS} elements`);
}

/** java.util.ArrayList, which prints its elements as they are; a plain array is a JSON array, which prints as JSON. */
export class ArrayList extends Array<unknown> {
  /** A list of the given elements, whatever their number and type. */
  static containing(elements: Iterable<unknown>): ArrayList {
    const list = new ArrayList();
    for (const element of elements) list.push(element);
    checkSize(list.length);
    return list;
  }
}

/** A Java array: it has a size and elements but none of a list's other methods, and does not print its elements. */
export class JavaArray {
  constructor(readonly elements: unknown[], readonly componentType: string) {}
}

/** java.lang.Character: prints like a string of one, but is none. */
export class Character {
  constructor(readonly value: string) {}
}

/** What a map's methods need of any kind of map. */
export interface MapAccess {
  readonly size: number;
  /** How often keys have come or gone. */
  readonly changes: number;
  get(key: unknown): unknown;
  has(key: unknown): boolean;
  set(key: unknown, value: unknown): unknown;
  delete(key: unknown): boolean;
  keys(): Iterable<unknown>;
}

/** java.util.LinkedHashMap. Keys are equal as Java's are, so 1 and "1" are two. */
export class LinkedHashMap extends Map<unknown, unknown> implements MapAccess {
  /** A map of an object's own properties. */
  static ofRecord(record: object): LinkedHashMap {
    const map = new LinkedHashMap();
    for (const [key, value] of Object.entries(record)) map.set(key, value);
    return map;
  }

  changes = 0;

  override get(key: unknown): unknown {
    return super.get(this.identify(key));
  }

  override has(key: unknown): boolean {
    return super.has(this.identify(key));
  }

  override set(key: unknown, value: unknown): this {
    const sizeBefore = this.size;
    super.set(this.identify(key), value);
    if (this.size !== sizeBefore) this.changes++;
    checkSize(this.size);
    return this;
  }

  override delete(key: unknown): boolean {
    const existed = super.delete(this.identify(key));
    if (existed) this.changes++;
    return existed;
  }

  /** Objects as keys are rare enough to be compared one by one. */
  private identify(key: unknown): unknown {
    if (typeof key !== 'object' || key === null) return key ?? null;
    for (const existing of this.keys()) {
      if (typeof existing === 'object' && equal(existing, key)) return existing;
    }
    return key;
  }
}

/** One entry of a map, as `entrySet()` gives it. */
export class MapEntry {
  constructor(readonly map: MapAccess, readonly key: unknown) {}

  get value(): unknown {
    return this.map.get(this.key) ?? null;
  }
}

/** What `keySet()`, `values()` and `entrySet()` return: a window on a map, which shows what is in it when it is looked at. */
export class MapView {
  constructor(readonly map: MapAccess, readonly part: 'keys' | 'values' | 'entries') {}

  elements(): unknown[] {
    const keys = Array.from(this.map.keys());
    switch (this.part) {
      case 'keys': return keys;
      case 'values': return keys.map((key) => this.map.get(key) ?? null);
      case 'entries': return keys.map((key) => new MapEntry(this.map, key));
    }
  }
}

/** java.lang.Class, as far as its name. */
export class ClassReference {
  constructor(readonly name: string) {}
}
