/**
 * Java's number types. To keep the usual case fast, plain values stand for what they most often are: a number that is a safe integer is an
 * Integer, or a Long where an Integer has no room for it; any other number is a Double; a bigint is a BigInteger. Only the rest is boxed:
 * a Double of a whole value (1.0), a Long that is small or very large, and decimals of more places than a Double has.
 */

import { BigDecimal } from './big-decimal';
import { NumberObject } from '../../jsonpath/json-model';

/** A Double whose value is a whole number. */
export class BoxedDouble extends NumberObject {
  constructor(readonly value: number) {
    super();
  }

  override valueOf(): number {
    return this.value;
  }
}

/** A Float, which only `floatValue()` gives. */
export class BoxedFloat extends NumberObject {
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = Math.fround(value);
  }

  override valueOf(): number {
    return this.value;
  }
}

/** A Long that the range of its value does not tell. It is a number where that is exact, else a bigint. */
export class BoxedLong extends NumberObject {
  constructor(readonly value: number | bigint) {
    super();
  }

  override valueOf(): number {
    return Number(this.value);
  }
}

/** Any Java number. */
export type JavaNumber = number | bigint | BoxedDouble | BoxedFloat | BoxedLong | BigDecimal;

/** The Java types of number that occur in templates. */
export type NumberType = 'Integer' | 'Long' | 'Float' | 'Double' | 'BigInteger' | 'BigDecimal';

const INT_MIN = -0x80000000;
const INT_MAX = 0x7fffffff;
const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;
const MAX_BIG_INTEGER = 2n ** 65_536n;

/** Whether a value is an Integer. */
export function isInt(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

/** Whether a value is any Java number. */
export function isJavaNumber(value: unknown): value is JavaNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof NumberObject;
}

/** The Java type of a number. */
export function numberType(value: JavaNumber): NumberType {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? (isInt(value) ? 'Integer' : 'Long') : 'Double';
  if (typeof value === 'bigint') return 'BigInteger';
  if (value instanceof BoxedDouble) return 'Double';
  if (value instanceof BoxedFloat) return 'Float';
  return value instanceof BoxedLong ? 'Long' : 'BigDecimal';
}

/** The Double of a value. */
export function makeDouble(value: number): number | BoxedDouble {
  return Number.isSafeInteger(value) ? new BoxedDouble(value) : value;
}

/** The Long of a value. */
export function makeLong(value: number | bigint): number | BoxedLong {
  const exact = Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value);
  return typeof exact === 'number' && !isInt(exact) ? exact : new BoxedLong(exact);
}

/** The smallest of Integer, Long and BigInteger that holds a decimal integer. */
export function parseInteger(text: string): JavaNumber {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number === 0 ? 0 : number;
  const value = BigInt(text);
  return value >= LONG_MIN && value <= LONG_MAX ? new BoxedLong(value) : value;
}

/** A number's value as a Double would hold it. */
export function doubleValue(value: JavaNumber): number {
  return typeof value === 'number' ? value : Number(value);
}

/** A number's whole part as a Long would hold it. */
export function longValue(value: JavaNumber): bigint {
  switch (numberType(value)) {
    case 'Float':
    case 'Double': {
      const double = doubleValue(value);
      if (Number.isNaN(double)) return 0n;
      const limited = Math.max(Math.min(double, Number(LONG_MAX)), Number(LONG_MIN));
      const whole = BigInt(Math.trunc(limited));
      return whole > LONG_MAX ? LONG_MAX : whole;
    }
    case 'BigDecimal': return BigInt.asIntN(64, (value as BigDecimal).toBigInt());
    case 'BigInteger': return BigInt.asIntN(64, value as bigint);
    default: return exactInteger(value);
  }
}

/** A number's whole part as an Integer would hold it: doubles stop at the limits, integers lose their upper bits. */
export function intValue(value: JavaNumber): number {
  if (isInt(value)) return value;
  if (isFloating(numberType(value))) {
    const double = doubleValue(value);
    return Number.isNaN(double) ? 0 : Math.trunc(Math.max(Math.min(double, INT_MAX), INT_MIN));
  }
  return Number(BigInt.asIntN(32, longValue(value)));
}

