import { randomUUID } from 'node:crypto';
import { ExecutionHost, HistoryEvent, StatesError, TaskRequest } from '../../engines/asl';

interface Alarm {
  readonly due: number;
  readonly ring: () => void;
}

/** The surroundings of an execution that stands alone: its waits take no time, and its tasks find no service. */
export class VirtualHost implements ExecutionHost {
  /** The resources that the execution asked for in vain. */
  readonly missed: string[] = [];
  readonly entered: string[] = [];
  private time = Date.now();
  private readonly alarms = new Set<Alarm>();
  private ticking = false;

  now(): number {
    return this.time;
  }

  random(): number {
    return Math.random();
  }

  uuid(): string {
    return randomUUID();
  }

  async task({ resource }: TaskRequest): Promise<unknown> {
    this.missed.push(resource);
    throw new StatesError('States.Runtime', `There is no service here for ${resource}: use lambdaless local.`);
  }

  record(event: HistoryEvent): void {
    if (event.type.endsWith('StateEntered')) {
      this.entered.push(String((event.details as { name?: unknown } | undefined)?.name));
    }
  }

  schedule(milliseconds: number, callback: () => void): () => void {
    const alarm = { due: this.time + milliseconds, ring: callback };
    this.alarms.add(alarm);
    this.tick();
    return () => this.alarms.delete(alarm);
  }

  /** When nothing else is to be done, it is time for what is due first. */
  private tick(): void {
    if (this.ticking || this.alarms.size === 0) {
      return;
    }
    this.ticking = true;
    setImmediate(() => {
      this.ticking = false;
      const [next] = [...this.alarms].sort((left, right) => left.due - right.due);
      if (next) {
        this.alarms.delete(next);
        this.time = Math.max(this.time, next.due);
        next.ring();
        this.tick();
      }
    });
  }
}
