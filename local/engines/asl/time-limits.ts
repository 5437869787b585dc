/** The time limits of an execution and of its Tasks. */
import { ExecutionHost } from './host';

interface Limit {
  readonly due: number;
  readonly exceed: () => void;
}

/** Limits of which hardly any is reached: one timer watches them all, since one for each would cost more than the Task. */
export class TimeLimits {
  private readonly limits = new Set<Limit>();
  private watchedUntil = Infinity;
  private forgetTimer?: () => void;

  constructor(private readonly host: ExecutionHost) {}

  /** Calls back after so many milliseconds, unless what it returns is called first. */
  start(milliseconds: number, exceed: () => void): () => void {
    const limit = { due: this.host.now() + milliseconds, exceed };
    this.limits.add(limit);
    this.watch(limit.due);
    return () => this.limits.delete(limit);
  }

  /** Watches nothing any more. */
  end(): void {
    this.limits.clear();
    this.forgetTimer?.();
  }

  private watch(due: number): void {
    if (due >= this.watchedUntil) return;
    this.forgetTimer?.();
    this.watchedUntil = due;
    this.forgetTimer = this.host.schedule(due - this.host.now(), () => this.look());
  }

  private look(): void {
    this.watchedUntil = Infinity;
    for (const limit of this.limits) {
      if (limit.due <= this.host.now()) {
        this.limits.delete(limit);
        limit.exceed();
      }
    }
    let next = Infinity;
    for (const limit of this.limits) next = Math.min(next, limit.due);
    this.watch(next);
  }
}