/** Whether a type is one of the language's own that have a fraction. */
export function isFloating(type: NumberType): boolean {
  return type === 'Double' || type === 'Float';
}

/** The exact value of an Integer, a Long or a BigInteger. */
function exactInteger(value: JavaNumber): bigint {
  if (typeof value === 'bigint') return value;
  return BigInt(value instanceof BoxedLong ? value.value : value as number);
}

/** How Java prints a number. */
export function numberText(value: JavaNumber): string {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value === 0 ? 0 : value) : doubleText(value);
  if (value instanceof BoxedDouble) return doubleText(value.value);
  if (value instanceof BoxedFloat) return floatText(value.value);
  return value instanceof BoxedLong ? String(value.value) : value.toString();
}

/** How Java prints a Double. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const shortest = value.toExponential();
  // Where one digit would do, Java takes the nearest of two, which is not always a zero.
  const [mantissa, exponent] = (shortest.includes('.') ? shortest : value.toExponential(1)).split('e');
  return `${mantissa}E${Number(exponent)}`;
}

/** A Float prints no more digits than tell it from other Floats. */
function floatText(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return doubleText(short);
  }
  return doubleText(value);
}

type Base = 'long' | 'float' | 'double' | 'big integer' | 'big decimal';

/** Which kind of arithmetic two numbers call for. */
function calculationBase(left: NumberType, right: NumberType): Base {
  const isWhole = (type: NumberType): boolean => !isFloating(type) && type !== 'BigDecimal';
  if (left === 'BigDecimal' || right === 'BigDecimal') return 'big decimal';
  const oneIsBig = left === 'BigInteger' || right === 'BigInteger';
  if (isWhole(left) && isWhole(right)) return oneIsBig ? 'big integer' : 'long';
  if (oneIsBig) return 'big decimal';
  return left === 'Double' || right === 'Double' ? 'double' : 'float';
}

function toBigDecimal(value: JavaNumber): BigDecimal {
  if (value instanceof BigDecimal) return value;
  return typeof value === 'bigint' ? new BigDecimal(value, 0) : BigDecimal.fromDouble(doubleValue(value));
}

/** Squares of squares soon need more time than there is. */
function bounded(value: bigint): bigint {
  if (value > MAX_BIG_INTEGER || value < -MAX_BIG_INTEGER) throw new RangeError('A number is too large');
  return value;
}

/** A sum that fits is as wide as the wider of its parts, or wider where it must be. */
function wrap(value: bigint, left: NumberType, right: NumberType): JavaNumber {
  if (value < LONG_MIN || value > LONG_MAX) return bounded(value);
  return left === 'Long' || right === 'Long' || value < BigInt(INT_MIN) || value > BigInt(INT_MAX) ? makeLong(value) : Number(value);
}

interface Operation {
  readonly long: (left: bigint, right: bigint) => bigint;
  readonly bigInteger?: (left: bigint, right: bigint) => bigint;
  readonly double: (left: number, right: number) => number;
  readonly bigDecimal: (left: BigDecimal, right: BigDecimal) => BigDecimal;
}

function calculate(operation: Operation, left: JavaNumber, right: JavaNumber): JavaNumber {
  const [leftType, rightType] = [numberType(left), numberType(right)];
  switch (calculationBase(leftType, rightType)) {
    case 'long': return wrap(operation.long(exactInteger(left), exactInteger(right)), leftType, rightType);
    case 'big integer': return bounded((operation.bigInteger ?? operation.long)(exactInteger(left), exactInteger(right)));
    case 'float': return new BoxedFloat(operation.double(Math.fround(doubleValue(left)), Math.fround(doubleValue(right))));
    case 'double': return makeDouble(operation.double(doubleValue(left), doubleValue(right)));
    case 'big decimal': {
      const result = operation.bigDecimal(toBigDecimal(left), toBigDecimal(right));
      bounded(result.unscaled);
      return result;
    }
  }
}

/** The value of an Integer or Long that a number holds exactly; NaN for everything else. */
function plainInteger(value: JavaNumber): number {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : NaN;
  return value instanceof BoxedLong && typeof value.value === 'number' ? value.value : NaN;
}

