/**
 * IP address literals and CIDR blocks as Java reads them: four decimal parts (leading zeros are decimal, too),
 * or IPv6 text without a zone and without an embedded IPv4 part.
 */
import { InvalidOperandError } from './invalid-operand-error';

const IPV4_SHAPE = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const IPV6_SHAPE = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const MAPPED_IPV4_HEAD = '00000000000000000000ffff';
const LONGEST_IPV4_TEXT = 15;

/** All addresses between two of one family, as hexadecimal digits of equal length. */
export interface IpRange {
  readonly low: string;
  readonly high: string;
}

/** The address as 8 or 32 hexadecimal digits; undefined when the text is not an address literal. */
export function parseIpAddress(text: string): string | undefined {
  if (IPV4_SHAPE.test(text)) {
    return parseIpv4(text);
  }
  return IPV6_SHAPE.test(text) ? parseIpv6(text) : undefined;
}

/** Reads `address/bits`; the errors are the ones of EventBridge. */
export function parseCidr(text: string): IpRange {
  const parts = text.split('/');
  // Java's split forgets empty parts at the end.
  while (parts.length > 0 && parts[parts.length - 1] === '') {
    parts.pop();
  }
  if (parts.length !== 2) {
    throw new InvalidOperandError("Malformed CIDR, one '/' required");
  }
  const bits = parseMaskBits(parts[1]);
  const address = requireAddress(parts[0]);
  if (address.length === 8 && bits > 31) {
    throw new InvalidOperandError('IPv4 mask bits must be < 32');
  }
  if (bits > 127) {
    throw new InvalidOperandError('IPv6 mask bits must be < 128');
  }
  const width = BigInt(address.length * 4 - bits);
  const network = BigInt(`0x${address}`) / 2n ** width * 2n ** width;
  return { low: toDigits(network, address.length), high: toDigits(network + 2n ** width - 1n, address.length) };
}

function parseMaskBits(text: string): number {
  const bits = /^[+-]?[0-9]+$/.test(text) ? Number(text) : NaN;
  if (!(Math.abs(bits) < 2 ** 31)) {
    throw new InvalidOperandError('Malformed CIDR, mask bits must be an integer');
  }
  if (bits < 0) {
    throw new InvalidOperandError('Malformed CIDR, mask bits must not be negative');
  }
  return bits;
}

function requireAddress(text: string): string {
  const address = parseIpAddress(text);
  if (address === undefined) {
    throw new InvalidOperandError(`${IPV4_SHAPE.test(text) || IPV6_SHAPE.test(text) ? 'Invalid' : 'Nonstandard'} IP address: ${text}`);
  }
  return address;
}

function toDigits(address: bigint, length: number): string {
  return address.toString(16).padStart(length, '0');
}

function parseIpv4(text: string): string | undefined {
  const parts = text.split('.').map(Number);
  if (text.length > LONGEST_IPV4_TEXT || parts.some(part => part > 255)) {
    return undefined;
  }
  return parts.map(part => part.toString(16).padStart(2, '0')).join('');
}

function parseIpv6(text: string): string | undefined {
  const halves = text.split('::');
  if (halves.length > 2 || halves.some(half => half.startsWith(':') || half.endsWith(':'))) {
    return undefined;
  }
  const [head, tail = []] = halves.map(half => half === '' ? [] : half.split(':'));
  const missing = 8 - head.length - tail.length;
  // The double colon stands for at least one group.
  if (halves.length === 2 ? missing < 1 : missing !== 0) {
    return undefined;
  }
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail].map(group => parseInt(group, 16));
  if (groups.some(group => group > 0xffff)) {
    return undefined;
  }
  const digits = groups.map(group => group.toString(16).padStart(4, '0')).join('');
  return digits.startsWith(MAPPED_IPV4_HEAD) ? digits.slice(MAPPED_IPV4_HEAD.length) : digits;
}
