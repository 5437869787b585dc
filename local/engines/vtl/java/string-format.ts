/** `String.format`, for the conversions that texts and numbers need. */

import { Character } from './collections';
import { JavaNumber, doubleValue, isFloating, isJavaNumber, longValue, numberText, numberType } from './numbers';
import { hashCode, toText } from './values';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';

const SPECIFIER = /%(?:(\d+)\$)?([-#+ 0,(<]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;
const MAX_WIDTH = 10_000;

interface Specifier {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

/** Formats values as Java does. */
export function formatString(format: string, values: readonly unknown[]): string {
  let next = 0;
  let last = 0;
  let end = 0;
  let result = '';
  for (const match of format.matchAll(SPECIFIER)) {
    const [text, position, flags, width = '0', precision, conversion] = match;
    result += literal(format.slice(end, match.index));
    end = match.index + text.length;
    const specifier = { flags, width: Number(width), precision: precision === undefined ? undefined : Number(precision), conversion };
    if (specifier.width > MAX_WIDTH || (specifier.precision ?? 0) > 100) throw new VtlRuntimeError(`The format ${text} is too wide`);
    if (conversion === '%' || conversion === 'n') {
      result += conversion === 'n' ? '\n' : pad('%', specifier);
      continue;
    }
    last = position !== undefined ? Number(position) - 1 : flags.includes('<') ? last : next++;
    if (last >= values.length) throw new VtlRuntimeError(`Format specifier '${text}' has no argument`);
    result += formatValue(values[last] ?? null, specifier, text);
  }
  return result + literal(format.slice(end));
}

function literal(text: string): string {
  if (text.includes('%')) throw new VtlRuntimeError(`Unknown format specifier in '${text}'`);
  return text;
}

function formatValue(value: unknown, specifier: Specifier, text: string): string {
  const lower = specifier.conversion.toLowerCase();
  const result = pad(convert(value, { ...specifier, conversion: lower }, text), specifier);
  return lower === specifier.conversion ? result : result.toUpperCase();
}

function convert(value: unknown, specifier: Specifier, text: string): string {
  const { conversion, precision } = specifier;
  switch (conversion) {
    case 's': return cut(toText(value), precision);
    case 'b': return cut(String(value !== null && value !== false), precision);
    case 'h': return value === null ? 'null' : (hashCode(value) >>> 0).toString(16);
    case 'c':
      if (value === null) return 'null';
      if (value instanceof Character) return value.value;
      if (isJavaNumber(value) && numberType(value) === 'Integer') return String.fromCodePoint(Number(value));
      break;
    case 'd':
    case 'x':
    case 'o':
      if (value === null) return 'null';
      if (isJavaNumber(value) && !isFloating(numberType(value)) && numberType(value) !== 'BigDecimal') return formatInteger(value, specifier);
      break;
    case 'f':
    case 'e':
      if (value === null) return 'null';
      if (isJavaNumber(value) && (isFloating(numberType(value)) || numberType(value) === 'BigDecimal')) return formatDouble(value, specifier);
      break;
  }
  throw new VtlRuntimeError(`The format ${text} does not fit the value ${toText(value)}`);
}

function cut(text: string, length: number | undefined): string {
  return length === undefined ? text : text.slice(0, length);
}

function formatInteger(value: JavaNumber, specifier: Specifier): string {
  const type = numberType(value);
  const exact = type === 'BigInteger' ? value as bigint : longValue(value);
  if (specifier.conversion === 'd') return decorate(numberText(exact < 0n ? -exact : exact), exact < 0n, specifier);
  const unsigned = exact >= 0n || type === 'BigInteger' ? exact : BigInt.asUintN(type === 'Integer' ? 32 : 64, exact);
  const radix = specifier.conversion === 'x' ? 16 : 8;
  const prefix = !specifier.flags.includes('#') ? '' : radix === 16 ? '0x' : '0';
  const digits = unsigned.toString(radix);
  return prefix + (specifier.flags.includes('0') ? digits.padStart(specifier.width - prefix.length, '0') : digits);
}

function formatDouble(value: JavaNumber, specifier: Specifier): string {
  const double = doubleValue(value);
  if (!Number.isFinite(double)) return String(double);
  const size = Math.abs(double);
  const text = specifier.conversion === 'f'
    ? fixed(size, specifier.precision ?? 6)
    : size.toExponential(specifier.precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
  return decorate(text, double < 0 || Object.is(double, -0), specifier);
}

/** Java rounds half up on the decimal digits that the number prints, JavaScript on the binary value. */
function fixed(size: number, places: number): string {
  const [mantissa, exponent] = size.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const scale = digits.length - 1 - Number(exponent);
  let unscaled = BigInt(digits);
  if (scale > places) {
    const divisor = 10n ** BigInt(scale - places);
    unscaled = (unscaled + divisor / 2n) / divisor;
  } else {
    unscaled *= 10n ** BigInt(places - scale);
  }
  const padded = unscaled.toString().padStart(places + 1, '0');
  return places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** Adds sign, grouping and leading zeros. */
function decorate(digits: string, negative: boolean, { flags, width }: Specifier): string {
  const [whole, ...fraction] = digits.split('.');
  const grouped = [flags.includes(',') ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole, ...fraction].join('.');
  const [open, close] = !negative ? [flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '', ''] : flags.includes('(') ? ['(', ')'] : ['-', ''];
  return open + (flags.includes('0') ? grouped.padStart(width - open.length - close.length, '0') : grouped) + close;
}

function pad(text: string, { flags, width }: Specifier): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}
