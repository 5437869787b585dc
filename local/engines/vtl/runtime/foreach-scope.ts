/** `$foreach`: what a loop tells about itself, and a place for values that live as long as the loop. */

import { LinkedHashMap, MapAccess } from '../java/collections';
import { defineClass, method } from '../java/java-class';
import { MAP_DEFINITION } from '../java/map-classes';

/** The scope object of one loop. */
export class ForeachScope implements MapAccess {
  index = -1;
  hasNextElement = false;
  readonly parent: ForeachScope | undefined;
  readonly replaced: unknown;
  private own: LinkedHashMap | undefined;

  constructor(previous: unknown) {
    if (previous instanceof ForeachScope) {
      this.parent = previous;
    } else {
      this.replaced = previous;
    }
  }

  get topmost(): ForeachScope {
    return this.parent?.topmost ?? this;
  }

  get size(): number {
    return this.own?.size ?? 0;
  }

  get changes(): number {
    return this.own?.changes ?? 0;
  }

  get(key: unknown): unknown {
    return this.own?.has(key) ? this.own.get(key) : this.parent?.get(key);
  }

  has(key: unknown): boolean {
    return this.own?.has(key) ?? false;
  }

  set(key: unknown, value: unknown): void {
    this.own ??= new LinkedHashMap();
    this.own.set(key, value);
  }

  delete(key: unknown): boolean {
    return this.own?.delete(key) ?? false;
  }

  keys(): Iterable<unknown> {
    return this.own?.keys() ?? [];
  }
}

defineClass<ForeachScope>(ForeachScope, {
  ...MAP_DEFINITION,
  name: 'org.apache.velocity.runtime.directive.ForeachScope',
  methods: [
    method('getIndex', [], (self: ForeachScope) => self.index),
    method('getCount', [], (self: ForeachScope) => self.index + 1),
    method('hasNext', [], (self: ForeachScope) => self.hasNextElement),
    method('getHasNext', [], (self: ForeachScope) => self.hasNextElement),
    method('isFirst', [], (self: ForeachScope) => self.index < 1),
    method('getFirst', [], (self: ForeachScope) => self.index < 1),
    method('isLast', [], (self: ForeachScope) => !self.hasNextElement),
    method('getLast', [], (self: ForeachScope) => !self.hasNextElement),
    method('getParent', [], (self: ForeachScope) => self.parent ?? null),
    method('getTopmost', [], (self: ForeachScope) => self.topmost),
    method('getReplaced', [], (self: ForeachScope) => self.replaced ?? self.parent?.replaced ?? null),
    ...MAP_DEFINITION.methods ?? [],
  ],
});
