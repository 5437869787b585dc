/** Lists. */

import { ArrayList, JavaArray, MapView, checkSize } from './collections';
import { JavaIterator, ListCursor } from './cursors';
import { ClassDefinition, Method, defineClass, method } from './java-class';
import { jsonText } from './json-text';
import { OBJECT_METHODS } from './object-methods';
import { COLLECTION, INT, OBJECT } from './parameter-types';
import { equal, hashCode, limitText, nested, toInt32, toText } from './values';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';

function checkIndex(index: number, length: number): number {
  if (index < 0 || index >= length) throw new VtlRuntimeError(`Index ${index} out of bounds for length ${length}`);
  return index;
}

function elementsOf(collection: unknown[] | MapView): unknown[] {
  return Array.isArray(collection) ? Array.from(collection) : collection.elements();
}

function insert(self: unknown[], index: number, elements: readonly unknown[]): boolean {
  checkIndex(index, self.length + 1);
  checkSize(self.length + elements.length);
  self.splice(index, 0, ...elements);
  return elements.length > 0;
}

/** Appends one by one: spreading a long list into arguments would overflow the stack. */
function append(self: unknown[], elements: readonly unknown[]): boolean {
  checkSize(self.length + elements.length);
  for (const element of elements) self.push(element);
  return elements.length > 0;
}

function retain(self: unknown[], keeps: (element: unknown) => boolean): boolean {
  const kept = Array.from(self).filter(keeps);
  const changed = kept.length !== self.length;
  self.length = 0;
  append(self, kept);
  return changed;
}

function indexOf(self: readonly unknown[], value: unknown): number {
  for (let index = 0; index < self.length; index++) {
    if (equal(self[index], value)) return index;
  }
  return -1;
}

function lastIndexOf(self: readonly unknown[], value: unknown): number {
  for (let index = self.length - 1; index >= 0; index--) {
    if (equal(self[index], value)) return index;
  }
  return -1;
}

function subList(self: readonly unknown[], from: number, to: number): ArrayList {
  if (from < 0 || to > self.length || from > to) throw new VtlRuntimeError(`fromIndex ${from}, toIndex ${to}, length ${self.length}: no such part of a list`);
  return ArrayList.containing(Array.from(self).slice(from, to));
}

const METHODS: readonly Method[] = [
  method('size', [], (self: unknown[]) => self.length),
  method('isEmpty', [], (self: unknown[]) => self.length === 0),
  method('get', [INT], (self: unknown[], index) => self[checkIndex(index, self.length)] ?? null),
  method('set', [INT, OBJECT], (self: unknown[], index, value) => {
    const previous = self[checkIndex(index, self.length)] ?? null;
    self[index] = value;
    return previous;
  }),
  method('add', [OBJECT], (self: unknown[], value) => append(self, [value])),
  method('add', [INT, OBJECT], (self: unknown[], index, value): void => {
    insert(self, index, [value]);
  }),
  method('addAll', [COLLECTION], (self: unknown[], others) => append(self, elementsOf(others))),
  method('addAll', [INT, COLLECTION], (self: unknown[], index, others) => insert(self, index, elementsOf(others))),
  method('remove', [INT], (self: unknown[], index) => self.splice(checkIndex(index, self.length), 1)[0] ?? null),
  method('remove', [OBJECT], (self: unknown[], value) => {
    const index = indexOf(self, value);
    if (index !== -1) self.splice(index, 1);
    return index !== -1;
  }),
  method('removeAll', [COLLECTION], (self: unknown[], others) => retain(self, (element) => indexOf(elementsOf(others), element) === -1)),
  method('retainAll', [COLLECTION], (self: unknown[], others) => retain(self, (element) => indexOf(elementsOf(others), element) !== -1)),
  method('clear', [], (self: unknown[]): void => {
    self.length = 0;
  }),
  method('contains', [OBJECT], (self: unknown[], value) => indexOf(self, value) !== -1),
  method('containsAll', [COLLECTION], (self: unknown[], others) => elementsOf(others).every((other) => indexOf(self, other) !== -1)),
  method('indexOf', [OBJECT], indexOf),
  method('lastIndexOf', [OBJECT], lastIndexOf),
  method('subList', [INT, INT], subList),
  method('toArray', [], (self: unknown[]) => new JavaArray(Array.from(self), 'java.lang.Object')),
  method('iterator', [], (self: unknown[]) => new JavaIterator(new ListCursor(self))),
  method('listIterator', [], (self: unknown[]) => new JavaIterator(new ListCursor(self))),
  ...OBJECT_METHODS,
];

const LIST_DEFINITION: ClassDefinition<unknown[]> = {
  name: 'java.util.ArrayList',
  text: (self) => nested(() => limitText(`[${Array.from(self, (element) => (element === self ? '(this Collection)' : toText(element))).join(', ')}]`)),
  equals: (self, other) => Array.isArray(other) && other.length === self.length && nested(() => self.every((element, index) => equal(element, other[index]))),
  hash: (self) => nested(() => self.reduce((hash: number, element) => toInt32(Math.imul(31, hash) + hashCode(element)), 1)),
  iterate: (self) => new ListCursor(self),
  methods: METHODS,
};

const ARRAY_LIST_CLASS = defineClass<ArrayList>(ArrayList, LIST_DEFINITION);

// A list of a JSON document: the one collection that prints as JSON.
defineClass<unknown[]>('JSON array', {
  ...LIST_DEFINITION,
  name: 'net.minidev.json.JSONArray',
  parent: ARRAY_LIST_CLASS,
  text: jsonText,
  methods: [method('toJSONString', [], jsonText), method('toString', [], jsonText)],
});
