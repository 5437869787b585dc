/** Deletes expired items. DynamoDB takes up to some days for it; here they are gone within a second. */
import { Store } from './tables/store';
import { Clock } from '../../kernel/contracts';

/** Timers take no more than about 24 days. */
const LONGEST_SLEEP = 24 * 60 * 60 * 1000;

export class ExpirySweeper {
  private cancel?: () => void;
  private wakesAt = Infinity;

  constructor(private readonly clock: Clock, private readonly store: Store) {}

  /** To be told whenever an item was written that may expire next. */
  schedule(): void {
    const next = this.nextSweep();
    if (next < this.wakesAt) {
      this.cancel?.();
      const delay = Math.min(Math.max(next - this.clock.now(), 0), LONGEST_SLEEP);
      this.wakesAt = this.clock.now() + delay;
      this.cancel = this.clock.schedule(delay, () => this.sweep());
    }
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.wakesAt = Infinity;
  }

  private sweep(): void {
    this.cancel = undefined;
    this.wakesAt = Infinity;
    const now = this.clock.now() / 1000;
    for (const table of this.store.tables) {
      table.expiry?.expired(now).forEach(row => table.delete(row, true));
    }
    this.schedule();
  }

  /** An item is expired once the clock has passed its second. */
  private nextSweep(): number {
    const now = this.clock.now();
    let next = Infinity;
    for (const table of this.store.tables) {
      const expiresAt = table.expiry?.nextAfter(now / 1000);
      if (expiresAt !== undefined) {
        next = Math.min(next, Math.max((Math.floor(expiresAt) + 1) * 1000, now));
      }
    }
    return next;
  }
}
