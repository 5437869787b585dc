/** The time limits of an execution and of its Tasks. */
import { ExecutionHost } from './host';

interface Limit {
  readonly due: number;
  readonly exceed: () => void;
}

/** Limits of which hardly any is reached: one sleeper watches them all, since one for each would cost more than the Task. */
export class TimeLimits {
  private readonly limits = new Set<Limit>();
  private watchedUntil = Infinity;

  /** @param signal ends what is watched for. */
  constructor(private readonly host: ExecutionHost, private readonly signal: () => AbortSignal) {}

  /** Calls back after so many milliseconds, unless what it returns is called first. */
  start(milliseconds: number, exceed: () => void): () => void {
    const limit = { due: this.host.now() + milliseconds, exceed };
    this.limits.add(limit);
    this.watch(limit.due);
    return () => this.limits.delete(limit);
  }

  private watch(due: number): void {
    if (due >= this.watchedUntil) return;
    this.watchedUntil = due;
    this.host.sleep(due - this.host.now(), this.signal()).then(() => this.look(due), () => {});
  }

  private look(due: number): void {
    if (due === this.watchedUntil) this.watchedUntil = Infinity;
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
