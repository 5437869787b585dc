/** Maps, and what their methods return. */

import { ClassReference, JavaArray, LinkedHashMap, MapEntry, MapView } from './collections';
import { JavaIterator, MapCursor } from './cursors';
import { ClassDefinition, Method, classOf, defineClass, method } from './java-class';
import { mapAccess } from './map-access';
import { OBJECT_METHODS } from './object-methods';
import { COLLECTION, MAP, OBJECT } from './parameter-types';
import { equal, hashCode, limitText, nested, toInt32, toText } from './values';
import { getProperty } from '../../jsonpath/json-model';

function get(self: object, key: unknown): unknown {
  return mapAccess(self).get(key) ?? null;
}

function put(self: object, key: unknown, value: unknown): unknown {
  const map = mapAccess(self);
  const previous = map.get(key) ?? null;
  map.set(key, value);
  return previous;
}

/** The methods of java.util.Map. */
const MAP_METHODS: readonly Method[] = [
  method('get', [OBJECT], get),
  method('getOrDefault', [OBJECT, OBJECT], (self: object, key, fallback) => (mapAccess(self).has(key) ? get(self, key) : fallback)),
  method('put', [OBJECT, OBJECT], put),
  method('putIfAbsent', [OBJECT, OBJECT], (self: object, key, value) => get(self, key) ?? put(self, key, value)),
  method('putAll', [MAP], (self: object, other): void => {
    const [target, source] = [mapAccess(self), mapAccess(other)];
    for (const key of Array.from(source.keys())) target.set(key, source.get(key));
  }),
  method('remove', [OBJECT], (self: object, key) => {
    const previous = get(self, key);
    mapAccess(self).delete(key);
    return previous;
  }),
  method('clear', [], (self: object): void => {
    const map = mapAccess(self);
    for (const key of Array.from(map.keys())) map.delete(key);
  }),
  method('containsKey', [OBJECT], (self: object, key) => mapAccess(self).has(key)),
  method('containsValue', [OBJECT], (self: object, value) => new MapView(mapAccess(self), 'values').elements().some((element) => equal(element, value))),
  method('size', [], (self: object) => mapAccess(self).size),
  method('isEmpty', [], (self: object) => mapAccess(self).size === 0),
  method('keySet', [], (self: object) => new MapView(mapAccess(self), 'keys')),
  method('values', [], (self: object) => new MapView(mapAccess(self), 'values')),
  method('entrySet', [], (self: object) => new MapView(mapAccess(self), 'entries')),
  ...OBJECT_METHODS,
];

function mapsEqual(self: object, other: unknown): boolean {
  if (typeof other !== 'object' || other === null || !classOf(other).readKey) return false;
  const [left, right] = [mapAccess(self), mapAccess(other)];
  return left.size === right.size && nested(() => Array.from(left.keys()).every((key) => right.has(key) && equal(left.get(key), right.get(key))));
}

/** What all kinds of map have in common; each may differ in how it prints and stores. */
export const MAP_DEFINITION: ClassDefinition<object> = {
  name: 'java.util.LinkedHashMap',
  text(self) {
    const map = mapAccess(self);
    const textOf = (part: unknown): string => (part === self ? '(this Map)' : toText(part));
    return nested(() => limitText(`{${Array.from(map.keys(), (key) => `${textOf(key)}=${textOf(map.get(key))}`).join(', ')}}`));
  },
  equals: mapsEqual,
  hash: (self) => nested(() => new MapView(mapAccess(self), 'entries').elements().reduce((sum: number, entry) => toInt32(sum + hashCode(entry)), 0)),
  iterate: (self) => new MapCursor(mapAccess(self), 'values'),
  readKey: get,
  writeKey: (self, key, value) => mapAccess(self).set(key, value),
  methods: MAP_METHODS,
};

/** A map of the language. */
export const LINKED_HASH_MAP_CLASS = defineClass<LinkedHashMap>(LinkedHashMap, MAP_DEFINITION);

// An object of a JSON document.
defineClass<object>('JSON object', {
  ...MAP_DEFINITION,
  parent: LINKED_HASH_MAP_CLASS,
  readKey: (self, key) => getProperty(self, key) ?? null,
});

const VIEW_NAMES = { keys: 'java.util.LinkedHashMap$LinkedKeySet', values: 'java.util.LinkedHashMap$LinkedValues', entries: 'java.util.LinkedHashMap$LinkedEntrySet' };

defineClass(MapView, {
  name: 'java.util.LinkedHashMap$LinkedKeySet',
  text: (self) => nested(() => limitText(`[${self.elements().map(toText).join(', ')}]`)),
  equals: (self, other) => self.part !== 'values' && other instanceof MapView && other.part === self.part && setsEqual(self.elements(), other.elements()),
  hash: (self) => self.elements().reduce((sum: number, element) => toInt32(sum + hashCode(element)), 0),
  iterate: (self) => new MapCursor(self.map, self.part),
  methods: [
    method('size', [], (self: MapView) => self.map.size),
    method('isEmpty', [], (self: MapView) => self.map.size === 0),
    method('contains', [OBJECT], (self: MapView, value) => self.elements().some((element) => equal(element, value))),
    method('containsAll', [COLLECTION], (self: MapView, others: unknown[] | MapView) =>
      (others instanceof MapView ? others.elements() : others).every((other) => self.elements().some((element) => equal(element, other)))),
    method('remove', [OBJECT], (self: MapView, value) => {
      const index = self.elements().findIndex((element) => equal(element, value));
      if (index !== -1) self.map.delete(Array.from(self.map.keys())[index]);
      return index !== -1;
    }),
    method('clear', [], (self: MapView): void => {
      for (const key of Array.from(self.map.keys())) self.map.delete(key);
    }),
    method('iterator', [], (self: MapView) => new JavaIterator(new MapCursor(self.map, self.part))),
    method('toArray', [], (self: MapView) => new JavaArray(self.elements(), 'java.lang.Object')),
    method('getClass', [], (self: MapView) => new ClassReference(VIEW_NAMES[self.part])),
    ...OBJECT_METHODS,
  ],
});

function setsEqual(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((element) => right.some((other) => equal(element, other)));
}

defineClass(MapEntry, {
  name: 'java.util.LinkedHashMap$Entry',
  text: (self) => `${toText(self.key)}=${toText(self.value)}`,
  equals: (self, other) => other instanceof MapEntry && equal(self.key, other.key) && equal(self.value, other.value),
  hash: (self) => hashCode(self.key) ^ hashCode(self.value),
  methods: [
    method('getKey', [], (self: MapEntry) => self.key),
    method('getValue', [], (self: MapEntry) => self.value),
    method('setValue', [OBJECT], (self: MapEntry, value) => put(self.map, self.key, value)),
    ...OBJECT_METHODS,
  ],
});

defineClass(JavaIterator, {
  name: 'java.util.Iterator',
  iterate: (self) => self,
  methods: [
    method('hasNext', [], (self: JavaIterator) => self.hasNext()),
    method('next', [], (self: JavaIterator) => self.next()),
    ...OBJECT_METHODS,
  ],
});
