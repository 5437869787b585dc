/** java.util.Random's first double for a seed, which makes seeded results repeatable in both query languages. */

const MULTIPLIER = 0x5DEECE66Dn;
const INCREMENT = 0xBn;
const MODULUS = 2n ** 48n;

/** A number from 0 up to, not including, 1 that depends on the seed alone. */
export function seededRandom(seed: number): number {
  let state = modulo(scramble(BigInt(Math.trunc(seed))));
  const bits = (count: bigint): number => {
    state = modulo(state * MULTIPLIER + INCREMENT);
    return Number(state / 2n ** (48n - count));
  };
  return (bits(26n) * 2 ** 27 + bits(27n)) / 2 ** 53;
}

// Java's `seed ^ multiplier`, on 48 bits.
function scramble(seed: bigint): bigint {
  const low = modulo(seed);
  let result = 0n;
  for (let bit = 1n; bit < MODULUS; bit *= 2n) {
    if ((low / bit) % 2n !== (MULTIPLIER / bit) % 2n) result += bit;
  }
  return result;
}

function modulo(value: bigint): bigint {
  return ((value % MODULUS) + MODULUS) % MODULUS;
}
