/** `Fn::Cidr`: cuts an address block into smaller ones, for IPv4 and IPv6. */
import { isIPv4, isIPv6 } from 'net';

/** The first `count` blocks of `hostBits` host bits each within a block. */
export function subdivide(block: string, count: number, hostBits: number): string[] {
  const [address = '', prefixText = '', ...rest] = block.split('/');
  const width = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : NaN;
  if (width === 0 || rest.length > 0 || !(prefix <= width)) throw new Error(`Template error: Fn::Cidr cannot read the block ${block}`);
  if (!Number.isInteger(count) || count < 1 || count > 256) throw new Error('Template error: Fn::Cidr needs a count between 1 and 256');
  if (!Number.isInteger(hostBits) || hostBits < 1 || hostBits > width - prefix) {
    throw new Error(`Template error: Fn::Cidr cannot cut blocks of ${hostBits} host bits from ${block}`);
  }
  const size = 2n ** BigInt(hostBits);
  if (BigInt(count) * size > 2n ** BigInt(width - prefix)) {
    throw new Error(`Template error: Fn::Cidr cannot cut ${count} blocks of ${hostBits} host bits from ${block}`);
  }
  const value = width === 32 ? ipv4Value(address) : ipv6Value(address);
  const base = value - value % 2n ** BigInt(width - prefix);
  const format = width === 32 ? ipv4Text : ipv6Text;
  return Array.from({ length: count }, (_, index) => `${format(base + BigInt(index) * size)}/${width - hostBits}`);
}

function ipv4Value(address: string): bigint {
  return address.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function ipv4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map(shift => value / 2n ** shift % 256n).join('.');
}

function ipv6Value(address: string): bigint {
  // An IPv4 tail (`::ffff:10.0.0.1`) stands for the last two groups.
  const tail = /\d+\.\d+\.\d+\.\d+$/.exec(address)?.[0];
  const tailValue = tail === undefined ? 0n : ipv4Value(tail);
  const plain = tail === undefined ? address : `${address.slice(0, -tail.length)}${(tailValue / 65536n).toString(16)}:${(tailValue % 65536n).toString(16)}`;
  const [head = '', rest] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = rest === undefined || rest === '' ? [] : rest.split(':');
  const groups = rest === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}

function ipv6Text(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => (value / 65536n ** BigInt(7 - index) % 65536n).toString(16));
  // The longest run of zero groups, two at least and the first of equals, is written as `::` (RFC 5952).
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (groups[start + length] === '0') length += 1;
    if (length > longest.length) longest = { start, length };
  }
  if (longest.length < 2) return groups.join(':');
  return `${groups.slice(0, longest.start).join(':')}::${groups.slice(longest.start + longest.length).join(':')}`;
}
