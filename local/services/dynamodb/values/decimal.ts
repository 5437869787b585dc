/**
 * DynamoDB's numbers: decimals of up to 38 significant digits, from 1E-130 to 9.99…E+125, written out in full. Doubles would lose digits.
 */
import { WordedError, validationError } from '../errors';

const MAXIMUM_DIGITS = 38;
const MAXIMUM_EXPONENT = 125;
const MINIMUM_EXPONENT = -130;
const LONGEST = 2n ** 63n;
const ZERO = '0'.charCodeAt(0);

/** A number in its parts. */
export interface Decimal {
  readonly negative: boolean;
  /** Without zeros at either end; empty for zero. */
  readonly digits: string;
  /** The power of ten of the first digit. */
  readonly exponent: number;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Whole numbers that are already in normal form, and exact as doubles. */
const PLAIN_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;

/** The form in which a number is stored and compared; throws when it is no number, or none that DynamoDB holds. */
export function normalizeNumber(text: string): string {
  return PLAIN_INTEGER.test(text) ? text : print(parse(text));
}

/** Negative, zero or positive, as the first of two normal numbers is less than, equal to or greater than the second. */
export function compareNumbers(left: string, right: string): number {
  // Fifteen digits survive as doubles.
  if (left.length <= 15 && right.length <= 15) {
    return Number(left) - Number(right);
  }
  const [leftKey, rightKey] = [sortableNumber(left), sortableNumber(right)];
  return leftKey < rightKey ? -1 : leftKey > rightKey ? 1 : 0;
}

/** The sum of two normal numbers. */
export function addNumbers(left: string, right: string): string {
  return combine(left, right, (one, other) => one + other);
}

/** The difference of two normal numbers. */
export function subtractNumbers(left: string, right: string): string {
  return combine(left, right, (one, other) => one - other);
}

/** A text for a normal number; such texts are in the order of the numbers. */
export function sortableNumber(text: string): string {
  const { negative, digits, exponent } = parse(text);
  if (digits === '') {
    return '1';
  }
  const scale = exponent - MINIMUM_EXPONENT;
  if (!negative) {
    return `2${hex(scale)}${digits}`;
  }
  // Of two negative numbers the longer one is the smaller, hence an end that sorts behind every digit.
  const mirrored = Array.from(digits, digit => 9 - Number(digit)).join('');
  return `0${hex(MAXIMUM_EXPONENT - MINIMUM_EXPONENT - scale)}${mirrored}:`;
}

/** What a normal number costs of an item's size: a byte for two digits on either side of the point, one for the exponent, and one for a sign. */
export function numberSize(text: string): number {
  const start = text.startsWith('-') ? 1 : 0;
  const point = text.indexOf('.');
  const isBelowOne = text.startsWith('0', start);
  const wholeDigits = isBelowOne ? 0 : point < 0 ? lastDigitOf(text) - start : point - start;
  const fractionDigits = point < 0 ? 0 : text.length - (isBelowOne ? firstDigitAfter(text, point) : point + 1);
  return 1 + Math.ceil(wholeDigits / 2) + Math.ceil(fractionDigits / 2) + start;
}

/** Where the last digit that is no zero ends. */
function lastDigitOf(text: string): number {
  let end = text.length;
  while (text.charCodeAt(end - 1) === ZERO) {
    end--;
  }
  return end;
}

/** Where the first digit that is no zero stands behind the point. */
function firstDigitAfter(text: string, point: number): number {
  let start = point + 1;
  while (text.charCodeAt(start) === ZERO) {
    start++;
  }
  return start;
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0');
}

/** The parts of a number; throws when it is none. */
export function decimalOf(text: string): Decimal {
  return parse(text);
}

function parse(text: string): Decimal {
  const [, sign, whole = '', fraction = '', power = '0'] = NUMBER.exec(text) ?? [];
  if (sign === undefined || whole === '' && fraction === '' || !isLong(power)) {
    throw notNumeric(text);
  }
  const significant = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  // Zero is measured by the exponent it is written with.
  const exponent = Number(power) + (digits === '' ? 0 : significant.length - fraction.length - 1);
  return inRange({ negative: sign === '-' && digits !== '', digits, exponent });
}

function notNumeric(text: string) {
  const message = 'The parameter cannot be converted to a numeric value';
  return new WordedError(`${message}: ${text}`, text === '' ? message : `${message}: ${text}`);
}

function isLong(power: string): boolean {
  if (power.length < 19) {
    return true;
  }
  const value = power.length > 100 ? LONGEST : BigInt(power);
  return value < LONGEST && value >= -LONGEST;
}

function inRange(decimal: Decimal): Decimal {
  if (decimal.exponent > MAXIMUM_EXPONENT) {
    throw validationError('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (decimal.exponent < MINIMUM_EXPONENT) {
    throw validationError('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (decimal.digits.length > MAXIMUM_DIGITS) {
    throw validationError('Attempting to store more than 38 significant digits in a Number');
  }
  return decimal;
}

function print({ negative, digits, exponent }: Decimal): string {
  if (digits === '') {
    return '0';
  }
  const sign = negative ? '-' : '';
  if (exponent < 0) {
    return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  }
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

function combine(left: string, right: string, operate: (left: bigint, right: bigint) => bigint): string {
  const [one, other] = [parse(left), parse(right)];
  const unit = Math.min(lastPower(one), lastPower(other));
  const result = operate(scaled(one, unit), scaled(other, unit));
  return result === 0n ? '0' : print(parse(`${result}e${unit}`));
}

/** The power of ten of the last digit. */
function lastPower({ digits, exponent }: Decimal): number {
  return digits === '' ? 0 : exponent - digits.length + 1;
}

function scaled(decimal: Decimal, unit: number): bigint {
  if (decimal.digits === '') {
    return 0n;
  }
  const magnitude = BigInt(decimal.digits + '0'.repeat(lastPower(decimal) - unit));
  return decimal.negative ? -magnitude : magnitude;
}
