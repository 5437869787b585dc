/** Numbers as DynamoDB keeps them: an exponent of a hundred in the first byte, then two digits a byte. */
import { decimalOf } from './decimal';

const BIAS = 64;
/** A negative number ends with it, where there is room: the shorter of two is the larger. */
const END_OF_NEGATIVE = 102;
const LONGEST = 20;

/** The bytes of a normal number; they are in the order of the numbers. */
export function numberBytes(text: string): Buffer {
  const { negative, digits, exponent } = decimalOf(text);
  if (digits === '') {
    return Buffer.from([0x80]);
  }
  const power = exponent + 1;
  const isOdd = power % 2 !== 0;
  const padded = `${isOdd ? '0' : ''}${digits}`;
  const pairs = (padded.length % 2 === 0 ? padded : `${padded}0`).match(/../g)!.map(Number);
  const first = Math.floor((power + (isOdd ? 1 : 0)) / 2) - BIAS;
  if (!negative) {
    return Buffer.from([first, ...pairs.map(pair => pair + 1)]);
  }
  return Buffer.from([~first, ...pairs.map(pair => 101 - pair), ...pairs.length < LONGEST ? [END_OF_NEGATIVE] : []]);
}
