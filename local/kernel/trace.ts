import { TraceBus, TraceEntry } from './contracts';

/** Hands every entry to whoever listens, and costs next to nothing when nobody does. */
export class Trace implements TraceBus {
  private readonly listeners = new Set<(entry: TraceEntry) => void>();

  get active(): boolean {
    return this.listeners.size > 0;
  }

  emit(entry: TraceEntry): void {
    for (const listener of this.listeners) {
      listener(entry);
    }
  }

  subscribe(listener: (entry: TraceEntry) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
