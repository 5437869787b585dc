import { Clock } from '../../local/kernel/contracts';
import { sleepBy } from '../../local/kernel/sleep';

interface Alarm {
  readonly due: number;
  readonly order: number;
  readonly ring: () => void;
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  private readonly alarms = new Set<Alarm>();
  private count = 0;

  constructor(private time: number = Date.UTC(2026, 0, 2, 3, 4, 5)) {}

  /** How many callbacks and sleepers wait. */
  get pending(): number {
    return this.alarms.size;
  }

  /** Whole milliseconds, as of any clock; what is due by chance may be due in between. */
  now(): number {
    return Math.floor(this.time);
  }

  schedule(milliseconds: number, callback: () => void): () => void {
    const alarm = { due: this.time + Math.max(0, milliseconds), order: this.count++, ring: callback };
    this.alarms.add(alarm);
    return () => this.alarms.delete(alarm);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return sleepBy((after, wake) => this.schedule(after, wake), milliseconds, signal);
  }

  /** Moves time on and runs what falls due, in order; lets promises settle in between, so that what they schedule falls due as well. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await settle();
    for (let next = this.next(end); next; next = this.next(end)) {
      this.alarms.delete(next);
      this.time = Math.max(this.time, next.due);
      next.ring();
      await settle();
    }
    this.time = end;
  }

  /** Time goes on while the machine sleeps: what falls due meanwhile rings late. */
  skip(milliseconds: number): void {
    this.time += milliseconds;
  }

  private next(end: number): Alarm | undefined {
    const due = [...this.alarms].filter(alarm => alarm.due <= end);
    return due.sort((left, right) => left.due - right.due || left.order - right.order)[0];
  }
}

/** Lets everything that waits on settled promises run. */
function settle(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
