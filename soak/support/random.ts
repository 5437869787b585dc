import { chance } from '../../local/faults/chance';

/** Chance that is the same on every run with the same seed. */
export class Random {
  private count = 0;

  constructor(private readonly seed: number) {}

  /** At least 0, below 1. */
  number(): number {
    return chance(this.seed, this.count++);
  }

  /** An integer, at least 0 and below the bound. */
  below(bound: number): number {
    return Math.floor(this.number() * bound);
  }

  chance(share: number): boolean {
    return this.number() < share;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)];
  }
}
