/**
 * The numbers EventBridge compares by value: those a double holds exactly as they are written, in the sense that the
 * shortest text of the double is the same decimal number. Other numbers in a pattern only equal themselves.
 */

const NUMBER = /^-?(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** The value of a JSON number; undefined when a double would change it. */
export function comparableNumber(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) && normalize(text) === normalize(String(value)) ? value : undefined;
}

/** A number as values are compared: one that a double would change is told by a code of its text, which equals that of the same text only. */
export function numberValue(text: string): number | bigint {
  return comparableNumber(text) ?? BigInt(`0x${Buffer.from(text, 'latin1').toString('hex')}`);
}

/** The text behind a number's value. */
export function numberText(value: number | bigint): string {
  return typeof value === 'number' ? String(value) : Buffer.from(value.toString(16), 'hex').toString('latin1');
}

/** Significant digits and power of ten, so that equal decimals have equal texts (the sign is the same anyway). */
function normalize(text: string): string {
  const [, integer, fraction = '', exponent = '0'] = NUMBER.exec(text)!;
  const digits = (integer + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') {
    return '0';
  }
  return `${significant}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)}`;
}
