/**
 * Finds the end of a JSON number, or what is wrong with it and how far Jackson has read when it notices.
 */
import { isDigit } from './json-error-text';

/** A number that is none. */
export interface NumberFault {
  readonly reason: string;
  /** The character that does not belong there; undefined when none is to blame. */
  readonly char?: string;
  /** Where the reader stands. */
  readonly position: number;
}

const NUMBER = /-?(\d+)(\.\d*)?([eE][+-]?\d*)?/y;

/** The text of the number that begins at a digit, or at a minus sign with a digit behind it. */
export function scanNumber(source: string, start: number): string | NumberFault {
  NUMBER.lastIndex = start;
  const [text, integer, fraction = '', exponent = ''] = NUMBER.exec(source)!;
  const end = start + text.length;
  const afterInteger = end - exponent.length - fraction.length;
  if (integer.length > 1 && integer[0] === '0') {
    return { reason: 'Invalid numeric value: Leading zeroes not allowed', position: afterInteger - integer.length + 1 };
  }
  // Jackson reads a number that begins with a zero, or ends the text, in a second way, and has then gone one character further.
  const isSecondWay = integer[0] === '0' || end === source.length;
  if (fraction === '.') {
    const afterPoint = afterInteger + 1;
    const position = isSecondWay ? Math.min(afterPoint + 1, source.length) : afterPoint;
    return { reason: 'Decimal point not followed by a digit', char: source[afterPoint] ?? '.', position };
  }
  if (exponent !== '' && !isDigit(exponent[exponent.length - 1])) {
    return end === source.length
      ? { reason: 'Unexpected end-of-inputexpected a digit for number exponent', position: end }
      : { reason: 'Exponent indicator not followed by a digit', char: source[end], position: isSecondWay ? end + 1 : afterInteger + 1 };
  }
  return text;
}
