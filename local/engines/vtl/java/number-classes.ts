/** The classes of numbers and of true and false. */

import { defineClass, JavaClass, Method, method } from './java-class';
import {
  BoxedFloat, JavaNumber, NumberType, compareNumbers, doubleValue, intValue, isFloating, isJavaNumber, longValue, makeDouble, makeLong,
  numberText, numberType, numbersEqual,
} from './numbers';
import { OBJECT_METHODS } from './object-methods';
import { INT, OBJECT, STRING } from './parameter-types';
import { textHash, toText } from './values';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';

const BITS = new DataView(new ArrayBuffer(8));

function hash(value: JavaNumber): number {
  switch (numberType(value)) {
    case 'Integer': return value as number;
    case 'Float':
      BITS.setFloat32(0, doubleValue(value));
      return BITS.getInt32(0);
    case 'Double': BITS.setFloat64(0, doubleValue(value)); break;
    case 'Long': BITS.setBigInt64(0, longValue(value)); break;
    default: return textHash(numberText(value));
  }
  return BITS.getInt32(0) ^ BITS.getInt32(4);
}

function numberMethods(type: NumberType): readonly Method[] {
  const methods = [
    method('intValue', [], (self: JavaNumber) => intValue(self)),
    method('longValue', [], (self: JavaNumber) => makeLong(longValue(self))),
    method('doubleValue', [], (self: JavaNumber) => makeDouble(doubleValue(self))),
    method('floatValue', [], (self: JavaNumber) => new BoxedFloat(doubleValue(self))),
    method('shortValue', [], (self: JavaNumber) => Number(BigInt.asIntN(16, longValue(self)))),
    method('byteValue', [], (self: JavaNumber) => Number(BigInt.asIntN(8, longValue(self)))),
    method('compareTo', [OBJECT], (self: JavaNumber, other) => {
      if (!isJavaNumber(other) || numberType(other) !== type) throw new VtlRuntimeError(`A ${type} can not be compared to ${toText(other)}`);
      return compareNumbers(self, other);
    }),
  ];
  if (isFloating(type)) {
    methods.push(
      method('isNaN', [], (self: JavaNumber) => Number.isNaN(doubleValue(self))),
      method('isInfinite', [], (self: JavaNumber) => Math.abs(doubleValue(self)) === Infinity),
    );
  }
  if (type === 'Integer') {
    methods.push(
      method('toString', [INT], (_: number, value) => String(value)),
      method('toString', [INT, INT], (_: number, value, radix) => value.toString(checkRadix(radix))),
      method('toHexString', [INT], (_: number, value) => BigInt.asUintN(32, BigInt(value)).toString(16)),
      method('toBinaryString', [INT], (_: number, value) => BigInt.asUintN(32, BigInt(value)).toString(2)),
    );
    methods.push(...parsers('parseInt', intValue), ...parsers('valueOf', intValue));
  }
  if (type === 'Long') methods.push(...parsers('parseLong', (value) => makeLong(longValue(value))));
  return [...methods, ...OBJECT_METHODS];
}

/** Static methods can be called on any instance, and a number is the handiest way to parse another one. */
function parsers(name: string, convert: (value: JavaNumber) => JavaNumber): Method[] {
  return [method(name, [STRING], (_: unknown, text) => {
    const value = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
    const limit = name === 'parseLong' ? 2n ** 63n : 2n ** 31n;
    if (value === undefined || value < -limit || value >= limit) throw new VtlRuntimeError(`For input string: "${text}"`);
    return convert(name === 'parseLong' ? makeLong(value) : Number(value));
  })];
}

function checkRadix(radix: number): number {
  return radix >= 2 && radix <= 36 ? radix : 10;
}

function defineNumber(type: NumberType): JavaClass {
  return defineClass<JavaNumber>(type, {
    name: `${type.startsWith('Big') ? 'java.math' : 'java.lang'}.${type}`,
    text: numberText,
    equals: (self, other) => isJavaNumber(other) && numbersEqual(self, other),
    hash,
    methods: numberMethods(type),
  });
}

(['Integer', 'Long', 'Float', 'Double', 'BigInteger', 'BigDecimal'] as const).forEach(defineNumber);

defineClass<boolean>('boolean', {
  name: 'java.lang.Boolean',
  text: String,
  hash: (self) => (self ? 1231 : 1237),
  methods: [
    method('booleanValue', [], (self: boolean) => self),
    method('compareTo', [OBJECT], (self: boolean, other) => {
      if (typeof other !== 'boolean') throw new VtlRuntimeError(`A Boolean can not be compared to ${toText(other)}`);
      return Number(self) - Number(other);
    }),
    ...OBJECT_METHODS,
  ],
});
