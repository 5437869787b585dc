import { ClassReference } from './collections';
import { Method, classOf, defineClass, method } from './java-class';
import { OBJECT } from './parameter-types';
import { equal, hashCode, textHash, textOrNull } from './values';

/** The methods every object has. */
export const OBJECT_METHODS: readonly Method[] = [
  method('toString', [], (self) => textOrNull(self)),
  method('equals', [OBJECT], (self, other) => equal(self, other)),
  method('hashCode', [], (self) => hashCode(self)),
  method('getClass', [], (self) => new ClassReference(classOf(self).name)),
];

defineClass(ClassReference, {
  name: 'java.lang.Class',
  text: (self) => `class ${self.name}`,
  equals: (self, other) => other instanceof ClassReference && self.name === other.name,
  hash: (self) => textHash(self.name),
  methods: [
    ...OBJECT_METHODS,
    method('getName', [], (self: ClassReference) => self.name),
    method('getSimpleName', [], (self: ClassReference) => self.name.slice(Math.max(self.name.lastIndexOf('.'), self.name.lastIndexOf('$')) + 1)),
  ],
});
