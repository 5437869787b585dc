/** Chance that is the same on every run: mulberry32. */
export class Chance {
  constructor(seed) {
    this.state = seed;
  }

  number() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** How often something happens that is expected to happen so often: Poisson, by its normal approximation where that is many times. */
  occurrences(expected) {
    if (expected > 50) {
      const normal = Math.sqrt(-2 * Math.log(1 - this.number())) * Math.cos(2 * Math.PI * this.number());
      return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal));
    }
    const limit = Math.exp(-expected);
    let count = -1;
    for (let product = 1; product > limit; product *= this.number()) {
      count++;
    }
    return Math.max(0, count);
  }
}