/** The result of plain integers, or undefined where one of the numbers is none. */
function plainResult(left: JavaNumber, right: JavaNumber, result: number): JavaNumber | undefined {
  if (!Number.isSafeInteger(result)) return undefined;
  // Adding zero turns -0, which no integer is, into 0.
  return isInt(result) && !(isInt(left) && isInt(right)) ? new BoxedLong(result + 0) : result + 0;
}

const ADDITION: Operation = {
  long: (left, right) => left + right,
  double: (left, right) => left + right,
  bigDecimal: (left, right) => left.add(right),
};
const SUBTRACTION: Operation = {
  long: (left, right) => left - right,
  double: (left, right) => left - right,
  bigDecimal: (left, right) => left.subtract(right),
};
const MULTIPLICATION: Operation = {
  long: (left, right) => left * right,
  double: (left, right) => left * right,
  bigDecimal: (left, right) => left.multiply(right),
};
const DIVISION: Operation = {
  long: (left, right) => BigInt.asIntN(64, left / right),
  bigInteger: (left, right) => left / right,
  double: (left, right) => left / right,
  bigDecimal: (left, right) => left.divide(right),
};
const REMAINDER: Operation = {
  long: (left, right) => left % right,
  bigInteger: (left, right) => {
    if (right <= 0n) throw new RangeError('BigInteger: modulus not positive');
    return ((left % right) + right) % right;
  },
  double: (left, right) => left % right,
  bigDecimal: () => {
    throw new RangeError('Cannot calculate the modulo of BigDecimals.');
  },
};

export function add(left: JavaNumber, right: JavaNumber): JavaNumber {
  return plainResult(left, right, plainInteger(left) + plainInteger(right)) ?? calculate(ADDITION, left, right);
}

export function subtract(left: JavaNumber, right: JavaNumber): JavaNumber {
  return plainResult(left, right, plainInteger(left) - plainInteger(right)) ?? calculate(SUBTRACTION, left, right);
}

export function multiply(left: JavaNumber, right: JavaNumber): JavaNumber {
  return plainResult(left, right, plainInteger(left) * plainInteger(right)) ?? calculate(MULTIPLICATION, left, right);
}

/** Integers divide to integers. The divisor must not be zero. */
export function divide(left: JavaNumber, right: JavaNumber): JavaNumber {
  return plainResult(left, right, Math.trunc(plainInteger(left) / plainInteger(right))) ?? calculate(DIVISION, left, right);
}

/** The sign is the dividend's. The divisor must not be zero. */
export function modulo(left: JavaNumber, right: JavaNumber): JavaNumber {
  return plainResult(left, right, plainInteger(left) % plainInteger(right)) ?? calculate(REMAINDER, left, right);
}

/** Whether a number is zero, in whichever type. */
export function isZero(value: JavaNumber): boolean {
  if (typeof value === 'bigint') return value === 0n;
  return value instanceof BigDecimal ? value.unscaled === 0n : doubleValue(value) === 0;
}

/** Negative, zero or positive; numbers of different types compare by value, and NaN compares equal to everything. */
export function compareNumbers(left: JavaNumber, right: JavaNumber): -1 | 0 | 1 {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0;
  switch (calculationBase(numberType(left), numberType(right))) {
    case 'long':
    case 'big integer': return compareValues(exactInteger(left), exactInteger(right));
    case 'float': return compareValues(Math.fround(doubleValue(left)), Math.fround(doubleValue(right)));
    case 'double': return compareValues(doubleValue(left), doubleValue(right));
    case 'big decimal': return toBigDecimal(left).compareTo(toBigDecimal(right));
  }
}

function compareValues<T extends bigint | number>(left: T, right: T): -1 | 0 | 1 {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether two numbers are equal in Java's `equals`: in type and value. */
export function numbersEqual(left: JavaNumber, right: JavaNumber): boolean {
  if (left === right) return true;
  const type = numberType(left);
  if (type !== numberType(right)) return false;
  switch (type) {
    case 'Float':
    case 'Double': return Object.is(doubleValue(left), doubleValue(right));
    case 'BigDecimal': return (left as BigDecimal).unscaled === (right as BigDecimal).unscaled && (left as BigDecimal).scale === (right as BigDecimal).scale;
    default: return exactInteger(left) === exactInteger(right);
  }
}
