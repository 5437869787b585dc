import { randomUUID } from 'node:crypto';
import { ExecutionHost, HistoryEvent, StatesError, TaskRequest } from '../../engines/asl';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** The surroundings of an execution that stands alone: its waits take no time, and its tasks find no service. */
export class VirtualHost implements ExecutionHost {
  /** The resources that the execution asked for in vain. */
  readonly missed: string[] = [];
  readonly entered: string[] = [];
  private time = Date.now();
  private readonly sleepers: Sleeper[] = [];
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

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { due: this.time + milliseconds, wake: resolve };
      this.sleepers.push(sleeper);
      signal.addEventListener('abort', () => {
        const index = this.sleepers.indexOf(sleeper);
        if (index >= 0) {
          this.sleepers.splice(index, 1);
        }
        reject(signal.reason);
      }, { once: true });
      this.tick();
    });
  }

  /** When nothing else is to be done, it is time for whoever wakes first. */
  private tick(): void {
    if (this.ticking || this.sleepers.length === 0) {
      return;
    }
    this.ticking = true;
    setImmediate(() => {
      this.ticking = false;
      this.sleepers.sort((left, right) => left.due - right.due);
      const next = this.sleepers.shift();
      if (next) {
        this.time = Math.max(this.time, next.due);
        next.wake();
        this.tick();
      }
    });
  }
}
