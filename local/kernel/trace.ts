import { AsyncLocalStorage } from 'node:async_hooks';
import { Activity, ObservedEntry, TraceBus, TraceEntry, TraceRecord } from './contracts';

/** What was marked longer ago is found no more. */
const MOST_MARKS = 10_000;

/** Hands every entry to whoever listens, and costs next to nothing when nobody does. What is within what is followed only while somebody observes. */
export class Trace implements TraceBus {
  active = false;
  detailed = false;
  private readonly listeners = new Set<(entry: TraceEntry) => void>();
  private readonly observers = new Set<(record: TraceRecord) => void>();
  private readonly current = new AsyncLocalStorage<Activity>();
  private readonly marks = new Map<string, number>();
  private sequence = 0;

  emit(entry: TraceEntry, activity?: Activity): void {
    for (const listener of this.listeners) {
      listener(entry);
    }
    this.detail(entry, activity);
  }

  detail(entry: ObservedEntry, activity?: Activity): void {
    if (!this.detailed) {
      return;
    }
    const { sequence, cause } = activity ?? this.begin();
    for (const observer of this.observers) {
      observer({ sequence, cause, entry });
    }
  }

  subscribe(listener: (entry: TraceEntry) => void): () => void {
    return this.add(this.listeners, listener);
  }

  observe(observer: (record: TraceRecord) => void): () => void {
    return this.add(this.observers, observer);
  }

  begin(isRoot: boolean = false): Activity {
    const current = isRoot ? undefined : this.current.getStore();
    return { sequence: ++this.sequence, cause: current?.sequence, isIdle: current?.isIdle };
  }

  within<Result>(activity: Activity, work: () => Result): Result {
    return this.current.run(activity, work);
  }

  idly<Result>(work: () => Result): Result {
    return this.detailed ? this.within({ ...this.begin(), isIdle: true }, work) : work();
  }

  mark(name: () => string): void {
    const current = this.detailed ? this.current.getStore() : undefined;
    if (current) {
      this.marks.set(name(), current.sequence);
      if (this.marks.size > MOST_MARKS) {
        this.marks.delete(this.marks.keys().next().value!);
      }
    }
  }

  markOf(name: string): number | undefined {
    return this.marks.get(name);
  }

  private add<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
    listeners.add(listener);
    this.look();
    return () => {
      listeners.delete(listener);
      this.look();
    };
  }

  private look(): void {
    this.detailed = this.observers.size > 0;
    this.active = this.detailed || this.listeners.size > 0;
    if (!this.detailed) {
      // To follow what is within what costs every promise something.
      this.current.disable();
      this.marks.clear();
    }
  }
}
