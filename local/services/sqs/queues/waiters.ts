import { Clock } from '../../../kernel/contracts';

/** Those who wait for something to happen in a queue. */
export class Waiters {
  private readonly waiting = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  /** Resolves once something has happened, or the time is over. */
  wait(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const wake = () => {
        cancel();
        this.waiting.delete(wake);
        resolve();
      };
      const cancel = this.clock.schedule(milliseconds, wake);
      this.waiting.add(wake);
    });
  }

  /** Something has happened. */
  wake(): void {
    [...this.waiting].forEach(wake => wake());
  }
}
