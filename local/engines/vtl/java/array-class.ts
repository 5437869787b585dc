/** Java's arrays, such as `split` returns. Velocity gives them a few of a list's methods. */

import { ClassReference, JavaArray } from './collections';
import { ListCursor } from './cursors';
import { defineClass, method } from './java-class';
import { OBJECT_METHODS } from './object-methods';
import { INT, OBJECT } from './parameter-types';
import { equal, textHash, toInt32, toText } from './values';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';

const PRIMITIVE_CODES: Readonly<Record<string, string>> = { byte: 'B', char: 'C' };

function className({ componentType }: JavaArray): string {
  return `[${PRIMITIVE_CODES[componentType] ?? `L${componentType};`}`;
}

/** Java prints an array's address, which differs from run to run; here it is derived from the content. */
function address(array: JavaArray): string {
  return Math.abs(array.elements.reduce((hash: number, element) => toInt32(Math.imul(31, hash) + textHash(toText(element))), 1)).toString(16);
}

function elementAt({ elements }: JavaArray, index: number): unknown {
  if (index < 0 || index >= elements.length) throw new VtlRuntimeError(`Index ${index} out of bounds for length ${elements.length}`);
  return elements[index] ?? null;
}

defineClass(JavaArray, {
  name: '[Ljava.lang.Object;',
  text: (self) => `${className(self)}@${address(self)}`,
  iterate: (self) => new ListCursor(self.elements),
  methods: [
    method('size', [], (self: JavaArray) => self.elements.length),
    method('isEmpty', [], (self: JavaArray) => self.elements.length === 0),
    method('get', [INT], elementAt),
    method('set', [INT, OBJECT], (self: JavaArray, index, value) => {
      const previous = elementAt(self, index);
      self.elements[index] = value;
      return previous;
    }),
    method('contains', [OBJECT], (self: JavaArray, value) => self.elements.some((element) => equal(element, value))),
    method('getClass', [], (self: JavaArray) => new ClassReference(className(self))),
    ...OBJECT_METHODS,
  ],
});
